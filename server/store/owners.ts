import * as Y from 'yjs'
import { writerIn } from '#shared/document/attribution.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { PersonId } from '#shared/model/ids.ts'
import type { LogActor, LogEntry } from './port.ts'

/** The part of a log row that tells who wrote under which client ids. */
export interface WrittenRow {
  readonly kind: LogEntry['kind']
  /** JSON of a `LogActor`. */
  readonly actor: string
  readonly bytes: Uint8Array
}

/** Computes from the log to whom each Yjs client id belongs: to whoever wrote under it first. */
export class Owners {
  readonly byClient = new Map<number, PersonId | 'server'>()

  /** Adds the next row. `od`: the document before that row. Throws when the row's bytes are not a Yjs update. */
  note(od: OutcomeDocument, row: WrittenRow): void {
    if (row.bytes.length === 0) return
    for (const { id } of Y.decodeUpdate(row.bytes).structs)
      if (!this.byClient.has(id.client)) this.byClient.set(id.client, ownerOf(od, row))
  }
}

/** People write in `update` rows only. The content of all other rows is written by the server under its own ids. */
function ownerOf(od: OutcomeDocument, { kind, actor }: WrittenRow): PersonId | 'server' {
  const by = JSON.parse(actor) as LogActor
  return kind === 'update' && by !== 'server' ? writerIn(od, by) : 'server'
}
