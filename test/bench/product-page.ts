/** What the bench of the product runs in the page: clocks around what a person does. */

export interface ProductClock {
  /** From now on the first key or click counts; until this says that the screen shows what was asked for. */
  arm(shown: () => boolean): void
  /** Milliseconds from that key or click until what it asked for is painted; NaN when it did not come. */
  painted(): Promise<number>
  /** Milliseconds from the navigation until the first words were painted. */
  readonly firstText: Promise<number>
  /** Milliseconds from the navigation until nothing longer than 50 ms ran for half a second, with cards on the screen. */
  interactive(): Promise<number>
  startKeys(): void
  keys(): Keys
  /** Resolves when this many keys have been painted since {@link startKeys}, or after four seconds. */
  keysPainted(count: number): Promise<unknown>
  /** Scrolls by wheel-sized steps, one each frame, to and fro; the milliseconds between frames. */
  scroll(pages: number): Promise<readonly number[]>
}

export interface Keys {
  /** From the key until the editor has written it and drawn it. */
  readonly script: readonly number[]
  readonly paint: readonly number[]
}

declare global {
  var clock: ProductClock
}

/** Installed before the page's own scripts: it may use nothing of this module. */
export function installClock(): void {
  const QUIET = 500
  const PATIENCE = 4_000
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- nothing outside this function reaches the page
  const afterPaint = (): Promise<number> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.addEventListener('message', () => resolve(performance.now()))
        channel.port1.start()
        channel.port2.postMessage(null)
      })
    })
  const until = async (shown: () => boolean, patience = Infinity): Promise<number> => {
    const start = performance.now()
    let at = await afterPaint()
    while (!shown()) {
      if (at - start > patience) return Number.NaN
      at = await afterPaint()
    }
    return at
  }

  let busyUntil = 0
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      busyUntil = Math.max(busyUntil, startTime + duration)
  }).observe({ type: 'longtask', buffered: true })

  let condition: (() => boolean) | null = null
  let result: Promise<number> = Promise.resolve(Number.NaN)
  const begin = (event: Event) => {
    const shown = condition
    if (!shown) return
    condition = null
    result = until(shown, PATIENCE).then((at) => at - event.timeStamp)
  }
  let keys: { script: number[]; paint: number[] } | null = null
  let pressed = 0
  addEventListener(
    'keydown',
    (event) => {
      begin(event)
      const counted = keys
      if (counted) void afterPaint().then((at) => counted.paint.push(at - event.timeStamp))
    },
    true,
  )
  addEventListener('click', begin, true)
  addEventListener('keypress', () => (pressed = performance.now()), true)
  addEventListener('keypress', (event) => {
    if (event.defaultPrevented) keys?.script.push(performance.now() - pressed)
  })
  addEventListener('input', () => {
    const start = performance.now()
    queueMicrotask(() => keys?.script.push(performance.now() - start))
  })

  globalThis.clock = {
    arm(shown) {
      condition = shown
    },
    painted: () => result,
    firstText: until(() => document.querySelector('.ProseMirror .block') !== null),
    async interactive() {
      await until(() => document.querySelector('[data-row]') !== null)
      const cards = performance.now()
      await until(() => performance.now() - Math.max(busyUntil, cards) > QUIET)
      return Math.max(busyUntil, cards)
    },
    startKeys() {
      keys = { script: [], paint: [] }
    },
    keys: () => keys ?? { script: [], paint: [] },
    keysPainted: (count) => until(() => (keys?.paint.length ?? 0) >= count, PATIENCE),
    async scroll(pages) {
      const STEPS = 9
      const between: number[] = []
      const step = innerHeight / STEPS
      let down = true
      await afterPaint()
      let last = performance.now()
      for (let i = 0; i < pages * STEPS; i++) {
        const before = scrollY
        scrollBy({ top: down ? step : -step, behavior: 'instant' })
        if (scrollY === before) down = !down
        const now = await new Promise<number>((resolve) =>
          requestAnimationFrame(() => resolve(performance.now())),
        )
        between.push(now - last)
        last = now
      }
      return between
    },
  }
}
