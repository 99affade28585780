import type { DocumentSession } from '#client/net/session.ts'
import type { Timers } from '#client/net/timers.ts'
import { can } from '#shared/model/role.ts'
import type { Desk } from '../state/desk.ts'
import { nameTo } from '../state/names.ts'
import { notify } from '../state/notify.ts'
import { strings } from '../strings.ts'
import type { Happened } from './events.ts'
import { happened, marksLost, NOTHING, sentenceOf } from './events.ts'

/** Milliseconds within which events are gathered into one announcement. */
const GATHERED_FOR = 1_500
/** Milliseconds for which the caret must rest before its hint is announced, so that it is not announced at each key. */
const RESTED_FOR = 700

/**
 * Announces to screen readers what others decide, where the floor is, and what typing at the caret would do; at most
 * once in {@link GATHERED_FOR}; and that the connection is back, since the banner that told of its loss only disappears.
 * Returns a function to stop.
 */
export function listen(desk: Desk, session: Pick<DocumentSession, 'status'>, timers: Timers): () => void {
  const stops = [
    listenToOthers(desk, timers),
    listenAtCaret(desk, timers),
    listenToConnection(desk, session.status),
  ]
  return () => stops.forEach((stop) => stop())
}

function listenToOthers(desk: Desk, timers: Timers): () => void {
  let before = desk.board.get()
  let gathered: Happened = NOTHING
  let cancel: (() => void) | null = null
  const tell = () => {
    cancel = null
    desk.said.set(sentenceOf(gathered))
    gathered = NOTHING
  }
  const unsubscribe = desk.board.subscribe(() => {
    const after = desk.board.get()
    const { decisions, statuses } = happened(before, after, desk.actor.get())
    for (const label of marksLost(before, after)) notify(desk, strings.paragraph.lostMark(label))
    before = after
    if (decisions.length + statuses.length === 0) return
    gathered = {
      decisions: [...gathered.decisions, ...decisions],
      statuses: [...gathered.statuses, ...statuses],
    }
    cancel ??= timers.after(GATHERED_FOR, tell)
  })
  return () => {
    unsubscribe()
    cancel?.()
  }
}

function listenAtCaret(desk: Desk, timers: Timers): () => void {
  let told = ''
  let cancel: (() => void) | null = null
  const hint = () =>
    strings.caretHint(desk.caret.get(), can(desk.actor.get().role, 'propose'), nameTo(desk.actor.get()))
  const unsubscribe = desk.caret.subscribe(() => {
    cancel?.()
    cancel = null
    // When the text loses the focus, forget the last hint, so that it is announced again on return.
    if (desk.caret.get().kind === 'none') told = ''
    else if (hint() !== told)
      cancel = timers.after(RESTED_FOR, () => {
        told = hint()
        desk.said.set(told)
      })
  })
  return () => {
    unsubscribe()
    cancel?.()
  }
}

function listenToConnection(desk: Desk, status: DocumentSession['status']): () => void {
  let lost = false
  return status.subscribe(() => {
    const { connection } = status.get()
    if (connection === 'offline') {
      lost = true
      // The same sentence twice would not be announced a second time.
      if (desk.said.get() === strings.connection.onlineAgain) desk.said.set('')
    } else if (connection === 'online' && lost) {
      lost = false
      desk.said.set(strings.connection.onlineAgain)
    }
  })
}
