/** Small texts kept on this device, shared by the tabs of one browser. */
export interface DeviceStorage {
  get(key: string): string | null
  /** False when it could not be kept. */
  set(key: string, value: string): boolean
  delete(key: string): void
  /** Keys that begin with `prefix`, sorted. */
  keys(prefix: string): string[]
}

/** localStorage. When the browser denies it (private mode, full), nothing is kept and `set` returns false. */
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

/** The common prefix of everything kept on this device of a person's work on a document. */
export const deviceName = (document: string, person: string): string => `informals/${document}/${person}`
