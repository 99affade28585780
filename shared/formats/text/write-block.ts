import type { Block } from '../../document/composition/projection.ts'
import { recordGet } from '../../document/records.ts'
import type { OutcomeDocument } from '../../document/schema.ts'
import { printedStep } from '../../model/label.ts'
import { agreedMark } from '../../model/status.ts'
import { superscript } from '../../model/superscript.ts'
import { BULLET } from './exported-blocks.ts'
import type { Annotation } from '../brackets/exported-words.ts'

export interface BlockStyle {
  /** What is said of the paragraph as a whole; null in views that leave out its status too. */
  readonly said: string | null
  /** Its number is not printed. */
  readonly unnumbered?: boolean
  /** The number of a proposed block stands in its bracket. */
  readonly inside?: boolean
}

interface WrittenBlock {
  readonly text: string
  /** What was printed with its words. */
  readonly annotations: ReadonlySet<Annotation>
}

/** Writes a block with its number and its marks around `words`. */
export function writeBlock(
  od: OutcomeDocument,
  block: Block,
  words: string,
  { said, unnumbered = false, inside = false }: BlockStyle,
): WrittenBlock {
  if (block.kind === 'separator') return { text: words === '' ? '* * *' : words, annotations: new Set() }
  const agreed = said === null ? '' : agreedMark(recordGet(od, `status/${block.id}`))
  const positions = block.proposal === null && said ? `[… – ${said}]` : ''
  const isCell = block.cell !== null
  const former = block.former === '' || isCell ? '' : `(former para ${block.former})`
  const isHeading = block.kind === 'heading'
  const number = isHeading || isCell ? '' : numberOf(block, unnumbered)
  const bullet =
    number === '' && !isHeading && !isCell && block.level > 0 && !DASHED.test(words.replace(/^\[/u, ''))
  const first = number || (bullet ? BULLET : '')
  const opened = inside && block.proposal !== null && first !== ''
  const parts = [
    (opened ? '[' : '') + first,
    former,
    opened ? words.slice(1) : words,
    positions,
    agreed,
  ].filter((part) => part !== '')
  const line = ' '.repeat(4 * (isHeading || isCell ? 0 : block.level)) + parts.join(' ')
  const annotations: Partial<Record<Annotation, boolean>> = {
    status: agreed !== '',
    positions: positions !== '',
    former: former !== '',
    bullet,
  }
  return {
    text: isHeading ? [block.step, line].filter((part) => part !== '').join('\n') : line,
    annotations: new Set((Object.keys(annotations) as Annotation[]).filter((one) => annotations[one])),
  }
}

/** The words bring the dash of a list themselves. */
const DASHED = /^[-–—•·●▪◦]/u

function numberOf({ kind, step, label }: Block, unnumbered: boolean): string {
  if (label === '' || unnumbered) return ''
  return kind === 'note' ? superscript(step) : printedStep(step)
}
