import type { DocumentId } from '#shared/model/ids.ts'

/** Whether a value has the form of a document id (see `newDocumentId`). For values from requests and operators. */
export const isDocumentId = (value: unknown): value is DocumentId =>
  typeof value === 'string' && /^[0-9a-v]{16}$/.test(value)
