import type { CommandResult, Refusal, RevisionCommand } from '../../model/command.ts'
import { DONE, refuse } from '../../model/command.ts'
import type { ParticipantId } from '../../model/ids.ts'
import { serves } from '../../model/participant.ts'
import { can } from '../../model/role.ts'
import type { Silence, SilenceBreak } from '../../model/silence.ts'
import type { OutcomeDocument } from '../schema.ts'
import { recordGet, recordSet } from '../records.ts'
import { lastSilence } from '../issue/silence.ts'
import type { CommandContext, Handlers } from './command-context.ts'
import { isRefusal, notAllowed, sign, speaker } from './command-context.ts'
import { invalidText } from './decide/plan.ts'
import { badRemark, missingParagraph } from './checks/remarks.ts'

type Of<Kind extends RevisionCommand['kind']> = Extract<RevisionCommand, { kind: Kind }>

/** A revision under silence procedure. The server itself ends a silence at its deadline: see `issue/silence.ts`. */
export const silencing: Handlers<'silence-place' | 'silence-extend' | 'silence-break'> = {
  'silence-place': place,
  'silence-extend': extend,
  'silence-break': breakIt,
}

/** The latest deadline that may be set, in milliseconds from now: a year. */
const LONGEST = 366 * 24 * 60 * 60 * 1000

function place(executing: CommandContext, command: Of<'silence-place'>): CommandResult {
  const { od, now } = executing
  const { revision, deadline, zone, note } = command
  const last = lastSilence(od)
  if (last?.state === 'running')
    return refuse('silence-running', `Rev.${last.revision} is under silence: only one is at a time.`)
  if (!recordGet(od, `revision/${revision}`))
    return refuse('no-such-revision', `Rev.${revision} has not been issued.`)
  if (recordGet(od, `revision/${revision + 1}`))
    return refuse('no-such-revision', `Rev.${revision} is no longer the text that was issued last.`)
  const refusal =
    badDeadline(deadline, now) ?? badZone(zone) ?? (note === '' ? null : badRemark(note, 'a note'))
  if (refusal) return refusal
  const { by, person, at } = sign(executing)
  const number = (last?.number ?? 0) + 1
  recordSet(od, `silence/${number}`, {
    number,
    revision,
    state: 'running',
    by,
    person,
    at,
    deadline,
    zone,
    note,
    extended: [],
    breaks: [],
    endedAt: null,
    agreed: [],
    left: [],
  })
  return DONE
}

function badDeadline(deadline: number, now: number): Refusal | null {
  if (!Number.isInteger(deadline) || deadline <= now)
    return refuse('invalid-deadline', 'The deadline must be in the future.')
  return deadline > now + LONGEST
    ? refuse('invalid-deadline', 'The deadline is more than a year away.')
    : null
}

function badZone(zone: string): Refusal | null {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone }).format(0)
    return null
  } catch {
    return refuse('invalid-deadline', 'This is not the name of a time zone, such as America/New_York.')
  }
}

// The first look at a time zone reads the tables of all of them, which takes up to 50 ms. That is done when the server starts.
badZone('UTC')

const NO_SILENCE = refuse('no-silence', 'No text is under silence.')

/** The deadline alone decides, even when the server has not recorded the end of the silence yet. */
const tooLate = ({ deadline }: Silence): Refusal => {
  const when = new Date(deadline).toISOString()
  return refuse(
    'no-silence',
    `The silence ended on ${when.slice(0, 10)} at ${when.slice(11, 19)} UTC; this comes too late.`,
  )
}

function extend(executing: CommandContext, { deadline }: Of<'silence-extend'>): CommandResult {
  const { od, now } = executing
  const silence = lastSilence(od)
  if (silence?.state !== 'running') return NO_SILENCE
  if (now >= silence.deadline) return tooLate(silence)
  const refusal = badDeadline(deadline, now)
  if (refusal) return refusal
  if (deadline <= silence.deadline)
    return refuse('invalid-deadline', 'Silence is extended, not shortened: the new deadline must be later.')
  const { by, person, at } = sign(executing)
  const extended = [...silence.extended, { deadline: silence.deadline, by, person, at }]
  recordSet(od, `silence/${silence.number}`, { ...silence, deadline, extended })
  return DONE
}

/**
 * The first break ends the silence. Others may add their objections until the deadline, so that the room hears
 * them all.
 */
function breakIt(executing: CommandContext, command: Of<'silence-break'>): CommandResult {
  const { od, actor, now } = executing
  const { onBehalfOf, text } = command
  const said = speaker(executing, onBehalfOf)
  if (isRefusal(said)) return said
  if (can(actor.role, 'decide') && (said.via === undefined || serves(said.participant)))
    return notAllowed('break a silence')
  const silence = lastSilence(od)
  if (!silence || silence.state === 'agreed' || now >= silence.deadline)
    return silence && silence.state !== 'broken' ? tooLate(silence) : NO_SILENCE
  const paragraphs = [...new Set(command.paragraphs)]
  const objection = command.objection.trim()
  const refusal =
    unnamed(od, paragraphs) ??
    badRemark(objection, 'an objection') ??
    invalidText(text) ??
    saidAlready(silence, said.participant, paragraphs)
  if (refusal) return refusal
  const breaks = [...silence.breaks, { ...said, paragraphs, objection, text }]
  const endedAt = silence.endedAt ?? now
  recordSet(od, `silence/${silence.number}`, { ...silence, state: 'broken', endedAt, breaks })
  return DONE
}

/** Refuses a break when the participant has broken the silence on all of these paragraphs already. */
function saidAlready(
  { breaks }: Silence,
  participant: ParticipantId,
  paragraphs: SilenceBreak['paragraphs'],
): Refusal | null {
  const named = breaks.flatMap((broken) => (broken.participant === participant ? broken.paragraphs : []))
  return paragraphs.every((id) => named.includes(id))
    ? refuse('nothing-changed', 'The same delegation has broken the silence on this already.')
    : null
}

function unnamed(od: OutcomeDocument, paragraphs: SilenceBreak['paragraphs']): Refusal | null {
  if (paragraphs.length === 0)
    return refuse('no-such-paragraph', 'Say on which paragraphs the silence is broken.')
  for (const id of paragraphs) {
    const refusal = missingParagraph(od, id)
    if (refusal) return refusal
  }
  return null
}
