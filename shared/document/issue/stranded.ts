import type * as Y from 'yjs'
import type { HostId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import type { ItemId } from '../../model/proposals/proposal.ts'
import { strandedBeside } from '../../model/characters/stranded.ts'
import type { TextSpan } from '../../model/characters/stranded.ts'
import { itemAt, offsetAfter, plainText } from '../text/anchor.ts'
import type { TextChanges } from '../text/changes.ts'
import { partitionPoint } from '../text/search.ts'
import { isInAgreed } from '../agreement.ts'
import { isOpen } from '../open.ts'
import type { OutcomeDocument } from '../schema.ts'

/** One character, by its identity in a text. */
interface Incomplete {
  readonly text: Y.Text
  readonly id: ItemId
}

/** An incomplete character whose author left `at`: milliseconds since 1970, the server's clock. */
interface Left extends Incomplete {
  readonly at: number
}

/**
 * How long an author whose connection broke may take to return with the letter that was typed meanwhile, in
 * milliseconds. Exported for tests.
 */
export const RETURN_WITHIN = 10 * 60_000

/**
 * Removes stranded characters. A character such as a joiner is right only between certain others; deleting
 * these leaves it stranded. The update that deleted them is admitted, because its author may not even have seen
 * the character; so the server removes it in the same batch.
 *
 * - A character that its author may complete with the next key is incomplete, and stays until the author's next update.
 *   When the author leaves, it stays for {@link RETURN_WITHIN}; the next update of anybody after that removes it.
 * - Texts that are decided or agreed are not changed, because their records count characters.
 * - Incomplete characters are kept in memory only. If the room is lost, such a character stays until something
 *   changes beside it.
 */
export class StrandedCharacters<Author extends object> {
  readonly #incomplete = new Map<Author, readonly Incomplete[]>()
  /** Incomplete characters whose authors have left, the earliest first. */
  #left: readonly Left[] = []

  /** Whether {@link removeAfter} may have something to do. `now`: milliseconds since 1970. */
  mayRemove(changes: TextChanges, author: Author, now: number): boolean {
    const [first] = this.#left
    return changes.size > 0 || this.hasIncomplete(author) || (first !== undefined && isOver(first, now))
  }

  /** Whether the author has incomplete characters. */
  hasIncomplete(author: Author): boolean {
    return this.#incomplete.has(author)
  }

  /**
   * Removes what the author's update has stranded, and what the author has left incomplete since the last one.
   * Call it inside a transaction, after the update was applied.
   */
  removeAfter(od: OutcomeDocument, changes: TextChanges, author: Author, now: number): void {
    // By identity: what is removed beside the changes shifts the offsets of the others.
    const over = [...this.#takeIncomplete(author, changes), ...this.#left.filter((one) => isOver(one, now))]
    this.#left = this.#left.filter((one) => !isOver(one, now))
    const incomplete: Incomplete[] = []
    for (const [text, beside] of changes)
      for (const index of removeStranded(od, text, beside)) {
        const id = itemAt(text, index)
        if (id) incomplete.push({ text, id })
      }
    if (incomplete.length > 0) this.#incomplete.set(author, incomplete)
    for (const { text, id } of over) removeCharacter(od, text, id)
  }

  /** Keeps the incomplete characters of an author whose connection ended, since it may return. Call it after the author's last update. */
  leave(author: Author, now: number): void {
    const incomplete = this.#incomplete.get(author) ?? []
    this.#incomplete.delete(author)
    const left = incomplete.map((one) => ({ ...one, at: now }))
    this.#left = [...this.#left, ...left].slice(-LEFT_LIMIT)
  }

  /** Returns the author's incomplete characters, without those beside which something changed: they are judged with that. */
  #takeIncomplete(author: Author, changes: TextChanges): readonly Incomplete[] {
    const incomplete = this.#incomplete.get(author) ?? []
    this.#incomplete.delete(author)
    return incomplete.filter(({ text, id }) => {
      const end = offsetAfter(text, id)
      return !changes
        .get(text)
        ?.some((change) => end !== null && change.start <= end && change.end >= end - 1)
    })
  }
}

/** How many characters of authors who left are remembered. Older ones stay until something changes beside them. */
const LEFT_LIMIT = 64

/** Whether the author has been away too long. Also true when the clock was set back by as much. */
const isOver = ({ at }: Left, now: number): boolean => Math.abs(now - at) >= RETURN_WITHIN

function removeCharacter(od: OutcomeDocument, text: Y.Text, id: ItemId): void {
  const end = offsetAfter(text, id)
  if (end !== null) removeStranded(od, text, [{ start: end - 1, end: end - 1 }])
}

/**
 * How often removal is repeated at most. It is repeated because removing one character can strand the one
 * beside it.
 */
const ROUNDS = 64

/** Whether a text must not be changed: it is decided or agreed, and its records count characters. */
function isClosed(od: OutcomeDocument, text: Y.Text): boolean {
  const host = (text.parent as Y.AbstractType<unknown> | null)?._item?.parentSub as HostId | null | undefined
  if (!host) return true
  return isInAgreed(od, host) || (isProposalId(host) && !isOpen(od, host))
}

/** Deletes what is stranded in these spans. Returns the offsets of the incomplete characters that stay. */
function removeStranded(od: OutcomeDocument, text: Y.Text, beside: readonly TextSpan[]): readonly number[] {
  if (isClosed(od, text)) return []
  let changed = beside
  for (let round = 0; round < ROUNDS; round++) {
    const { spans, incomplete } = strandedBeside(plainText(text), changed)
    if (spans.length === 0) return incomplete
    deleteSpans(text, spans)
    changed = distinct([...changed, ...spans].map(mappedPast(spans)))
  }
  return []
}

/** Deletes disjoint spans, in their order: one pass over the text, however many they are. */
function deleteSpans(text: Y.Text, spans: readonly TextSpan[]): void {
  let at = 0
  const steps = spans.flatMap(({ start, end }) => {
    const retain = start - at
    at = end
    return [...(retain > 0 ? [{ retain }] : []), { delete: end - start }]
  })
  text.applyDelta(steps)
}

const distinct = (spans: readonly TextSpan[]): readonly TextSpan[] => [
  ...new Map(spans.map((span) => [`${span.start} ${span.end}`, span])).values(),
]

/** Returns a function that tells where a span is after these have been deleted: disjoint ones, in their order. */
function mappedPast(spans: readonly TextSpan[]): (span: TextSpan) => TextSpan {
  const deletedBefore: number[] = []
  let deleted = 0
  for (const { start, end } of spans) {
    deletedBefore.push(deleted)
    deleted += end - start
  }
  const moved = (at: number): number => {
    const index = partitionPoint(spans.length, (i) => spans[i]!.start <= at) - 1
    const span = spans[index]
    return span ? at - (deletedBefore[index] ?? 0) - (Math.min(span.end, at) - span.start) : at
  }
  return ({ start, end }) => ({ start: moved(start), end: moved(end) })
}
