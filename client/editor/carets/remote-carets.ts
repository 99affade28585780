import type { EditorView } from 'prosemirror-view'
import { toneOf } from '#client/tone.ts'
import type { SessionId } from '#shared/model/ids.ts'
import type { Presence } from '#shared/protocol/wire.ts'
import type { Binding } from '../binding.ts'
import { caretPosition } from '../locate.ts'

/** Pixels needed for a name at the right of a caret; with less room the flag is drawn to the left. */
const FLAG_WIDTH = 150

interface Drawn {
  readonly element: HTMLElement
  readonly flag: HTMLElement
}

/**
 * Draws others' carets in an overlay, so that they neither move the text nor disturb the browser's caret and input
 * methods. They are measured at most once a frame, and only in paragraphs that are in the window.
 */
export class RemoteCarets {
  readonly #view: EditorView
  readonly #binding: Binding
  readonly #layer: HTMLElement
  readonly #drawn = new Map<SessionId, Drawn>()
  #present: readonly Presence[] = []
  #frame = 0

  constructor(view: EditorView, binding: Binding, place: HTMLElement) {
    this.#view = view
    this.#binding = binding
    this.#layer = document.createElement('div')
    this.#layer.className = 'carets'
    this.#layer.setAttribute('aria-hidden', 'true')
    place.append(this.#layer)
    document.addEventListener('scroll', this.refresh, { capture: true, passive: true })
    window.addEventListener('resize', this.refresh)
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame)
    document.removeEventListener('scroll', this.refresh, { capture: true })
    window.removeEventListener('resize', this.refresh)
    this.#layer.remove()
  }

  set(present: readonly Presence[]): void {
    this.#present = present
    this.refresh()
  }

  /** Schedules drawing the carets with the next frame. */
  readonly refresh = (): void => {
    if (this.#present.length === 0 && this.#drawn.size === 0) return
    cancelAnimationFrame(this.#frame)
    this.#frame = requestAnimationFrame(() => this.#draw())
  }

  #draw(): void {
    const shown = new Set<SessionId>()
    const origin = this.#layer.getBoundingClientRect()
    for (const present of this.#present) {
      const at = this.#coordinates(present)
      if (!at) continue
      shown.add(present.session)
      const { element, flag } = this.#drawn.get(present.session) ?? this.#create(present)
      const name = present.name === '' ? (present.participant ?? '') : present.name
      flag.textContent = present.participant ? `${name} · ${present.participant}` : name
      element.style.transform = `translate(${at.left - origin.left}px, ${at.top - origin.top}px)`
      element.style.blockSize = `${at.bottom - at.top}px`
      element.classList.toggle('at-edge', at.left + FLAG_WIDTH > origin.right)
    }
    for (const [session, { element }] of this.#drawn) {
      if (shown.has(session)) continue
      element.remove()
      this.#drawn.delete(session)
    }
  }

  #create({ session, participant }: Presence): Drawn {
    const element = document.createElement('div')
    element.className = 'caret'
    if (participant) element.dataset.tone = String(toneOf(participant))
    const flag = document.createElement('span')
    flag.className = 'flag'
    element.append(flag)
    this.#layer.append(element)
    const drawn = { element, flag }
    this.#drawn.set(session, drawn)
    return drawn
  }

  #coordinates({ caret }: Presence): { left: number; top: number; bottom: number } | null {
    if (!caret) return null
    const { projection } = this.#binding
    const { doc } = this.#view.state
    const pos = caretPosition(projection, doc, caret.head)
    const element = pos === null ? null : this.#view.nodeDOM(doc.resolve(pos).before(1))
    const box = element instanceof Element ? element.getBoundingClientRect() : null
    if (pos === null || !box || box.bottom < 0 || box.top > window.innerHeight) return null
    return this.#view.coordsAtPos(pos)
  }
}
