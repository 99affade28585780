import { useCallback, useSyncExternalStore } from 'react'

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}

/** Whether the window is wide enough for cards beside the text. The stylesheets use the same width. */
export const BESIDE = '(min-width: 56.25rem)'
/** Whether it is wide enough for the outline as well. */
export const ALL_THREE = '(min-width: 80rem)'
