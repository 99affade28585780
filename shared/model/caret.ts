import type { HostId } from './ids.ts'
import type { ItemId } from './proposal.ts'
import { sameItem } from './proposal.ts'

/**
 * A place between two characters of a host's text, by their identities; so it can be found again after any change, also
 * after a decision has put the characters into another text.
 */
export interface CaretPlace {
  readonly host: HostId
  /** The character before the place; null: the start of the text. */
  readonly item: ItemId | null
  /** The character behind the place; null: the end of the text. Absent: not told. */
  readonly next?: ItemId | null
  /** `before`: it keeps to `next`, should the two part. Absent: to `item`. */
  readonly side?: 'before'
}

export const samePlace = (a: CaretPlace, b: CaretPlace): boolean =>
  a.host === b.host && a.side === b.side && sameItem(a.item, b.item) && sameItem(a.next, b.next)
