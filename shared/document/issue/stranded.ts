import type * as Y from 'yjs'
import type { HostId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import type { ItemId } from '../../model/proposal.ts'
import { strandedBeside } from '../../model/stranded.ts'
import type { Changed } from '../../model/stranded.ts'
import { itemAt, offsetAfter, plainText } from '../text/anchor.ts'
import type { TextChanges } from '../text/changes.ts'
import { isInAgreed } from '../agreement.ts'
import { isOpen } from '../open.ts'
import type { OutcomeDocument } from '../schema.ts'

/** One character, as long as it stands. */
interface Trusted {
  readonly text: Y.Text
  readonly id: ItemId
}

/**
 * Takes characters out of texts that an admitted update has stranded: it cannot be refused for them. What its author may
 * complete by the next key is left until her next update, or until she leaves; what is left then is taken out too.
 * Lost with the room: then such a character stays until something changes beside it.
 */
export class StrandedCharacters<Author extends object> {
  readonly #trusted = new Map<Author, readonly Trusted[]>()

  /** Whether {@link settle} may have anything to do. */
  concerns(changes: TextChanges, author: Author): boolean {
    return changes.size > 0 || this.awaits(author)
  }

  /** Whether the author may have something to complete. */
  awaits(author: Author): boolean {
    return this.#trusted.has(author)
  }

  /** Call inside a transaction, after the author's update was applied. */
  settle(od: OutcomeDocument, changes: TextChanges, author: Author): void {
    this.release(od, author, changes)
    const trusted: Trusted[] = []
    for (const [text, stretches] of changes)
      for (const index of takeOut(od, text, stretches)) {
        const id = itemAt(text, index)
        if (id) trusted.push({ text, id })
      }
    if (trusted.length > 0) this.#trusted.set(author, trusted)
  }

  /** The author has gone on elsewhere, or has left. Call inside a transaction. */
  release(od: OutcomeDocument, author: Author, but: TextChanges = new Map()): void {
    const trusted = this.#trusted.get(author) ?? []
    this.#trusted.delete(author)
    for (const { text, id } of trusted) {
      const end = offsetAfter(text, id)
      // Where she has changed something beside it, it is judged by that.
      if (end === null || but.get(text)?.some((change) => change.start <= end && change.end >= end - 1))
        continue
      takeOut(od, text, [{ start: end - 1, end: end - 1 }])
    }
  }
}

/** More than one after the other only where they had stood on each other. */
const ROUNDS = 64

/** Of what is decided or agreed nothing is changed any more: its record counts characters. */
function isClosed(od: OutcomeDocument, text: Y.Text): boolean {
  const host = (text.parent as Y.AbstractType<unknown> | null)?._item?.parentSub as HostId | null | undefined
  if (!host) return true
  return isInAgreed(od, host) || (isProposalId(host) && !isOpen(od, host))
}

/** Deletes what is stranded; returns the indices of what is trusted. */
function takeOut(od: OutcomeDocument, text: Y.Text, stretches: readonly Changed[]): readonly number[] {
  if (isClosed(od, text)) return []
  let changed = stretches
  for (let round = 0; round < ROUNDS; round++) {
    const { spans, trusted } = strandedBeside(plainText(text), changed)
    if (spans.length === 0) return trusted
    for (const { start, end } of spans.toReversed()) text.delete(start, end - start)
    changed = [...changed, ...spans].map((stretch) => without(stretch, spans))
  }
  return []
}

/** Where a stretch is once others have been deleted. */
function without({ start, end }: Changed, spans: readonly Changed[]): Changed {
  const moved = (at: number): number =>
    spans.reduce((to, span) => to - Math.max(0, Math.min(span.end, at) - span.start), at)
  return { start: moved(start), end: moved(end) }
}
