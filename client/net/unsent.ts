import * as Y from 'yjs'
import type { ClockRanges, ClientSection, StructSource } from '#shared/document/updates.ts'
import { deletesOf, encodeUpdate } from '#shared/document/updates.ts'
import { subtractDeletes } from './clock-ranges.ts'
import type { Ledger } from './ledger.ts'

/** What of the unsent work is left out: clocks are sent as void, deletions not at all. */
export interface LeftOut {
  readonly structs: ClockRanges
  readonly deletes: ClockRanges
}

const NOTHING: LeftOut = { structs: new Map(), deletes: new Map() }

/** One update with exactly what `doc` has and the server lacks; null when that is nothing. */
export const unsentUpdate = (doc: Y.Doc, ledger: Ledger): Uint8Array | null =>
  writeUnsent(doc, unsentOf(doc, ledger), NOTHING)

/** All that a document has and the server lacks. */
export interface Unsent {
  readonly sections: readonly ClientSection[]
  readonly deletes: ClockRanges
}

export const unsentOf = (doc: Y.Doc, ledger: Ledger): Unsent => ({
  sections: unsentSections(doc, ledger),
  deletes: unsentDeletes(doc, ledger),
})

/** One update with what is unsent, but for what is left out; `source` holds its structs. Null when that is nothing. */
export function writeUnsent(source: StructSource, unsent: Unsent, leftOut: LeftOut): Uint8Array | null {
  const deletes = subtractDeletes({ clients: unsent.deletes }, { clients: leftOut.deletes })
  if (unsent.sections.length === 0 && deletes.size === 0) return null
  const sections = unsent.sections.map((section) => ({
    ...section,
    voids: leftOut.structs.get(section.client) ?? [],
  }))
  return encodeUpdate(source, sections, deletes)
}

/** By client: the deletions that the server is not known to have. */
export const unsentDeletes = (doc: Y.Doc, ledger: Ledger): ClockRanges =>
  subtractDeletes({ clients: deletesOf(doc) }, ledger.deleted())

/** By client: the clocks that the server is not known to have. */
export function unsentSections(doc: Y.Doc, ledger: Ledger): ClientSection[] {
  const sections: ClientSection[] = []
  for (const client of doc.store.clients.keys()) {
    const from = ledger.clock(client)
    const to = Y.getState(doc.store, client)
    if (to > from) sections.push({ client, from, to, voids: [] })
  }
  return sections
}

/** By which the server is asked for what it has beyond the ledger: it may hold as void what is written here. */
export function vectorOf(doc: Y.Doc, ledger: Ledger): Uint8Array {
  const clocks = Y.decodeStateVector(Y.encodeStateVector(doc))
  for (const { client, from } of unsentSections(doc, ledger)) {
    if (from === 0) clocks.delete(client)
    else clocks.set(client, from)
  }
  return Y.encodeStateVector(clocks)
}
