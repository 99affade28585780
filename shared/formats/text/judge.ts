import type { ReadCode } from '../../model/import.ts'
import { fail, type Failure, type Result } from '../../model/result.ts'
import type { Numbered } from './numbers.ts'
import type { Series } from './series.ts'

/**
 * Judges the numbers of a draft. The room refers to paragraphs by them, so a text whose numbers do not count up
 * is refused.
 */
export function judge(series: Series, allowGaps: boolean): Result<{ warnings: readonly string[] }, ReadCode> {
  const { items } = series
  const failure = suffixes(items) ?? repeats(items) ?? descents(items)
  if (failure) return failure
  const warnings: string[] = []
  const gaps = gapsOf(items)
  if (gaps.length > 0) {
    const message = `Paragraph numbers are missing: ${gaps.join('; ')}.`
    // The series' warnings are included, because a number that was taken for words may be the missing one.
    if (!allowGaps) return fail('gaps', [message, ...series.warnings].join(' '))
    warnings.push(message)
  }
  const first = items[0]
  if (first && first.number !== 1)
    warnings.push(`The draft begins with paragraph ${first.number} (line ${first.at}), not with 1.`)
  if (series.style === 'PP' || series.style === 'OP')
    warnings.push(`The numbers are printed as ${first?.printed} …; they were read as ${first?.number} ….`)
  return { ok: true, warnings }
}

function suffixes(items: readonly Numbered[]): Failure<ReadCode> | null {
  const suffixed = items.filter((item) => item.suffix !== '')
  if (suffixed.length === 0) return null
  const list = suffixed.map((item) => `${item.number} ${item.suffix} (line ${item.at})`)
  const message = `Only whole paragraph numbers can be imported; these are not: ${some(list)}. Renumber them first.`
  return fail('suffixed-numbers', message)
}

function repeats(items: readonly Numbered[]): Failure<ReadCode> | null {
  const lines = Map.groupBy(items, (item) => item.number)
  const twice = [...lines].filter(([, same]) => same.length > 1)
  if (twice.length === 0) return null
  const list = twice.map(([number, same]) => `${number} on lines ${listOf(same.map((item) => item.at))}`)
  return fail('repeats', `Paragraph numbers stand more than once: ${some(list)}.`)
}

function descents(items: readonly Numbered[]): Failure<ReadCode> | null {
  const list = items.flatMap((item, i) => {
    const before = items[i - 1]
    return before && item.number < before.number
      ? [`${item.number} (line ${item.at}) comes after ${before.number} (line ${before.at})`]
      : []
  })
  if (list.length === 0) return null
  return fail('out-of-order', `The paragraph numbers go down: ${some(list)}.`)
}

function gapsOf(items: readonly Numbered[]): string[] {
  return items.flatMap((item, i) => {
    const before = items[i - 1]
    if (!before || item.number <= before.number + 1) return []
    const from = before.number + 1
    const to = item.number - 1
    const missing = from === to ? String(from) : to === from + 1 ? `${from} and ${to}` : `${from} to ${to}`
    return [`${missing}, between ${before.number} on line ${before.at} and ${item.number} on line ${item.at}`]
  })
}

const SHOWN = 8

/** Lists as many as are needed to find the fault; a file of another kind would fill the screen. */
function some(list: readonly string[]): string {
  const more = list.length - SHOWN
  return more > 0 ? `${list.slice(0, SHOWN).join('; ')}; and ${more} more` : list.join('; ')
}

function listOf(lines: readonly number[]): string {
  const shown = lines.length > SHOWN ? [...lines.slice(0, SHOWN), `${lines.length - SHOWN} more`] : lines
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
