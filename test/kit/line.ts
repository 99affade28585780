import type { BrowserContext, WebSocketRoute } from 'playwright-core'
import { CLOSE } from '#shared/protocol/close.ts'
import type { CloseReason } from '#shared/protocol/close.ts'

/** The line between one browser and the server's sockets: what is sent over it waits as long as it is held. */
export class Line {
  #held = false
  /** How many sockets the browser has opened. */
  opened = 0
  readonly #pages = new Set<WebSocketRoute>()
  #waiting: (() => void)[] = []

  /** Before the browser opens its first page. */
  async lay(context: BrowserContext): Promise<void> {
    await context.routeWebSocket(/\/sync\//, (page) => {
      const server = page.connectToServer()
      this.opened++
      this.#pages.add(page)
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

  /** As when the server ends the sockets that are open now, for this reason. */
  async close(reason: CloseReason): Promise<void> {
    const pages = [...this.#pages]
    this.#pages.clear()
    await Promise.all(pages.map((page) => page.close(CLOSE[reason])))
  }

  #carry(from: WebSocketRoute, to: WebSocketRoute): void {
    from.onMessage((message) => {
      if (this.#held) this.#waiting.push(() => to.send(message))
      else to.send(message)
    })
  }
}
