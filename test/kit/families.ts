import type { ImportedBlock } from '#shared/model/import.ts'
import type { Label } from '#shared/model/label.ts'

/** The same texts with three outlines: paragraphs 1, 2, 3 …; items below the first; and items below it, in an article. */

const plain = (number: number, within?: Label): Label => ({ number, suffix: 0, ...(within && { within }) })
const letter = (number: number, within: Label): Label => ({ ...plain(number, within), style: 'letter' })

export function outlined(texts: readonly string[], seed: number): readonly ImportedBlock[] {
  const article: Label | undefined = seed % 3 === 2 ? { ...plain(1), division: 'article' } : undefined
  const heading: ImportedBlock[] = article
    ? [{ kind: 'heading', label: article, level: 0, text: 'Purpose' }]
    : []
  const first = plain(1, article)
  const below = seed % 3 === 0 ? 0 : Math.max(1, texts.length - 2)
  const paragraphs = texts.map((text, i): ImportedBlock => {
    const isBelow = i > 0 && i <= below
    const number = i === 0 || isBelow ? 1 : i + 1 - below
    const label = isBelow ? letter(i, first) : plain(number, article)
    return { kind: 'paragraph', label, level: isBelow ? 1 : 0, text }
  })
  return [...heading, ...paragraphs]
}
