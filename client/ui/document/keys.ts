import { useEffect } from 'react'
import type { ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import { can } from '#shared/model/role.ts'
import { decide, notify, undoDecision, walk } from '../state/decide.ts'
import type { Desk } from '../state/desk.ts'
import { singleKeys } from '../state/preference.ts'
import { actOf } from '../state/shortcuts.ts'
import type { ShortcutAct } from '../state/shortcuts.ts'
import { stopAt, stopsOf } from '../state/walk.ts'
import { strings } from '../strings.ts'
import { blockOfCaret } from './pointed.ts'

/** Keys of the document screen. The editor's own keys come first: what it has handled is not handled again. */
export function useKeys(desk: Desk, act: (act: ShortcutAct) => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : document.body
      if (event.isComposing || inOverlay(target)) return
      // ProseMirror prevents what a browser would do at Escape, and does nothing with it itself.
      if (event.defaultPrevented && event.key !== 'Escape') return
      if (handle(desk, act, event, target)) event.preventDefault()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
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
  else act(wanted)
  return true
}

const inOverlay = (target: HTMLElement): boolean =>
  target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null

const isTyping = (target: HTMLElement): boolean =>
  target.isContentEditable || target.matches('input, textarea, select')

/** From typing to deciding: on to the card of the current bracket, or of the next one after the caret. */
function leaveText(desk: Desk): void {
  const stops = stopsOf(desk.board.get())
  const current = desk.current.get()
  const blocks = desk.board.get().blocks
  const from = blocks.findIndex((block) => block.id === blockOfCaret())
  const after = stops.find((stop) => blocks.indexOf(stop.block) >= from)
  const next = stops.find((stop) => stop.row.id === current) ?? after ?? stops.at(-1)
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  if (next) desk.select(next.row.id, { reveal: true, focus: true })
}

/** The proposal that a key is about: the one whose card has the focus, else the current one. */
function meant(desk: Desk): ProposalId | null {
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
      return desk.editor()?.focus(meant(desk) ?? undefined)
    case 'search':
    case 'shortcuts':
      return desk.panel.set(act)
    case 'undo': {
      const undo = desk.notice.get()?.undo
      if (undo) return void undoDecision(desk, undo)
      return notify(desk, strings.decided.nothingToUndo)
    }
    case 'accept':
    case 'accept-with-changes':
    case 'not-retain':
    case 'keep':
      return decideOn(desk, act)
  }
}

const bracketsShown = (desk: Desk): boolean => desk.view.get() === 'all' || desk.view.get() === 'mine'

type Decisive = 'accept' | 'accept-with-changes' | 'not-retain' | 'keep'

function decideOn(desk: Desk, act: Decisive): void {
  const { role } = desk.actor.get()
  if (!can(role, 'decide')) return notify(desk, strings.decided.notAllowed(can(role, 'propose')))
  const id = meant(desk)
  if (id === null || !stopAt(desk.board.get(), id)) return notify(desk, strings.decided.noCurrent)
  if (!bracketsShown(desk)) {
    // Nobody decides on a bracket that is not before their eyes.
    desk.view.set('all')
    desk.select(id, { reveal: true, focus: true })
    return notify(desk, strings.decided.shownAgain)
  }
  if (act !== 'accept-with-changes') return void decide(desk, id, { kind: act })
  desk.select(id, { reveal: true })
  desk.rewording.set(id)
}
