import { histories } from '#test/kit/histories.ts'
import { expect, test } from 'vitest'
import { wordsKept, wordsOf } from '#shared/document/text/streamline.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const HISTORIES = histories(2)
const WORDS = ['all', 'States', 'co-operation', '2.5', 'déjà', 'isn’t', 'развитие', 'G77']
const BETWEEN = [' ', ', ', '; ', ' [', '] ', ' – ', '  ', ' “', '.\u00a0']

const textOf = (random: Random, words: readonly string[]): string =>
  words.map((word) => random.pick(BETWEEN) + word).join('') + random.pick(BETWEEN)

const some = (random: Random): string[] => Array.from({ length: random.int(7) }, () => random.pick(WORDS))

const times = (words: readonly string[], word: string): number =>
  words.filter((other) => other === word).length

test('6.5 what is said of added and dropped words is what counting says', () => {
  let added = 0
  let dropped = 0
  for (const seed of seedsUpTo(HISTORIES)) {
    const random = new Random(seed)
    const sources = Array.from({ length: random.int(4) }, () => some(random))
    const text = some(random)
    const kept = wordsKept(
      sources.map((words) => textOf(random, words)),
      textOf(random, text),
    )
    for (const typed of WORDS) {
      const [word = ''] = wordsOf(typed)
      const there = times(text, typed)
      const most = Math.max(0, ...sources.map((words) => times(words, typed)))
      const all = sources.reduce((sum, words) => sum + times(words, typed), 0)
      expect(times(kept.dropped, word), `seed ${seed}: ${word}`).toBe(Math.max(0, most - there))
      expect(times(kept.added, word), `seed ${seed}: ${word}`).toBe(Math.max(0, there - all))
    }
    added += kept.added.length
    dropped += kept.dropped.length
  }
  expect(Math.min(added, dropped)).toBeGreaterThan(HISTORIES / 4)
})

test('6.5 each source, in whatever order and with whatever punctuation, is kept by all of them together', () => {
  for (const seed of seedsUpTo(HISTORIES)) {
    const random = new Random(seed + 1_000_000)
    const sources = Array.from({ length: 1 + random.int(4) }, () => some(random))
    const shuffled = sources.flat().toSorted(() => (random.chance(0.5) ? 1 : -1))
    const kept = wordsKept(
      sources.map((words) => textOf(random, words)),
      textOf(random, shuffled),
    )
    expect(kept, `seed ${seed}`).toEqual({ added: [], dropped: [] })
  }
})
