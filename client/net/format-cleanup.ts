import * as Y from 'yjs'
import type { DeleteSet } from './delete-ranges.ts'

/**
 * After a remote change to formatted text Yjs removes formatting marks that have become redundant, in a transaction
 * of its own that looks local. Every replica does so for itself. It must not be sent as this person's work: it may
 * touch text that she has no right to change, and her connection would be refused for it.
 */
export class FormatCleanup {
  readonly #doc: Y.Doc
  readonly #seen = new WeakSet<Y.Transaction>()
  readonly #onCleared: (deleted: DeleteSet) => void

  constructor(doc: Y.Doc, onCleared: (deleted: DeleteSet) => void) {
    this.#doc = doc
    this.#onCleared = onCleared
    doc.on('afterTransaction', this.#look)
  }

  has(transaction: Y.Transaction): boolean {
    return this.#seen.has(transaction)
  }

  dispose(): void {
    this.#doc.off('afterTransaction', this.#look)
  }

  /** Before garbage collection: afterwards nobody can tell what was deleted. */
  readonly #look = (transaction: Y.Transaction): void => {
    if (transaction.origin !== null || !transaction.local || transaction.deleteSet.clients.size === 0) return
    if (insertsSomething(transaction)) return
    let onlyMarks = true
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
      onlyMarks &&= struct instanceof Y.Item && struct.content instanceof Y.ContentFormat
    })
    if (!onlyMarks) return
    this.#seen.add(transaction)
    this.#onCleared(transaction.deleteSet)
  }
}

function insertsSomething(transaction: Y.Transaction): boolean {
  for (const [client, clock] of transaction.afterState) {
    if (clock !== (transaction.beforeState.get(client) ?? 0)) return true
  }
  return false
}
