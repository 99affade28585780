import * as Y from 'yjs'
import { writerIn } from '#shared/document/attribution.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { PersonId } from '#shared/model/ids.ts'
import type { LogActor, LogEntry } from './port.ts'

/** A row as far as it says who writes under which client ids. */
export interface WrittenRow {
  readonly kind: LogEntry['kind']
  /** JSON of a `LogActor`. */
  readonly actor: string
  readonly bytes: Uint8Array
}

/** Whose each Yjs client id is, as the log has it: of who wrote under it first. */
export class Owners {
  readonly byClient = new Map<number, PersonId | 'server'>()

  /** The next row; `od` is the document before it. Throws on bytes that are no update. */
  note(od: OutcomeDocument, row: WrittenRow): void {
    if (row.bytes.length === 0) return
    for (const { id } of Y.decodeUpdate(row.bytes).structs)
      if (!this.byClient.has(id.client)) this.byClient.set(id.client, ownerOf(od, row))
  }
}

/** What people write comes as updates; all else the server writes, for them or of its own accord. */
function ownerOf(od: OutcomeDocument, { kind, actor }: WrittenRow): PersonId | 'server' {
  const by = JSON.parse(actor) as LogActor
  return kind === 'update' && by !== 'server' ? writerIn(od, by) : 'server'
}
