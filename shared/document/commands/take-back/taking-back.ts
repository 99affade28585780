import type { Command, CommandResult } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import { UNDO_WINDOW } from '../../../model/proposals/decision.ts'
import type { ProposalId } from '../../../model/ids.ts'
import { isNameless } from '../../../model/participant.ts'
import { isInAgreed } from '../../agreement.ts'
import { isOpen } from '../../open.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { decisionOf, headOf, proponentOf } from '../../schema.ts'
import { recordGet } from '../../records.ts'
import { close } from '../../issue/closing.ts'
import type { CommandContext } from '../command-context.ts'
import { isRefusal, sign } from '../command-context.ts'
import { choice as choiceOf } from '../decide/choice.ts'
import { isMergedInto, mergeInto, sourcesOf } from '../decide/merge.ts'
import { AGREED } from '../decide/plan.ts'
import { acceptWhole } from '../decide/restructure.ts'
import { acceptedBelow } from '../decide/with-proposed.ts'
import { badRemark } from '../checks/remarks.ts'
import { notReopenable, reopen } from './reopen.ts'
import { known } from '../checks/undecided.ts'

type Undo = Extract<Command, { kind: 'decision-undo' }>

/**
 * Takes a decision back. Within {@link UNDO_WINDOW} no reason is needed; after that one is required. Both are
 * recorded.
 */
export function undo(executing: CommandContext, { proposal, reason = '' }: Undo): CommandResult {
  const { od, now } = executing
  const missing = known(od, proposal)
  if (missing) return missing
  const decision = decisionOf(od, proposal)
  if (decision && now - decision.at > UNDO_WINDOW && reason.trim() === '')
    return refuse('reason-needed', 'Say why this decision is reopened.')
  const invalid = reason.trim() === '' ? null : badRemark(reason, 'a reason')
  if (invalid) return invalid
  if (decision?.effect.kind === 'merged-into')
    return undoMerger(executing, decision.effect.bridge, reason.trim())
  const decided = decision?.acceptedWith ?? proposal
  if (decision && headOf(od, decided)?.kind === 'choice') return undoChoice(executing, decided, reason.trim())
  if (decision && endedWithMerger(od, proposal)) return redoMerger(executing, proposal, reason.trim())
  const below = decision ? acceptedBelow(od, decided) : []
  if (below.length > 0) return undoTogether(executing, [...below, decided], reason.trim())
  return reopen(executing, proposal, reason.trim())
}

/** Takes back decisions that were taken in one act: all of them, or nothing. The head of the act is the last. */
function undoTogether(
  executing: CommandContext,
  proposals: readonly ProposalId[],
  reason: string,
): CommandResult {
  const { od } = executing
  for (const id of proposals) {
    const refusal = notReopenable(od, id)
    if (refusal) return refusal
  }
  const affected: ProposalId[] = []
  for (const id of proposals) {
    const result = reopen(executing, id, reason)
    if (!result.ok)
      throw new Error(`one of several decisions of one act cannot be taken back: ${result.message}`)
    affected.push(...result.affected)
  }
  return { ok: true, affected: affected.filter((id) => isOpen(od, id)) }
}

/**
 * Taking a choice of options back ends its record, because nobody asks for the choice any more: all options stand again. Taking that
 * back chooses again.
 */
function undoChoice(executing: CommandContext, id: ProposalId, reason: string): CommandResult {
  const { od } = executing
  if (decisionOf(od, id)?.disposition !== 'withdrawn') {
    const result = undoTogether(executing, [...acceptedBelow(od, id), id], reason)
    if (result.ok) close(od, id, { disposition: 'withdrawn', ...sign(executing) })
    return result
  }
  const anchor = od.anchors.get(id)
  const refused = choiceOf(od, id, anchor?.kind === 'whole' ? anchor.other : null)
  if (isRefusal(refused)) return refused
  const result = reopen(executing, id, reason)
  return result.ok && anchor ? acceptWhole(executing, { kind: 'whole', id, anchor }, undefined) : result
}

function authorOf(od: OutcomeDocument, id: ProposalId): string {
  const by = proponentOf(od, id)
  return by && !isNameless(by) ? by : 'Another delegation'
}

/** Taking back the decision on any source of a merger reopens all sources and ends the bridging proposal. */
function undoMerger(executing: CommandContext, bridge: ProposalId, reason: string): CommandResult {
  const { od } = executing
  if (decisionOf(od, bridge))
    return refuse('later-decision', 'The bridging proposal was decided later. Reopen that first.')
  const sources = sourcesOf(od, bridge)
  if (sources.some((source) => isInAgreed(od, source))) return AGREED
  const affected: ProposalId[] = []
  for (const source of sources) {
    const result = reopen(executing, source, reason)
    // No later decision can rest on a source that merely ended, so a refusal can only come for the first
    // source, before any change.
    if (!result.ok) return result
    affected.push(...result.affected)
  }
  affected.push(...close(od, bridge, { disposition: 'superseded', ...sign(executing) }))
  return { ok: true, affected: affected.filter((id) => isOpen(od, id)) }
}

/**
 * Whether the bridging proposal ended because its merger was taken back: it has sources, and none is merged
 * into it.
 */
function endedWithMerger(od: OutcomeDocument, bridge: ProposalId): boolean {
  const sources = sourcesOf(od, bridge)
  return sources.length > 0 && !sources.some((source) => isMergedInto(od, source, bridge))
}

/** Takes back the taking back of a merger: the sources are merged again and the bridging proposal is open. */
function redoMerger(executing: CommandContext, bridge: ProposalId, reason: string): CommandResult {
  const { od } = executing
  const sources = sourcesOf(od, bridge)
  const decided = sources.find((source) => decisionOf(od, source))
  if (decided)
    return refuse(
      'later-decision',
      `${authorOf(od, decided)}’s proposal, of which this was made, was decided since. Reopen that first.`,
    )
  const result = reopen(executing, bridge, reason)
  if (!result.ok) return result
  const merged = recordGet(od, `reopened/${sources[0]!}`)?.findLast(
    ({ decision }) => decision.disposition === 'merged',
  )
  const affected = mergeInto(executing, bridge, sources, merged?.decision.basis)
  return { ok: true, affected: [...result.affected, ...affected].filter((id) => isOpen(od, id)) }
}
