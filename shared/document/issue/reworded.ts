import type { ProposalId } from '../../model/ids.ts'
import type { Stated } from '../../model/position.ts'
import { allSaid, isOnEarlier, standingOf, wordingFor } from '../composition/standing.ts'
import { isOpen } from '../open.ts'
import { wordsOf } from '../proposed-words.ts'
import type { OutcomeDocument } from '../schema.ts'
import { recordGet, recordSet } from '../records.ts'

/** Whether its author has changed a proposal's wording, the first time since others last spoke of it. */
export function isNewlyReworded(od: OutcomeDocument, id: ProposalId): boolean {
  const said = allSaid(standingOf(od, id)).filter(({ wording }) => wording !== undefined)
  if (said.length === 0 || !isOpen(od, id)) return false
  const noted = recordGet(od, `reworded/${id}`)
  if (noted && said.every(({ at }) => at <= noted.at)) return false
  const now = wordingFor(said, wordsOf(od, id))
  return said.some((one) => isOnEarlier(one, now))
}

/** Notes by whom and when; the server, in a transaction. */
export function noteReworded(od: OutcomeDocument, id: ProposalId, said: Stated): void {
  if (isNewlyReworded(od, id)) recordSet(od, `reworded/${id}`, said)
}
