/** What the connection needs of a WebSocket. No event is called before {@link OpenSocket} has returned. */
export interface Socket {
  send(frame: Uint8Array): void
  close(): void
}

export interface SocketEvents {
  opened(): void
  received(frame: Uint8Array): void
  /** Called once, whichever side closed it. `code`: of RFC 6455 or of shared/protocol/close.ts. */
  closed(code: number): void
}

export type OpenSocket = (url: string, events: SocketEvents) => Socket

export const openBrowserSocket: OpenSocket = (url, events) => {
  const socket = new WebSocket(url)
  socket.binaryType = 'arraybuffer'
  socket.addEventListener('open', () => events.opened())
  socket.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.data instanceof ArrayBuffer) events.received(new Uint8Array(event.data))
  })
  socket.addEventListener('close', (event) => events.closed(event.code))
  return {
    send: (frame) => socket.send(frame as Uint8Array<ArrayBuffer>),
    close: () => socket.close(),
  }
}

/** The WebSocket address `/sync/<document>` on the page's own origin. */
export function syncUrl(document: string, page: { protocol: string; host: string } = location): string {
  const scheme = page.protocol === 'https:' ? 'wss:' : 'ws:'
  return `${scheme}//${page.host}/sync/${encodeURIComponent(document)}`
}
