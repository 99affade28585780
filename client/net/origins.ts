/** Who made a Yjs transaction that this person did not: the server, or an earlier session kept on this device. */
export const FROM_SERVER = Object.freeze({ net: 'server' } as const)
export const FROM_STORE = Object.freeze({ net: 'store' } as const)

export type NetOrigin = typeof FROM_SERVER | typeof FROM_STORE

export const isNetOrigin = (origin: unknown): origin is NetOrigin =>
  origin === FROM_SERVER || origin === FROM_STORE
