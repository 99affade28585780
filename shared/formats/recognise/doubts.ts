import type { Doubt, DoubtCode } from '../../model/understanding.ts'
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
  'number-missing': (gaps) => `Paragraph numbers are missing: ${some(gaps)}.`,
  'number-repeated': (repeats) => `Paragraph numbers stand more than once: ${some(repeats)}.`,
  'number-descends': (descents) => `The paragraph numbers go down: ${some(descents)}.`,
  'numbers-restart': (lines) =>
    `The numbers begin again without a heading at ${lines.slice(0, SHOWN).join(', ')}; they were read as alternatives.`,
}

/** Says all doubts in few sentences: those of which there are many are summed up in one. */
export function summarise(doubts: readonly FoundDoubt[]): string[] {
  const groups = Map.groupBy(doubts, ({ code }) => code)
  return doubts.flatMap((doubt) => {
    const summary = SUMMARIES[doubt.code]
    if (!summary) return [doubt.message]
    const group = groups.get(doubt.code) ?? []
    if (group[0] !== doubt) return []
    return [summary(group.flatMap(({ listed }) => listed ?? []))]
  })
}
