import { useEffect } from 'react'
import type { ProposalRow } from '#shared/document/composition/board.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import { can } from '#shared/model/role.ts'
import { openComments, openNewNote, openParagraphMenu, toggleFloor } from '../paragraph/perform.ts'
import { decide, stayAt, walk } from '../state/decide.ts'
import { undoLast } from '../state/undo-decision.ts'
import type { Desk, Task } from '../state/desk.ts'
import { notify } from '../state/notify.ts'
import { mayBeInPart } from '../decide/part.ts'
import { singleKeys } from '../hooks/preference.ts'
import { actOf } from '../state/shortcuts.ts'
import type { ShortcutAct } from '../state/shortcuts.ts'
import { proponentFor } from '../state/speaking.ts'
import { tableDraft, takePosition, toggleCosponsor } from '../state/stand.ts'
import { stopAt, stopOnLeaving } from '../state/walk.ts'
import type { Stop } from '../state/walk.ts'
import { strings } from '../strings.ts'
import { blockOfCaret } from './text/pointed.ts'
import { watchTyping } from './text/typing.ts'

/** Keys of the document screen. The editor's own keys come first: what it has handled is not handled again. */
export function useKeys(desk: Desk, act: (act: ShortcutAct) => void): void {
  useEffect(() => {
    const watch = watchTyping()
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : document.body
      if (event.isComposing || inOverlay(target)) return
      // ProseMirror prevents the default of Escape without using the key itself.
      if (event.defaultPrevented && event.key !== 'Escape') return
      if (event.key === 'Escape') watch.leave()
      // The text has lost the focus by itself, so the key belongs to it.
      else if (target === document.body && watch.typing()) return desk.editor()?.focus()
      if (handle(desk, act, event, target)) event.preventDefault()
    }
    addEventListener('keydown', onKeyDown)
    return () => {
      removeEventListener('keydown', onKeyDown)
      watch.stop()
    }
  }, [desk, act])
}

function handle(
  desk: Desk,
  act: (act: ShortcutAct) => void,
  event: KeyboardEvent,
  target: HTMLElement,
): boolean {
  if (event.key === 'Escape' && target.closest('.ProseMirror')) {
    leaveText(desk)
    return true
  }
  if (event.key === 'Enter' && target.matches('[data-row]')) {
    act('into-text')
    return true
  }
  const wanted = actOf(event, isTyping(target), singleKeys.get() === 'on')
  if (wanted === null) return false
  if (wanted === 'palette') desk.panel.set('commands')
  else if (wanted === 'comment') openComments(desk)
  else if (wanted === 'footnote') openNewNote(desk)
  else act(wanted)
  return true
}

const inOverlay = (target: HTMLElement): boolean =>
  target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null

const isTyping = (target: HTMLElement): boolean =>
  target.isContentEditable || target.matches('input, textarea, select')

/** Moves the focus from the text to a card of the caret's paragraph. Without one, keys are about the paragraph. */
function leaveText(desk: Desk): void {
  const block = blockOfCaret()
  const { stop } = stopOnLeaving(desk.board.get(), desk.current.get(), block)
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  if (stop) desk.select(stop.row.id, { reveal: true, focus: true })
  else stayAt(desk, block)
}

/** The proposal that a key is about: the one whose card has the focus, else the current one. */
function targetProposal(desk: Desk): ProposalId | null {
  const focused = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row
  return isProposalId(focused) ? focused : desk.current.get()
}

export function perform(desk: Desk, act: ShortcutAct): void {
  switch (act) {
    case 'next':
      return walk(desk, 1)
    case 'previous':
      return walk(desk, -1)
    case 'into-text':
      return desk.editor()?.focus(targetProposal(desk) ?? undefined)
    case 'paragraph-menu':
      return openParagraphMenu(desk)
    case 'floor':
      return toggleFloor(desk)
    case 'search':
    case 'shortcuts':
      return desk.panel.set(act)
    case 'undo':
      return undo(desk)
    default:
      return onProposal(desk, act)
  }
}

function undo(desk: Desk): void {
  const { role } = desk.actor.get()
  if (can(role, 'decide')) return void undoLast(desk)
  notify(desk, strings.decided.notAllowed(can(role, 'propose')))
}

type RowAct = Exclude<
  ShortcutAct,
  'next' | 'previous' | 'into-text' | 'paragraph-menu' | 'floor' | 'search' | 'shortcuts' | 'undo'
>

const bracketsShown = (desk: Desk): boolean => desk.view.get() === 'all' || desk.view.get() === 'mine'

/** Performs an action on one proposal. In a view without brackets the proposal is first shown and nothing is done. */
function onProposal(desk: Desk, act: RowAct): void {
  const refused = notFor(desk, act)
  if (refused) return notify(desk, refused)
  const id = targetProposal(desk)
  const stop = stopAt(desk.board.get(), id)
  if (id === null || !stop) return notify(desk, strings.decided.noCurrent)
  if (!bracketsShown(desk)) {
    desk.view.set('all')
    desk.select(id, { reveal: true, focus: true })
    return notify(desk, strings.decided.shownAgain)
  }
  doOn(desk, stop, act)
}

const DECISIONS: ReadonlySet<RowAct> = new Set([
  'accept',
  'accept-with-changes',
  'accept-in-part',
  'not-retain',
  'merge',
  'supersede',
])

/** Why a person may not, in a sentence. */
function notFor(desk: Desk, act: RowAct): string | null {
  const { role } = desk.actor.get()
  if (act === 'proposal-history' || can(role, DECISIONS.has(act) ? 'decide' : 'propose')) return null
  if (DECISIONS.has(act)) return strings.decided.notAllowed(can(role, 'propose'))
  return strings.proposals.position.observer
}

function doOn(desk: Desk, { row }: Stop, act: RowAct): void {
  switch (act) {
    case 'accept':
    case 'not-retain':
    case 'keep':
      return void decide(desk, row.id, { kind: act })
    case 'support':
    case 'oppose':
    case 'reserve':
    case 'flexible':
    case 'come-back':
      return void takePosition(desk, row.id, act)
    case 'sponsor':
      return toggleCosponsor(desk, row)
    case 'table':
      return void tableDraft(desk, row)
    case 'merge':
    case 'proposal-history':
      desk.select(row.id)
      return desk.panel.set(act)
    case 'accept-with-changes':
      return begin(desk, row.id, 'reword')
    case 'accept-in-part':
      if (!mayBeInPart(row)) return notify(desk, strings.proposals.part.notPossible)
      return begin(desk, row.id, 'part')
    case 'supersede':
      return begin(desk, row.id, 'supersede')
    case 'withdraw':
    case 'condition':
      return asProponent(desk, row, act)
    case 'more':
      return openMenu(desk, row.id)
  }
}

function begin(desk: Desk, proposal: ProposalId, kind: Task['kind']): void {
  desk.select(proposal, { reveal: true })
  desk.task.set({ kind, proposal })
}

function asProponent(desk: Desk, row: ProposalRow, act: 'withdraw' | 'condition'): void {
  if (proponentFor(desk.actor.get(), desk.writing.get(), row) === null)
    return notify(desk, strings.proposals.act.onlyProponent)
  if (act === 'withdraw') void decide(desk, row.id, { kind: 'withdraw' })
  else begin(desk, row.id, 'condition')
}

/**
 * Opens a proposal's menu from its button, which exists on the current card only and gets the focus back afterwards.
 * A menu closes when the page scrolls, so the focus is moved before the menu is opened.
 */
function openMenu(desk: Desk, id: ProposalId): void {
  desk.select(id)
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"] [data-more]`)?.focus()
    requestAnimationFrame(() => desk.rowMenu.set(id))
  })
}
