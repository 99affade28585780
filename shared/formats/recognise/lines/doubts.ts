import type { Doubt, DoubtCode } from '../../../model/understanding.ts'
import { excerpt, firstFew } from './line.ts'
import type { Line } from './line.ts'

/** A doubt as it is found. */
export interface FoundDoubt extends Doubt {
  /** What the summary of all doubts of its code lists for it. Absent where the summary lists another one for it too. */
  readonly listed?: string
}

/** Returns a doubt about one line. `what`: the predicate of the sentence. */
export const doubtAt = (code: DoubtCode, line: Line, what: string): FoundDoubt => ({
  code,
  line: line.at,
  message: `Line ${line.at} (“${excerpt(line.text)}”) ${what}.`,
})

/** How many items a summary lists. */
const SHOWN = 8

/** Lists as many as are needed to find the fault; a file of another kind would fill the screen. */
export function some(list: readonly string[]): string {
  const more = list.length - SHOWN
  return more > 0 ? `${list.slice(0, SHOWN).join('; ')}; and ${more} more` : list.join('; ')
}

/** The codes of which there may be many, with the sentence that sums them up. */
const SUMMARIES: Readonly<Partial<Record<DoubtCode, (listed: readonly string[]) => string>>> = {
  hyphen: (lines) =>
    `${lines.length > 1 ? 'Lines' : 'Line'} ${firstFew(lines)} ${lines.length > 1 ? 'end' : 'ends'} in a hyphen: look at the words joined there.`,
  'note-unmarked': (lines) =>
    `The ${lines.length > 1 ? 'marks of footnotes were' : 'mark of a footnote was'} not found in the text: ${lines.length > 1 ? 'lines' : 'line'} ${firstFew(lines)}.`,
  'number-missing': (gaps) => `Paragraph numbers are missing: ${some(gaps)}.`,
  'number-repeated': (repeats) => `Paragraph numbers stand more than once: ${some(repeats)}.`,
  'number-descends': (descents) => `The paragraph numbers go down: ${some(descents)}.`,
  'numbers-restart': (lines) =>
    `The numbers begin again without a heading at ${lines.slice(0, SHOWN).join(', ')}; they were read as alternatives.`,
  'bracket-unclosed': (lines) =>
    `A bracket is opened and not closed ${onLines(lines)}; it was kept as a word.`,
  'bracket-unopened': (lines) =>
    `A bracket is closed that was not opened ${onLines(lines)}; it was kept as a word.`,
  'brackets-too-deep': (listed) => `Brackets nested too deep were kept as words: ${firstFew(listed)}.`,
  'request-unplaced': (listed) =>
    `What is asked for was kept as words, because its place was not found: ${firstFew(listed)}.`,
  'request-void': (listed) => `Requests to delete words that are gone were left out: ${firstFew(listed)}.`,
  'agreed-with-brackets': (lines) =>
    `A paragraph that is marked as agreed has open brackets ${onLines(lines)}; the mark was kept as words.`,
  'alternative-unclear': (lines) =>
    `Of the alternatives in brackets ${onLines(lines)} some have no names, or do not say what they replace.`,
  'names-alone': (lines) => `A bracket holds names alone ${onLines(lines)}; it was kept as words.`,
  'name-unknown': (listed) => `Names that the directory does not have: ${some(listed)}.`,
}

function onLines(lines: readonly string[]): string {
  const unique = [...new Set(lines)]
  return unique.length === 1 ? `on line ${unique[0]}` : `on lines ${firstFew(unique)}`
}

/** The sentences for codes that are said line by line as long as there are few. */
const OF_MANY: Readonly<Partial<Record<DoubtCode, (lines: string) => string>>> = {
  unnumbered: (lines) => `Lines ${lines} have no number; each stands as a paragraph of its own.`,
  'heading-guessed': (lines) => `Lines ${lines} were taken for headings.`,
  'heading-joined': (lines) => `Lines ${lines} may be headings; they were kept with the words before them.`,
  'joined-over-page': (lines) =>
    `Lines ${lines} were joined to the paragraphs before them, across the end of a page.`,
}
const FEW = 3

/** Says all doubts in few sentences: those of which there are many are summed up in one. */
export function summarise(doubts: readonly FoundDoubt[]): string[] {
  const groups = Map.groupBy(doubts, ({ code }) => code)
  return doubts.flatMap((doubt) => {
    const group = groups.get(doubt.code) ?? []
    const summary = SUMMARIES[doubt.code]
    const ofMany = group.length > FEW ? OF_MANY[doubt.code] : undefined
    if (!summary && !ofMany) return [doubt.message]
    if (group[0] !== doubt) return []
    if (!summary) return ofMany ? [ofMany(firstFew(group.map(({ line }) => line)))] : []
    return [summary(group.flatMap(({ listed }) => listed ?? []))]
  })
}
