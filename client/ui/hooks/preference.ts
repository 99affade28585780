import { createValue } from '#client/observable.ts'
import type { Value } from '#client/observable.ts'

/** A choice kept in this browser; only until the page is closed if storage is not allowed. */
function createPreference<T extends string>(key: string, known: readonly T[], initial: T): Value<T> {
  const store = createValue<T>(read(key, known) ?? initial)
  return {
    ...store,
    set(next) {
      store.set(next)
      try {
        localStorage.setItem(key, next)
      } catch {
        // Storage is not allowed.
      }
    },
  }
}

function read<T extends string>(key: string, known: readonly T[]): T | null {
  try {
    const value = localStorage.getItem(key)
    return known.find((candidate) => candidate === value) ?? null
  } catch {
    return null
  }
}

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const theme = createPreference<Theme>('informals.theme', THEMES, 'system')
export const singleKeys = createPreference('informals.single-keys', ['on', 'off'] as const, 'on')
export const outlineShown = createPreference('informals.outline', ['shown', 'hidden'] as const, 'shown')

/** Applies the theme to the page, now and whenever it changes. */
export function applyTheme(): void {
  const apply = () => {
    const chosen = theme.get()
    if (chosen === 'system') document.documentElement.removeAttribute('data-theme')
    else document.documentElement.dataset.theme = chosen
  }
  theme.subscribe(apply)
  apply()
}
