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

export interface Note extends NoteWords {
  /** Its lines, in order, at least one. */
  readonly lines: readonly Line[]
}

/** The words of a note, and its mark. */
export interface NoteWords {
  /** Without its mark. */
  readonly text: string
  /** Its mark as the source prints it before the text; empty when it prints none. */
  readonly printed: string
  /** Its mark as plain characters: `1`, `*`; empty when none is printed. */
  readonly mark: string
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
  const all: Open[][] = []
  for (let i = from; i < lines.length; i++) {
    const line = lines[i]
    if (!line) continue
    const atEnd = NOTES_HEAD.test(line.text)
    if (!atEnd && !RULE.test(line.text)) continue
    const end = atEnd ? endOfEndnotes(lines, i) : endOfNotes(lines, i, begins)
    if (end <= i + 1) continue
    const notes: Open[] = []
    all.push(notes)
    if (atEnd) heads.add(i)
    for (let j = atEnd ? i + 1 : i; j < end; j++) found.add(j)
    collect(lines.slice(i + 1, end), notes)
    const behind = /^\p{Nd}{1,3}$/u.test(notes.at(-1)?.text ?? '') ? behindPageNumber(lines, end) : 0
    for (let j = end + 1; j <= end + behind; j++) found.add(j)
    collect(lines.slice(end + 1, end + 1 + behind), notes)
    goOnFrom(all.at(-2), notes)
    i = end + behind
  }
  return { lines: found, heads, notes: withMarks(all.flat()) }
}

/** The words of a note with its mark, and the lines that they stand on. */
interface Open {
  readonly text: string
  readonly lines: readonly Line[]
}

/** Joins the rest of a note to its beginning on the page before. */
function goOnFrom(before: Open[] | undefined, notes: Open[]): void {
  const [last, rest] = [before?.at(-1), notes[0]]
  if (!before || !last || !rest || MARK.test(rest.text) || ENDS.test(last.text)) return
  before[before.length - 1] = joined(last, rest)
  notes.shift()
}

const joined = (last: Open, next: Open): Open => ({
  text: last.text + gapBetween(last.text, next.text) + next.text,
  lines: [...last.lines, ...next.lines],
})

function withMarks(found: readonly Open[]): Note[] {
  const notes: Note[] = []
  // Some programs print the marks of several notes before the words of the first.
  let before = { printed: '', lines: [] as readonly Line[] }
  for (const [i, { text, lines }] of found.entries()) {
    const own = readNote(text)
    const printed = `${before.printed} ${own.printed}`.trim()
    if (own.text === '' && i < found.length - 1) {
      before = { printed, lines: [...before.lines, ...lines] }
      continue
    }
    const last = notes.at(-1)
    if (own.text === '' && last) {
      const behind = [...last.lines, ...before.lines, ...lines]
      notes[notes.length - 1] = { ...last, printed: `${last.printed} ${printed}`.trim(), lines: behind }
      continue
    }
    notes.push({ text: own.text, printed, mark: plainMark(printed), lines: [...before.lines, ...lines] })
    before = { printed: '', lines: [] }
  }
  return notes
}

/** Takes the mark off the words of a note. */
export function readNote(words: string): NoteWords {
  const printed = PRINTED.exec(words)?.[0] ?? ''
  return { text: words.slice(printed.length).trim(), printed, mark: plainMark(printed) }
}

/** Returns the last of printed marks as plain characters. */
const plainMark = (printed: string): string =>
  fromSuperscript(printed.split(' ').at(-1) ?? '').replaceAll(/[^\p{Nd}*a-z]/gu, '')

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

function collect(lines: readonly Line[], notes: Open[]): void {
  let last: string | undefined
  for (const line of lines) {
    const { text } = line
    const bare = last !== undefined && /^(?:\p{Nd}{1,3}|\*{1,3})$/u.test(last)
    const begins = MARK.test(text) || (last !== undefined && !bare && ENDS.test(last))
    const own = { text, lines: [line] }
    const before = begins ? undefined : notes.pop()
    notes.push(before ? joined(before, own) : own)
    last = notes.at(-1)?.text
  }
}
