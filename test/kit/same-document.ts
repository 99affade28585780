import type { Piece, Placed } from '#shared/document/composition/compose.ts'
import type { Block } from '#shared/document/composition/projection.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { nameOf } from '#shared/document/composition/requests.ts'
import { recordGet } from '#shared/document/records.ts'
import { baseTextOf, paragraphFacts } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { plainText, readHost } from '#shared/document/text/anchor.ts'
import type { Label } from '#shared/model/label.ts'
import { formatLabel } from '#shared/model/label.ts'
import { labelKey, stepsUp } from '#shared/model/label-path.ts'
import type { ParagraphId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { PositionEntry, Stated } from '#shared/model/proposals/position.ts'
import { isOnEarlier } from '#shared/model/proposals/position.ts'
import { isRequest } from '#shared/model/proposals/proposal.ts'
import type { Fingerprint } from '#shared/model/proposals/wording.ts'
import { shownWith } from '#shared/document/standing.ts'
import type * as Y from 'yjs'

/**
 * What must be the same of a document and of one made of its export, to the space: the outline, the words with their emphasis and
 * the marks of footnotes, the open proposals with their places, wordings, names, positions and conditions, and the statuses. One
 * line a block and a proposal.
 */
export function describeDocument(od: OutcomeDocument): string[] {
  const projection = new Projection(od, 'all')
  const blocks = projection.blocks()
  const indexes = new Map(blocks.map(({ id }, i) => [id, i]))
  const lines = blocks.flatMap((block) => {
    const { placed, pieces } = projection.composed(block)
    const base = isProposalId(block.id) ? undefined : baseTextOf(od, block.id)
    const marks = pieces.flatMap((piece, i) =>
      piece.kind === 'mark'
        ? [
            `${piece.text}${piece.isProposed ? ' (proposed)' : ''} of ${indexes.get(piece.note)} behind “${textBefore(pieces, i).slice(-12)}”`,
          ]
        : [],
    )
    return [
      [...headOfBlock(od, block), ...(base ? [marked(base)] : []), ...marks].filter(Boolean).join(' '),
      ...inOrder(placed).flatMap((one) => describe(od, one, indexes, '  ')),
    ]
  })
  projection.destroy()
  return [`${recordGet(od, 'title')} (${recordGet(od, 'language') ?? '?'})`, ...lines]
}

function headOfBlock(od: OutcomeDocument, { id, kind, level, former, vacant, proposal }: Block): unknown[] {
  const facts = isProposalId(id) ? undefined : paragraphFacts(od, id)
  const label = isProposalId(id) ? recordGet(od, `label/${id}`)?.label : facts?.label
  const positions = proposal ? [] : (recordGet(od, `positions/${id}`) ?? [])
  const status = recordGet(od, `status/${id}`)
  return [
    kind,
    level,
    label ? labelOf(label) : '-',
    facts?.language,
    former && `(former ${former})`,
    vacant && '(vacant)',
    proposal && 'proposed',
    status &&
      status.status !== 'open' &&
      [status.status, ...status.pending, status.placement, status.note].join(),
    positionsOf(positions, null),
  ]
}

const textBefore = (pieces: readonly Piece[], end: number): string =>
  pieces
    .slice(0, end)
    .map((piece) => (piece.kind === 'text' ? piece.text : ''))
    .join('')

const labelOf = (label: Label): string =>
  [...stepsUp(label)].map((step) => labelKey(step) + (step.unprinted ? '°' : '')).join(' < ') +
  ` ${formatLabel(label)}`

function describe(
  od: OutcomeDocument,
  placed: Placed,
  indexes: ReadonlyMap<string, number>,
  indent: string,
): string[] {
  const { proposal, span, struck, text, amendments } = placed
  const { head, anchor, standing, content } = proposal
  const asked = isRequest(head.kind)
  const inside = inOrder(amendments).flatMap((one) => describe(od, one, indexes, `${indent}  `))
  // Of a request to delete words that are gone nothing is left to export.
  if (head.kind === 'text' && text === '' && struck === '' && inside.length === 0) return []
  const other = anchor?.kind === 'whole' ? anchor.other : undefined
  const { wording } = shownWith(standing, { struck, text })
  const { cosponsors, dissociated } = standing.sponsorship
  const parts = [
    head.kind,
    asked && head.kind !== 'split' ? '' : `at ${span.start}`,
    anchor?.kind === 'after' && `behind ${indexes.get(anchor.paragraph)}`,
    other === undefined ? '' : `→ ${other === null ? 'beginning' : placeOf(od, other, indexes)}`,
    anchor?.kind === 'whole' && anchor.under && 'as the first below it',
    anchor?.kind === 'whole' && anchor.below && 'with everything below',
    asked ? '' : `“${struck}” → ${marked(content)}`,
    `by ${standing.proponent}`,
    cosponsors.length > 0 && `with ${names(cosponsors, wording)}`,
    dissociated.length > 0 && `except ${names(dissociated, wording)}`,
    positionsOf(standing.positions, wording),
    standing.condition && `if ${standing.condition.text}`,
  ]
  return [indent + parts.filter(Boolean).join(' '), ...inside]
}

const placeOf = (od: OutcomeDocument, id: ParagraphId, indexes: ReadonlyMap<string, number>): string =>
  `${indexes.get(id)} ${nameOf(od, id)}`

/** Requests stand behind the wordings at their place. */
const inOrder = (placed: readonly Placed[]): Placed[] => [
  ...placed.filter(({ proposal }) => !isRequest(proposal.head.kind)),
  ...placed.filter(({ proposal }) => isRequest(proposal.head.kind)),
]

/** The text in quotes, with its emphasised words behind it. Nobody sees that a space is emphasised. */
function marked(text: Y.Text): string {
  const { runs } = readHost(text, [])
  const formats = (['em', 'strong'] as const).flatMap((format) => {
    const has = runs
      .map((run) => (run.formats.includes(format) ? run.text : run.text.replaceAll(/\S/gu, '·')))
      .join('')
      .replaceAll(/\s/gu, '')
    return /[^·]/u.test(has) ? [`${format}: ${has}`] : []
  })
  return [`“${plainText(text)}”`, ...formats].join(' ')
}

const names = (all: readonly Stated[], wording: Fingerprint | null): string =>
  all
    .map((one) => `${one.participant}${isOnEarlier(one, wording) ? ' earlier' : ''}`)
    .sort()
    .join(', ')

const positionsOf = (entries: readonly PositionEntry[], wording: Fingerprint | null): string =>
  entries
    .flatMap((one) =>
      one.position
        ? [`${one.participant}:${one.position}${isOnEarlier(one, wording) ? ' earlier' : ''}`]
        : [],
    )
    .sort()
    .join(' ')
