import type { ProposalId } from '../../model/ids.ts'
import type { Stated } from '../../model/proposals/position.ts'
import { allSaid, standingOf } from '../standing.ts'
import { isOpen } from '../open.ts'
import { notedWords, wordsOf } from '../proposed-words.ts'
import type { OutcomeDocument } from '../schema.ts'
import { recordGet, recordSet } from '../records.ts'
import { fingerprintOf } from '../text/fingerprint.ts'

/**
 * Whether its author has changed a proposal's wording for the first time since others last spoke of it. A
 * change of its place does not count.
 */
export function isNewlyReworded(od: OutcomeDocument, id: ProposalId): boolean {
  const said = allSaid(standingOf(od, id)).filter(({ wording }) => wording !== undefined)
  if (said.length === 0 || !isOpen(od, id)) return false
  const noted = recordGet(od, `reworded/${id}`)
  if (noted && said.every(({ at }) => at <= noted.at)) return false
  const { struck, text } = wordsOf(od, id)
  return said.some((one) => {
    const placing = notedWords(od, id, one.wording)?.placing ?? 0
    return one.wording !== fingerprintOf({ struck, text, placing })
  })
}

/** Records who reworded it and when. Only the server calls it, in a transaction. */
export function noteReworded(od: OutcomeDocument, id: ProposalId, said: Stated): void {
  if (isNewlyReworded(od, id)) recordSet(od, `reworded/${id}`, said)
}
