import { isUnattributed } from '#shared/document/attribution.ts'
import { type OutcomeDocument } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import type { DocumentId, ParticipantId } from '#shared/model/ids.ts'
import type { Steps } from '#shared/document/steps.ts'
import { isAlias } from '#shared/model/participant.ts'
import type { Attribution } from '#shared/protocol/http.ts'
import { participantsIn, type AliasMaker } from '../room/round.ts'

/**
 * Which participants the aliases of a document stand for; only for those who may know. Lists the aliases that occur
 * in the document, from all unattributed rounds. For the round in progress it also lists participants without
 * proposals yet, so that proposals can be written down for them. `invited`: the participants that hold a link.
 */
export function* attributionsOf(
  od: OutcomeDocument,
  document: DocumentId,
  invited: readonly ParticipantId[],
  aliases: AliasMaker,
): Steps<Attribution[]> {
  const rounds = recordGet(od, 'policy')?.rounds ?? []
  if (rounds.length === 0) return []
  const occurring = yield* aliasesOf(od)
  const running = isUnattributed(od) ? rounds.at(-1) : undefined
  const candidates = participantsIn(od, invited)
  const found: Attribution[] = []
  for (const round of rounds) {
    for (const [i, participant] of [...candidates].entries()) {
      if (i % ALIASES_IN_STEP === 0) yield
      const alias = aliases(document, round, participant)
      if (round === running || occurring.has(alias)) found.push({ alias, participant })
    }
  }
  return found
}

/** Heads or records that are read in one step, and aliases that are computed. */
const RECORDS_IN_STEP = 500
const ALIASES_IN_STEP = 100

/** All aliases that occur in heads and in the record (decisions, positions, comments). */
function* aliasesOf({ proposals, record }: OutcomeDocument): Steps<ReadonlySet<string>> {
  const found = new Set<string>()
  let read = 0
  for (const map of proposals.values()) {
    if (++read % RECORDS_IN_STEP === 0) yield
    addAliases(map.get('head'), found)
  }
  for (const value of record.values()) {
    if (++read % RECORDS_IN_STEP === 0) yield
    addAliases(value, found)
  }
  return found
}

/** Looks into all fields of a value, since aliases stand in many of them. They are short: long texts are not tested. */
function addAliases(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    if (value.length === ALIAS_LENGTH && isAlias(value)) found.add(value)
  } else if (Array.isArray(value)) for (const part of value) addAliases(part, found)
  else if (typeof value === 'object' && value !== null)
    for (const key of Object.keys(value)) addAliases((value as Record<string, unknown>)[key], found)
}

const ALIAS_LENGTH = 'Delegation-00000000'.length
