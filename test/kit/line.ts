import type { BrowserContext, WebSocketRoute } from 'playwright-core'

/** The line between one browser and the server's sockets: what is sent over it waits as long as it is held. */
export class Line {
  #held = false
  #waiting: (() => void)[] = []

  /** Before the browser opens its first page. */
  async lay(context: BrowserContext): Promise<void> {
    await context.routeWebSocket(/\/sync\//, (page) => {
      const server = page.connectToServer()
      this.#carry(page, server)
      this.#carry(server, page)
    })
  }

  hold(): void {
    this.#held = true
  }

  /** What has waited arrives, in its order. */
  letGo(): void {
    this.#held = false
    for (const carry of this.#waiting.splice(0)) carry()
  }

  #carry(from: WebSocketRoute, to: WebSocketRoute): void {
    from.onMessage((message) => {
      if (this.#held) this.#waiting.push(() => to.send(message))
      else to.send(message)
    })
  }
}
