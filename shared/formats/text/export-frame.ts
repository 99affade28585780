import { nameOf } from '../../directory/directory.ts'
import type { ParticipantId } from '../../model/ids.ts'
import type { SourceLine } from '../../model/import.ts'
import { stripText } from '../../model/characters/text-policy.ts'
import { hasEscapedBrackets } from '../brackets/escape.ts'
import type { ExportedText, LineBlock } from './exported-blocks.ts'
import { readExported } from './exported-blocks.ts'
import type { ExportedOutline } from './exported-outline.ts'
import { readOutline, writeOutline } from './exported-outline.ts'
import { unquoted } from './quoted.ts'

/**
 * What an export says about itself, around the text: a line under the title; at the end a key for readers, what preceded the
 * draft, and what the importer needs. The reader takes these off again, so that no word of them is read as one of the draft.
 *
 *     Rev.2 of 3 June 2026. As at 9 June 2026, 14:05 UTC.
 *
 *     Key to this text
 *     …
 *
 *     What preceded the draft
 *     …
 *
 *     To read this text back exactly as it was exported:
 *     title 1 language en; # =x3Fa; # Article 1 …
 */
export interface ExportFrame {
  /** The text without its frame. Lines that were taken off are empty, so that the others keep their numbers. */
  readonly text: string
  /** Whether there is a key: every bracket is written as exports write them. */
  readonly exact: boolean
  /** The blocks as the export has them; null when it does not say, or somebody has changed what it says. */
  readonly exported: ExportedText | null
  /** What preceded the draft, when the key says it; else null. */
  readonly front: readonly string[] | null
  readonly dropped: readonly SourceLine[]
  /** Sentences about what was changed since the export. */
  readonly remarks: readonly string[]
}

const KEY = 'Key to this text'
const PRECEDED = 'What preceded the draft'
const BACK = 'To read this text back exactly as it was exported:'
const AS_AT = /^(?:Rev\.\d+ of \d{1,2} \p{L}+ \d{4}\. )?As at \d{1,2} \p{L}+ \d{4}, \d{2}:\d{2} UTC\.$/u

/** How far from the top the line about revision and time stands at most: behind titles of several lines. */
const HEAD_LINES = 40

const SIGNS = [
  '[words – A; B delete]: words that A proposes and B opposes. [words]: words in brackets of which nobody is named.',
  '[words – A delete; B retain]: words of the text that A asks to delete and B would retain.',
  '[words – base / other words – A]: words of the text, and others that A proposes in their place.',
  '[3 bis. words – A]: a paragraph that A proposes. [A: move after 7]: what A asks for, without words.',
]
const ESCAPED = '［words］: brackets that are words of the text.'
/** By what the key is known, also when a mail has wrapped its lines. */
const FIRST_SIGNS = '[words – A; B delete]: words that A'

/** A revision and the time of the export, in milliseconds since 1970. */
export interface ExportTime {
  readonly revision: { readonly number: number; readonly at: number } | null
  readonly asAt: number
}

/** Returns the line under the title. */
export function headLine({ revision, asAt }: ExportTime): string {
  const issued = revision ? `Rev.${revision.number} of ${day(revision.at)}. ` : ''
  return `${issued}As at ${day(asAt)}, ${new Date(asAt).toISOString().slice(11, 16)} UTC.`
}

export interface Foot {
  readonly names: readonly ParticipantId[]
  readonly front: readonly string[]
  readonly outline: ExportedOutline
}

/** Returns the blocks behind the text `written`. */
export function footBlocks(written: readonly string[], { names, front, outline }: Foot): string[] {
  const codes = names
    .map((name) => [name, nameOf(name)] as const)
    .filter(([code, name]) => code !== name)
    .map(([code, name]) => `${code}: ${name}`)
  const listed = codes.length > 0 ? [`${codes.join('; ')}.`] : []
  const escaped = written.some(hasEscapedBrackets) ? [ESCAPED] : []
  const key = [KEY, ...SIGNS, ...escaped, ...listed].join('\n')
  const preceded = front.length === 0 ? [] : [PRECEDED, ...front]
  return [key, ...preceded, [BACK, ...wrapped(writeOutline(outline))].join('\n')]
}

/** Mails wrap longer lines. */
const WIDTH = 72

function wrapped(text: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** Takes the frame off a text, if it has one. */
export function takeFrame(text: string): ExportFrame {
  const { lines, before, dropped } = unquoted(text.split(/\r\n|\n/u), (line) => line === KEY)
  const drop = (index: number): void => {
    const line = lines[index]?.trim() ?? ''
    if (line !== '') dropped.push({ at: index + 1, text: line })
    lines[index] = ''
  }
  const head = lines.slice(0, HEAD_LINES).findIndex((line) => AS_AT.test(line.trim()))
  const key = lines.findLastIndex(
    (line, i) => line.trim() === KEY && (lines[i + 1] ?? '').startsWith(FIRST_SIGNS),
  )
  if (key < 0) {
    if (head >= 0) drop(head)
    const rest = head < 0 ? text : lines.join('\n')
    return { text: rest, exact: false, exported: null, front: null, dropped, remarks: [] }
  }
  const back = lines.findIndex((line, i) => i > key && line.trim() === BACK)
  const end = back < 0 ? lines.length : back
  const preceded = lines.findIndex((line, i) => i > key && i < end && line.trim() === PRECEDED)
  const front = preceded < 0 ? [] : blocksOf(lines.slice(preceded + 1, end))
  const outline = back < 0 ? null : readOutline(lines.slice(back + 1).join(' '))
  if (head >= 0) drop(head)
  const keyed = preceded < 0 ? end : preceded + 1
  for (let i = key; i < lines.length; i++) if (i < keyed || i >= end) drop(i)
  const draft = lines.slice(0, key)
  const exported = outline && readExported(lineBlocks(draft), outline)
  return {
    text: draft.join('\n'),
    exact: true,
    exported,
    front: preceded < 0 && before.length === 0 ? null : [...before, ...front],
    dropped,
    remarks: remarksOn(back >= 0, exported),
  }
}

const MOST_LISTED = 20

function remarksOn(hasOutline: boolean, exported: ExportedText | null): string[] {
  if (!exported)
    return hasOutline
      ? [
          'The text was changed since it was exported: its paragraphs are not those that its last lines name. It was read as any other text.',
        ]
      : []
  const { changed } = exported
  if (changed.length === 0) return []
  const listed = changed.slice(0, MOST_LISTED).join(', ')
  const more = changed.length > MOST_LISTED ? ` and ${changed.length - MOST_LISTED} more` : ''
  return [
    changed.length === 1
      ? `A paragraph was changed since the text was exported: the one on line ${listed}.`
      : `Paragraphs were changed since the text was exported: those on lines ${listed}${more}.`,
  ]
}

function lineBlocks(lines: readonly string[]): LineBlock[] {
  const blocks: { line: number; lines: string[] }[] = []
  let blank = true
  for (const [i, raw] of lines.entries()) {
    const line = stripText(raw, 'line').text
    if (line.trim() === '') blank = true
    else if (blank) {
      blocks.push({ line: i + 1, lines: [line] })
      blank = false
    } else blocks.at(-1)?.lines.push(line)
  }
  return blocks
}

const blocksOf = (lines: readonly string[]): string[] =>
  lines
    .join('\n')
    .split(/\n{2,}/u)
    .map((block) => block.trim())
    .filter((block) => block !== '')

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)

function day(at: number): string {
  const date = new Date(at)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}
