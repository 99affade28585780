import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { recognise, type Recognised } from '#shared/formats/recognise/recognise.ts'
import { splitLines } from '#shared/formats/text/lines.ts'
import type { ImportedBlock } from '#shared/model/import.ts'
import { histories } from '#test/kit/histories.ts'
import { randomDraft, sourceWordsOf as wordsOf } from '#test/kit/random-draft.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

// No word of a source is lost, doubled or put elsewhere, whatever is made of it. What is left out and what is moved to
// the end is named, and taken out of the source before the two are compared.

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

const LINE_END = /\r\n|[\n\r\v\u0085\u2028\u2029]/

/** The words of a source without those lines that were left out or moved. */
function sourceWords(
  source: string,
  read: Recognised,
  dropped: readonly { at: number; text: string }[],
): readonly string[] {
  const lines = source.split(LINE_END)
  for (const { at } of [...read.furniture, ...read.notes]) lines[at - 1] = ''
  for (const { at, text } of dropped) lines[at - 1] = lines[at - 1]?.replace(text, '') ?? ''
  return wordsOf(lines.join('\n'))
}

/** The words of the front matter and of the blocks of some kinds, with the marks of their labels and of footnotes. */
function keptWords({ draft, marks }: Recognised, ofNotes: boolean): readonly string[] {
  const blocks = draft.blocks.flatMap((block, i) =>
    (block.kind === 'note') === ofNotes ? [`${marks[i] ?? ''} ${withMarks(block)}`] : [],
  )
  return wordsOf([...(ofNotes ? [] : draft.front), ...blocks].join('\n'))
}

/** The text of a block as its source has it, with the marks of footnotes. */
const withMarks = ({ text, notes = [] }: ImportedBlock): string =>
  notes.reduceRight((words, { at, printed }) => words.slice(0, at) + printed + words.slice(at), text)

const signs = (text: string): string => text.replace(/[^[\]]/g, '')

/** Compares a source with what was read of it. Returns false when it holds no draft. */
function compare(original: string, name: string): boolean {
  const { lines, wrap, dropped } = splitLines(original)
  // A struck word stands as a bracket that asks to delete it.
  const source = original.replace(/~~(\S.*?)~~/g, '[$1 – delete]')
  const read = recognise({ lines, wrap }, 10_000)
  if (!read || 'blocks' in read || 'faults' in read) return false
  expect(keptWords(read, false), name).toEqual(sourceWords(source, read, dropped))
  // Some programs print the figures of several notes before or behind the words of one.
  const notes = wordsOf(read.notes.map(({ text }) => text).join('\n'))
  expect(keptWords(read, true).toSorted(), name).toEqual(notes.toSorted())
  const kept = [...read.draft.front, ...read.draft.blocks.map(withMarks)].join('\n')
  expect(signs(kept).length, name).toBe(signs(source).length)
  return true
}

test('20.1 of the sample, and of texts by other hands, no word is lost, doubled or moved', () => {
  expect(compare(readFileSync(SAMPLE, 'utf8'), 'the sample')).toBe(true)
  const read = files.filter((file) => compare(readFileSync(file, 'utf8'), file))
  expect(read.length).toBeGreaterThanOrEqual(files.length - 2)
})

const DRAFTS = histories(10)

test(`20.1 nor of ${DRAFTS} random drafts of all kinds of parts`, () => {
  let drafts = 0
  for (const seed of seedsUpTo(DRAFTS)) {
    if (compare(randomDraft(new Random(seed)), `seed ${seed}`)) drafts++
  }
  // The generator must go on making what can be read.
  expect(drafts).toBeGreaterThan(DRAFTS / 2)
})
