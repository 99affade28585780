import type { Run } from '#shared/model/decision.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import type { ItemId } from '#shared/model/proposal.ts'
import type { Common } from '#shared/document/text/wording.ts'

/**
 * A decision, or one taken back, changed which characters stand for others. Moves are appended and never changed; what a
 * proposal was first put on is never changed either. Where it stands now follows from both ({@link CharacterMap}).
 */
export interface Move {
  /** The decision; of a move that mirrors another, the one that was taken back. */
  readonly by: ProposalId
  readonly from: Stretch
  /** The characters that those are now, in the same order. Null: they are gone. */
  readonly to: Target | null
  /** What the decision put in where the words were, or beside them. */
  readonly put?: Put
  /** The move that this one takes back, by its place in the log: that one counts no more. */
  readonly mirrors?: number
}

/** Characters of one text. */
export interface Stretch {
  readonly host: HostId
  readonly runs: readonly Run[]
  /** Characters among them that were deleted before, each with the number of units before it. */
  readonly dead: readonly Dead[]
  /** The stretch begins where the text does: what stands at the very start of the text goes along. */
  readonly fromStart: boolean
}

export type Dead = readonly [client: number, clock: number, length: number, offset: number]

export interface Target {
  readonly host: HostId
  readonly runs: readonly Run[]
  /** The character behind which they stand; null: they are first in the text. */
  readonly behind: ItemId | null
  /** Units that were put before the first of them, or, negative, left out. */
  readonly lead: number
  /** What the words before and after share at their ends; null: all. */
  readonly common: Common | null
}

export interface Put {
  readonly host: HostId
  readonly runs: readonly Run[]
  /** Without the spaces that part it from the words beside it. */
  readonly wording: readonly Run[]
  /** The points that stand behind it from then on. */
  readonly behind: readonly ProposalId[]
  /** The ranges among whose gone words it stands: it is none of theirs. */
  readonly among: readonly ProposalId[]
  /** The ranges that stand against it: its words took the place of theirs. */
  readonly against: readonly ProposalId[]
}

export const NOTHING: Pick<Stretch, 'dead' | 'fromStart'> = { dead: [], fromStart: false }
