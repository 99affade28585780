import type { ParticipantId } from '#shared/model/ids.ts'
import { isAlias } from '#shared/model/participant.ts'
import type { Writing } from './contract.ts'
import type { Writer } from './rights.ts'

/** Notices that the round has become attributed or unattributed under somebody who goes on writing for the same participant. */
export class RoundWatch {
  #last: { readonly onBehalfOf: ParticipantId | null; readonly nameless: boolean } | null = null

  /** Under whom it is written from now on; as long as there is no name, or it is not known yet, nothing has changed. */
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
