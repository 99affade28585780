import { nameOf } from '../../directory/directory.ts'
import type { ParticipantId } from '../../model/ids.ts'
import type { SourceLine } from '../../model/import.ts'
import { unescapeSigns } from '../brackets/escape.ts'
import type { ExportedBlocks, LineBlock, OutlineItem } from './exported-outline.ts'
import { withCells } from './rows.ts'
import { readExported, readOutline, writeOutline } from './exported-outline.ts'

/**
 * What an export says about itself, around the text: a line under the title, and a key at the end. The reader takes both
 * off again, so that no word of them is read as one of the draft.
 *
 *     Rev.2 of 3 June 2026. As at 9 June 2026, 14:05 UTC.
 *
 *     Key to this text
 *     …
 *     Outline: #; # Article 1; Article 1 > 1 …
 *     What preceded the draft
 *     …
 */
export interface ExportFrame {
  /** The text without its frame. Lines that were taken off are empty, so that the others keep their numbers. */
  readonly text: string
  /** Whether there is a key: every bracket is written as exports write them. */
  readonly exact: boolean
  /** The blocks as the outline in the key has them; null when there is none, or the text is another. */
  readonly exported: (ExportedBlocks & { readonly title: string }) | null
  /** What preceded the draft, when the key says it; else null. */
  readonly front: readonly string[] | null
  readonly dropped: readonly SourceLine[]
}

const KEY = 'Key to this text'
const OUTLINE = 'Outline: '
const PRECEDED = 'What preceded the draft'
const AS_AT = /^(?:Rev\.\d+ of \d{1,2} \p{L}+ \d{4}\. )?As at \d{1,2} \p{L}+ \d{4}, \d{2}:\d{2} UTC\.$/u

/** How far from the top the line about revision and time stands at most: behind titles of several lines. */
const HEAD_LINES = 40

const SIGNS = [
  '[words – A; B delete]: words that A proposes and B opposes. [words]: words in brackets of which nobody is named.',
  '[words – A delete; B retain]: words of the text that A asks to delete and B would retain.',
  '[words – base / other words – A]: words of the text, and others that A proposes in their place.',
  '[3 bis. words – A]: a paragraph that A proposes. [A: move after 7]: what A asks for, without words.',
]

/** A revision and the time of the export, in milliseconds since 1970. */
export interface Standing {
  readonly revision: { readonly number: number; readonly at: number } | null
  readonly asAt: number
}

/** Returns the line under the title. */
export function headLine({ revision, asAt }: Standing): string {
  const issued = revision ? `Rev.${revision.number} of ${day(revision.at)}. ` : ''
  return `${issued}As at ${day(asAt)}, ${new Date(asAt).toISOString().slice(11, 16)} UTC.`
}

/** Returns the blocks behind the text: the key to its signs and codes, the outline if it has any, and what preceded the draft. */
export function footBlocks(
  names: readonly ParticipantId[],
  front: readonly string[],
  outline: readonly OutlineItem[],
): string[] {
  const codes = names
    .map((name) => [name, nameOf(name)] as const)
    .filter(([code, name]) => code !== name)
    .map(([code, name]) => `${code}: ${name}`)
  const listed = codes.length > 0 ? [`${codes.join('; ')}.`] : []
  const outlined = outline.length > 0 ? [OUTLINE + writeOutline(outline)] : []
  const key = [KEY, ...SIGNS, ...listed, ...outlined].join('\n')
  return front.length === 0 ? [key] : [key, PRECEDED, ...front]
}

/** Takes the frame off a text, if it has one. */
export function takeFrame(text: string): ExportFrame {
  const lines = text.split(/\r\n|\n/u)
  const dropped: SourceLine[] = []
  const drop = (index: number): void => {
    const line = lines[index]?.trim() ?? ''
    if (line !== '') dropped.push({ at: index + 1, text: line })
    lines[index] = ''
  }
  const head = lines.slice(0, HEAD_LINES).findIndex((line) => AS_AT.test(line.trim()))
  if (head >= 0) drop(head)
  const key = lines.lastIndexOf(KEY)
  const isKey = key >= 0 && lines[key + 1] === SIGNS[0]
  if (!isKey)
    return { text: head < 0 ? text : lines.join('\n'), exact: false, exported: null, front: null, dropped }
  const preceded = lines.indexOf(PRECEDED, key)
  const front = preceded < 0 ? null : blocksOf(lines.slice(preceded + 1))
  const end = preceded < 0 ? lines.length : preceded + 1
  const outlined = lines.slice(key, end).find((line) => line.startsWith(OUTLINE))
  for (let i = key; i < end; i++) drop(i)
  const draft = lines.slice(0, key)
  const exported = outlined ? exportedIn(draft, head, outlined.slice(OUTLINE.length)) : null
  return { text: draft.join('\n'), exact: true, exported, front, dropped }
}

/** `head`: the index of the line under the title. */
function exportedIn(lines: readonly string[], head: number, outlined: string): ExportFrame['exported'] {
  const outline = readOutline(outlined)
  if (!outline || head < 0) return null
  const blocks = lineBlocks(lines)
  const titles = blocks.filter(({ line }) => line <= head)
  // A title that is none of the headings of the text stands alone over it.
  const alone = titles.length === 1 && withCells(blocks.slice(1), outline).length === outline.length
  const read = readExported(alone ? blocks.slice(1) : blocks, outline)
  const title = titles.map((block) => block.lines.join(' ').trim()).join(' – ')
  return read && { ...read, title: unescapeSigns(title) }
}

function lineBlocks(lines: readonly string[]): LineBlock[] {
  const blocks: { line: number; lines: string[] }[] = []
  let blank = true
  for (const [i, line] of lines.entries()) {
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
