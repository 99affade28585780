import type { DocumentWork } from './document-work.ts'
import { Lane, type LaneOptions } from './lane.ts'
import type { JobInput, JobOutput, JobKind } from './jobs.ts'
import type { Outcome } from './messages.ts'

/**
 * Runs long work in other threads: importing, exporting, and encoding and slicing large documents. There are two
 * lanes, so that joining a document does not wait for an import or export.
 */
export interface BackgroundWork {
  /** Runs a job. Jobs of different payers take turns. Never rejects: a failure is an {@link Outcome}. */
  run<K extends JobKind>(kind: K, asked: JobInput<K>, payer: string): Promise<Outcome<JobOutput<K>>>
  close(): Promise<void>
}

export interface BackgroundWorkOptions extends Partial<LaneOptions> {
  /** Called when a job failed or was given up, for the operator. */
  readonly report?: (message: string) => void
}

const LANES: Readonly<Record<JobKind, 'files' | 'documents'>> = {
  import: 'files',
  export: 'files',
  encode: 'documents',
  slice: 'documents',
}

export function openBackgroundWork({
  report = () => {},
  ...options
}: BackgroundWorkOptions = {}): BackgroundWork {
  const lanes = { files: new Lane(options), documents: new Lane(options) }
  return {
    run: async <K extends JobKind>(kind: K, asked: JobInput<K>, payer: string) => {
      const outcome = await lanes[LANES[kind]].run(kind, asked, payer)
      if (!outcome.ok && outcome.code !== 'busy') report(`${kind}: ${outcome.message}`)
      return outcome as Outcome<JobOutput<K>>
    },
    close: async () => {
      await Promise.all(Object.values(lanes).map((lane) => lane.close()))
    },
  }
}

/** The work that rooms need, on behalf of one common payer. */
export function documentWorkIn(work: BackgroundWork): DocumentWork {
  const run = async <K extends JobKind>(kind: K, asked: JobInput<K>) => {
    const outcome = await work.run(kind, asked, 'rooms')
    return outcome.ok ? outcome.value : null
  }
  return {
    encode: (document) => run('encode', document),
    slice: (updates, most) => run('slice', { updates, most }),
  }
}
