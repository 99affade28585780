import { can } from '#shared/model/role.ts'
import type { Role } from '#shared/model/role.ts'
import { strings } from '../strings.ts'

const { positions, sponsor, act, shortcuts, condition } = strings.proposals

/** For whom a shortcut is useful. `all` includes those who only read. */
type For = 'all' | 'propose' | 'decide'

/**
 * What keys do outside the text. The key handler, the palette and the shortcuts dialog all use this table. Exported
 * for tests.
 */
export const SHORTCUTS = [
  { act: 'next', key: 'j', shown: 'j', name: strings.palette.next, for: 'all' },
  { act: 'previous', key: 'k', shown: 'k', name: strings.palette.previous, for: 'all' },
  { act: 'accept', key: 'a', shown: 'a', name: strings.act.accept, for: 'decide' },
  { act: 'accept-with-changes', key: 'e', shown: 'e', name: strings.act.acceptWithChanges, for: 'decide' },
  { act: 'accept-in-part', key: 'p', shown: 'p', name: act.acceptInPart, for: 'decide' },
  { act: 'not-retain', key: 'r', shown: 'r', name: strings.act.notRetained, for: 'decide' },
  { act: 'merge', key: 'm', shown: 'm', name: act.merge, for: 'decide' },
  { act: 'keep', key: 'K', shown: 'Shift K', name: strings.act.keep, for: 'propose' },
  { act: 'undo', key: 'u', shown: 'u', name: strings.shortcuts.undo, for: 'decide' },
  { act: 'support', key: 's', shown: 's', name: positions.support, for: 'propose' },
  { act: 'oppose', key: 'o', shown: 'o', name: positions.oppose, for: 'propose' },
  { act: 'reserve', key: 'v', shown: 'v', name: positions.reserve, for: 'propose' },
  { act: 'flexible', key: 'x', shown: 'x', name: positions.flexible, for: 'propose' },
  { act: 'come-back', key: 'c', shown: 'c', name: positions['come-back'], for: 'propose' },
  { act: 'sponsor', key: 'n', shown: 'n', name: sponsor.key, for: 'propose' },
  { act: 'table', key: 't', shown: 't', name: shortcuts.table, for: 'propose' },
  { act: 'more', key: '.', shown: '.', name: shortcuts.more, for: 'propose' },
  { act: 'paragraph-menu', key: 'g', shown: 'g', name: strings.paragraph.openMenu, for: 'all' },
  { act: 'floor', key: 'f', shown: 'f', name: strings.paragraph.floorKey, for: 'decide' },
  { act: 'into-text', key: 'i', shown: 'i', name: strings.palette.intoText, for: 'all' },
  { act: 'search', key: '/', shown: '/', name: strings.menu.search, for: 'all' },
  { act: 'shortcuts', key: '?', shown: '?', name: strings.menu.shortcuts, for: 'all' },
] as const satisfies readonly {
  readonly act: string
  readonly key: string
  readonly shown: string
  readonly name: string
  readonly for: For
}[]

/** Actions of the palette without a key, because they are rare or should not happen by mistake. */
const KEYLESS = [
  { act: 'withdraw', name: strings.act.withdraw, for: 'propose' },
  { act: 'condition', name: condition.menu, for: 'propose' },
  { act: 'supersede', name: act.supersede, for: 'decide' },
  { act: 'proposal-history', name: act.history, for: 'all' },
] as const satisfies readonly { readonly act: string; readonly name: string; readonly for: For }[]

type KeylessAct = (typeof KEYLESS)[number]['act']
export type ShortcutAct = (typeof SHORTCUTS)[number]['act'] | KeylessAct

const isFor = (role: Role, whom: For): boolean => whom === 'all' || can(role, whom)

/** The shortcuts that are useful for a role. */
export const shortcutsFor = (role: Role) => SHORTCUTS.filter((shortcut) => isFor(role, shortcut.for))
export const keylessFor = (role: Role) => KEYLESS.filter((named) => isFor(role, named.for))

export type KeyAct = ShortcutAct | 'palette' | 'comment' | 'footnote'

export interface KeyPress {
  readonly key: string
  /** The physical key, as KeyboardEvent.code. */
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly isComposing: boolean
}

/** By the physical key: with Mod and Alt. */
const WITH_ALT: Readonly<Record<string, KeyAct>> = { KeyM: 'comment', KeyF: 'footnote' }

/**
 * The action of a key press; null when it has none. `typing`: the focus is where keys enter text. Letters are matched
 * as typed, so that layouts which need Shift for `?` or `/` work too.
 */
export function actOf(press: KeyPress, typing: boolean, singleKeys: boolean): KeyAct | null {
  if (press.isComposing) return null
  const mod = press.ctrlKey !== press.metaKey
  // Matched by the physical key, because with Alt many layouts produce another character.
  if (press.altKey) return mod ? (WITH_ALT[press.code] ?? null) : null
  if (mod && press.key.toLowerCase() === 'k' && !press.shiftKey) return 'palette'
  if (press.ctrlKey || press.metaKey || typing || !singleKeys) return null
  return SHORTCUTS.find((shortcut) => shortcut.key === press.key)?.act ?? null
}

/** The name of the Mod key: Command on Apple machines, Ctrl elsewhere. */
export const modKey = (platform: string): string => (/mac|iphone|ipad/i.test(platform) ? '⌘' : 'Ctrl')

/** The key of an action, as shown beside its name. */
export const shortcutOf = (wanted: (typeof SHORTCUTS)[number]['act']): string =>
  SHORTCUTS.find((shortcut) => shortcut.act === wanted)?.shown ?? ''
