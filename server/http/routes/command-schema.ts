import { z } from 'zod'
import type { Command, ParagraphChange } from '#shared/model/command.ts'
import { NAMED_PARAGRAPHS_LIMIT } from '#shared/model/command.ts'
import { BASES } from '#shared/model/proposals/decision.ts'
import type {
  CommentId,
  HostId,
  MeetingId,
  ParagraphId,
  ParticipantId,
  ProposalId,
} from '#shared/model/ids.ts'
import {
  isCommentId,
  isHostId,
  isMeetingId,
  isParagraphId,
  isParticipantId,
  isProposalId,
} from '#shared/model/ids.ts'
import type { AskedBlock } from '#shared/model/proposals/proposal.ts'
import { LANGUAGES } from '#shared/model/language.ts'
import { DIVISIONS } from '#shared/model/division.ts'
import { POSITIONS, REMARK_LIMIT } from '#shared/model/proposals/position.ts'
import { CONTENT_LIMIT, HEADING_LEVELS } from '#shared/model/proposals/proposal.ts'
import { STATUSES } from '#shared/model/status.ts'

/** Schemas of received commands: exactly their fields, each of its type. Their meaning is checked on execution. */

const proposal = z.custom<ProposalId>(isProposalId, { error: 'must be a proposal' })
const paragraph = z.custom<ParagraphId>(isParagraphId, { error: 'must be a paragraph' })
const host = z.custom<HostId>(isHostId, { error: 'must be a paragraph or a proposal' })
const comment = z.custom<CommentId>(isCommentId, { error: 'must be a comment' })
const meeting = z.custom<MeetingId>(isMeetingId, { error: 'must be a meeting' })
const participant = z.custom<ParticipantId>(isParticipantId, { error: 'must be a participant' })
/** Well-formed text only: a lone surrogate is no character, and UTF-8 would replace it by another one. */
const isWellFormed = (text: string): boolean => text.isWellFormed()
const text = (max: number) => z.string().max(max).refine(isWellFormed, { error: 'must be well-formed text' })
const wording = text(CONTENT_LIMIT)
const remark = text(REMARK_LIMIT)
const basis = z.enum(BASES)
const onBehalfOf = participant.exactOptional()
const space = participant.exactOptional()
const moment = z.number().int().nonnegative().max(8.64e15)
/** A text as its sender has read it. Base text may be longer than a wording. */
const read = text(4 * CONTENT_LIMIT)
const unit = z.number().int().nonnegative()
const asSeen = { seen: read.exactOptional(), struck: read.exactOptional(), placing: unit.exactOptional() }
/** Lists are limited because each item is looked up. The limits exceed what any text has. */
const paragraphs = z.array(paragraph).max(NAMED_PARAGRAPHS_LIMIT, {
  error: `names at most ${NAMED_PARAGRAPHS_LIMIT} paragraphs: do it division by division`,
})
const proposals = z.array(proposal).min(1).max(500)
/** With everything below the paragraph. */
const below = z.literal(true).exactOptional()

const block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('paragraph'), under: z.literal(true) }),
  z.strictObject({
    kind: z.literal('heading'),
    level: z.number().int().min(0).max(HEADING_LEVELS),
    division: z.enum(DIVISIONS).exactOptional(),
  }),
]) satisfies z.ZodType<AskedBlock>

const character = z.tuple([unit, unit])

const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reservation'), paragraph }),
  z.strictObject({ kind: z.literal('delete-paragraph'), paragraph, below }),
  z.strictObject({ kind: z.literal('alternative'), paragraph, text: wording }),
  z.strictObject({ kind: z.literal('move'), paragraph, after: paragraph.nullable(), under: below, below }),
  z.strictObject({ kind: z.literal('paragraph'), paragraph, block, text: wording }),
  z.strictObject({ kind: z.literal('note'), host, at: character, text: wording }),
  z.strictObject({ kind: z.literal('split'), paragraph, at: character }),
  z.strictObject({ kind: z.literal('join'), paragraph, next: paragraph }),
]) satisfies z.ZodType<ParagraphChange>

const deciding = [
  z.strictObject({
    kind: z.literal('proposal-accept'),
    proposal,
    text: wording.exactOptional(),
    ...asSeen,
    part: z.strictObject({ strike: z.boolean() }).exactOptional(),
    basis: basis.exactOptional(),
    below: paragraphs.exactOptional(),
    proposedBelow: z
      .array(z.strictObject({ proposal, ...asSeen }))
      .min(1)
      .max(500)
      .exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('proposal-not-retain'),
    proposal,
    ...asSeen,
    basis: basis.exactOptional(),
    supersededBy: proposal.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('option-choose'),
    proposal,
    option: paragraph,
    dropped: paragraphs,
    basis: basis.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('proposal-withdraw'), proposal, onBehalfOf }),
  z.strictObject({ kind: z.literal('proposal-keep'), proposal }),
  z.strictObject({
    kind: z.literal('proposals-merge'),
    bridge: proposal,
    proposals,
    text: wording,
    seen: z.array(wording).exactOptional(),
    struck: z.array(read).exactOptional(),
    placing: z.array(unit).exactOptional(),
    basis: basis.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('decision-undo'), proposal, reason: remark.exactOptional() }),
] as const

const proposing = [
  z.strictObject({ kind: z.literal('paragraph-propose'), proposal, change, onBehalfOf }),
  z.strictObject({ kind: z.literal('drafts-table'), space: participant, drafts: proposals }),
] as const

const positions = [
  z.strictObject({
    kind: z.literal('position-take'),
    on: host,
    position: z.enum(POSITIONS).nullable(),
    ...asSeen,
    onBehalfOf,
  }),
  z.strictObject({
    kind: z.literal('proposal-sponsor'),
    proposal,
    stance: z.enum(['cosponsor', 'dissociate', 'neither']),
    ...asSeen,
    onBehalfOf,
  }),
  z.strictObject({ kind: z.literal('proposal-take-over'), proposal, ...asSeen, onBehalfOf }),
  z.strictObject({
    kind: z.literal('proposal-condition'),
    proposal,
    condition: z.strictObject({ text: remark, on: host.nullable() }).nullable(),
    ...asSeen,
    onBehalfOf,
  }),
] as const

const procedure = [
  z.strictObject({
    kind: z.literal('paragraph-status'),
    paragraph,
    status: z.enum(STATUSES).exclude(['reopened']),
    pending: z.array(participant).max(400).exactOptional(),
    placement: z.boolean().exactOptional(),
    reason: remark.exactOptional(),
    below: paragraphs.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('revision-issue'), note: remark }),
  z.strictObject({
    kind: z.literal('silence-place'),
    revision: z.number().int().positive(),
    deadline: moment,
    zone: z.string().max(64),
    note: remark,
  }),
  z.strictObject({ kind: z.literal('silence-extend'), deadline: moment }),
  z.strictObject({
    kind: z.literal('silence-break'),
    paragraphs,
    objection: remark,
    text: wording,
    onBehalfOf,
  }),
  z.strictObject({ kind: z.literal('policy-set'), attribution: z.enum(['attributed', 'unattributed']) }),
  z.strictObject({
    kind: z.literal('language-set'),
    language: z.enum(LANGUAGES).nullable(),
    paragraph: paragraph.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('note-place'), note: paragraph, host, at: character }),
  z.strictObject({ kind: z.literal('meeting-open'), meeting, title: text(200), agenda: paragraphs }),
  z.strictObject({ kind: z.literal('meeting-close') }),
] as const

const commenting = [
  z.strictObject({
    kind: z.literal('comment-add'),
    comment,
    on: host,
    thread: comment.nullable(),
    text: remark,
    space,
  }),
  z.strictObject({ kind: z.literal('comment-remove'), comment, space }),
  z.strictObject({ kind: z.literal('comment-resolve'), comment, resolved: z.boolean(), space }),
] as const

export const command = z.discriminatedUnion('kind', [
  ...deciding,
  ...proposing,
  ...positions,
  ...procedure,
  ...commenting,
]) satisfies z.ZodType<Command>
