import { createHmac } from 'node:crypto'
import { isUnattributed } from '#shared/document/attribution.ts'
import { type OutcomeDocument } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { DIRECTORY } from '#shared/directory/directory.ts'
import type { DocumentId, ParticipantId } from '#shared/model/ids.ts'
import { isAlias, serves, type Actor } from '#shared/model/participant.ts'
import type { ProposalHead } from '#shared/model/proposal.ts'
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

/** Who takes part: the directory, `invited`, and those in whose name something was proposed. */
export function participantsIn(
  { proposals }: OutcomeDocument,
  invited: readonly ParticipantId[],
): ReadonlySet<ParticipantId> {
  const names = [...proposals.values()].map((map) => (map.get('head') as ProposalHead | undefined)?.by)
  const proponents = names.filter((name) => name !== undefined && !isAlias(name) && !serves(name))
  return new Set([...invited, ...proponents, ...DIRECTORY.map(({ participant }) => participant)])
}

/** One document's aliases in the round that is on. */
export class RoundAliases {
  readonly #document: DocumentId
  readonly #make: AliasMaker
  #invited: readonly ParticipantId[] = []
  #known: { readonly round: number; readonly aliases: ReadonlyMap<ParticipantId, ParticipantId> } | null =
    null

  constructor(document: DocumentId, make: AliasMaker) {
    this.#document = document
    this.#make = make
  }

  /** Whoever holds a link to the document, as far as it is known now. */
  invite(invited: readonly ParticipantId[]): void {
    if (invited.some((one) => !this.#invited.includes(one))) this.#known = null
    this.#invited = invited
  }

  /** With the alias under which the actor writes now. */
  actor(od: OutcomeDocument, actor: Actor): Actor {
    return inRound(od, this.#document, this.#make, actor)
  }

  /** Null: it takes no part. */
  of(od: OutcomeDocument, participant: ParticipantId): ParticipantId | null {
    return this.#aliases(od).get(participant) ?? null
  }

  /** Whether it stands for somebody who takes part in this round. */
  has(od: OutcomeDocument, alias: ParticipantId): boolean {
    return [...this.#aliases(od).values()].includes(alias)
  }

  #aliases(od: OutcomeDocument): ReadonlyMap<ParticipantId, ParticipantId> {
    const round = recordGet(od, 'policy')?.at ?? 0
    if (this.#known?.round === round) return this.#known.aliases
    const participants = [...participantsIn(od, this.#invited)]
    const aliases = new Map(participants.map((one) => [one, this.#make(this.#document, round, one)]))
    this.#known = { round, aliases }
    return aliases
  }
}

/** With the alias, where the actor has one now. */
export function inRound(od: OutcomeDocument, document: DocumentId, aliases: AliasMaker, actor: Actor): Actor {
  const { participant, role } = actor
  if (participant === null || can(role, 'write-for-others') || !isUnattributed(od)) return actor
  return { ...actor, alias: aliases(document, recordGet(od, 'policy')?.at ?? 0, participant) }
}
