import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { histories } from '#test/kit/histories.ts'
import { randomDraft } from '#test/kit/random-draft.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'
import { keepsWords } from '#test/kit/source-words.ts'

const ROOT = join(import.meta.dirname, '../..')
const SAMPLE = join(ROOT, 'test/kit/sample.txt')
const SHARED = [join(ROOT, '../shared/texts'), join(ROOT, '../shared/cases/import')]
const files = SHARED.filter((folder) => existsSync(folder)).flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => join(folder, name)),
)
if (files.length === 0)
  console.log('The texts of other hands are not here: testing with the sample and random drafts.')

test('20.1 of the sample, and of texts by other hands, no word is lost, doubled or moved', () => {
  expect(keepsWords(readFileSync(SAMPLE, 'utf8'), 'the sample')).toBe(true)
  const read = files.filter((file) => keepsWords(readFileSync(file, 'utf8'), file))
  expect(read.length).toBeGreaterThanOrEqual(files.length - 2)
})

const DRAFTS = histories(10)

test(`20.1 nor of ${DRAFTS} random drafts of all kinds of parts`, () => {
  let drafts = 0
  for (const seed of seedsUpTo(DRAFTS)) {
    if (keepsWords(randomDraft(new Random(seed)), `seed ${seed}`)) drafts++
  }
  // The generator must go on making what can be read.
  expect(drafts).toBeGreaterThan(DRAFTS / 2)
})
