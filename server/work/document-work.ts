import type { EncodedDocument } from './jobs.ts'

/** Long work on documents, done in another thread. Each method resolves with null when it could not be done there. */
export interface DocumentWork {
  /** The whole document as one Yjs update. */
  encode(document: EncodedDocument): Promise<Uint8Array | null>
  /** The updates in their order, larger ones cut into parts of about `most` bytes (see `slicesOf`). */
  slice(updates: readonly Uint8Array[], most: number): Promise<readonly Uint8Array[] | null>
}
