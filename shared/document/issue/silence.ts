import type { ParagraphId } from '../../model/ids.ts'
import type { Silence } from '../../model/silence.ts'
import { isAgreed, stepOf } from '../../model/status.ts'
import type { ParagraphStatus } from '../../model/status.ts'
import { hasOpenBrackets } from '../agreement.ts'
import { openAbove } from './families.ts'
import type { OutcomeDocument } from '../schema.ts'
import { paragraphsInOrder } from '../schema.ts'
import { recordGet, recordSet } from '../records.ts'

/**
 * Returns the silence procedure that was placed last, whatever its state. They are numbered from 1 without
 * gaps.
 */
export function lastSilence(od: OutcomeDocument): Silence | null {
  let last: Silence | null = null
  for (let next = recordGet(od, 'silence/1'); next; next = recordGet(od, `silence/${next.number + 1}`))
    last = next
  return last
}

/** Returns when the running silence ends, in milliseconds since 1970; null when none is running. */
export function silenceDueAt(od: OutcomeDocument): number | null {
  const last = lastSilence(od)
  return last?.state === 'running' ? last.deadline : null
}

/**
 * Ends the running silence when its deadline has passed. Paragraphs, headings and footnotes without an open bracket are then
 * agreed ad referendum, as of the deadline, however late the server gets to it. Call it inside a transaction.
 */
export function endSilence(od: OutcomeDocument, now: number): void {
  const silence = lastSilence(od)
  if (silence?.state !== 'running' || now < silence.deadline) return
  const agreed: ParagraphId[] = []
  const left: ParagraphId[] = []
  const above = openAbove(od)
  for (const { id, kind, vacant } of paragraphsInOrder(od)) {
    const status = recordGet(od, `status/${id}`)
    if (kind === 'separator' || vacant || isAgreed(status?.status)) continue
    if (hasOpenBrackets(od, id, above)) left.push(id)
    else {
      agreed.push(id)
      recordSet(od, `status/${id}`, agreedBy(silence, status))
    }
  }
  const ended = { state: 'agreed', endedAt: silence.deadline, agreed, left } as const
  recordSet(od, `silence/${silence.number}`, { ...silence, ...ended })
}

/** The agreement is in the name of whoever placed the text under silence, since nobody objected. */
function agreedBy(silence: Silence, was: ParagraphStatus | undefined): ParagraphStatus {
  const { by, person, deadline: at, number } = silence
  return {
    status: 'agreed-ad-ref',
    by,
    person,
    at,
    silence: number,
    pending: [],
    placement: was?.placement ?? false,
    earlier: was ? [...was.earlier, stepOf(was)] : [],
  }
}
