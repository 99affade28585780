/** Transaction origins of updates that were not made in this tab: from the server, or from this device's store. */
export const FROM_SERVER = Object.freeze({ net: 'server' } as const)
export const FROM_STORE = Object.freeze({ net: 'store' } as const)

export type NetOrigin = typeof FROM_SERVER | typeof FROM_STORE

export const isNetOrigin = (origin: unknown): origin is NetOrigin =>
  origin === FROM_SERVER || origin === FROM_STORE
