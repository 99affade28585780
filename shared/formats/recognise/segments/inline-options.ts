import { readDivision } from '../markers/division.ts'
import type { DivisionHead } from '../markers/division.ts'
import type { LineSpan, Segment } from './segment.ts'

/** One of several options that a paragraph offers one behind the other, in the words of the source. */
interface InlineOption {
  readonly words: string
  readonly head: DivisionHead
}

/**
 * Divides a paragraph that is nothing but options in brackets, `1. [Option 1: …] [Option 2: …]`, into one segment for each. Any
 * other segment is returned as it is, and so is one of which an option does not stand once in the lines.
 */
export function dividedOptions(segment: Segment): readonly Segment[] {
  const options = inlineOptions(segment)
  if (options.length < 2) return [segment]
  const stretches = divideSpans(
    segment.spans,
    options.slice(1).map(({ head }) => head.opened + head.printed),
  )
  if (!stretches) return [segment]
  return options.map((option, i) => {
    const spans = stretches[i] ?? []
    const part = i === 0 && segment.marker ? { text: option.words } : partOf(option)
    if (i === 0) return { ...segment, ...part, spans }
    const { line } = spans[0]!
    return {
      kind: 'paragraph',
      spans,
      at: line.at,
      indent: line.indent,
      marker: null,
      division: null,
      ...part,
    }
  })
}

const partOf = ({ head }: InlineOption): Pick<Segment, 'division' | 'text'> => ({
  division: head,
  text: head.opened + head.rest + head.closed,
})

/** The options that the words of a paragraph are, in order; empty when they are anything else. */
function inlineOptions({ kind, text, division }: Segment): readonly InlineOption[] {
  if (kind !== 'paragraph' || (division && division.kind !== 'option') || !text.startsWith('[')) return []
  const words = division ? `[${division.printed} ${text.slice(division.opened.length)}` : text
  const options = bracketed(words).flatMap((one) => {
    const head = readDivision(one)
    return head?.kind === 'option' && head.opened === '[' && head.parted ? [{ words: one, head }] : []
  })
  const isWhole = options.map((one) => one.words).join(' ') === words.replace(/\]\s+\[/g, '] [').trim()
  return isWhole && options.every(({ head }, i) => numbersOf(head).has(i + 1)) ? options : []
}

const numbersOf = ({ numerals }: DivisionHead): ReadonlySet<number> =>
  new Set(numerals.map(({ number }) => number))

/** The stretches of a text in outer brackets. */
function bracketed(text: string): readonly string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '[' && depth++ === 0) from = i
    if (text[i] === ']' && --depth === 0) found.push(text.slice(from, i + 1))
  }
  return found
}

/** Divides spans before each of these words; null when one of them does not stand in them exactly once. */
function divideSpans(spans: readonly LineSpan[], before: readonly string[]): LineSpan[][] | null {
  const stretches: LineSpan[][] = [[]]
  let next = 0
  for (const span of spans) {
    let { from } = span
    for (let words = before[next]; words !== undefined; words = before[next]) {
      const at = span.line.text.indexOf(words, from)
      if (at < 0 || at >= span.to) break
      if (at > from) stretches.at(-1)!.push({ ...span, from, to: at })
      stretches.push([])
      from = at
      next++
    }
    if (from < span.to) stretches.at(-1)!.push({ ...span, from })
  }
  return next === before.length && stretches.every(({ length }) => length > 0) ? stretches : null
}
