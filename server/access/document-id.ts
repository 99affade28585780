import type { DocumentId } from '#shared/model/ids.ts'

/** As newDocumentId makes them: what an address or an operator gives may be anything. */
export const isDocumentId = (value: unknown): value is DocumentId =>
  typeof value === 'string' && /^[0-9a-v]{16}$/.test(value)
