import type * as Y from 'yjs'
import { FROM_SERVER } from './origins.ts'

/**
 * A document in which Yjs discards what the server says was deleted, and keeps what was deleted here or loaded from this
 * device: the server may not take the deletion, and then the words stand again. An anchor from the server is deleted by a
 * later one that is unsent here, and stands again where that is refused: so anchors are all kept.
 */
export function keepOwnDeletions(doc: Y.Doc): Y.Doc {
  let origin: unknown = null
  // Emitted right before Yjs asks the filter for what the transaction deleted.
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    origin = transaction.origin
  })
  const anchors: unknown = doc.getMap('anchors')
  doc.gcFilter = ({ parent }) => origin === FROM_SERVER && parent !== anchors
  return doc
}
