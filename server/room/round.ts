import { createHmac } from 'node:crypto'
import { isUnattributed } from '#shared/document/attribution.ts'
import { type OutcomeDocument } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import type { DocumentId, ParticipantId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { can } from '#shared/model/role.ts'

/**
 * What it means that a round is unattributed. A delegation then writes under an alias that only the server can tell
 * from its name, and under Yjs client ids that it has used for nothing else: whatever bears one of them can be linked
 * to whatever else does, and so from a bracket without a name to one with it.
 */

/** What stands for a participant in a round, told by the moment it began. The same each time. */
export type AliasMaker = (document: DocumentId, round: number, participant: ParticipantId) => ParticipantId

/** Eight letters of 32, of what nobody can compute who has not the secret. */
export function aliasMaker(secret: Uint8Array): AliasMaker {
  return (document, round, participant) => {
    const digest = createHmac('sha256', secret).update(`${document}\n${round}\n${participant}`).digest()
    let name = ''
    for (const byte of digest.subarray(0, 8)) name += LETTERS[byte & 31]
    return `Delegation-${name}` as ParticipantId
  }
}

const LETTERS = '0123456789abcdefghijklmnopqrstuv'

/** One document's aliases in the round that is on. */
export function aliasesIn(
  od: OutcomeDocument,
  document: DocumentId,
  aliases: AliasMaker,
): (participant: ParticipantId) => ParticipantId {
  const round = recordGet(od, 'policy')?.at ?? 0
  return (participant) => aliases(document, round, participant)
}

/** With the alias, where the actor has one now. */
export function inRound(od: OutcomeDocument, document: DocumentId, aliases: AliasMaker, actor: Actor): Actor {
  const { participant, role } = actor
  if (participant === null || can(role, 'write-for-others') || !isUnattributed(od)) return actor
  return { ...actor, alias: aliasesIn(od, document, aliases)(participant) }
}
