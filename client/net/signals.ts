/** What the browser says of the network and the tab. Hints only: the socket has the last word. */
export type Signal = 'online' | 'offline' | 'visible'

export interface Signals {
  subscribe(listener: (signal: Signal) => void): () => void
}

export const browserSignals: Signals = {
  subscribe(listener) {
    const online = () => listener('online')
    const offline = () => listener('offline')
    const visible = () => {
      if (document.visibilityState === 'visible') listener('visible')
    }
    window.addEventListener('online', online)
    window.addEventListener('offline', offline)
    document.addEventListener('visibilitychange', visible)
    return () => {
      window.removeEventListener('online', online)
      window.removeEventListener('offline', offline)
      document.removeEventListener('visibilitychange', visible)
    }
  },
}
