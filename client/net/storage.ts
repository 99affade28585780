/** Small texts kept on this device, shared by the tabs of one browser. */
export interface DeviceStorage {
  get(key: string): string | null
  /** False when it could not be kept. */
  set(key: string, value: string): boolean
  delete(key: string): void
  /** Keys that begin with `prefix`, sorted. */
  keys(prefix: string): string[]
}

/** localStorage; where the browser denies it (private mode, full), nothing is kept and `set` says so. */
export const browserStorage: DeviceStorage = {
  get: (key) => attempt(() => localStorage.getItem(key), null),
  set: (key, value) =>
    attempt(() => {
      localStorage.setItem(key, value)
      return true
    }, false),
  delete: (key) => attempt(() => localStorage.removeItem(key), undefined),
  keys: (prefix) =>
    attempt(() => {
      const all = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i) ?? '')
      return all.filter((key) => key.startsWith(prefix)).sort()
    }, []),
}

function attempt<T>(run: () => T, otherwise: T): T {
  try {
    return run()
  } catch {
    return otherwise
  }
}

/** One name for all that is kept of one person's work on one document. */
export const deviceName = (document: string, person: string): string => `informals/${document}/${person}`
