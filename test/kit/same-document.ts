import { Projection } from '#shared/document/composition/projection.ts'
import type { Placed } from '#shared/document/composition/compose.ts'
import { nameOf } from '#shared/document/composition/requests.ts'
import { recordGet } from '#shared/document/records.ts'
import { baseTextOf } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { plainText } from '#shared/document/text/anchor.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { PositionEntry } from '#shared/model/proposals/position.ts'
import { isRequest } from '#shared/model/proposals/proposal.ts'
import { agreedMark } from '#shared/model/status.ts'

/**
 * What must be the same of a document and of one made of its export: the outline, the words, the open proposals with their
 * places, wordings, names and positions, and the statuses. One line a block and a proposal. Spaces are single.
 */
export function describeDocument(od: OutcomeDocument): string[] {
  const projection = new Projection(od, 'all')
  const lines = projection.blocks().flatMap((block) => {
    const { placed } = projection.composed(block)
    const base = isProposalId(block.id) ? undefined : baseTextOf(od, block.id)
    const positions = block.proposal ? [] : (recordGet(od, `positions/${block.id}`) ?? [])
    const status = agreedMark(recordGet(od, `status/${block.id}`))
    const head = [
      block.kind === 'heading' ? '#' : block.level,
      block.label || '-',
      block.former && `(former ${block.former})`,
      block.vacant && '(vacant)',
      block.proposal && 'proposed',
      status,
      positionsOf(positions),
      base ? `“${words(plainText(base)).replace(/^[–-] /u, '')}”` : '',
    ]
    return [
      head.filter(Boolean).join(' '),
      ...inOrder(placed).flatMap((one) => describe(od, one, base ? plainText(base) : '', '  ')),
    ]
  })
  projection.destroy()
  return lines
}

function describe(od: OutcomeDocument, placed: Placed, host: string, indent: string): string[] {
  const { proposal, span, struck, text, amendments } = placed
  const { head, anchor, standing } = proposal
  const asked = isRequest(head.kind)
  const inside = inOrder(amendments).flatMap((one) => describe(od, one, text, `${indent}  `))
  // Of a request to delete words that are gone nothing is left to export.
  if (!asked && words(text) === '' && words(struck) === '' && inside.length === 0) return []
  const other = anchor?.kind === 'whole' ? anchor.other : undefined
  const { cosponsors, dissociated } = standing.sponsorship
  const parts = [
    asked ? head.kind : 'text',
    asked && head.kind !== 'split' ? '' : `at ${words(host.slice(0, span.start)).replaceAll(' ', '').length}`,
    other === undefined ? '' : `→ ${other === null ? 'beginning' : nameOf(od, other)}`,
    anchor?.kind === 'whole' && anchor.under && 'as the first below it',
    anchor?.kind === 'whole' && anchor.below && 'with everything below',
    asked ? '' : `“${words(struck)}” → “${words(text).replace(/^[–-] /u, '')}”`,
    `by ${standing.proponent}`,
    cosponsors.length > 0 && `with ${names(cosponsors)}`,
    dissociated.length > 0 && `except ${names(dissociated)}`,
    positionsOf(standing.positions),
    standing.condition && `if ${standing.condition.text}`,
  ]
  return [indent + parts.filter(Boolean).join(' '), ...inside]
}

/** Requests stand behind the wordings at their place. */
const inOrder = (placed: readonly Placed[]): Placed[] => [
  ...placed.filter(({ proposal }) => !isRequest(proposal.head.kind)),
  ...placed.filter(({ proposal }) => isRequest(proposal.head.kind)),
]

const words = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim()

const names = (all: readonly { readonly participant: string }[]): string =>
  all
    .map(({ participant }) => participant)
    .sort()
    .join(', ')

const positionsOf = (entries: readonly PositionEntry[]): string =>
  entries
    .flatMap(({ participant, position }) => (position ? [`${participant}:${position}`] : []))
    .sort()
    .join(' ')
