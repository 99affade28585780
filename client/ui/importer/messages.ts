import type { BracketedText, ReadName } from '#shared/model/import-brackets.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import type { Failure } from '#shared/model/result.ts'
import type { Answers, Piece } from '#shared/model/understanding.ts'

/** The messages between the page and the worker that reads a text. */
export type ToReader =
  | { readonly kind: 'open'; readonly id: number; readonly bytes: Uint8Array; readonly asked: ReadAsked }
  | { readonly kind: 'read'; readonly id: number; readonly asked: ReadAsked }

export interface ReadAsked extends Answers {
  /** Empty: the one that is found in the text. */
  readonly title: string
}

export type FromReader =
  /** `done`: how much of the work is done, from 0 to 1. */
  | { readonly kind: 'progress'; readonly id: number; readonly done: number }
  | {
      readonly kind: 'opened'
      readonly id: number
      readonly hash: string
      /** The text of each line, by its number; empty for blank ones. The page copies strings faster than objects. */
      readonly lines: readonly string[]
    }
  | { readonly kind: 'read'; readonly id: number; readonly reading: Reading }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure }

/** A piece with what its brackets say. */
export interface ShownPiece extends Piece {
  /** Who proposes something in it, each once. Null stands for proposals of nobody. */
  readonly proponents: readonly (ParticipantId | null)[]
  readonly status: BracketedText['status']
  /** For a row of a table: the words of its cells. */
  readonly cells?: readonly string[]
}

/** What a text was read as. */
export interface Reading {
  readonly title: string
  readonly pieces: readonly ShownPiece[]
  readonly names: readonly ReadName[]
  readonly remarks: readonly string[]
  /** See `draftDigest`. */
  readonly digest: string
}
