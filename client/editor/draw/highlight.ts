import type { HostId, ProposalId } from '#shared/model/ids.ts'

/** Milliseconds for which something that was scrolled to stays marked. */
const REVEALED = 1_600

/**
 * Marks the current bracket and what was just scrolled to by a stylesheet of its own. Decorations are not used: they
 * wrap words in further elements, and the browser may then put the caret or composed words into the wrong bracket.
 * The appearance is defined by variables in the stylesheet of the text.
 */
export class Highlight {
  readonly #sheet = new CSSStyleSheet()
  #current: ProposalId | null = null
  #revealed: HostId | null = null
  #fading: ReturnType<typeof setTimeout> | undefined

  constructor() {
    document.adoptedStyleSheets.push(this.#sheet)
  }

  setCurrent(id: ProposalId | null): void {
    if (id === this.#current) return
    this.#current = id
    this.#write()
  }

  /** Marks a bracket or a paragraph for a moment. */
  reveal(id: HostId): void {
    this.#setRevealed(id)
    clearTimeout(this.#fading)
    this.#fading = setTimeout(() => this.#setRevealed(null), REVEALED)
  }

  #setRevealed(id: HostId | null): void {
    if (id === this.#revealed) return
    this.#revealed = id
    this.#write()
  }

  remove(): void {
    clearTimeout(this.#fading)
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet)
  }

  #write(): void {
    const rules: string[] = []
    if (this.#current)
      rules.push(
        `${of(this.#current)}:not(.block){background:var(--current-background);
        box-shadow:var(--current-shadow);outline:var(--current-outline);padding-block:var(--current-padding);
        box-decoration-break:clone;-webkit-box-decoration-break:clone}`,
        `${of(this.#current)}.block{--current-wash:var(--current-block)}`,
      )
    if (this.#revealed) rules.push(`${of(this.#revealed)}{animation:var(--revealed)}`)
    this.#sheet.replaceSync(rules.join('\n'))
  }
}

const of = (id: string): string => `.ProseMirror [data-id="${CSS.escape(id)}"]`
