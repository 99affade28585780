import type { DocumentId, ParticipantId } from '#shared/model/ids.ts'

/**
 * Ids of private spaces. A private space is stored like a document, under the id `<document>/drafts/<participant>`. An
 * id in a request must be sixteen letters and digits, so no request can name a private space as a document.
 */
const BETWEEN = '/drafts/'

export const spaceId = (document: DocumentId, participant: ParticipantId): DocumentId =>
  `${document}${BETWEEN}${participant}` as DocumentId

/** The participant whose private space has this id; null for an outcome document. */
export function spaceOwner(id: DocumentId): ParticipantId | null {
  const at = id.indexOf(BETWEEN)
  return at < 0 ? null : (id.slice(at + BETWEEN.length) as ParticipantId)
}
