import type { ImportedBlock } from '../../model/import.ts'
import { isPageNumber, isSeparator, isSymbol } from './furniture.ts'
import { isNumberedHeading, looksLikeHeading } from './headings.ts'
import { findLetters, isClosing, isSalutation, isSignature } from './letter.ts'
import type { Line } from './lines.ts'
import { startsBlock, startsLower } from './lines.ts'

export interface Opening {
  readonly title: string
  readonly front: readonly string[]
  /** The draft's own headings, directly before its first paragraph. */
  readonly headings: readonly ImportedBlock[]
  readonly warnings: readonly string[]
}

const UNTITLED = 'Untitled draft'
const TITLE_LIMIT = 200

/** Consecutive lines without a blank line between them. */
type Group = readonly Line[]

/** Divides what precedes the first paragraph (line `end`) into front matter and the draft's own headings. */
export function readOpening(lines: readonly Line[], end: number): Opening {
  const groups = groupsOf(lines.slice(0, end))
  const letter = findLetters(lines)(end)
  const afterLetter = letter.closing >= 0 || letter.salutation >= 0
  let from = headingsFrom(groups, afterLetter)
  const closing = lines[letter.closing]
  if (closing && from > 0 && groups[from - 1]?.includes(closing)) from = afterSignature(groups, from)
  while (from < groups.length && groups[from]?.every((line) => !speaks(line.text))) from++
  const front = groups.slice(0, from).map((group) => group.map((line) => line.text).join('\n'))
  const zone = groups.slice(from)
  const headings = zone.flatMap((group) => headingBlocks(group.filter((line) => !isFoot(line.text))))
  const feet = zone.flat().filter((line) => isFoot(line.text))
  const warnings = feet.map((line) => `Left out as page header or footer: “${line.text}” (line ${line.at}).`)
  const last = groups[from - 1]?.[0]
  if (from === groups.length && last && !afterLetter)
    warnings.push(
      `What stands before the first number (up to line ${lines[end - 1]?.at}) was kept as front matter.`,
    )
  const title =
    titleOf(headings) ?? (afterLetter ? null : titleOf((groups[0] ?? []).filter(isHeadingLine).map(heading)))
  if (title === null) warnings.push('No title was found before the first paragraph.')
  return { title: title ?? UNTITLED, front, headings, warnings }
}

function groupsOf(lines: readonly Line[]): Group[] {
  const groups: Line[][] = []
  for (const line of lines) {
    const group = groups.at(-1)
    if (!group || startsBlock(line)) groups.push([line])
    else group.push(line)
  }
  return groups
}

const isHeadingLine = (line: Line): boolean => looksLikeHeading(line.text) || isNumberedHeading(line.text)

const MOST_GROUPS = 8
const MOST_LINES = 5

/**
 * Returns the index of the first group of the headings. Searches backwards from the first paragraph as long as
 * lines can be headings.
 */
function headingsFrom(groups: readonly Group[], afterLetter: boolean): number {
  let from = groups.length
  while (from > 0 && groups.length - from < MOST_GROUPS) {
    const group = groups[from - 1] ?? []
    const below = groups[from]?.[0]
    if (afterLetter && below?.newPage) break
    if (!group.every((line, i) => isTitleLine(line, i)) || group.length > MOST_LINES) break
    from--
  }
  return from
}

function isTitleLine(line: Line, i: number): boolean {
  const { text } = line
  if (isSeparator(text) || isSymbol(text) || isPageNumber(text)) return true
  const goesOn = i > 0 && text.length < 120 && !/[.:;]$/.test(text)
  const letter = isSalutation(text) || isClosing(text) || isSignature(text)
  return !letter && (isHeadingLine(line) || goesOn)
}

const KEYWORD =
  /\b(?:draft|declaration|outcome|conference|summit|resolution|document|programme|plan|pact|compact|framework|agenda|text|rev\.? ?\d|projet|déclaration|conférence|résolution|proyecto|declaración|conferencia|resolución)\b|مشروع|إعلان|وثيقة|الوثيقة|مؤتمر|проект|декларация|草案|宣言/iu

/**
 * Returns the index behind a letter's signature. The name of the signatory looks like a heading, but a title
 * says what kind of text follows. Where no line does that, the first group is taken for the name.
 */
function afterSignature(groups: readonly Group[], from: number): number {
  for (let i = from; i < groups.length; i++) {
    if (groups[i]?.some((line) => KEYWORD.test(line.text) || isNumberedHeading(line.text))) return i
  }
  return Math.min(groups.length, from + 1)
}

const isFoot = (text: string): boolean => isPageNumber(text) || /^\p{Nd}{1,3}$/u.test(text)

/** Whether a line can be part of a title. Dates, symbols and rules cannot. */
const speaks = (text: string): boolean =>
  !isSeparator(text) && !isSymbol(text) && !isFoot(text) && !isDate(text)

const isDate = (text: string): boolean =>
  text.split(' ').length <= 5 &&
  /\p{Nd}{4}\.?$/u.test(text) &&
  /^(?:\p{L}+,? )?\p{Nd}{1,2}(?:st|nd|rd|th|er)?\b/u.test(text)

function headingBlocks(group: Group): ImportedBlock[] {
  const blocks: { kind: ImportedBlock['kind']; text: string; broken: boolean }[] = []
  for (const line of group) {
    const last = blocks.at(-1)
    if (last?.kind === 'heading' && (startsLower(line.text) || last.broken)) {
      last.text += (last.broken ? '' : ' ') + line.text
      last.broken = line.broken
    } else {
      const kind = isSeparator(line.text) ? 'separator' : 'heading'
      blocks.push({ kind, text: line.text, broken: line.broken })
    }
  }
  return blocks.map(({ kind, text }) => ({ kind, label: null, level: 0, text }))
}

const heading = (line: Line): ImportedBlock => ({
  kind: 'heading',
  label: null,
  level: 0,
  text: line.text,
})

/** Returns the title. Section headings are used only when there are no others. */
function titleOf(blocks: readonly ImportedBlock[]): string | null {
  const headings = blocks
    .filter((block) => block.kind === 'heading' && speaks(block.text))
    .map((block) => block.text)
  const own = headings.filter((text) => !isNumberedHeading(text))
  const parts = own.length > 0 ? own : headings
  let title = parts.at(-1) ?? null
  if (title === null) return null
  for (let i = parts.length - 2; i >= 0; i--) {
    const longer: string = `${parts[i]} – ${title}`
    if (longer.length > TITLE_LIMIT) break
    title = longer
  }
  return title
}
