import { can } from '#shared/model/role.ts'
import type { Role } from '#shared/model/role.ts'
import { strings } from '../strings.ts'

/** What a key does outside the text. One table: the key handler, the palette and the shortcuts page all read it. */
export const SHORTCUTS = [
  { act: 'next', key: 'j', shown: 'j', name: strings.palette.next },
  { act: 'previous', key: 'k', shown: 'k', name: strings.palette.previous },
  { act: 'accept', key: 'a', shown: 'a', name: strings.act.accept },
  { act: 'accept-with-changes', key: 'e', shown: 'e', name: strings.act.acceptWithChanges },
  { act: 'not-retain', key: 'r', shown: 'r', name: strings.act.notRetained },
  { act: 'keep', key: 'K', shown: 'Shift K', name: strings.act.keep },
  { act: 'undo', key: 'u', shown: 'u', name: strings.shortcuts.undo },
  { act: 'into-text', key: 'i', shown: 'i', name: strings.palette.intoText },
  { act: 'search', key: '/', shown: '/', name: strings.menu.search },
  { act: 'shortcuts', key: '?', shown: '?', name: strings.menu.shortcuts },
] as const

export type ShortcutAct = (typeof SHORTCUTS)[number]['act']
const DECIDING: ReadonlySet<ShortcutAct> = new Set([
  'accept',
  'accept-with-changes',
  'not-retain',
  'keep',
  'undo',
])

/** Those that do something for somebody in this role. */
export const shortcutsFor = (role: Role) =>
  SHORTCUTS.filter(({ act }) => can(role, 'decide') || !DECIDING.has(act))

export type KeyAct = ShortcutAct | 'palette'

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly isComposing: boolean
}

/**
 * What a key press asks for; null when it is not ours. `typing`: the focus is where keys make text. Letters are
 * matched as typed, so that a layout that needs Shift for `?` or `/` works too.
 */
export function actOf(press: KeyPress, typing: boolean, singleKeys: boolean): KeyAct | null {
  if (press.isComposing || press.altKey) return null
  if (press.ctrlKey !== press.metaKey && press.key.toLowerCase() === 'k' && !press.shiftKey) return 'palette'
  if (press.ctrlKey || press.metaKey || typing || !singleKeys) return null
  return SHORTCUTS.find((shortcut) => shortcut.key === press.key)?.act ?? null
}

/** Mod is the Command key on Apple machines and Ctrl elsewhere. */
export const modKey = (platform: string): string => (/mac|iphone|ipad/i.test(platform) ? '⌘' : 'Ctrl')
