import type { ParticipantId } from '#shared/model/ids.ts'
import { isAlias } from '#shared/model/participant.ts'
import type { Writing } from '../contract.ts'
import type { Writer } from './rights.ts'

/** Notices that the attribution policy has changed while the person goes on writing for the same participant. */
export class RoundWatch {
  #last: { readonly onBehalfOf: ParticipantId | null; readonly nameless: boolean } | null = null

  /** Call with each new writer. True when names are shown now and were not before, or the reverse. */
  changes(
    { participant: name }: Pick<Writer, 'participant'>,
    { onBehalfOf }: Pick<Writing, 'onBehalfOf'>,
  ): boolean {
    if (name === null) return false
    const last = this.#last
    const nameless = isAlias(name)
    this.#last = { onBehalfOf, nameless }
    return last !== null && last.onBehalfOf === onBehalfOf && last.nameless !== nameless
  }
}
