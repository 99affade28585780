import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { subtractDeletes } from './delete-ranges.ts'
import type { Ledger } from './ledger.ts'

/**
 * One update with exactly what `doc` has and the server lacks; null when that is nothing. Written from the document's
 * own structs, because Y.encodeStateAsUpdate adds every deletion ever made and whatever waits for missing
 * dependencies.
 */
export function unsentUpdate(doc: Y.Doc, ledger: Ledger): Uint8Array | null {
  const clients = unsentClients(doc, ledger)
  const deletes = subtractDeletes(Y.createDeleteSetFromStructStore(doc.store), ledger.deleted())
  if (clients.length === 0 && deletes.size === 0) return null
  const encoder = new Y.UpdateEncoderV1()
  encoding.writeVarUint(encoder.restEncoder, clients.length)
  for (const [client, known] of clients) writeStructs(encoder, doc, client, known)
  encoding.writeVarUint(encoder.restEncoder, deletes.size)
  for (const [client, stretches] of deletes) {
    encoder.resetDsCurVal()
    encoding.writeVarUint(encoder.restEncoder, client)
    encoding.writeVarUint(encoder.restEncoder, stretches.length)
    for (const { clock, len } of stretches) {
      encoder.writeDsClock(clock)
      encoder.writeDsLen(len)
    }
  }
  return encoder.toUint8Array()
}

/** Highest client id first, as Yjs itself writes them: its integration is fastest that way. */
function unsentClients(doc: Y.Doc, ledger: Ledger): [client: number, known: number][] {
  const clients: [number, number][] = []
  for (const client of doc.store.clients.keys()) {
    const known = ledger.clock(client)
    if (Y.getState(doc.store, client) > known) clients.push([client, known])
  }
  return clients.sort((a, b) => b[0] - a[0])
}

function writeStructs(encoder: Y.UpdateEncoderV1, doc: Y.Doc, client: number, known: number): void {
  const structs = doc.store.clients.get(client) ?? []
  const first = known === 0 ? 0 : Y.findIndexSS(structs, known)
  encoding.writeVarUint(encoder.restEncoder, structs.length - first)
  encoder.writeClient(client)
  encoding.writeVarUint(encoder.restEncoder, known)
  for (let i = first; i < structs.length; i++) {
    const struct = structs[i]
    struct?.write(encoder, i === first ? known - struct.id.clock : 0)
  }
}
