import { saidOfParagraph } from '#shared/document/composition/names.ts'
import type { Board, BoardBlock } from '#shared/document/composition/board.ts'
import type { HostId, ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { isParagraphId, isProposalId } from '#shared/model/ids.ts'
import type { StatusName } from '#shared/model/status.ts'
import { agreedMark, isAgreed } from '#shared/model/status.ts'
import { nameOf } from '../state/names.ts'
import { strings } from '../strings.ts'
import { numbered } from '../words/paragraph.ts'

/** The texts about a paragraph's status that are shown beside its number and behind its last word. */

const words = strings.paragraph

export const statusOf = (block: BoardBlock): StatusName => block.status?.status ?? 'open'

export const isAgreedBlock = (block: BoardBlock): boolean => isAgreed(statusOf(block))

const COUNTED = ['paragraph', 'heading', 'note'] as const
export type CountedKind = (typeof COUNTED)[number]

export interface AgreedCount {
  readonly kind: CountedKind
  readonly agreed: number
  readonly all: number
}

/**
 * How many paragraphs, headings and footnotes are agreed, of how many; without kinds that the text does not have. Empty
 * numbers and private drafts of new paragraphs do not count, so that everybody in the room sees the same numbers.
 */
export const agreedOf = ({ blocks }: Board): readonly AgreedCount[] =>
  COUNTED.flatMap((kind) => {
    const counted = blocks.filter((block) => block.kind === kind && !block.vacant && !isPrivateBlock(block))
    if (counted.length === 0) return []
    return [{ kind, agreed: counted.filter(isAgreedBlock).length, all: counted.length }]
  })

/** A new paragraph that is a private draft. */
const isPrivateBlock = ({ id, places }: BoardBlock): boolean =>
  isProposalId(id) && places.some(({ rows }) => rows.some((row) => row.id === id && row.space !== null))

/** A paragraph, a footnote or a heading of the text, not a proposed one: what can have a status. */
export const isStanding = (block: BoardBlock): block is BoardBlock & { readonly id: ParagraphId } =>
  block.kind !== 'separator' && isParagraphId(block.id)

/** "Agreed ad ref, pending KEN, placement to be decided"; empty for an open paragraph. */
export function statusWords(block: BoardBlock): string {
  const { status } = block
  if (!status || status.status === 'open') return ''
  const agreed = isAgreed(status.status)
  return [
    words.statuses[status.status],
    agreed && status.pending.length > 0 && words.pending(status.pending.join(', ')),
    agreed && status.placement && words.placement,
  ]
    .filter(Boolean)
    .join(', ')
}

/** The text behind a paragraph's last word, as in print: `(former para 18) [… – EU reserve] [Agreed ad ref]`. */
export function marksOf(board: Board, block: BoardBlock): string {
  return [
    block.former && words.former(block.former),
    block.vacant && vacantWords(board, block.id),
    block.unmarked && words.unmarked,
    isStanding(block) && positionsMark(block),
    ...block.above.map((id) => aboveMark(board, block, id)),
    agreedMark(block.status ?? undefined),
  ]
    .filter(Boolean)
    .join(' ')
}

/** `[… – KEN delete, with 2]`: of a deletion or a move that stands above, with everything below. In a row of a table, `[… – KEN delete row]`. */
function aboveMark(board: Board, { cell }: BoardBlock, id: ProposalId): string {
  for (const block of board.blocks)
    for (const { rows } of block.places)
      for (const row of rows) {
        if (row.id !== id) continue
        if (cell && block.cell?.rowLabel === cell.rowLabel) return words.deletedRow(nameOf(row.proponent))
        const mark = row.nature === 'delete-paragraph' ? words.deletedAbove : words.movedAbove
        return mark(nameOf(row.proponent), referenceOf(block))
      }
  return ''
}

/** Who has a reserve on the paragraph as a whole, and who must come back to it. */
function positionsMark({ positions, spokenOf: { wording } }: BoardBlock): string {
  const said = saidOfParagraph(positions, wording)
  return said === '' ? '' : `[… – ${said}]`
}

/** Why a number is empty. */
function vacantWords(board: Board, id: HostId): string {
  for (const { decision, head, block } of board.decided) {
    const { effect } = decision
    const isPart = effect.kind === 'family-changed' && effect.parts.some(({ paragraph }) => paragraph === id)
    if (isPart && head.kind === 'choice') return strings.options.notChosen(chosenName(board, block))
    if (effect.kind === 'paragraphs-joined' && effect.from === id)
      return words.joinedTo(labelOf(board, effect.paragraph))
  }
  return words.vacant
}

function chosenName(board: Board, id: HostId | null): string {
  const block = board.blocks.find((one) => one.id === id)
  return block ? (block.step === '' ? referenceOf(block) : block.step) : ''
}

export const labelOf = (board: Board, id: HostId): string =>
  board.blocks.find((block) => block.id === id)?.label ?? ''

/** How a sentence refers to a block: by its label; a heading without a number by its words, “Purpose”. */
export const referenceOf = ({ kind, label, opening }: BoardBlock): string =>
  label === '' && kind === 'heading' ? `“${opening.trim()}”` : label

/** As `referenceOf`, within a sentence: "paragraph 26, Option 1", "Article 2, Option 1", “Option 1”. */
export const referenceInSentence = (block: BoardBlock): string =>
  block.label === '' ? referenceOf(block) : numbered(block.label)

/** A block with everything below it: "2 with everything below (5)"; in a table the row, or the table. */
export function referenceOfAll(block: BoardBlock, count: number): string {
  if (block.cell) return block.cell.rowLabel
  return block.caption ? referenceOf(block) : words.below(referenceOf(block), count)
}

/** "Paragraph 12", "Proposed paragraph 3 bis", "Article 2: Purpose". */
export function nameOfBlock(block: BoardBlock): string {
  if (block.kind === 'heading') return [block.label, block.opening].filter(Boolean).join(': ')
  return isProposalId(block.id) ? words.newNamed(block.label) : words.named(block.label)
}

/** Everything that the gutter shows for a paragraph, in one sentence for screen readers. */
export function spokenOf(block: BoardBlock, comments: number, changed: boolean): string {
  return [
    nameOfBlock(block),
    statusWords(block),
    block.vacant && words.vacant,
    block.unmarked && words.unmarked,
    block.former && words.former(block.former),
    block.open > 0 && words.brackets(block.open),
    comments > 0 && words.comments(comments),
    changed && words.changed,
  ]
    .filter(Boolean)
    .join(', ')
}
