import { statfs } from 'node:fs/promises'
import type { Clock } from '../room/clock.ts'
import { StoreError, type Store } from '../store/port.ts'

/** Each check is `ok` or a sentence saying what is wrong. Anybody may read it, so it contains nothing confidential. */
export interface Readiness {
  readonly ready: boolean
  readonly checks: {
    /** Whether enough space is left. */
    readonly disk: string
    /** Whether writes succeed. */
    readonly store: string
    /** Whether the store's thread answers. */
    readonly worker: string
  }
}

export interface ReadinessOptions {
  readonly store: Pick<Store, 'probe'>
  readonly clock: Clock
  /** Resolves with the bytes left on the disk. */
  readonly freeBytes: () => Promise<number>
}

/** Bytes that should be left on the disk. */
const ENOUGH_BYTES = 32 * 1024 * 1024
/** Milliseconds after which a store without an answer counts as not answering. */
const PATIENCE = 2_000
/** Milliseconds for which an answer is repeated without new checks, because anybody may ask. */
const FRESH = 1_000

const OK = 'ok'

/** Makes the function that tells whether people can work here. It never rejects, and may be called often. */
export function readinessOf(options: ReadinessOptions): () => Promise<Readiness> {
  const { clock } = options
  let last: { readonly at: number; readonly answer: Promise<Readiness> } | null = null
  return () => {
    if (!last || clock.monotonic() - last.at >= FRESH) last = { at: clock.monotonic(), answer: look(options) }
    return last.answer
  }
}

async function look({ store, clock, freeBytes }: ReadinessOptions): Promise<Readiness> {
  const [disk, written] = await Promise.all([diskState(freeBytes), probe(store, clock)])
  const checks = { disk, ...written }
  return { ready: Object.values(checks).every((check) => check === OK), checks }
}

async function diskState(freeBytes: () => Promise<number>): Promise<string> {
  try {
    const enough = (await freeBytes()) >= ENOUGH_BYTES
    return enough ? OK : `Less than ${ENOUGH_BYTES / 1024 / 1024} MiB are left on the server's disk.`
  } catch {
    return "The server's disk cannot be asked."
  }
}

async function probe(store: Pick<Store, 'probe'>, clock: Clock): Promise<{ store: string; worker: string }> {
  const { promise: silence, resolve } = Promise.withResolvers<null>()
  const cancel = clock.after(PATIENCE, () => resolve(null))
  const answer = await Promise.race([silence, store.probe().then(() => OK, wordsOf)])
  cancel()
  if (answer === null) return { store: 'It is not known.', worker: "The store's thread does not answer." }
  return { store: answer, worker: OK }
}

const wordsOf = (error: unknown): string =>
  error instanceof StoreError && error.code === 'unwritable' ? error.message : 'The store failed.'

/** Bytes that this user can still write on the disk of a directory. */
export async function freeBytesAt(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory)
  return bavail * bsize
}
