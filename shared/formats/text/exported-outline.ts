import type { ImportedBlock } from '../../model/import.ts'
import { isCell } from '../../model/table.ts'
import type { Label } from '../../model/label.ts'
import { formatStep, printedStep } from '../../model/label.ts'
import type { ParagraphKind } from '../../model/paragraph.ts'
import type { BlockSource } from '../brackets/brackets.ts'
import { withCells } from './rows.ts'
import { readPath, writePath } from './label-path.ts'

/**
 * The outline of an export, one item a block: `#`, once for each level, before a heading; the path of its label; `–` for a
 * paragraph without one, behind its level; `*` for a separator.
 *
 *     #; ## Article 1; Article 1 > 1; Article 1 > 1 > (a) @1; – @1; *
 */
export interface OutlineItem {
  readonly kind: ParagraphKind
  readonly label: Label | null
  readonly level: number
  /** Whether it is a cell of the head of a table. */
  readonly header?: true
}

export const writeOutline = (items: readonly OutlineItem[]): string => items.map(writeItem).join('; ')

function writeItem({ kind, label, level, header }: OutlineItem): string {
  if (kind === 'separator') return '*'
  const path = label ? writePath(label) : ''
  if (kind === 'heading') return `${'#'.repeat(level + 1)} ${path}`.trim()
  return `${path || '–'}${level > 0 ? ` @${level}` : ''}${header ? HEAD : ''}`
}

/** Returns null when it is no outline. */
export function readOutline(text: string): readonly OutlineItem[] | null {
  const items = text.split('; ').map(readItem)
  return items.every((item) => item !== null) ? items : null
}

/** Stands behind the cells of a table's head. */
const HEAD = ' head'

function readItem(text: string): OutlineItem | null {
  if (text === '*') return { kind: 'separator', label: null, level: 0 }
  const [, signs = '', path = '', level = '0'] = /^(#*)\s?(.*?)(?: @(\d+))?(?: head)?$/u.exec(text) ?? []
  const label = path === '' || path === '–' ? null : readPath(path)
  if (label === null && path !== '' && path !== '–') return null
  return signs === ''
    ? { kind: 'paragraph', label, level: Number(level), ...(text.endsWith(HEAD) ? { header: true } : {}) }
    : { kind: 'heading', label, level: signs.length - 1 }
}

/** The blocks of an export as its outline has them. */
export interface ExportedBlocks {
  readonly blocks: readonly ImportedBlock[]
  readonly sources: readonly BlockSource[]
}

/** A block of lines: the lines between two blank ones, and the number of its first, from 1. */
export interface LineBlock {
  readonly line: number
  readonly lines: readonly string[]
}

/**
 * Takes the numbers off the blocks of an export. Returns null when they are not those of the outline: somebody has changed
 * the text, which is then read as any other.
 */
export function readExported(
  printed: readonly LineBlock[],
  outline: readonly OutlineItem[],
): ExportedBlocks | null {
  const found = withCells(printed, outline)
  if (found.length !== outline.length) return null
  const blocks: ImportedBlock[] = []
  const sources: BlockSource[] = []
  for (const [i, item] of outline.entries()) {
    const { line, lines } = found[i]!
    const read = wordsOf(lines, item)
    if (!read) return null
    blocks.push({ ...item, text: read.text })
    sources.push({ line, lead: read.lead })
  }
  return { blocks, sources }
}

function wordsOf(
  lines: readonly string[],
  { kind, label, level }: OutlineItem,
): { readonly text: string; readonly lead: string } | null {
  const step = label ? formatStep(label) : ''
  if (kind === 'heading') {
    const [first = '', ...others] = lines
    if (step === '') return plain([first, ...others])
    return first.trim() === step ? plain(others) : null
  }
  const text = lines.join(' ').trim()
  if (kind === 'separator' || isCell(label)) return { text, lead: '' }
  const lead = text.startsWith('[') ? '[' : ''
  if (step === '') {
    const bullet = new RegExp(level > 0 ? '^(\\[?)– ' : '^(\\[?)(?!)', 'u')
    return { text: text.replace(bullet, '$1'), lead }
  }
  const number = printedStep(step)
  if (text === number || text.startsWith(`${number} `))
    return { text: text.slice(number.length).trim(), lead: '' }
  return text.startsWith(`[${number} `) ? { text: `[${text.slice(number.length + 2)}`, lead } : null
}

const plain = (lines: readonly string[]): { text: string; lead: string } => ({
  text: lines.join(' ').trim(),
  lead: '',
})
