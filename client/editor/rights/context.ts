import type { EditorState } from 'prosemirror-state'
import type { Projection } from '#shared/document/composition/projection.ts'
import type { HostId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { CaretContext } from '../contract.ts'
import { placeAt } from '../places.ts'
import type { Writer } from './rights.ts'
import { accessTo, isAgreedTo, spaceFor } from './rights.ts'

export interface CaretSituation {
  readonly context: CaretContext
  /** The innermost bracket around the caret; null for none. */
  readonly proposal: ProposalId | null
}

/** The situation of a caret that has lost its place. */
export const LOST: CaretSituation = { context: { kind: 'lost' }, proposal: null }

/** What typing at the caret would do. It must agree with what {@link Operations} do. */
export function situationOf(
  state: EditorState,
  projection: Projection,
  writer: Writer,
  editable: boolean,
): CaretSituation {
  const { $from, empty } = state.selection
  const { parent } = $from
  if (!parent.isTextblock) return LOST
  const { host } = placeAt(parent, $from.parentOffset)
  const proposal = isProposalId(host) ? host : struckAround(state)
  const access = accessTo(projection, writer, host)
  const { participant } = writer
  if (editable && participant !== null && isAgreedTo(projection, writer, host))
    return { context: { kind: 'agreed' }, proposal }
  if (!editable || participant === null || access === 'none')
    return { context: { kind: 'read-only' }, proposal }
  const space = spaceFor(projection, writer, host)
  const as = space ?? participant
  return { context: contextIn(projection, host, access === 'direct', { as, space }, !empty), proposal }
}

function contextIn(
  projection: Projection,
  host: HostId,
  direct: boolean,
  name: { readonly as: ParticipantId; readonly space: ParticipantId | null },
  selected: boolean,
): CaretContext {
  if (!isProposalId(host)) return direct ? { kind: 'base' } : { kind: 'propose', ...name, selected }
  const of = projection.proposals.get(host)
  if (!of) return LOST.context
  if (direct) return { kind: 'own', proposal: host, space: of.standing.space }
  return { kind: 'amend', ...name, proposal: host, of: of.standing.proponent }
}

/** The innermost proposal that asks to delete the words at the caret, which is the one whose mark comes last. */
function struckAround({ selection }: EditorState): ProposalId | null {
  const { parent, parentOffset } = selection.$from
  const { node } = parent.childAfter(parentOffset)
  const marks = (node?.marks ?? []).filter(({ type }) => type.name === 'struck')
  return (marks.at(-1)?.attrs.id as ProposalId | undefined) ?? null
}
