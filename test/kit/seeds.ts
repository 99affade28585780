import { ONE_SEED } from './histories.ts'

/**
 * The seeds of as many random histories, from 1 on; with INFORMALS_SEED in the environment, that one alone. Names the seed
 * at which the loop over them was left by an error.
 */
export function* seedsUpTo(count: number): Generator<number, void> {
  const [first, last] = ONE_SEED === null ? [1, count] : [ONE_SEED, ONE_SEED]
  for (let seed = first; seed <= last; seed++) {
    let passed = false
    try {
      yield seed
      passed = true
    } finally {
      if (!passed) console.error(`It failed at seed ${seed}. INFORMALS_SEED=${seed} runs that one alone.`)
    }
  }
}
