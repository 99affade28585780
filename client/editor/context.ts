import type { EditorState } from 'prosemirror-state'
import type { Projection } from '#shared/document/projection.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { CaretContext } from './contract.ts'
import { placeAt } from './places.ts'
import { accessTo } from './rights.ts'

export interface CaretSituation {
  readonly context: CaretContext
  /** The innermost bracket around the caret. */
  readonly proposal: ProposalId | null
}

const NOWHERE: CaretSituation = { context: { kind: 'none' }, proposal: null }

/** What typing would do at the caret. */
export function situationOf(
  state: EditorState,
  projection: Projection,
  actor: Actor,
  editable: boolean,
): CaretSituation {
  const { $from, empty } = state.selection
  const { parent } = $from
  if (!parent.isTextblock) return NOWHERE
  const { host } = placeAt(parent, $from.parentOffset)
  const proposal = isProposalId(host) ? host : struckAround(state)
  const { participant } = actor
  const access = accessTo(projection, actor, host)
  if (!editable || participant === null || access === 'none')
    return { context: { kind: 'read-only' }, proposal }
  return { context: contextIn(projection, host, access === 'direct', participant, !empty), proposal }
}

function contextIn(
  projection: Projection,
  host: HostId,
  direct: boolean,
  as: NonNullable<Actor['participant']>,
  selected: boolean,
): CaretContext {
  if (!isProposalId(host)) return direct ? { kind: 'base' } : { kind: 'propose', as, selected }
  if (direct) return { kind: 'own', proposal: host }
  const of = projection.proposals.get(host)?.head.by
  return of ? { kind: 'amend', as, proposal: host, of } : { kind: 'none' }
}

/** The proposal that asks to delete the words at the caret: the innermost, which is drawn last. */
function struckAround({ selection }: EditorState): ProposalId | null {
  const { parent, parentOffset } = selection.$from
  const { node } = parent.childAfter(parentOffset)
  const marks = (node?.marks ?? []).filter(({ type }) => type.name === 'struck')
  return (marks.at(-1)?.attrs.id as ProposalId | undefined) ?? null
}
