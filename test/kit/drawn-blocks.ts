import type { FormatSpan, ImportedBlock, NoteReference } from '#shared/model/import.ts'
import { fromSuperscript } from '#shared/model/superscript.ts'
import { TABLE_OF_REEDS } from './tables.ts'

/**
 * Blocks drawn as text: `We plant reeds¹ and *rest*.` has the mark of the first note, and emphasis; `¹ In spring.` is that
 * note. All others are paragraphs 1, 2, 3 ….
 */
export function drawnBlocks(drawn: readonly string[] | readonly ImportedBlock[]): ImportedBlock[] {
  let number = 0
  return drawn.map((text) => {
    if (typeof text !== 'string') return text
    const note = /^([⁰¹²³⁴-⁹]+) /u.exec(text)
    if (!note) return paragraph(text, ++number)
    const label = { number: Number(fromSuperscript(note[1] ?? '')), suffix: 0, series: 'note' } as const
    return { kind: 'note', label, level: 0, text: text.slice(note[0].length) }
  })
}

function paragraph(drawn: string, number: number): ImportedBlock {
  const notes: NoteReference[] = []
  const formats: FormatSpan[] = []
  let text = ''
  let from: number | null = null
  for (const part of drawn.split(/([⁰¹²³⁴-⁹]+|\*)/u)) {
    if (part === '*') {
      if (from !== null) formats.push({ from, to: text.length, format: 'em' })
      from = from === null ? text.length : null
    } else if (/^[⁰¹²³⁴-⁹]/u.test(part))
      notes.push({ at: text.length, note: Number(fromSuperscript(part)) - 1, printed: part })
    else text += part
  }
  return {
    kind: 'paragraph',
    label: { number, suffix: 0 },
    level: 0,
    text,
    ...(notes.length > 0 ? { notes } : {}),
    ...(formats.length > 0 ? { formats } : {}),
  }
}

/** Puts a mark behind the third word of the first text, of which the second is emphasised, and its footnote behind the last. */
export const withFootnote = (texts: readonly string[]): string[] => [
  ...texts.map((text, i) => (i === 0 ? text.replace(/^(\S+ )(\S+)( \S+)/u, '$1*$2*$3¹') : text)),
  '¹ a note on three words',
]

/** Puts a table behind the texts, of which a cell has no words. */
const withTable = (texts: readonly string[]): ImportedBlock[] => [...drawnBlocks(texts), ...TABLE_OF_REEDS]

/** A fourth of the documents have a footnote, an eighth a table. */
export function variedBlocks(texts: readonly string[], seed: number): readonly string[] | ImportedBlock[] {
  if (seed % 4 === 1) return withFootnote(texts)
  return seed % 8 === 3 ? withTable(texts) : texts
}
