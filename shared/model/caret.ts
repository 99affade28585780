import type { HostId } from './ids.ts'
import type { ItemId } from './proposals/proposal.ts'
import { sameItem } from './proposals/proposal.ts'

/**
 * A place between two characters of a host's text, by their identities. It can be found again after any change,
 * also after a decision has moved the characters to another text.
 */
export interface CaretPlace {
  readonly host: HostId
  /** The character before the place; null: the start of the text. */
  readonly item: ItemId | null
  /** The character behind the place; null: the end of the text. Absent in carets that do not say. */
  readonly next?: ItemId | null
  /** `before`: the caret stays with `next` when the two characters are separated. Absent: it stays with `item`. */
  readonly side?: 'before'
}

export const samePlace = (a: CaretPlace, b: CaretPlace): boolean =>
  a.host === b.host && a.side === b.side && sameItem(a.item, b.item) && sameItem(a.next, b.next)
