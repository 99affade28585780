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

/** Room for cards beside the text; as in the stylesheets. */
export const BESIDE = '(min-width: 56.25rem)'
/** Room for the outline too. */
export const ALL_THREE = '(min-width: 80rem)'
