import type { EditorState, Selection, Transaction } from 'prosemirror-state'
import { TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { TextPiece } from '#shared/model/decision.ts'
import { BY_HAND, FOLLOW } from './binding.ts'
import type { Binding } from './binding.ts'
import type { Change } from './change.ts'
import { changeOf } from './change.ts'
import { difference } from './difference.ts'
import type { Key } from './pending-input.ts'
import { PendingInput, erasedBy } from './pending-input.ts'

export interface DeferredInputOptions {
  readonly view: EditorView
  /** Which draws the text now. */
  readonly binding: () => Binding
  /** Something more waits. */
  readonly onInput: () => void
}

/**
 * The text cannot be written in at the moment (another name or another space is on its way), and the person is in it: it
 * keeps the focus, for keys would otherwise be commands, and what she does in it waits. The text shows nothing of that, but
 * for what an input method composes: it needs the text for its drafts.
 */
export class DeferredInput {
  readonly #options: DeferredInputOptions
  readonly #input = new PendingInput()
  /** Before the composition that is going on. */
  #beforeComposition: Pick<EditorState, 'doc' | 'selection'> | null = null

  constructor(options: DeferredInputOptions) {
    this.#options = options
  }

  get composing(): boolean {
    return this.#beforeComposition !== null
  }

  /** The words that wait. */
  words(): string {
    return this.#input.words()
  }

  get empty(): boolean {
    return this.#input.empty
  }

  type(text: string): void {
    this.#input.type(text, this.#place)
    this.#options.onInput()
  }

  /** Pasted lines; the first takes the place of the selection. */
  put(lines: Change['lines']): void {
    this.#input.put(lines, this.#place)
    this.#options.onInput()
  }

  /** True: the key would have changed the text, and waits. */
  keyDown(event: KeyboardEvent): boolean {
    if (!changesText(event)) return false
    this.#press(event)
    return true
  }

  /** A transaction of the view: whatever it changes waits. True: it has been applied, and is no concern of the binding. */
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

  /** What was composed waits too. True: the text still shows it, and has to be drawn anew. */
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

  /** Does in the text, which can be written in again, all that has waited. */
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
    // A keyboard on the screen tells no keys: what it deletes is meant of what was typed, which is not shown.
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

function changesText({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (key === 'Backspace' || key === 'Delete') return true
  const mod = ctrlKey || metaKey
  return mod ? WITH_MOD.has(key.toLowerCase()) : key === 'Enter'
}

/** Types where the caret is; the window follows. */
export const typeInto = (view: EditorView, text: string): void =>
  view.dispatch(view.state.tr.insertText(text).setMeta(FOLLOW, true).setMeta(BY_HAND, true))

/** As the editor's own keys would do it, or else the browser. */
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
