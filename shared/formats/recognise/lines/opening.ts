import type { FoundDoubt } from './doubts.ts'
import { isPageNumber, isSeparator, isSymbol } from './furniture.ts'
import { isNumberedHeading, looksLikeHeading } from './headings.ts'
import { findLetters, isClosing, isSalutation, isSignature } from './letter.ts'
import type { Line, Lines } from './line.ts'
import { ENDS, isFull, isLeftOpen, startsBlock, startsLower } from './line.ts'
import { isDate, isMasthead } from './phrases.ts'

/** What precedes the first paragraph. */
export interface Opening {
  readonly title: string
  /** The lines of each block of the front matter. */
  readonly front: readonly (readonly Line[])[]
  /** The draft's own headings and separators, directly before its first paragraph. */
  readonly headings: readonly OpeningBlock[]
  readonly doubts: readonly FoundDoubt[]
  /** The lines that were left out as page numbers. */
  readonly dropped: readonly Line[]
}

export interface OpeningBlock {
  readonly kind: 'heading' | 'separator'
  readonly text: string
  /** At least one. */
  readonly lines: readonly Line[]
}

const UNTITLED = 'Untitled draft'
const TITLE_LIMIT = 250

/** Consecutive lines without a blank line between them. */
type Group = readonly Line[]

/**
 * Divides what precedes the first paragraph (line `end`) into front matter and the draft's own headings. `clause`: it is
 * a clause of a resolution, above which a title may end in a full stop.
 */
export function readOpening({ lines, wrap }: Lines, end: number, clause: boolean): Opening {
  const groups = groupsOf(lines.slice(0, end))
  const letter = findLetters(lines)(end)
  const afterLetter = letter.closing >= 0 || letter.salutation >= 0
  let from = headingsFrom(groups, afterLetter, clause)
  const closing = lines[letter.closing]
  if (closing && from > 0 && groups[from - 1]?.includes(closing)) from = afterSignature(groups, from)
  while (from < groups.length && groups[from]?.every((line) => !speaks(line.text))) from++
  const front = groups.slice(0, from)
  const zone = groups.slice(from)
  const headings = zone.flatMap((group) =>
    headingBlocks(
      group.filter((line) => !isFoot(line.text)),
      wrap,
    ),
  )
  const feet = zone.flat().filter((line) => isFoot(line.text))
  const doubts: FoundDoubt[] = []
  const last = groups[from - 1]?.[0]
  if (from === groups.length && last && !afterLetter)
    doubts.push({
      code: 'front-matter',
      line: last.at,
      message: `What stands before the first paragraph (up to line ${lines[end - 1]?.at}) was kept as front matter.`,
    })
  const own = titleOf(headings)
  const title =
    own !== null && KEYWORD.test(own)
      ? own
      : (frontTitle(groups.slice(0, from), afterLetter || own !== null) ?? own)
  if (title === null)
    doubts.push({
      code: 'no-title',
      line: lines[end]?.at ?? 1,
      message: 'No title was found before the first paragraph.',
    })
  return { title: title ?? UNTITLED, front, headings, doubts, dropped: feet }
}

/**
 * Returns the title that the front matter holds. `certain`: only a line that says what kind of text follows counts,
 * because there is another title or a letter.
 */
function frontTitle(groups: readonly Group[], certain: boolean): string | null {
  const titles = groups.slice(0, MOST_GROUPS).filter((group) => {
    const text = group.map((line) => line.text).join(' ')
    if (text.length > TITLE_LIMIT || !speaks(text) || ENDS.test(text) || startsLower(text)) return false
    if (group.some((line) => isMasthead(line.text) || isSeparator(line.text))) return false
    return !certain || (KEYWORD.test(text) && group.every(isTitleLine))
  })
  const title = certain ? titles.at(-1) : titles[0]
  return title ? title.map((line) => line.text).join(' ') : null
}

/** Divides lines at blank ones, and behind the last line of a masthead. */
function groupsOf(lines: readonly Line[]): Group[] {
  const groups: Line[][] = []
  for (const line of lines) {
    const group = groups.at(-1)
    const head = group?.at(-1)
    const afterHead =
      head && (isMasthead(head.text) || isDate(head.text)) && !(isMasthead(line.text) || isDate(line.text))
    if (!group || startsBlock(line) || afterHead) groups.push([line])
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
function headingsFrom(groups: readonly Group[], afterLetter: boolean, clause: boolean): number {
  let from = groups.length
  while (from > 0 && groups.length - from < MOST_GROUPS) {
    const group = groups[from - 1] ?? []
    const below = groups[from]?.[0]
    if (afterLetter && below?.newPage) break
    const nearest = from === groups.length && clause && isShortSentence(group) && !afterLetter
    if (!nearest && (!group.every((line, i) => isTitleLine(line, i)) || group.length > MOST_LINES)) break
    if (isMasthead(group.at(-1)?.text ?? '')) break
    if (from < groups.length && group.every((line) => isSeparator(line.text))) break
    from--
  }
  return from
}

/** Whether the lines can be a title that ends in a full stop. */
const isShortSentence = (group: Group): boolean =>
  group.length <= 3 &&
  group.every(({ text }) => !startsLower(text) && !isMasthead(text)) &&
  group.map(({ text }) => text).join(' ').length < TITLE_LIMIT &&
  /\p{Lu}|\p{Lo}/u.test(group[0]?.text[0] ?? '')

function isTitleLine(line: Line, i: number): boolean {
  const { text } = line
  if (isSeparator(text) || isSymbol(text) || isPageNumber(text)) return true
  const goesOn = i > 0 && text.length < 120 && !/[.:;]$/.test(text)
  const names =
    i === 0 && KEYWORD.test(text) && text.length <= TITLE_LIMIT && !ENDS.test(text) && !startsLower(text)
  const letter = isSalutation(text) || isClosing(text) || isSignature(text)
  return !letter && (isHeadingLine(line) || goesOn || names)
}

const KEYWORD =
  /\b(?:draft|declaration|outcome|conference|summit|resolution|document|programme|plan|pact|compact|framework|agenda|text of|rev\.? ?\d|projet|déclaration|conférence|résolution|proyecto|declaración|conferencia|resolución)\b|مشروع|إعلان|وثيقة|الوثيقة|مؤتمر|проект|декларация|草案|宣言/iu

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

function headingBlocks(group: Group, wrap: number): OpeningBlock[] {
  const blocks: { kind: 'heading' | 'separator'; text: string; lines: Line[]; last: Line }[] = []
  for (const line of group) {
    const before = blocks.at(-1)
    const cut =
      before &&
      ((wrap > 0 && isFull(before.last, wrap)) || isLeftOpen(before.text)) &&
      !isNumberedHeading(line.text)
    if (before?.kind === 'heading' && (startsLower(line.text) || before.last.broken || cut)) {
      before.text += (before.last.broken ? '' : ' ') + line.text
      before.last = line
      before.lines.push(line)
    } else {
      const kind = isSeparator(line.text) ? 'separator' : 'heading'
      blocks.push({ kind, text: line.text, lines: [line], last: line })
    }
  }
  return blocks.map(({ kind, text, lines }) => ({ kind, text, lines }))
}

const unbracketed = (text: string): string => text.replace(/^[[(]+\s*/u, '')

/** Whether a heading stands above a preamble, is numbered as paragraphs or sections are, or is below the highest level by its source: it is no title. */
export const isOfSection = ({ text, lines }: OpeningBlock): boolean =>
  (lines[0]?.heading ?? 1) > 1 ||
  /^(?:[一二三四五六七八九十]{1,3}、|\p{Nd}{1,2}\.? \p{Lu})/u.test(text) ||
  /^(?:preamble|préambule|preámbulo|преамбула|الديباجة|序言)[.:]?$/iu.test(text)

/** Returns the title. Section headings are used only when there are no others. */
function titleOf(blocks: readonly OpeningBlock[]): string | null {
  const headings = blocks.filter((block) => block.kind === 'heading' && speaks(block.text))
  const own = headings.filter((block) => !isNumberedHeading(unbracketed(block.text)) && !isOfSection(block))
  const parts = (own.length > 0 ? own : headings).map(({ text }) => text)
  let title = parts.at(-1) ?? null
  if (title === null) return null
  for (let i = parts.length - 2; i >= 0; i--) {
    const longer: string = `${parts[i]} – ${title}`
    if (longer.length > TITLE_LIMIT) break
    title = longer
  }
  return title
}
