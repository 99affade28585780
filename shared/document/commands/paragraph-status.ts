import type { CommandResult, ParagraphCommand, Refusal } from '../../model/command.ts'
import { DONE, refuse } from '../../model/command.ts'
import { withWords } from '../../model/family.ts'
import type { ParagraphId, ParticipantId } from '../../model/ids.ts'
import type { ParagraphFacts } from '../../model/paragraph.ts'
import type { ParagraphStatus, StatusName } from '../../model/status.ts'
import { isAgreed, stepOf } from '../../model/status.ts'
import { openBracketsOn } from '../agreement.ts'
import { spellingOf } from '../attribution.ts'
import type { OpenAbove } from '../issue/families.ts'
import { familyOf, openAbove } from '../issue/families.ts'
import type { OutcomeDocument } from '../schema.ts'
import { paragraphFacts } from '../schema.ts'
import { entriesOf, recordGet, recordSet } from '../records.ts'
import type { CommandContext, Handlers } from './command-context.ts'
import { badName, sign } from './command-context.ts'
import { nameOf, staleBelow } from './checks/families.ts'
import { badRemark } from './checks/remarks.ts'

/**
 * The status of a paragraph and the steps between statuses.
 *
 *     open, reopened ⇄ under-discussion          at most one is under discussion
 *     any of these → agreed-ad-ref → agreed      no bracket may be open; `agreed` also at once
 *     agreed-ad-ref, agreed → reopened           asked for as `open`, with a reason
 *
 * An agreement also says whose approval is pending and whether the paragraph's place is still open. These two may be
 * changed while the agreement lasts. Changing them is no step of its own, and who agreed the paragraph stays on record.
 */
export const paragraphStatus: Handlers<'paragraph-status'> = {
  'paragraph-status': (executing, { below, ...command }) =>
    below ? setWithBelow(executing, command, below) : setOne(executing, command),
}

function setOne(executing: CommandContext, command: ParagraphCommand): CommandResult {
  const impossible = cannot(executing, command)
  if (impossible) return impossible
  set(executing, command)
  return DONE
}

function set(executing: CommandContext, command: ParagraphCommand): void {
  const now = stateOf(executing, command.paragraph)
  if (now === command.status || (now === 'reopened' && command.status === 'open'))
    return updatePending(executing, command)
  if (command.status === 'under-discussion') leaveFloor(executing)
  move(executing, command.paragraph, next(executing, command), command)
}

/**
 * Agrees or reopens a paragraph and everything below it: all of them, or none and which one stands in the way. Those that
 * have the status, or are agreed when they are to be agreed ad ref, keep theirs.
 */
function setWithBelow(
  executing: CommandContext,
  command: ParagraphCommand,
  seen: readonly ParagraphId[],
): CommandResult {
  const { od } = executing
  const { paragraph, status } = command
  if (status === 'under-discussion')
    return refuse('not-allowed', 'One paragraph at a time is under discussion.')
  const stale = paragraphFacts(od, paragraph) ? staleBelow(od, paragraph, seen) : null
  if (stale) return stale
  const members = withWords(familyOf(od, paragraph)).filter(({ id }) => isToBeSet(executing, id, status))
  if (members.length === 0) return setOne(executing, command)
  const above = openAbove(od)
  for (const member of members) {
    const impossible = cannot(executing, { ...command, paragraph: member.id }, above)
    if (impossible && !impossible.ok)
      return member.id === paragraph ? impossible : refuse(impossible.code, inTheWay(member, impossible))
  }
  for (const { id } of members) set(executing, { ...command, paragraph: id })
  return DONE
}

function isToBeSet(executing: CommandContext, id: ParagraphId, status: ParagraphCommand['status']): boolean {
  const now = stateOf(executing, id)
  return status === 'open' ? isAgreed(now) : now !== status && now !== 'agreed'
}

const inTheWay = (member: ParagraphFacts, { message }: Refusal): string =>
  `${nameOf(member)} stands in the way: ${message.charAt(0).toLowerCase()}${message.slice(1)}`

const stateOf = ({ od }: CommandContext, id: ParagraphId): StatusName =>
  recordGet(od, `status/${id}`)?.status ?? 'open'

/** `above`: read before, to ask about many paragraphs. */
function cannot(
  executing: CommandContext,
  command: ParagraphCommand,
  above?: OpenAbove,
): CommandResult | null {
  const { od } = executing
  const { paragraph, status } = command
  const facts = paragraphFacts(od, paragraph)
  if (!facts || facts.removed) return refuse('no-such-paragraph', 'This paragraph does not exist.')
  if (facts.kind === 'separator') return refuse('not-allowed', 'A line between sections has no status.')
  if (facts.vacant) return refuse('gone', 'This number stands empty: there is no text to agree on.')
  const unnamed = badPending(executing, command)
  if (unnamed) return unnamed
  const now = stateOf(executing, paragraph)
  if (isAgreed(now)) {
    if (status === 'open') return hasReason(command) ? badRemark(command.reason ?? '', 'a reason') : NO_REASON
    const backwards = status === 'under-discussion' || (now === 'agreed' && status === 'agreed-ad-ref')
    return backwards ? refuse('paragraph-agreed', 'This paragraph is agreed: reopen it first.') : null
  }
  return isAgreed(status) ? stillOpen(executing, paragraph, above) : null
}

/** `pending` is shown after the text to everybody, so each name must be readable as a delegation's name. */
function badPending(
  { od }: CommandContext,
  { paragraph, pending = [] }: ParagraphCommand,
): CommandResult | null {
  const before = recordGet(od, `status/${paragraph}`)?.pending ?? []
  for (const name of pending) {
    const refusal = before.includes(name) ? null : badName(spellingOf(od, name))
    if (refusal) return refusal
  }
  return null
}

const NO_REASON = refuse('reason-needed', 'Say why this agreed paragraph is opened again.')
const hasReason = ({ reason }: ParagraphCommand): boolean => reason !== undefined && reason.trim() !== ''

function stillOpen({ od }: CommandContext, id: ParagraphId, above?: OpenAbove): CommandResult | null {
  const open = openBracketsOn(od, id, above).length
  if (open === 0) return null
  const brackets = open === 1 ? 'One bracket is' : `${open} brackets are`
  return refuse('open-brackets', `${brackets} still open on this paragraph.`)
}

function next(executing: CommandContext, { paragraph, status }: ParagraphCommand): StatusName {
  if (status !== 'open') return status
  const was = recordGet(executing.od, `status/${paragraph}`)
  if (isAgreed(was?.status)) return 'reopened'
  // A paragraph that leaves the floor returns to the status it had before: `reopened` if it ever was that, else
  // `open`.
  return was?.earlier.some((step) => step.status === 'reopened') ? 'reopened' : 'open'
}

/** Ends the discussion of whichever paragraph is under discussion, since at most one may be. */
function leaveFloor(executing: CommandContext): void {
  for (const [paragraph, { status }] of entriesOf(executing.od, 'status')) {
    if (status !== 'under-discussion') continue
    move(executing, paragraph, next(executing, { kind: 'paragraph-status', paragraph, status: 'open' }), {})
  }
}

type Said = Pick<ParagraphCommand, 'pending' | 'placement' | 'reason'>

function move(executing: CommandContext, id: ParagraphId, status: StatusName, said: Said): void {
  const { od } = executing
  const { by, person, at } = sign(executing)
  const was = recordGet(od, `status/${id}`)
  const reason = status === 'reopened' && isAgreed(was?.status) ? said.reason?.trim() : undefined
  recordSet(od, `status/${id}`, {
    status,
    by,
    person,
    at,
    ...(reason === undefined ? {} : { reason }),
    ...(isAgreed(status) ? agreementTerms(od, said, was) : NO_FLAGS),
    earlier: was ? [...was.earlier, stepOf(was)] : [],
  })
}

/**
 * The command names the status that the paragraph has: only `pending` and `placement` of an agreement may
 * change so.
 */
function updatePending({ od }: CommandContext, command: ParagraphCommand): void {
  const was = recordGet(od, `status/${command.paragraph}`)
  if (!was || !isAgreed(was.status)) return
  const is = agreementTerms(od, command, was)
  if (is.placement === was.placement && sameNames(is.pending, was.pending)) return
  recordSet(od, `status/${command.paragraph}`, { ...was, ...is })
}

const NO_FLAGS = { pending: [], placement: false } as const

/** A field that the command leaves out keeps its value. */
function agreementTerms(
  od: OutcomeDocument,
  { pending, placement }: Said,
  was: ParagraphStatus | undefined,
): Pick<ParagraphStatus, 'pending' | 'placement'> {
  return {
    pending: pending ? [...new Set(pending.map((name) => spellingOf(od, name)))] : (was?.pending ?? []),
    placement: placement ?? was?.placement ?? false,
  }
}

const sameNames = (a: readonly ParticipantId[], b: readonly ParticipantId[]): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i])
