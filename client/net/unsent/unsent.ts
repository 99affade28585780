import * as Y from 'yjs'
import type { ClockRanges, ClientSection, StructSource } from '#shared/document/updates.ts'
import { deletesOf, encodeUpdate } from '#shared/document/updates.ts'
import { subtractDeletes } from './clock-ranges.ts'
import type { Ledger } from './ledger.ts'

/** Unsent work that is not to be sent: its clocks are sent as void, its deletions are not sent. */
export interface LeftOut {
  readonly structs: ClockRanges
  readonly deletes: ClockRanges
}

const NOTHING: LeftOut = { structs: new Map(), deletes: new Map() }

/** One update with exactly what `doc` has beyond the ledger; null when that is nothing. */
export const unsentUpdate = (doc: Y.Doc, ledger: Ledger): Uint8Array | null =>
  writeUnsent(doc, unsentOf(doc, ledger), NOTHING)

/** Everything that a document has beyond the ledger. */
export interface Unsent {
  readonly sections: readonly ClientSection[]
  readonly deletes: ClockRanges
}

export const unsentOf = (doc: Y.Doc, ledger: Ledger): Unsent => ({
  sections: unsentSections(doc, ledger),
  deletes: unsentDeletes(doc, ledger),
})

/** One update with the unsent work except `leftOut`; null when that is nothing. `source` must hold its structs. */
export function writeUnsent(source: StructSource, unsent: Unsent, leftOut: LeftOut): Uint8Array | null {
  const deletes = subtractDeletes({ clients: unsent.deletes }, { clients: leftOut.deletes })
  if (unsent.sections.length === 0 && deletes.size === 0) return null
  const sections = unsent.sections.map((section) => ({
    ...section,
    voids: leftOut.structs.get(section.client) ?? [],
  }))
  return encodeUpdate(source, sections, deletes)
}

/** For each client the deletions that the server is not known to have. */
export const unsentDeletes = (doc: Y.Doc, ledger: Ledger): ClockRanges =>
  subtractDeletes({ clients: deletesOf(doc) }, ledger.deleted())

/** For each client the range of clocks that the server is not known to have. */
export function unsentSections(doc: Y.Doc, ledger: Ledger): ClientSection[] {
  const sections: ClientSection[] = []
  for (const client of doc.store.clients.keys()) {
    const from = ledger.clock(client)
    const to = Y.getState(doc.store, client)
    if (to > from) sections.push({ client, from, to, voids: [] })
  }
  return sections
}

/**
 * The encoded state vector by which the server is asked for what it has beyond the ledger. Unsent clocks are left out,
 * although the document has them: the server may have them as void, and must then tell.
 */
export function vectorOf(doc: Y.Doc, ledger: Ledger): Uint8Array {
  const clocks = Y.decodeStateVector(Y.encodeStateVector(doc))
  for (const { client, from } of unsentSections(doc, ledger)) {
    if (from === 0) clocks.delete(client)
    else clocks.set(client, from)
  }
  return Y.encodeStateVector(clocks)
}
