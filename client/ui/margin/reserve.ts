import type { HostId } from '#shared/model/ids.ts'

/**
 * Reserves space under paragraphs whose cards are higher than the paragraph. It uses a stylesheet of its own, because
 * ProseMirror would take changed style attributes of its elements for edits.
 */
export class Reserve {
  readonly #sheet = new CSSStyleSheet()
  readonly #room = new Map<HostId, number>()

  constructor() {
    document.adoptedStyleSheets.push(this.#sheet)
  }

  /** Sets the space by paragraph. True when it has changed, so that earlier measurements are invalid. */
  set(room: ReadonlyMap<HostId, number>): boolean {
    let changed = false
    for (const [id, pixels] of room) {
      if ((this.#room.get(id) ?? 0) === pixels) continue
      if (pixels > 0) this.#room.set(id, pixels)
      else this.#room.delete(id)
      changed = true
    }
    if (changed) this.#write()
    return changed
  }

  clear(): void {
    if (this.#room.size === 0) return
    this.#room.clear()
    this.#write()
  }

  remove(): void {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet)
  }

  #write(): void {
    const rules = [...this.#room].map(
      ([id, pixels]) =>
        `.ProseMirror > .block[data-id="${CSS.escape(id)}"]{margin-block-end:calc(1.05em + ${pixels}px)}`,
    )
    this.#sheet.replaceSync(rules.join('\n'))
  }
}
