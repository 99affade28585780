/**
 * What the browser says about the network and the tab. These are hints; whether there is a connection the socket
 * tells.
 */
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
