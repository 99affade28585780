import type { ComposedText } from '../../document/composition/compose.ts'
import type { TextFormat } from '../../document/schema.ts'

/** How the beginning and the end of each format are written. */
const STARS: Readonly<Record<TextFormat, string>> = { em: '*', strong: '**' }

/**
 * Returns the stars that stand before each offset of a stretch of words. Emphasised words are enclosed in them without the spaces
 * around them, whose emphasis nobody sees.
 */
export function emphasisAt(words: readonly ComposedText[]): Map<number, string> {
  const text = words.map((piece) => piece.text).join('')
  const stars = new Map<number, string>()
  for (const format of ['em', 'strong'] as const)
    for (const { from, to } of runsOf(words, format)) {
      const run = text.slice(from, to)
      const start = from + run.length - run.trimStart().length
      const end = from + run.trimEnd().length
      if (start >= end) continue
      for (const at of [start, end]) stars.set(at, (stars.get(at) ?? '') + STARS[format])
    }
  return stars
}

interface Run {
  readonly from: number
  readonly to: number
}

/** The longest stretches that have a format. */
function runsOf(words: readonly ComposedText[], format: TextFormat): Run[] {
  const runs: Run[] = []
  let at = 0
  for (const { text, formats } of words) {
    const last = runs.at(-1)
    if (formats.includes(format) && text !== '') {
      if (last?.to === at) runs.splice(-1, 1, { from: last.from, to: at + text.length })
      else runs.push({ from: at, to: at + text.length })
    }
    at += text.length
  }
  return runs
}
