import type { EditorState, Selection, Transaction } from 'prosemirror-state'
import { TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { TextPiece } from '#shared/model/proposals/decision.ts'
import type { Binding } from '../binding.ts'
import type { Change } from './change.ts'
import { changeOf } from './change.ts'
import { difference } from '../draw/difference.ts'
import type { Key } from './pending-input.ts'
import { PendingInput, erasedBy } from './pending-input.ts'
import { BY_HAND, FOLLOW } from '../surface.ts'

export interface DeferredInputOptions {
  readonly view: EditorView
  /** The binding that is shown now. */
  readonly binding: () => Binding
  /** Called when more input has been deferred. */
  readonly onInput: () => void
}

/**
 * Collects input while the text cannot be written in for a moment, because another name or another private space is
 * being set up. The text keeps the focus, since keys would otherwise act as commands of the page.
 *
 * Invariants: deferred input is not shown, except what an input method is composing, which needs the text. It is
 * replayed in order once the text can be written in, or reported as not typed; it is never dropped silently.
 */
export class DeferredInput {
  readonly #options: DeferredInputOptions
  readonly #input = new PendingInput()
  /** Before the composition that is going on. */
  #beforeComposition: Pick<EditorState, 'doc' | 'selection'> | null = null

  constructor(options: DeferredInputOptions) {
    this.#options = options
  }

  /** Whether an input method is composing. */
  get composing(): boolean {
    return this.#beforeComposition !== null
  }

  /** The deferred words, for reporting them. */
  words(): string {
    return this.#input.words()
  }

  get empty(): boolean {
    return this.#input.empty
  }

  /** Defers typed text. */
  type(text: string): void {
    this.#input.type(text, this.#place)
    this.#options.onInput()
  }

  /** Defers pasted lines. The first replaces the selection. */
  put(lines: Change['lines']): void {
    this.#input.put(lines, this.#place)
    this.#options.onInput()
  }

  /** Defers a key that would change the text. False for other keys. */
  keyDown(event: KeyboardEvent): boolean {
    if (!changesText(event)) return false
    this.#press(event)
    return true
  }

  /**
   * Defers what a transaction of the view changes. True when it was applied here, so that the binding must not get
   * it.
   */
  take(tr: Transaction): boolean {
    const { view } = this.#options
    if (this.composing) {
      view.updateState(view.state.apply(tr))
      return true
    }
    if (!tr.docChanged) {
      if (tr.selectionSet && !tr.selection.eq(view.state.selection)) this.#input.moved()
      return false
    }
    const change = changeOf(view.state.doc, tr)
    if (change) this.#changed(change, view.state.selection)
    return false
  }

  compositionStarts(): void {
    this.#beforeComposition ??= this.#options.view.state
  }

  /** Defers what was composed. True when the text shows it and must be redrawn. */
  compositionEnds(): boolean {
    const before = this.#beforeComposition
    if (before === null) return false
    this.#beforeComposition = null
    const { doc } = this.#options.view.state
    const changed = difference(before.doc.content, doc.content)
    if (changed) {
      const { from, toA: to, toB } = changed
      this.#changed({ from, to, lines: [[{ insert: doc.textBetween(from, toB) }]] }, before.selection)
    }
    return true
  }

  /** Performs all deferred input, now that the text can be written in. */
  replay(): void {
    const { view, binding } = this.#options
    this.#input.replay({
      place: () => binding().mark(),
      goTo: (place) => binding().goTo(place),
      type: (text) => typeInto(view, text),
      press: (key) => pressIn(view, key),
      put: (lines) => binding().paste(lines),
    })
  }

  readonly #place = () => this.#options.binding().mark()

  #press(key: Key): void {
    this.#input.press(key, this.#place)
    this.#options.onInput()
  }

  #changed({ from, to, lines }: Change, selection: Selection): void {
    const isCaret = selection.empty && from < to && isNothing(lines)
    // On-screen keyboards send no key events. A deletion at the caret means the words typed last, which are not shown.
    if (isCaret && to === selection.from) return this.#press(plainKey('Backspace', to - from))
    if (isCaret && from === selection.from) return this.#press(plainKey('Delete', to - from))
    if (from === selection.from && to === selection.to) return this.put(lines)
    this.#input.moved()
    this.#input.put(lines, () => this.#options.binding().mark(from, to))
    this.#input.moved()
    this.#options.onInput()
  }
}

const isNothing = (lines: readonly (readonly TextPiece[])[]): boolean =>
  lines.every((line) => line.every(({ insert }) => insert === ''))

const plainKey = (key: 'Backspace' | 'Delete', length: number): Key => ({
  key,
  code: key,
  ctrlKey: length > 1,
  metaKey: false,
  altKey: false,
  shiftKey: false,
})

const WITH_MOD = new Set(['z', 'y', 'b', 'i'])

/** Whether a key, with its modifiers, changes the text other than by a character. */
function changesText({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (key === 'Backspace' || key === 'Delete') return true
  const mod = ctrlKey || metaKey
  return mod ? WITH_MOD.has(key.toLowerCase()) : key === 'Enter'
}

/** Types text at the selection, and scrolls to the caret. */
export const typeInto = (view: EditorView, text: string): void =>
  view.dispatch(view.state.tr.insertText(text).setMeta(FOLLOW, true).setMeta(BY_HAND, true))

/** Does what a key would do: by the editor's keymap, or else what the browser does for Backspace and Delete. */
function pressIn(view: EditorView, key: Key): void {
  const event = new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true })
  if (view.someProp('handleKeyDown', (handle) => handle(view, event))) return
  const { $from, empty } = view.state.selection
  if ((key.key !== 'Backspace' && key.key !== 'Delete') || !empty || !$from.parent.isTextblock) return
  const { from, to } = erasedBy(key, $from.parent.textContent, $from.parentOffset)
  if (from === to) return
  const { tr, doc } = view.state
  const range = TextSelection.create(doc, $from.start() + from, $from.start() + to)
  view.dispatch(tr.delete(range.from, range.to).setMeta(FOLLOW, true).setMeta(BY_HAND, true))
}
