import { isPageNumber } from './furniture.ts'
import { gapBetween } from './join.ts'
import type { Line } from './line.ts'
import { ENDS } from './line.ts'

/** The notes at the feet of pages. Their lines stand in the middle of sentences, to which they do not belong. */
export interface Notes {
  /** The indexes of their lines, and of the rules above them. */
  readonly lines: ReadonlySet<number>
  /** In the order of the source, each with its mark. */
  readonly texts: readonly string[]
  /** The first rule as printed; empty when there are no notes. */
  readonly rule: string
}

const RULE = /^(?:_{5,}|[_ ]{9,}|[-–—]{10,})$/u
const MARK = /^(?:\p{Nd}{1,3}|\*{1,3}|[a-z])(?:$|[/)]? )/u
/** A paragraph number, which no note has. */
const NUMBERED = /^(?:[[(]? ?)(?:\p{Nd}{1,3} ?[.)]|PP|OP)/u
/** The most lines of the notes of one page. */
const LONGEST = 60

/** Finds the notes behind line `from`, none of which `begins` a paragraph, between the rule at a page's foot and the end of the page. */
export function findNotes(lines: readonly Line[], from: number, begins: (i: number) => boolean): Notes {
  const found = new Set<number>()
  const texts: string[] = []
  let rule = ''
  for (let i = from; i < lines.length; i++) {
    const line = lines[i]
    if (!line || !RULE.test(line.text)) continue
    const end = endOfNotes(lines, i, begins)
    if (end <= i + 1) continue
    if (rule === '') rule = line.text
    for (let j = i; j < end; j++) found.add(j)
    collect(lines.slice(i + 1, end), texts)
    const behind = /^\p{Nd}{1,3}$/u.test(texts.at(-1) ?? '') ? behindPageNumber(lines, end) : 0
    for (let j = end + 1; j <= end + behind; j++) found.add(j)
    collect(lines.slice(end + 1, end + 1 + behind), texts)
    i = end + behind
  }
  return { lines: found, texts, rule }
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
