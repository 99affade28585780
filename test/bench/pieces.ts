/** What one action cost the thread that ran it. */
export interface Cost {
  /** Processor time of the thread, in milliseconds, over all turns of the event loop. */
  readonly whole: number
  /** Processor time of the longest turn, in milliseconds. */
  readonly piece: number
  /** The same turn by the clock. Beside other load it is longer than `piece`. */
  readonly held: number
}

/**
 * Runs an action and measures the turns of the event loop until it ends. Processor time and not the clock decides, so
 * that other load of the machine does not count.
 */
export async function measured(action: () => Promise<unknown>): Promise<Cost> {
  await nextTurn()
  const meter = { whole: 0, piece: 0, held: 0, running: true }
  const turns = countTurns(meter)
  await action()
  await nextTurn()
  meter.running = false
  await turns
  return meter
}

async function countTurns(meter: { whole: number; piece: number; held: number; running: boolean }) {
  let [cpu, clock] = [processorTime(), performance.now()]
  while (meter.running) {
    await nextTurn()
    const [cpuNow, clockNow] = [processorTime(), performance.now()]
    meter.whole += cpuNow - cpu
    meter.piece = Math.max(meter.piece, cpuNow - cpu)
    meter.held = Math.max(meter.held, clockNow - clock)
    ;[cpu, clock] = [cpuNow, clockNow]
  }
}

/** Processor time of this thread in milliseconds. */
export function processorTime(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** The value below which `part` (0 to 1) of the values lie, with two decimals. */
export function quantile(values: readonly number[], part: number): string {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN).toFixed(1)
}
