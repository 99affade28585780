import { fromSuperscript } from '../../../model/superscript.ts'
import { isPageNumber } from './furniture.ts'
import { gapBetween } from './join.ts'
import type { Line } from './line.ts'
import { ENDS } from './line.ts'

/** The notes at the feet of pages. Their lines stand in the middle of sentences, to which they do not belong. */
export interface Notes {
  /** The indexes of their lines, and of the rules above them. */
  readonly lines: ReadonlySet<number>
  /** The indexes of headings above notes, which are left out. */
  readonly heads: ReadonlySet<number>
  /** In the order of the source. */
  readonly notes: readonly Note[]
}

export interface Note {
  /** Without its mark. */
  readonly text: string
  /** Its mark as plain characters: `1`, `*`; the number that follows where the source prints none. */
  readonly mark: string
  /** Rises from note to note: that of its mark where marks are numbers that rise. */
  readonly number: number
  /** As the source prints it before the text; empty when it prints none. */
  readonly printed: string
  /** The indexes of the lines among which its mark stands: `from` included, `to` excluded. */
  readonly from: number
  readonly to: number
}

const RULE = /^(?:_{5,}|[_ ]{9,}|[-–—]{10,})$/u
/** The heading of the notes at the end of a text. */
const NOTES_HEAD =
  /^(?:(?:end|foot)?notes|références|notas(?: al pie)?|сноски|примечания|注释?|الحواشي)[.:]?$/iu
const MARK = /^(?:\p{Nd}{1,3}|\*{1,3}|[a-z]|[⁰¹²³⁴-⁹]{1,3}|\[\p{Nd}{1,3}\])(?:$|[/).]? )/u
/** The same as what stands before the words. A letter alone may be a word. */
const PRINTED = /^(?:\[(\p{Nd}{1,3})\]|(\p{Nd}{1,3}|\*{1,3}|[⁰¹²³⁴-⁹]{1,3})[/).]?|([a-z])[/)])(?= |$)/u
/** A paragraph number, which no note has. */
const NUMBERED = /^(?:[[(]? ?)(?:\p{Nd}{1,3} ?[.)]|PP|OP)/u
/** The most lines of the notes of one page. */
const LONGEST = 60

/** Finds the notes behind line `from`, none of which `begins` a paragraph, between the rule at a page's foot and the end of the page. */
export function findNotes(lines: readonly Line[], from: number, begins: (i: number) => boolean): Notes {
  const found = new Set<number>()
  const heads = new Set<number>()
  const all: Page[] = []
  let start = from
  for (let i = from; i < lines.length; i++) {
    const line = lines[i]
    if (!line) continue
    const atEnd = NOTES_HEAD.test(line.text)
    if (!atEnd && !RULE.test(line.text)) continue
    const end = atEnd ? endOfEndnotes(lines, i) : endOfNotes(lines, i, begins)
    if (end <= i + 1) continue
    const texts: string[] = []
    all.push({ texts, from: start, to: i })
    if (atEnd) heads.add(i)
    for (let j = atEnd ? i + 1 : i; j < end; j++) found.add(j)
    collect(lines.slice(i + 1, end), texts)
    const behind = /^\p{Nd}{1,3}$/u.test(texts.at(-1) ?? '') ? behindPageNumber(lines, end) : 0
    for (let j = end + 1; j <= end + behind; j++) found.add(j)
    collect(lines.slice(end + 1, end + 1 + behind), texts)
    goOnFrom(all.at(-2)?.texts, texts)
    i = end + behind
    start = i + 1
  }
  return { lines: found, heads, notes: numbered(all) }
}

/** The notes at the foot of one page, and the lines of that page. */
interface Page {
  readonly texts: string[]
  readonly from: number
  readonly to: number
}

/** Joins the rest of a note to its beginning on the page before. */
function goOnFrom(before: string[] | undefined, texts: string[]): void {
  const [last, rest] = [before?.at(-1), texts[0]]
  if (!before || last === undefined || rest === undefined || MARK.test(rest) || ENDS.test(last)) return
  before[before.length - 1] = last + gapBetween(last, rest) + rest
  texts.shift()
}

function numbered(pages: readonly Page[]): Note[] {
  const notes: Note[] = []
  for (const { texts, from, to } of pages) {
    // Some programs print the marks of several notes before the words of the first.
    let before = ''
    for (const [i, text] of texts.entries()) {
      const found = PRINTED.exec(text)
      const printed = `${before} ${found?.[0] ?? ''}`.trim()
      const words = text.slice(found?.[0].length ?? 0).trim()
      if (words === '' && i < texts.length - 1) {
        before = printed
        continue
      }
      const last = notes.at(-1)
      if (words === '' && last) {
        notes[notes.length - 1] = { ...last, printed: `${last.printed} ${printed}`.trim() }
        continue
      }
      before = ''
      notes.push({ text: words, printed, from, to, ...markOf(printed, notes.at(-1)?.number ?? 0) })
    }
  }
  return notes
}

/** Returns the mark of a note from what is printed before its words, behind the note of the number `last`. */
function markOf(printed: string, last: number): Pick<Note, 'mark' | 'number'> {
  const given = fromSuperscript(printed.split(' ').at(-1) ?? '').replaceAll(/[^\p{Nd}*a-z]/gu, '')
  const own = /^[0-9]+$/.test(given) ? Number(given) : 0
  const number = own > last ? own : last + 1
  return { mark: given === '' ? String(number) : given, number }
}

/** Returns the index behind the last line of the notes below a rule; that of the rule when there are none. */
function endOfNotes(lines: readonly Line[], rule: number, begins: (i: number) => boolean): number {
  let marked = false
  for (let i = rule + 1; i <= rule + LONGEST; i++) {
    const line = lines[i]
    const ends =
      !line || line.newPage || (isPageNumber(line.text) && !MARK.test(line.text)) || isFoot(line.text)
    if (ends) return marked || (line !== undefined && i > rule + 1 && goesOn(lines[rule + 1])) ? i : rule
    if (NUMBERED.test(line.text) || begins(i)) return rule
    marked ||= MARK.test(line.text)
  }
  return rule
}

/** The same below the heading of notes: all lines to the end of the text, the first of which is the first note. */
function endOfEndnotes(lines: readonly Line[], head: number): number {
  const first = lines[head + 1]?.text ?? ''
  const number = /^\D{0,2}(\p{Nd}{1,3})\D/u.exec(first)?.[1]
  return number === '1' && lines.length - head <= LONGEST_LIST ? lines.length : head
}

/** The most lines of the notes at the end of a text. */
const LONGEST_LIST = 2_000

const isFoot = (text: string): boolean => isPageNumber(text)

/** Whether the notes begin with the rest of one from the page before. */
const goesOn = (line: Line | undefined): boolean => line !== undefined && /[/\p{Nd}]/u.test(line.text)

/** Returns how many lines between two page numbers are the words of a note whose mark stands before the first. */
function behindPageNumber(lines: readonly Line[], end: number): number {
  for (let count = 0; count < 4; count++) {
    const line = lines[end + 1 + count]
    if (!line || line.newPage || NUMBERED.test(line.text)) return 0
    if (isPageNumber(line.text)) return count
  }
  return 0
}

function collect(lines: readonly Line[], texts: string[]): void {
  let last: string | undefined
  for (const { text } of lines) {
    const bare = last !== undefined && /^(?:\p{Nd}{1,3}|\*{1,3})$/u.test(last)
    const begins = MARK.test(text) || (last !== undefined && !bare && ENDS.test(last))
    if (begins || texts.length === 0) texts.push(text)
    else {
      const before = texts.pop() ?? ''
      texts.push(before + gapBetween(before, text) + text)
    }
    last = texts.at(-1)
  }
}
