/** How many times slower than usual this machine is: measured once when the run starts (`runner/speed.ts`). */
const slowness = Number(process.env['INFORMALS_SLOWNESS'] ?? 1)

/** How long a test waits for a condition before it fails, in milliseconds: thirty seconds, more on a slow machine. */
export const PATIENCE = Math.ceil(30_000 * slowness)

/** For `expect.poll` and `vi.waitFor`. */
export const WITHIN = { timeout: PATIENCE, interval: 25 } as const

/** The time limit of a test that takes so many seconds on a usual machine under load, in milliseconds. */
export const seconds = (usual: number): number => Math.ceil(usual * 1_000 * slowness)
