import { digest } from 'lib0/hash/sha256'
import { toBase64UrlEncoded } from 'lib0/buffer'
import { encodeUtf8 } from 'lib0/string'
import type { ImportedBlock } from '../../model/import.ts'
import { formatStep, hasReference, printedStep } from '../../model/label.ts'
import { isCell } from '../../model/table.ts'
import { superscript } from '../../model/superscript.ts'
import { printOwnSigns, readOwnSigns } from '../brackets/escape.ts'
import type { Annotation, ExportedWords } from '../brackets/exported-words.ts'
import { decodeWords } from '../brackets/exported-words.ts'
import { readWhiteSpace } from '../brackets/white-space.ts'
import { gapBetween } from '../recognise/lines/join.ts'
import type { ExportedOutline, OutlineItem, WrittenMark } from './exported-outline.ts'
import { NO_WORDS } from './exported-outline.ts'
import { readMarks } from './print-words.ts'
import { withCells } from './rows.ts'

/** Stands over the footnotes, as it does at the foot of a page. */
export const NOTES_RULE = '_'.repeat(10)

/** A block of lines: the lines between two blank ones, and the number of its first, from 1. */
export interface LineBlock {
  readonly line: number
  readonly lines: readonly string[]
}

/** A block of an export, as its outline has it. */
export interface ExportedBlock {
  readonly block: ImportedBlock
  readonly words: ExportedWords
  /** Its number as it is printed; empty when it has none. */
  readonly step: string
  readonly marks: readonly WrittenMark[]
  readonly source: LineBlock
}

export interface ExportedText {
  readonly title: string
  readonly language: ExportedOutline['language']
  readonly blocks: readonly ExportedBlock[]
  /** The first lines of the blocks whose words somebody has changed since the export. */
  readonly changed: readonly number[]
}

/** Returns a check of the letters and signs of printed lines, spaces left out: they may be wrapped otherwise. */
export const checkOf = (printed: string): string =>
  toBase64UrlEncoded(digest(encodeUtf8(printed.replaceAll(/\s/gu, ''))).slice(0, 3))

/** The text of a block without its number, and how it is numbered. */
interface Unnumbered {
  readonly step: string
  readonly text: string
}

/**
 * Gives the blocks of lines of an export what its outline says of them. Returns null when they are not those of the outline:
 * somebody has put in, taken out, divided or numbered paragraphs, so the text is read as any other.
 */
export function readExported(found: readonly LineBlock[], outline: ExportedOutline): ExportedText | null {
  const { title, items } = outline
  const [first, ...others] = found
  const alone = title === 'alone' ? first : undefined
  const lines = withCells(withoutRule(alone ? others : found), items)
  const numbers = items.flatMap(({ kind, label }) =>
    kind === 'note' ? [superscript(label ? formatStep(label) : '')] : [],
  )
  const blocks: ExportedBlock[] = []
  if (lines.length !== items.length) return null
  for (const [i, item] of items.entries()) {
    const source = lines[i]!
    const read = withoutNumber(source.lines, item)
    if (!read) return null
    blocks.push(exportedBlock(source, read, item, outline.emphasised, numbers))
  }
  const headed = typeof title === 'number' ? blocks.slice(0, title) : []
  const changed = blocks.filter(({ source }, i) => isChanged(source, items[i]!))
  return {
    title: alone
      ? alone.lines.join(' ').trim()
      : headed.map(({ source }) => joined(source.lines)).join(' – '),
    language: outline.language,
    blocks,
    changed: changed.map(({ source }) => source.line),
  }
}

/** Without the rule over the footnotes. */
const withoutRule = (found: readonly LineBlock[]): readonly LineBlock[] =>
  found.filter(({ lines }) => lines.join('').trim() !== NOTES_RULE)

const isChanged = ({ lines }: LineBlock, { check }: OutlineItem): boolean =>
  checkOf(lines.join(' ')) !== check

function exportedBlock(
  source: LineBlock,
  { step, text }: Unnumbered,
  item: OutlineItem,
  emphasised: boolean,
  numbers: readonly string[],
): ExportedBlock {
  const { kind, label, level, header, language, proposed, behind, marks, own, annotations } = item
  const written = readMarks(readOwnSigns(text, own), marks, numbers)
  const decoded = decodeWords(written, emphasised)
  const { formats, notes } = decoded
  const whiteSpace = isChanged(source, item) ? null : readWhiteSpace(item.whiteSpace)
  return {
    source,
    step,
    marks,
    block: {
      kind,
      label,
      level,
      ...(header && { header }),
      ...(language && { language }),
      text: printOwnSigns(decoded.text).text,
      ...(formats.length > 0 && { formats }),
      ...(notes.length > 0 && { notes }),
    },
    words: {
      written: whiteSpace ? written : decoded.text,
      whiteSpace,
      annotations,
      emphasised,
      proposed,
      behind,
    },
  }
}

/** Takes the number, or the dash of a list, off the lines of a block; returns null when they do not begin with it. */
function withoutNumber(lines: readonly string[], item: OutlineItem): Unnumbered | null {
  const { kind, label, annotations, empty } = item
  if (empty) return joined(lines) === NO_WORDS ? { step: '', text: '' } : null
  const step = hasReference(label) ? formatStep(label) : ''
  if (kind === 'heading') {
    const [first = '', ...others] = lines
    if (step === '') return { step, text: joined(lines) }
    return first.trim() === step ? { step, text: joined(others) } : null
  }
  const text = joined(lines)
  if (isCell(label)) return { step: '', text }
  const printed =
    step === '' ? bulletOf(annotations) : kind === 'note' ? superscript(step) : printedStep(step)
  if (printed === '' || lines.length === 0) return { step: '', text }
  for (const opened of ['', '[']) {
    const number = opened + printed
    if (text === number || text.startsWith(`${number} `))
      return { step: step === '' ? '' : printed, text: opened + text.slice(number.length).trim() }
  }
  return null
}

const bulletOf = (annotations: ReadonlySet<Annotation>): string => (annotations.has('bullet') ? BULLET : '')

/** Stands before an item of a list without numbers. */
export const BULLET = '–'

/** The lines may have been wrapped since the export, at a space or between signs of scripts that have none. */
function joined(lines: readonly string[]): string {
  let text = ''
  for (const line of lines) text += gapBetween(text, line.trim()) + line.trim()
  return text
}
