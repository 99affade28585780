import type { DocumentId, ParticipantId } from '#shared/model/ids.ts'

/**
 * A private space is kept like a document. Its id says which: `<document>/drafts/<participant>`. Ids of documents are
 * sixteen letters and digits and nothing else is taken from an address, so a space can be named by no request, and no
 * two can meet.
 */
const BETWEEN = '/drafts/'

export const spaceId = (document: DocumentId, participant: ParticipantId): DocumentId =>
  `${document}${BETWEEN}${participant}` as DocumentId

/** Whose private space it is; null for an outcome document. */
export function spaceOwner(id: DocumentId): ParticipantId | null {
  const at = id.indexOf(BETWEEN)
  return at < 0 ? null : (id.slice(at + BETWEEN.length) as ParticipantId)
}
