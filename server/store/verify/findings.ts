import type { DocumentId } from '#shared/model/ids.ts'
import type { Damage, DamagedPart } from '../port.ts'
import { isDamage } from '../sqlite/errors.ts'

/** Collects the damage found. A part that cannot be read is reported too, and does not stop the verification. */
export class Findings {
  readonly damage: Damage[] = []

  add(document: DocumentId | null, part: DamagedPart, sequence: number | null, message: string): void {
    this.damage.push({ document, part, sequence, message })
  }

  /** What `look` returns; null, with the damage reported, when it met a damaged page. Other errors are thrown on. */
  attempt<T>(
    document: DocumentId | null,
    part: DamagedPart,
    look: () => T,
    sequence: number | null = null,
  ): T | null {
    try {
      return look()
    } catch (error) {
      if (!isDamage(error)) throw error
      this.add(document, part, sequence, `cannot be read: ${error instanceof Error ? error.message : ''}`)
      return null
    }
  }
}
