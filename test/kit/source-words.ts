import { expect } from 'vitest'
import { recognise, type Recognised } from '#shared/formats/recognise/recognise.ts'
import { splitLines } from '#shared/formats/text/lines.ts'
import type { ImportedBlock } from '#shared/model/import.ts'
import { sourceWordsOf as wordsOf } from './random-draft.ts'

// No word of a source is lost, doubled or put elsewhere, whatever is made of it. What is left out and what is moved to
// the end is named, and taken out of the source before the two are compared.

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
export function keepsWords(original: string, name: string): boolean {
  const { lines, wrap, dropped } = splitLines(original)
  // A struck word stands as a bracket that asks to delete it.
  const source = original.replace(/~~(\S.*?)~~/g, '[$1 – delete]')
  const read = recognise({ lines, wrap }, 10_000)
  if (!read || 'blocks' in read || 'faults' in read) return false
  expect(keptWords(read, false), name).toEqual(sourceWords(source, read, dropped))
  // Some programs print the figures of several notes before or behind the words of one.
  const notes = wordsOf(read.notes.map(({ text }) => text).join('\n'))
  expect(keptWords(read, true).toSorted(), name).toEqual(notes.toSorted())
  // Brackets around a number alone belong to its mark; others stand in the text.
  const bracketed = read.marks.filter((mark) => mark.startsWith('['))
  const kept = [...read.draft.front, ...bracketed, ...read.draft.blocks.map(withMarks)].join('\n')
  expect(signs(kept).length, name).toBe(signs(source).length)
  return true
}
