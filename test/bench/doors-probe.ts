import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

// Loaded into a server by --import: tells its parent, when asked, how long its event loop was held up since last asked.

/** Milliseconds. */
export interface Delay {
  readonly p99: number
  readonly max: number
}

if (isMainThread && process.send) {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  process.on('message', () => {
    const told: Delay = { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 }
    delay.reset()
    process.send?.(told)
  })
  process.channel?.unref()
}
