import type { ImportedBlock } from '#shared/model/import.ts'
import type { Label } from '#shared/model/label.ts'
import { TABLE_OF_REEDS } from './tables.ts'

/** The same texts with three outlines: paragraphs 1, 2, 3 …; items below the first; and items below it, in an article. Some have a footnote, some a table. */

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
  return withNote([...heading, ...paragraphs, ...tableFor(seed)], seed)
}

/** A fifth of them end with a table, of which a cell has no words. */
const tableFor = (seed: number): readonly ImportedBlock[] => (seed % 5 === 4 ? TABLE_OF_REEDS : [])

/** A fourth of them have a footnote, whose mark stands behind the third word, and emphasis on the second. */
function withNote(blocks: readonly ImportedBlock[], seed: number): readonly ImportedBlock[] {
  if (seed % 4 !== 3) return blocks
  const at = blocks.findIndex(({ kind }) => kind === 'paragraph')
  const label: Label = { ...plain(1), series: 'note' }
  const note: ImportedBlock = { kind: 'note', label, level: 0, text: 'a note on three words' }
  return [...blocks.map((block, i) => (i === at ? marked(block) : block)), note]
}

function marked(block: ImportedBlock): ImportedBlock {
  const [first = '', second = '', third = ''] = block.text.split(' ')
  const from = first.length + 1
  const to = from + second.length
  const notes = [{ at: to + 1 + third.length, note: 0, printed: '¹' }]
  return { ...block, notes, formats: [{ from, to, format: 'em' }] }
}
