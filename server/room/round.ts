import { createHmac } from 'node:crypto'
import { type OutcomeDocument } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { DIRECTORY } from '#shared/directory/directory.ts'
import type { DocumentId, ParticipantId } from '#shared/model/ids.ts'
import type { Policy } from '#shared/model/meeting.ts'
import { isNameless, serves, type Actor } from '#shared/model/participant.ts'
import type { ProposalHead } from '#shared/model/proposals/proposal.ts'
import { can } from '#shared/model/role.ts'

/**
 * Aliases of an unattributed round, in which brackets show no names.
 *
 * Invariants:
 *
 * - A delegation writes under an alias. Only the server can compute which delegation an alias stands for.
 * - The alias differs from round to round and from document to document.
 * - A delegation also writes under Yjs client ids that it uses in this round only. A client id shared between an
 *   unattributed and an attributed proposal would show who wrote both.
 */

/** Computes a participant's alias, always the same. `round`: when the round began, milliseconds since 1970. */
export type AliasMaker = (document: DocumentId, round: number, participant: ParticipantId) => ParticipantId

/** Makes aliases of 8 letters (40 bits) from an HMAC-SHA256 under the server's secret. */
export function aliasMaker(secret: Uint8Array): AliasMaker {
  return (document, round, participant) => {
    const digest = createHmac('sha256', secret).update(`${document}\n${round}\n${participant}`).digest()
    let name = ''
    for (const byte of digest.subarray(0, 8)) name += LETTERS[byte & 31]
    return `Delegation-${name}` as ParticipantId
  }
}

const LETTERS = '0123456789abcdefghijklmnopqrstuv'

/** The participants: all of the directory, those `invited`, and the proponents of proposals in the document. */
export function participantsIn(
  { proposals }: OutcomeDocument,
  invited: readonly ParticipantId[],
): ReadonlySet<ParticipantId> {
  const names = [...proposals.values()].flatMap(
    (map) => (map.get('head') as ProposalHead | undefined)?.by ?? [],
  )
  const proponents = names.filter((name) => !isNameless(name) && !serves(name))
  return new Set([...invited, ...proponents, ...DIRECTORY.map(({ participant }) => participant)])
}

/** The aliases of one document in its current round. */
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

  /** Replaces the list of those who hold a link to the document. */
  invite(invited: readonly ParticipantId[]): void {
    if (invited.some((one) => !this.#invited.includes(one))) this.#known = null
    this.#invited = invited
  }

  /** The actor with the alias under which it writes by `policy`, if it has one: see {@link inRound}. */
  actor(policy: Policy | undefined, actor: Actor): Actor {
    return inRound(policy, this.#document, this.#make, actor)
  }

  /** The participant's alias; null when it does not take part. */
  of(od: OutcomeDocument, participant: ParticipantId): ParticipantId | null {
    return this.#aliases(od).get(participant) ?? null
  }

  /** Whether the alias stands for a participant in this round. */
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

/** Adds the alias to an actor who writes anonymously by `policy`; returns any other actor as it is. */
export function inRound(
  policy: Policy | undefined,
  document: DocumentId,
  aliases: AliasMaker,
  actor: Actor,
): Actor {
  const { participant, role } = actor
  if (participant === null || can(role, 'write-for-others')) return actor
  if (policy?.attribution !== 'unattributed') return actor
  return { ...actor, alias: aliases(document, policy.at, participant) }
}
