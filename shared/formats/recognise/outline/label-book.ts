import type { Label } from '../../../model/label.ts'
import { labelKey } from '../../../model/label-path.ts'

/**
 * Gives each label once. Of one that the source has again the next alternative is made: the second paragraph 3 is
 * "3 alt".
 */
export class LabelBook {
  readonly #taken = new Set<string>()
  /** The last alternative made of a label, by its key without one. */
  readonly #alternatives = new Map<string, number>()

  /** Returns the label with its suffix, or with the next one that is free. */
  issueAdded(label: Label): Label {
    let next = label
    while (this.#taken.has(labelKey(next))) next = { ...next, suffix: next.suffix + 1 }
    return this.issue(next)
  }

  /** Returns the label, or the next free alternative of it. */
  issue(label: Label): Label {
    const key = labelKey(label)
    if (!this.#taken.has(key)) {
      this.#taken.add(key)
      return label
    }
    const { alt: _, ...plain } = label
    const base = labelKey(plain)
    for (let alt = (this.#alternatives.get(base) ?? 0) + 1; ; alt++) {
      const next: Label = { ...plain, alt }
      const nextKey = labelKey(next)
      if (this.#taken.has(nextKey)) continue
      this.#taken.add(nextKey)
      this.#alternatives.set(base, alt)
      return next
    }
  }
}
