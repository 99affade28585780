import type * as Y from 'yjs'
import { FROM_SERVER } from '../origins.ts'

/**
 * Sets up Yjs garbage collection so that content deleted here, and not yet on the server, can be restored when the
 * server refuses the deletion. Yjs discards only what was deleted by an update from the server. Overwritten anchors
 * are always kept, because an unsent anchor may have replaced one from the server. Returns the same document.
 */
export function keepOwnDeletions(doc: Y.Doc): Y.Doc {
  let origin: unknown = null
  // Yjs emits this right before it applies the filter to what the transaction deleted.
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    origin = transaction.origin
  })
  const anchors: unknown = doc.getMap('anchors')
  doc.gcFilter = ({ parent }) => origin === FROM_SERVER && parent !== anchors
  return doc
}
