import * as Y from 'yjs'
import { createDocument } from '#shared/document/create.ts'
import { exportJson, type ExportView } from '#shared/document/export-json.ts'
import { openDocument, type OutcomeDocument } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { dueAt } from '#shared/document/issue/due.ts'
import { writeTextExport } from '#shared/formats/text/write-text.ts'
import { newDocumentId, type DocumentId, type RandomBytes } from '#shared/model/ids.ts'
import type { ImportedDraft } from '#shared/model/import.ts'
import type { LogActor, Store } from '../store/port.ts'
import { replay } from '../store/snapshot.ts'

/** Creates, reads and exports stored documents, for the command line and for the HTTP routes. */

export interface Making {
  readonly store: Store
  readonly random: RandomBytes
  readonly now: number
  readonly actor: LogActor
}

export interface Made {
  readonly id: DocumentId
  readonly title: string
  readonly od: OutcomeDocument
}

export const importDraft = (making: Making, draft: ImportedDraft): Promise<Made> =>
  makeDocument(making, (od) => createDocument(od, draft, making.random, making.now))

/** Creates a document from what `build` writes into an empty one. It is durable when the promise resolves. */
export async function makeDocument(
  { store, random, now, actor }: Making,
  build: (od: OutcomeDocument) => void,
): Promise<Made> {
  const od = openDocument(new Y.Doc())
  build(od)
  const id = newDocumentId(random)
  const title = recordGet(od, 'title') ?? ''
  const bytes = Y.encodeStateAsUpdate(od.doc)
  const client = od.doc.clientID
  await store.createDocument({ id, title, at: now, actor, bytes, client, due: dueAt(od) })
  return { id, title, od }
}

/** The committed state, loaded from the store; null when there is no such document. */
export async function openStored(store: Store, id: DocumentId): Promise<OutcomeDocument | null> {
  const stored = await store.load(id)
  return stored ? openDocument(replay(stored.snapshot, stored.tail)) : null
}

export const EXPORT_FORMATS = ['text', 'json'] as const
export const EXPORT_VIEWS = ['all', 'clean', 'base'] as const satisfies readonly ExportView[]
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** Returns the export as text. `asAt`: the time that it states, in milliseconds since 1970. */
export function writeExport(
  od: OutcomeDocument,
  format: ExportFormat,
  view: ExportView,
  asAt: number,
): string {
  switch (format) {
    case 'text':
      return writeTextExport(od, view, asAt)
    case 'json':
      return `${JSON.stringify(exportJson(od, view), null, 2)}\n`
  }
}
