const seed = process.env['INFORMALS_SEED']

/** The only history to run, to see again what failed; null in an ordinary run. */
export const ONE_SEED: number | null = seed === undefined || seed === '' ? null : Number(seed)
if (ONE_SEED !== null && !Number.isSafeInteger(ONE_SEED))
  throw new Error(`INFORMALS_SEED=${seed} is no seed.`)

/**
 * How many random histories a property test runs: so many times what INFORMALS_HISTORIES says, 130 unless it is set.
 * What is quick runs more than what opens databases, so that all of them together stay within minutes. It is 0 where one seed
 * runs alone, of which nothing is expected on average.
 */
export const histories = (share = 1): number =>
  ONE_SEED === null ? Math.max(1, Math.ceil(Number(process.env['INFORMALS_HISTORIES'] ?? 130) * share)) : 0
