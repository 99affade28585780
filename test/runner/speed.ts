import { createHash } from 'node:crypto'

/** What {@link measure} takes on a quiet machine of the usual kind, in milliseconds. */
const USUAL_MS = 60
const SLOWEST = 8

/**
 * How many times slower than usual this machine is at the moment, from 1 to 8. Wall-clock time is measured, so a machine
 * that is busy counts as slow. Every wait of the tests is multiplied by it (`kit/patience.ts`).
 */
export function slowness(): number {
  measure() // The first run compiles.
  const runs = Array.from({ length: 5 }, measure).sort((a, b) => a - b)
  return Math.min(SLOWEST, Math.max(1, (runs[2] ?? 0) / USUAL_MS))
}

function measure(): number {
  const start = performance.now()
  const hash = createHash('sha256')
  const block = new Uint8Array(64 * 1024)
  for (let round = 0; round < 1_000; round++) {
    for (let i = 0; i < block.length; i += 8) block[i] = (i ^ round) & 255
    hash.update(block)
  }
  hash.digest()
  return performance.now() - start
}
