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
import { EMPTIED_WAIT, type LastWords } from '#shared/model/emptied.ts'
import { isProposalId, type ProposalId } from '#shared/model/ids.ts'
import { isAlias, type Actor } from '#shared/model/participant.ts'
import type { Stated } from '#shared/model/position.ts'
import { isOnWords, type Anchor } from '#shared/model/proposal.ts'

type ErasingUpdate = Pick<Admitted, 'created' | 'anchored' | 'erased' | 'written'>

/** More proposals than people delete in at the same time. */
const KEPT = 1_000

/**
 * How proposals read before their authors began to delete in them, whatever number of keys that takes. Lost with the room:
 * then the last words are those that stood there when it was loaded.
 */
export class Deletions {
  readonly #begun = new Map<ProposalId, Begun>()

  /** Before an admitted update is applied. */
  begin(od: OutcomeDocument, { erased }: ErasingUpdate, now: number): void {
    for (const id of erased) {
      const begun = this.#begun.get(id)
      if (begun && now - begun.at <= EMPTIED_WAIT) begun.at = now
      else this.#begun.set(id, { last: lastWordsOf(od, id), at: now, left: null })
    }
    if (this.#begun.size > KEPT) this.#begun.clear()
  }

  /** After it was applied: whether {@link note} has anything to do. */
  concerns(od: OutcomeDocument, { created, anchored, erased, written }: ErasingUpdate): boolean {
    for (const id of written) if (!isEmptied(od, id)) this.#begun.delete(id)
    for (const id of erased) {
      const begun = this.#begun.get(id)
      if (begun) begun.left = od.anchors.get(id) ?? null
    }
    const wasEmptied = (id: ProposalId) => recordGet(od, `emptied/${id}`) !== undefined
    return (
      changedBy({ anchored, erased, written }).some((id) => isEmptied(od, id) || isNewlyReworded(od, id)) ||
      [...written, ...anchored].some(wasEmptied) ||
      created.some((id) => hostsOf(od, id).some(wasEmptied))
    )
  }

  /** Inside the server's own transaction. */
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
   * After a command was executed: the proposals that it names, and those that they amend, were spoken of, or changed, as they
   * are now; and so were those that it has put on other words. All others are still being deleted in.
   */
  forget(od: OutcomeDocument, command: Command): void {
    if (this.#begun.size === 0) return
    for (const id of Object.values(command).flat().filter(isProposalId))
      for (const concerned of [id, ...hostsOf(od, id)]) this.#begun.delete(concerned)
    for (const [id, { left }] of this.#begun)
      if ((od.anchors.get(id) ?? null) !== left) this.#begun.delete(id)
  }
}

interface Begun {
  readonly last: LastWords
  /** When its author last deleted in it. */
  at: number
  /** Its anchor then, the very object. */
  left: Anchor | null
}

const changedBy = ({ anchored, erased, written }: Omit<ErasingUpdate, 'created'>): ProposalId[] => [
  ...new Set([...anchored, ...erased, ...written]),
]

function hostsOf(od: OutcomeDocument, id: ProposalId): ProposalId[] {
  const anchor = od.anchors.get(id)
  return anchor && isOnWords(anchor) && isProposalId(anchor.host) ? [anchor.host] : []
}

/** Its proponent; and who wrote it down, where that is somebody else. */
function authorOf(od: OutcomeDocument, id: ProposalId, actor: Actor, at: number): Stated | null {
  const participant = proponentOf(od, id)
  if (participant === undefined || actor.participant === null) return null
  const via = participant === actor.participant || isAlias(participant) ? {} : { via: actor.participant }
  return { participant, person: isAlias(participant) ? '' : actor.name, ...via, at }
}
