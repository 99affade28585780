/**
 * Identifiers: opaque strings of URL-safe characters. The first letter says whether an id is of a paragraph or
 * a proposal, so a host, which is either, needs no further tag.
 */

declare const brand: unique symbol
type Branded<T, B extends string> = T & { readonly [brand]: B }

export type DocumentId = Branded<string, 'document'>
/** `p` and 16 characters. A paragraph's identity never changes; its label is derived. */
export type ParagraphId = Branded<string, 'paragraph'>
/** `q` and 16 characters. */
export type ProposalId = Branded<string, 'proposal'>
/** The code that stands in brackets: an ISO 3166 alpha-3 code or a group's short name (`KEN`, `EU`, `G77`). */
export type ParticipantId = Branded<string, 'participant'>
/** `c` and 16 characters. */
export type CommentId = Branded<string, 'comment'>
/** `m` and 16 characters. */
export type MeetingId = Branded<string, 'meeting'>
/** One human being who followed an invitation. */
export type PersonId = Branded<string, 'person'>
/** One connection of a person to a document. */
export type SessionId = Branded<string, 'session'>

/**
 * A text that can be proposed on: a paragraph's base text, or a proposal's wording, in which case the proposal
 * is an amendment.
 */
export type HostId = ParagraphId | ProposalId

const ALPHABET = '0123456789abcdefghijklmnopqrstuv'
const PARAGRAPH = /^p[0-9a-v]{16}$/
const PROPOSAL = /^q[0-9a-v]{16}$/
const COMMENT = /^c[0-9a-v]{16}$/
const MEETING = /^m[0-9a-v]{16}$/
/** Words separated by single spaces. Other spaces would make two names look alike. */
const PARTICIPANT = /^(?=.{1,24}$)[A-Za-z0-9][A-Za-z0-9.&'-]*(?: [A-Za-z0-9&][A-Za-z0-9.&'-]*)*$/

/** Makes sixteen characters of base 32 from 16 random bytes, of which five bits each are used (80 bits). */
export function idFrom(bytes: Uint8Array): string {
  let id = ''
  for (let i = 0; i < 16; i++) id += ALPHABET[(bytes[i] ?? 0) & 31]
  return id
}

/** A source of random bytes, passed in so that tests can repeat a run. */
export type RandomBytes = (length: number) => Uint8Array

export const newParagraphId = (random: RandomBytes): ParagraphId => `p${idFrom(random(16))}` as ParagraphId
export const newProposalId = (random: RandomBytes): ProposalId => `q${idFrom(random(16))}` as ProposalId
export const newCommentId = (random: RandomBytes): CommentId => `c${idFrom(random(16))}` as CommentId
export const newMeetingId = (random: RandomBytes): MeetingId => `m${idFrom(random(16))}` as MeetingId
export const newDocumentId = (random: RandomBytes): DocumentId => idFrom(random(16)) as DocumentId

export const isParagraphId = (id: unknown): id is ParagraphId => typeof id === 'string' && PARAGRAPH.test(id)
export const isProposalId = (id: unknown): id is ProposalId => typeof id === 'string' && PROPOSAL.test(id)
export const isHostId = (id: unknown): id is HostId => isParagraphId(id) || isProposalId(id)
export const isCommentId = (id: unknown): id is CommentId => typeof id === 'string' && COMMENT.test(id)
export const isMeetingId = (id: unknown): id is MeetingId => typeof id === 'string' && MEETING.test(id)
export const isParticipantId = (id: unknown): id is ParticipantId =>
  typeof id === 'string' && PARTICIPANT.test(id)
