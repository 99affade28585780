import type { CommandResult, PositionCommand, Refusal } from '../../model/command.ts'
import { DONE, refuse } from '../../model/command.ts'
import type { HostId, ParagraphId, ParticipantId, ProposalId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import { CONDITION_LIMIT, STEPS_KEPT } from '../../model/proposals/position.ts'
import type { Position, PositionEntry, Stated } from '../../model/proposals/position.ts'
import { isOnWords } from '../../model/proposals/proposal.ts'
import { isMember } from '../../directory/directory.ts'
import { isInAgreed } from '../agreement.ts'
import { noteWords } from '../proposed-words.ts'
import { staleForStatement } from './checks/as-seen.ts'
import { optionsHeadedBy } from '../issue/options.ts'
import { isLiveHost } from '../open.ts'
import type { OutcomeDocument } from '../schema.ts'
import { decisionOf, isAgreedParagraph, paragraphFacts, proponentOf } from '../schema.ts'
import { recordDelete, recordGet, recordSet } from '../records.ts'
import { join, leave, isOnSide } from './sides.ts'
import { known, undecided } from './checks/undecided.ts'
import type { CommandContext, Handlers } from './command-context.ts'
import { isRefusal, speaker } from './command-context.ts'
import { badInBracket, missingHost, missingParagraph } from './checks/remarks.ts'
import { reopen } from './take-back/reopen.ts'

type Of<Kind extends PositionCommand['kind']> = Extract<PositionCommand, { kind: Kind }>

/**
 * Positions, co-sponsors and conditions on a proposal or a paragraph. Each statement is about one wording and
 * is recorded with that wording's fingerprint; it is refused when the wording has changed since the person saw
 * it. Repeating a statement about the same wording changes nothing.
 */
export const positions: Handlers<PositionCommand['kind']> = {
  'position-take': (executing, command) =>
    speaking(executing, command, (said) => takePosition(executing, command, said)),
  'proposal-sponsor': (executing, command) =>
    speaking(executing, command, (said) => sponsor(executing, command, said)),
  'proposal-take-over': (executing, command) =>
    speaking(executing, command, (said) => takeOver(executing, command, said)),
  'proposal-condition': (executing, command) =>
    speaking(executing, command, (said) => setCondition(executing, command, said)),
}

function speaking(
  executing: CommandContext,
  command: PositionCommand,
  act: (said: Stated) => CommandResult,
): CommandResult {
  const on = command.kind === 'position-take' ? command.on : command.proposal
  const owner = isProposalId(on) ? proponentOf(executing.od, on) : undefined
  const said = speaker(executing, command.onBehalfOf, owner)
  return isRefusal(said) ? said : act(said)
}

/** The name by which the directory knows whoever speaks. The statement itself may be recorded under an alias. */
const memberOf = ({ actor }: CommandContext, { onBehalfOf }: PositionCommand): ParticipantId | null =>
  onBehalfOf ?? actor.participant

function takePosition({ od }: CommandContext, command: Of<'position-take'>, said: Stated): CommandResult {
  const { on, position } = command
  const refusal =
    (isProposalId(on) ? notItsOwn(od, on, said) : closedParagraph(od, on)) ??
    // A position may be taken back whatever the wording is now.
    (position === null ? null : staleForStatement(od, on, command))
  if (refusal) return refusal
  const spoken = position === null ? said : { ...said, wording: noteWords(od, on) }
  if (!setPosition(od, on, spoken, position)) return DONE
  // A participant is never recorded both for and against the same proposal.
  if (isProposalId(on) && position === 'oppose') leave(od, on, said, 'cosponsors')
  if (isProposalId(on) && position === 'support') leave(od, on, said, 'dissociated')
  if (!isProposalId(on) && position === 'support') preferNoOther(od, on, said)
  return DONE
}

/** Who prefers one of several options prefers no other. */
function preferNoOther(od: OutcomeDocument, option: ParagraphId, said: Stated): void {
  for (const { head } of optionsHeadedBy(od, option) ?? [])
    if (head.id !== option) giveUp(od, head.id, said, 'support')
}

function notItsOwn(od: OutcomeDocument, id: ProposalId, said: Stated): Refusal | null {
  const closed = undecided(od, id)
  if (closed) return closed
  if (proponentOf(od, id) !== said.participant) return null
  return refuse('not-allowed', 'A proponent takes no position on its own proposal.')
}

function closedParagraph(od: OutcomeDocument, on: Exclude<HostId, ProposalId>): Refusal | null {
  const missing = missingParagraph(od, on)
  if (missing) return missing
  if (paragraphFacts(od, on)?.vacant) return refuse('gone', 'This number stands empty: there is no text.')
  return isAgreedParagraph(od, on)
    ? refuse('paragraph-agreed', 'This paragraph is agreed: positions on it are closed.')
    : null
}

/** Returns false, and changes nothing, when the participant holds this position on this wording already. */
function setPosition(od: OutcomeDocument, on: HostId, said: Stated, position: Position | null): boolean {
  const entries = recordGet(od, `positions/${on}`) ?? []
  const was = entries.find(({ participant }) => participant === said.participant)
  if ((was?.position ?? null) === position && was?.wording === said.wording) return false
  const is: PositionEntry = {
    ...said,
    position,
    earlier: was ? [...was.earlier, earlier(was)].slice(-STEPS_KEPT) : [],
  }
  recordSet(
    od,
    `positions/${on}`,
    was ? entries.map((entry) => (entry === was ? is : entry)) : [...entries, is],
  )
  return true
}

const earlier = ({
  position,
  person,
  via,
  at,
  wording,
}: PositionEntry): PositionEntry['earlier'][number] => ({
  position,
  person,
  ...(via === undefined ? {} : { via }),
  at,
  ...(wording === undefined ? {} : { wording }),
})

/** Removes the participant's position if it is `position`; leaves any other one. */
function giveUp(od: OutcomeDocument, on: HostId, said: Stated, position: Position): void {
  if (positionOf(od, on, said.participant) === position) setPosition(od, on, said, null)
}

const positionOf = (od: OutcomeDocument, on: HostId, participant: ParticipantId): Position | null =>
  recordGet(od, `positions/${on}`)?.find((entry) => entry.participant === participant)?.position ?? null

function sponsor(executing: CommandContext, command: Of<'proposal-sponsor'>, said: Stated): CommandResult {
  const { od, now } = executing
  const { proposal, stance } = command
  const closed = undecided(od, proposal)
  if (closed) return closed
  const proponent = proponentOf(od, proposal)
  if (proponent === said.participant)
    return refuse('not-allowed', 'A proponent stands behind its own proposal already.')
  const member = memberOf(executing, command)
  if (stance === 'dissociate' && !(proponent && member && isMember(member, proponent, now)))
    return refuse(
      'not-a-member',
      'Only members of the group that proposed this may dissociate themselves from it.',
    )
  const refusal = stance === 'neither' ? null : staleForStatement(od, proposal, command)
  if (refusal) return refusal
  if (stance !== 'cosponsor') leave(od, proposal, said, 'cosponsors')
  if (stance !== 'dissociate') leave(od, proposal, said, 'dissociated')
  if (stance === 'neither') return DONE
  const spoken = { ...said, wording: noteWords(od, proposal) }
  if (stance === 'cosponsor') {
    join(od, proposal, spoken, 'cosponsors')
    giveUp(od, proposal, said, 'oppose')
  }
  if (stance === 'dissociate') {
    join(od, proposal, spoken, 'dissociated')
    giveUp(od, proposal, said, 'support')
  }
  return DONE
}

/**
 * Reopens a withdrawn proposal as the new proponent's. The new proponent is removed from its co-sponsors and
 * supporters, and the condition that the former proponent had set is removed.
 */
function takeOver(executing: CommandContext, command: Of<'proposal-take-over'>, said: Stated): CommandResult {
  const { od, now } = executing
  const { proposal: id } = command
  const refusal = notToBeTaken(od, id, said.participant) ?? staleForStatement(od, id, command)
  if (refusal) return refusal
  const result = reopen(executing, id, '')
  if (!result.ok) return result
  const { participant: by, person, via } = said
  // The record says that the new proponent reopened it, and `via` who wrote that down.
  const reopened = recordGet(od, `reopened/${id}`)?.map((entry, i, all) =>
    i === all.length - 1 ? { ...entry, by, person, ...(via === undefined ? {} : { via }) } : entry,
  )
  if (reopened) recordSet(od, `reopened/${id}`, reopened)
  recordSet(od, `owner/${id}`, said)
  leave(od, id, said, 'cosponsors')
  setPosition(od, id, said, null)
  recordDelete(od, `condition/${id}`)
  for (const { participant } of recordGet(od, `sponsors/${id}`)?.dissociated ?? [])
    if (!isMember(participant, by, now)) leave(od, id, { participant, at: now }, 'dissociated')
  return result
}

function notToBeTaken(od: OutcomeDocument, id: ProposalId, participant: ParticipantId): Refusal | null {
  const missing = known(od, id)
  if (missing) return missing
  if (decisionOf(od, id)?.disposition !== 'withdrawn')
    return refuse('not-withdrawn', 'Only a withdrawn proposal can be taken over.')
  if (!isOnSide(od, id, participant, 'cosponsors') && positionOf(od, id, participant) !== 'support')
    return refuse('not-allowed', 'Only a co-sponsor or supporter may take this proposal over.')
  const anchor = od.anchors.get(id)
  const host = anchor && (isOnWords(anchor) ? anchor.host : anchor.paragraph)
  if (host && !isLiveHost(od, host))
    return refuse('host-closed', 'What this proposal is on is no longer on the table.')
  return isInAgreed(od, id)
    ? refuse('paragraph-agreed', 'This paragraph is agreed and takes no proposal.')
    : null
}

function setCondition(
  { od }: CommandContext,
  command: Of<'proposal-condition'>,
  said: Stated,
): CommandResult {
  const { proposal, condition } = command
  const closed = undecided(od, proposal)
  if (closed) return closed
  const proponent = proponentOf(od, proposal)
  if (proponent !== said.participant)
    return refuse('not-allowed', 'Only its proponent may put a proposal under a condition.')
  const was = recordGet(od, `condition/${proposal}`)
  if (condition === null) {
    if (was) recordDelete(od, `condition/${proposal}`)
    return DONE
  }
  const text = condition.text.trim()
  const refusal =
    badInBracket(text, 'a condition', CONDITION_LIMIT) ??
    staleForStatement(od, proposal, command) ??
    (condition.on === null ? null : missingHost(od, condition.on))
  if (refusal) return refusal
  if (condition.on === proposal)
    return refuse('not-allowed', 'A proposal cannot be the condition of its own withdrawal.')
  if (was?.text !== text || was.on !== condition.on)
    recordSet(od, `condition/${proposal}`, {
      ...said,
      text,
      on: condition.on,
      wording: noteWords(od, proposal),
    })
  return DONE
}
