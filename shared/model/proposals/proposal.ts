import type { LevelChange } from '../level-change.ts'
import type { HostId, ParagraphId, ParticipantId, ProposalId } from '../ids.ts'
import type { DivisionKind } from '../division.ts'
import type { NoteMark } from '../paragraph.ts'

/**
 * - `text`: on the words of a host.
 * - `paragraph`: a new paragraph.
 * - `alternative`: another text for a whole paragraph, shown after it.
 * - The others have no wording of their own: delete a paragraph, move it, split it, merge it with the next one,
 *   or reserve on it.
 * - `choice`: one of several options was chosen. It is made together with its decision, so it is open only when that decision,
 *   and its being taken back, were both taken back.
 *
 * Exported for tests.
 */
export const PROPOSAL_KINDS = [
  'text',
  'paragraph',
  'alternative',
  'delete-paragraph',
  'move',
  'split',
  'join',
  'reservation',
  'choice',
] as const
export type ProposalKind = (typeof PROPOSAL_KINDS)[number]

/** Whether this version knows a kind that a document says: a page that is open since an update of the server may meet others. */
export const isKnownKind = (kind: string): kind is ProposalKind =>
  (PROPOSAL_KINDS as readonly string[]).includes(kind)

/** The kinds that a client creates by an update. The others are created by commands. */
export const TYPED_KINDS = ['text', 'paragraph'] as const satisfies readonly ProposalKind[]

/** Proposals about a paragraph that have no wording. */
export type RequestKind = Exclude<ProposalKind, 'text' | 'paragraph' | 'alternative'>

export const isRequest = (kind: ProposalKind): kind is RequestKind =>
  kind !== 'text' && kind !== 'paragraph' && kind !== 'alternative'

/** Whether it is shown as a block of its own, not inside a paragraph. */
export const isBlockKind = (kind: ProposalKind): boolean => kind === 'paragraph' || kind === 'alternative'

/**
 * Written once, with the proposal. The server completes it when it admits the update; nobody changes it after
 * that.
 */
export interface ProposalHead extends TypedHead {
  /** It stood in the text that was imported at `createdAt`; nobody wrote it here. */
  readonly received?: true
  /** The person who wrote it, as the server knows; empty until it has reached the server. */
  readonly person: string
  /** When it reached the server, in milliseconds since 1970 by the server's clock; null until then. */
  readonly createdAt: number | null
}

/**
 * What the author's client writes. The person and the time are missing, because only the server can vouch for
 * them.
 */
export interface TypedHead {
  readonly kind: ProposalKind
  readonly by: ParticipantId
  /** Who wrote it down on the delegation's behalf: facilitators or the secretariat. */
  readonly via?: ParticipantId
  /** The block that it was proposed on. Its wording is shown there when its anchor is gone. */
  readonly paragraph: ParagraphId
  /**
   * The words that its range covered (cut to {@link QUOTE_LIMIT}), which the server checks; empty for an
   * insertion.
   */
  readonly quote: string
  /** For a new block: what it is. Absent: a paragraph like the one before. */
  readonly block?: NewBlock
}

/** A proposed paragraph that is the first below the one before it; a proposed heading; or a proposed footnote. */
export type NewBlock = AskedBlock | NewNote

/** A block of which the place follows from the paragraph before it. */
export type AskedBlock = { readonly kind: 'paragraph'; readonly under: true } | NewHeading

/** A footnote with its mark, which stands in the text as long as the proposal is open and when it is accepted. */
export interface NewNote {
  readonly kind: 'note'
  readonly mark: NoteMark
}

export interface NewHeading {
  readonly kind: 'heading'
  /** 0 is the highest. */
  readonly level: number
  /** The kind of its number. Absent: it has none. */
  readonly division?: DivisionKind
}

/** The highest level of a proposed heading. */
export const HEADING_LEVELS = 5

export const QUOTE_LIMIT = 4_000

/** Cuts words to the length of a quote, without splitting a character. */
export const cutQuote = (words: string): string => words.slice(0, QUOTE_LIMIT).toWellFormed()
/** Longest wording of one proposal, in UTF-16 units. */
export const CONTENT_LIMIT = 100_000
/** How deep brackets may nest when proposed. About five levels occur in practice. */
export const DEPTH_LIMIT = 8

/**
 * How many steps from one text to the next are followed at most: through amendments, decisions, and paragraphs
 * made of each other. It is more than admission allows, so following a cycle in a damaged document ends.
 */
export const CHAIN_LIMIT = 64

/** One character (UTF-16 unit) of a Y.Text, by its Yjs identity. */
export type ItemId = readonly [client: number, clock: number]

/**
 * Where a proposal is, by identities of characters instead of offsets, so that it survives every concurrent edit.
 *
 * - `range` covers the characters from `start` to `end`, both included.
 * - `point` is directly behind the character `at` (null: at the start of the host).
 * - `after` puts a new or alternative paragraph after an existing one.
 * - `whole` is about a paragraph as a whole.
 *
 * It is written with the proposal. Later it may be written by the proposal's owner; and, with the same host, by whoever may
 * write the host's text, when an undo brings words back.
 */
export type Anchor =
  | {
      readonly kind: 'range'
      readonly host: HostId
      readonly paragraph: ParagraphId
      readonly start: ItemId
      readonly end: ItemId
    }
  | {
      readonly kind: 'point'
      readonly host: HostId
      readonly paragraph: ParagraphId
      readonly at: ItemId | null
    }
  | { readonly kind: 'after'; readonly paragraph: ParagraphId }
  | WholeAnchor

/**
 * About a paragraph as a whole; only the server writes it. `other`: for a move, the paragraph to stand after
 * (null: first of all); for a merger, the paragraph whose words are taken in; for a choice, the first of the chosen option, while
 * `paragraph` is the first that it takes off.
 */
export interface WholeAnchor {
  readonly kind: 'whole'
  readonly paragraph: ParagraphId
  readonly other: ParagraphId | null
  /** Whether a deletion or a move is of the paragraph with everything below it. */
  readonly below?: true
  /** For a move: whether it shall be the first below `other`. */
  readonly under?: true
}

/** A change that a person, not a decision, made to an open proposal's anchor. */
export interface Reanchored {
  /** `brought-back`: an undo brought back the words that it was on. `moved`: its proponent put it elsewhere. */
  readonly how: 'brought-back' | 'moved'
  /** The participant and the person who did it. */
  readonly by: ParticipantId
  readonly person: string
  /** Milliseconds since 1970, the server's clock. */
  readonly at: number
  /** The beginning of the words that it quoted before. */
  readonly quote: string
  /**
   * The last words before its former place, '' at the start of the text. Only for one moved within or out of a
   * text.
   */
  readonly behind?: string
}

/** An anchor on words (range) or between them (point). */
export type WordAnchor = Extract<Anchor, { kind: 'range' | 'point' }>

export const isOnWords = (anchor: Anchor): anchor is WordAnchor =>
  anchor.kind === 'range' || anchor.kind === 'point'

/** The kind of change as a card names it, derived from its anchor, its wording and the order of the text. `unknown`: of a newer version than this one. */
export type ProposalNature =
  | 'insertion'
  | 'deletion'
  | 'replacement'
  | 'new-paragraph'
  | 'new-heading'
  | 'new-note'
  | 'heading-change'
  | LevelChange
  | 'unknown'
  | Exclude<ProposalKind, 'text' | 'paragraph'>

export interface Affected {
  /** The decision that affected this proposal. */
  readonly by: ProposalId
  readonly effect: 'words-gone' | 'host-closed' | 'contradicts'
  /** The flag of an earlier decision, covered by this one. It is shown again when this decision is taken back. */
  readonly under?: Affected
}

/**
 * What becomes of another proposal when one is accepted. `re-anchored`: it stays open on what is left of its
 * words.
 */
export interface Consequence {
  readonly proposal: ProposalId
  readonly becomes: 're-anchored' | Affected['effect']
}

/** Whether both are the same character, or both are none. */
export const sameItem = (a: ItemId | null | undefined, b: ItemId | null | undefined): boolean =>
  a?.[0] === b?.[0] && a?.[1] === b?.[1]

/** Returns the characters that an anchor names, in the order of the text. */
export function anchorItems(anchor: Anchor): ItemId[] {
  if (anchor.kind === 'range') return [anchor.start, anchor.end]
  return anchor.kind === 'point' && anchor.at ? [anchor.at] : []
}
