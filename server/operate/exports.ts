import type { ExportView } from '#shared/document/export-json.ts'
import type { DocumentId } from '#shared/model/ids.ts'
import type { Registry } from '../room/registry.ts'
import type { Outcome } from '../work/messages.ts'
import type { BackgroundWork } from '../work/background-work.ts'
import type { ExportAsked } from '../work/jobs.ts'
import type { ExportFormat } from './documents.ts'

/** Exports kept. One of 120,000 words takes some megabytes. */
const KEPT = 8

/** Writes exports as UTF-8 in another thread. The last {@link KEPT} are kept for further requests of the same state. */
export class Exports {
  readonly #registry: Pick<Registry, 'encoded'>
  readonly #work: Pick<BackgroundWork, 'run'>
  readonly #now: () => number
  readonly #kept = new Map<string, Promise<Outcome<Uint8Array>>>()

  constructor(registry: Pick<Registry, 'encoded'>, work: Pick<BackgroundWork, 'run'>, now: () => number) {
    this.#now = now
    this.#registry = registry
    this.#work = work
  }

  /**
   * The export; null when there is no such document. When it is not kept, `pay` is called first with the document's
   * size in bytes, and may throw to refuse the work.
   */
  async of(
    id: DocumentId,
    format: ExportFormat,
    view: ExportView,
    payer: string,
    pay: (bytes: number) => void,
  ): Promise<Outcome<Uint8Array> | null> {
    const document = await this.#registry.encoded(id)
    if (!document) return null
    const { whole, tail } = document
    const asked = { document: { whole, tail }, format, view, asAt: this.#now() }
    const key = `${id}/${document.sequence}/${format}/${view}/${statedTime(asked)}`
    const kept = this.#kept.get(key)
    if (!kept) pay(whole.length)
    const writing = kept ?? this.#work.run('export', asked, payer)
    // Reinserted at the end: the least recently requested export is the first in the map.
    this.#kept.delete(key)
    this.#kept.set(key, writing)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break
      this.#kept.delete(oldest)
    }
    const outcome = await writing
    if (!outcome.ok && this.#kept.get(key) === writing) this.#kept.delete(key)
    return outcome
  }
}

const MINUTE = 60_000

/** The time that an export says, in whole minutes as it is printed; only a text says one. */
const statedTime = ({ format, asAt }: Pick<ExportAsked, 'format' | 'asAt'>): number =>
  format === 'text' ? Math.floor(asAt / MINUTE) : 0
