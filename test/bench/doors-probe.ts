import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

// Loaded into a server by --import: tells its parent, when asked, how long its event loop was held up since last asked,
// and by how much of its own work: that does not depend on what else the machine does.

/** Milliseconds. */
export interface Delay {
  readonly p99: number
  readonly max: number
  /** Most processor time of the main thread between two looks, which are {@link LOOK} apart. */
  readonly turn: number
  /** Processor time of the main thread, of a second. */
  readonly share: number
}

const LOOK = 5

/** Processor time of this thread so far, milliseconds. */
function used(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

if (isMainThread && process.send) {
  const delay = monitorEventLoopDelay({ resolution: LOOK })
  delay.enable()
  let turn = 0
  let last = used()
  let from = { used: last, at: performance.now() }
  setInterval(() => {
    const now = used()
    turn = Math.max(turn, now - last)
    last = now
  }, LOOK).unref()
  process.on('message', () => {
    const share = (1000 * (used() - from.used)) / (performance.now() - from.at)
    const told: Delay = { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6, turn, share }
    delay.reset()
    turn = 0
    from = { used: used(), at: performance.now() }
    process.send?.(told)
  })
  process.channel?.unref()
}
