import type { ProposalId } from '#shared/model/ids.ts'
import type { Desk } from './desk.ts'

/** Shows a message and announces it to screen readers. `undo`: the decision that its Undo takes back. */
export function notify(
  desk: Desk,
  text: string,
  tone: 'done' | 'refused' = 'done',
  undo: ProposalId | null = null,
): void {
  desk.notice.set({ key: ++desk.pending.notices, tone, text, undo })
  desk.said.set(text)
}
