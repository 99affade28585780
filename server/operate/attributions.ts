import { isUnattributed } from '#shared/document/attribution.ts'
import { type OutcomeDocument } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import type { DocumentId, ParticipantId } from '#shared/model/ids.ts'
import { isAlias } from '#shared/model/participant.ts'
import type { Attribution } from '#shared/protocol/http.ts'
import { participantsIn, type AliasMaker } from '../room/round.ts'

/**
 * Which participants the aliases of a document stand for; only for those who may know. Lists the aliases that occur
 * in the document, from all unattributed rounds. For the round in progress it also lists participants without
 * proposals yet, so that proposals can be written down for them. `invited`: the participants that hold a link.
 */
export function attributionsOf(
  od: OutcomeDocument,
  document: DocumentId,
  invited: readonly ParticipantId[],
  aliases: AliasMaker,
): Attribution[] {
  const rounds = recordGet(od, 'policy')?.rounds ?? []
  const occurring = aliasesOf(od)
  const running = isUnattributed(od) ? rounds.at(-1) : undefined
  const candidates = participantsIn(od, invited)
  const found: Attribution[] = []
  for (const round of rounds) {
    for (const participant of candidates) {
      const alias = aliases(document, round, participant)
      if (round === running || occurring.has(alias)) found.push({ alias, participant })
    }
  }
  return found
}

const ALIAS = /Delegation-[0-9a-v]{8}/g

/** All aliases that occur in heads and in the record (decisions, positions, comments). */
function aliasesOf({ proposals, record }: OutcomeDocument): ReadonlySet<string> {
  const heads = [...proposals.values()].map((map) => map.get('head'))
  const told = [...heads, ...record.values()].flatMap(
    (value) => JSON.stringify(value ?? null).match(ALIAS) ?? [],
  )
  return new Set(told.filter(isAlias))
}
