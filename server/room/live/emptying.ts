import {
  lastWordsOf,
  isEmptied,
  noteEmptied,
  noteFilled,
  noteSpokenOf,
} from '#shared/document/issue/emptied.ts'
import { isNewlyReworded, noteReworded } from '#shared/document/issue/reworded.ts'
import { isOpen } from '#shared/document/open.ts'
import { proponentOf, type OutcomeDocument } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import type { Admitted } from '#shared/document/admit/verdict.ts'
import type { Command } from '#shared/model/command.ts'
import { EMPTIED_WAIT, type LastWords } from '#shared/model/proposals/emptied.ts'
import { isProposalId, type ProposalId } from '#shared/model/ids.ts'
import { isAlias, type Actor } from '#shared/model/participant.ts'
import type { Stated } from '#shared/model/proposals/position.ts'
import { isOnWords, type Anchor } from '#shared/model/proposals/proposal.ts'

type ErasingUpdate = Pick<Admitted, 'created' | 'anchored' | 'erased' | 'written'>

/** Most proposals tracked at once; more than people delete in at the same time. Beyond it all tracking starts anew. */
const KEPT = 1_000

/**
 * Remembers how each proposal read before its author began to delete in it. An author empties a proposal by many single
 * deletions; when it is empty, the server records the words from before the first one. Deletions that follow within
 * {@link EMPTIED_WAIT} belong together.
 *
 * Kept in memory only. After a restart the words recorded are those that the proposal had when the room was loaded.
 *
 * For each admitted update call, in this order: {@link begin}, apply the update, {@link concerns}, and if that returns
 * true {@link note}.
 */
export class Deletions {
  readonly #begun = new Map<ProposalId, Begun>()

  /** Keeps the present words of the proposals that the update deletes in. Call before the update is applied. */
  begin(od: OutcomeDocument, { erased }: ErasingUpdate, now: number): void {
    for (const id of erased) {
      const begun = this.#begun.get(id)
      if (begun && now - begun.at <= EMPTIED_WAIT) begun.at = now
      else this.#begun.set(id, { last: lastWordsOf(od, id), at: now, left: null })
    }
    if (this.#begun.size > KEPT) this.#begun.clear()
  }

  /** Whether {@link note} has anything to record. Call after the update was applied. */
  concerns(od: OutcomeDocument, { created, anchored, erased, written }: ErasingUpdate): boolean {
    for (const id of written) if (!isEmptied(od, id)) this.#begun.delete(id)
    for (const id of erased) {
      const begun = this.#begun.get(id)
      if (begun) begun.left = od.anchors.get(id) ?? null
    }
    const known = new Set(created)
    const moved = anchored.filter((id) => !known.has(id))
    const wasEmptied = (id: ProposalId) => recordGet(od, `emptied/${id}`) !== undefined
    return (
      changedBy({ anchored: moved, erased, written }).some(
        (id) => isEmptied(od, id) || isNewlyReworded(od, id),
      ) ||
      [...written, ...moved].some(wasEmptied) ||
      created.some((id) => hostsOf(od, id).some(wasEmptied))
    )
  }

  /**
   * Writes to the record which proposals were emptied, filled again, or reworded, and by whom. Call inside a
   * transaction of the server's own.
   */
  note(
    od: OutcomeDocument,
    { created, anchored, erased, written }: ErasingUpdate,
    actor: Actor,
    at: number,
  ): void {
    for (const id of [...written, ...anchored]) if (!isEmptied(od, id)) noteFilled(od, id)
    for (const id of erased) {
      const begun = this.#begun.get(id)
      if (!begun || !isOpen(od, id) || !isEmptied(od, id) || recordGet(od, `emptied/${id}`)) continue
      const said = authorOf(od, id, actor, at)
      if (said) noteEmptied(od, id, begun.last, said)
    }
    for (const id of changedBy({ anchored, erased, written })) {
      const said = isEmptied(od, id) ? null : authorOf(od, id, actor, at)
      if (said) noteReworded(od, id, said)
    }
    for (const host of created.flatMap((id) => hostsOf(od, id))) noteSpokenOf(od, host)
  }

  /**
   * Ends tracking of the proposals that an executed command concerns: those that it names, the proposals that these
   * amend, and those whose anchor it has changed. Others have referred to their present words, so the words from before
   * are not their last ones any more.
   */
  forget(od: OutcomeDocument, command: Command): void {
    if (this.#begun.size === 0) return
    for (const id of Object.values(command).flat().filter(isProposalId))
      for (const concerned of [id, ...hostsOf(od, id)]) this.#begun.delete(concerned)
    for (const [id, { left }] of this.#begun)
      if ((od.anchors.get(id) ?? null) !== left) this.#begun.delete(id)
  }
}

/** A proposal in which its author is deleting. */
interface Begun {
  readonly last: LastWords
  /** When its author last deleted in it, milliseconds since 1970. */
  at: number
  /** Its anchor after the last deletion, compared by identity. */
  left: Anchor | null
}

const changedBy = ({ anchored, erased, written }: Omit<ErasingUpdate, 'created'>): ProposalId[] => [
  ...new Set([...anchored, ...erased, ...written]),
]

/** The proposal whose words this one amends, if it amends one. */
function hostsOf(od: OutcomeDocument, id: ProposalId): ProposalId[] {
  const anchor = od.anchors.get(id)
  return anchor && isOnWords(anchor) && isProposalId(anchor.host) ? [anchor.host] : []
}

/** The proposal's proponent as the author of the statement, with `via` when another participant wrote it down. */
function authorOf(od: OutcomeDocument, id: ProposalId, actor: Actor, at: number): Stated | null {
  const participant = proponentOf(od, id)
  if (participant === undefined || actor.participant === null) return null
  const via = participant === actor.participant || isAlias(participant) ? {} : { via: actor.participant }
  return { participant, person: isAlias(participant) ? '' : actor.name, ...via, at }
}
