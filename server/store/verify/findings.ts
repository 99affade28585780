import type { DocumentId } from '#shared/model/ids.ts'
import type { Damage, DamagedPart } from '../port.ts'
import { isDamage } from '../sqlite-errors.ts'

/** Collects what is damaged; what cannot be read is a finding, and keeps nothing else from being looked at. */
export class Findings {
  readonly damage: Damage[] = []

  add(document: DocumentId | null, part: DamagedPart, sequence: number | null, message: string): void {
    this.damage.push({ document, part, sequence, message })
  }

  /** What `look` gives; null, and a finding, where it stands on a damaged page. */
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
