import type { EncodedDocument } from './jobs.ts'

/** Long work on documents, done away from the event loop. Each resolves to null when it could not be done there. */
export interface DocumentWork {
  /** One encoding of the whole document. */
  encode(document: EncodedDocument): Promise<Uint8Array | null>
  /** The same updates in the same order, each larger one cut into parts of about `most` bytes (see sliceUpdate). */
  slice(updates: readonly Uint8Array[], most: number): Promise<readonly Uint8Array[] | null>
}
