import type { HostId, ParagraphId, ParticipantId, ProposalId } from './ids.ts'

/**
 * `text`: on the words of a host. `paragraph`: a whole new paragraph. `alternative`: another text for a whole paragraph,
 * standing after it. The others have no wording of their own: delete a paragraph, move it, split it, join it with the
 * next one; and a reservation on it.
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
] as const
export type ProposalKind = (typeof PROPOSAL_KINDS)[number]

/** What a client may make by writing it; the others are made by the server, at a command. */
export const TYPED_KINDS = ['text', 'paragraph'] as const satisfies readonly ProposalKind[]

/** Shown as a block of its own, not inside a paragraph. */
export const isBlockKind = (kind: ProposalKind): boolean => kind === 'paragraph' || kind === 'alternative'

/** Written with the proposal; the server completes it once, when it takes that in, and nobody writes it afterwards. */
export interface ProposalHead extends TypedHead {
  /** The name of the person who wrote it down, by the server's word; empty until it has come to the server. */
  readonly person: string
  /** Milliseconds since 1970, the server's clock: when it came there. Null: it has not yet. */
  readonly createdAt: number | null
}

/** What the author's client says of it. Neither who sits there nor what time it is: that is the server's to say. */
export interface TypedHead {
  readonly kind: ProposalKind
  readonly by: ParticipantId
  /** Who wrote it down on the delegation's behalf: facilitators or the secretariat. */
  readonly via?: ParticipantId
  /** The block it was proposed on: where its wording is shown should its anchor be lost. */
  readonly paragraph: ParagraphId
  /** The host's words under the range (cut at {@link QUOTE_LIMIT}), which the server checks; empty for an insertion. */
  readonly quote: string
}

export const QUOTE_LIMIT = 4_000

/** As much of these words as a quote has. */
export const cutQuote = (words: string): string => words.slice(0, QUOTE_LIMIT).toWellFormed()
/** Longest wording of one proposal, in UTF-16 units. */
export const CONTENT_LIMIT = 100_000
/** A bracket in a bracket, at most this deep; five are in use. */
export const DEPTH_LIMIT = 8

/**
 * Steps from one text to the next that are followed at most: through amendments, decisions and paragraphs made of one
 * another. Longer than any such chain that admission lets through, so that a circle in a damaged document ends.
 */
export const CHAIN_LIMIT = 64

/** One character in a Y.Text, by its Yjs identity. */
export type ItemId = readonly [client: number, clock: number]

/**
 * Where a proposal stands. Character identities, not positions: they survive every concurrent edit.
 * - `range` covers the characters from `start` to `end`, both included.
 * - `point` stands right after the character `at` (null: at the very start of the host).
 * Written with the proposal; later by its owner, by whoever may edit base text (when an undo brings words back), and
 * by the owner of the wording it amends, as long as the host stays the same.
 * - `after` puts a new paragraph, or an alternative one, after an existing one.
 * - `whole` is about a paragraph as a whole.
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
 * On a paragraph as a whole; written by the server only. `other`: for a move the paragraph that it shall stand after
 * (null: first of all), for a join the one whose words it shall take in.
 */
export interface WholeAnchor {
  readonly kind: 'whole'
  readonly paragraph: ParagraphId
  readonly other: ParagraphId | null
}

/** An open proposal's anchor was put on other characters by a person, not by a decision. */
export interface Reanchored {
  /** `brought-back`: an undo brought back the words that it stood on. `moved`: its proponent put it elsewhere. */
  readonly how: 'brought-back' | 'moved'
  /** Under which name, and by which person. */
  readonly by: ParticipantId
  readonly person: string
  /** Milliseconds since 1970, the server's clock. */
  readonly at: number
  /** Which words it quoted before. */
  readonly quote: string
  /** Of one moved within or out of a text: the last words before its former place; empty at the start. */
  readonly behind?: string
}

/** An anchor on words, or between them. */
export type WordAnchor = Extract<Anchor, { kind: 'range' | 'point' }>

export const isOnWords = (anchor: Anchor): anchor is WordAnchor =>
  anchor.kind === 'range' || anchor.kind === 'point'

/** What the card says of a proposal, derived from its range and its wording. */
export type ProposalNature =
  | 'insertion'
  | 'deletion'
  | 'replacement'
  | 'new-paragraph'
  | 'heading-change'
  | Exclude<ProposalKind, 'text' | 'paragraph'>

export interface Affected {
  /** The decision that made this proposal moot. */
  readonly by: ProposalId
  readonly effect: 'words-gone' | 'host-closed' | 'contradicts'
  /** The flag of an earlier decision that this one covers: it shows again when this one's decision is taken back. */
  readonly under?: Affected
}

/** What becomes of another proposal when one is accepted. `re-anchored`: it stands on, on what is left of its words. */
export interface Consequence {
  readonly proposal: ProposalId
  readonly becomes: 're-anchored' | Affected['effect']
}

/** The same character, or none both times. */
export const sameItem = (a: ItemId | null | undefined, b: ItemId | null | undefined): boolean =>
  a?.[0] === b?.[0] && a?.[1] === b?.[1]

/** The characters that an anchor names, in the order of the text. */
export function anchorItems(anchor: Anchor): ItemId[] {
  if (anchor.kind === 'range') return [anchor.start, anchor.end]
  return anchor.kind === 'point' && anchor.at ? [anchor.at] : []
}
