import type { Transaction } from 'prosemirror-state'
import { Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { Author } from '../surface.ts'
import { BY_HAND, FOLLOW } from '../surface.ts'

/**
 * Recognises replacements by spelling aids, dictation and browser extensions. Some send `insertReplacementText`;
 * others run a browser command or write into the page without any input event. Whatever a person does with keys sends
 * events, so a change without an event counts as made by an aid.
 */
export class Aids {
  /** Whether the browser is performing an input that it has announced. */
  #announced = false
  /** Whether a key was pressed of which the browser is still telling. */
  #keyed = false
  /** Called with a transaction that replaces words, and its author. */
  readonly #replace: (tr: Transaction, author: Author) => void

  constructor(replace: (tr: Transaction, author: Author) => void) {
    this.#replace = replace
  }

  /** Who made a transaction of the view. */
  authorOf(tr: Transaction): Author {
    const known = tr.getMeta(BY_HAND) === true || tr.getMeta('uiEvent') !== undefined
    return known || this.#announced || !tr.docChanged ? 'hand' : 'aid'
  }

  plugin(): Plugin {
    return new Plugin({
      props: {
        handleDOMEvents: {
          keydown: (_view, event) => this.#noteKey(event),
          beforeinput: (view, event) => this.#beforeInput(view, event),
        },
      },
    })
  }

  #beforeInput(view: EditorView, event: InputEvent): boolean {
    if (!view.editable || view.composing || event.isComposing) return this.#announce(event)
    const { inputType } = event
    if (inputType !== 'insertReplacementText' && inputType !== 'insertText') return this.#announce(event)
    const range = rangeOf(view, event)
    const text = event.dataTransfer?.getData('text/plain') || event.data
    if (!event.cancelable || !range || range.from === range.to || !text) return this.#announce(event)
    event.preventDefault()
    const { doc, selection, tr } = view.state
    if (doc.textBetween(range.from, range.to) === text) return true
    const selected = selection.from === range.from && selection.to === range.to
    // One key writes one character, or two where a keyboard has a key for them (lam with alef). Dictation and
    // keyboards on glass write whole words without a key.
    const byHand = inputType === 'insertText' && selected && (this.#keyed || isOneCharacter(text))
    tr.insertText(text, range.from, range.to).setMeta(FOLLOW, true)
    this.#replace(tr, byHand ? 'hand' : 'aid')
    return true
  }

  /** Notes a key until the next task. Keys that an input method takes say nothing of what is written. */
  #noteKey({ isTrusted, key }: KeyboardEvent): false {
    if (isTrusted && key !== 'Process' && key !== 'Unidentified') {
      this.#keyed = true
      setTimeout(() => (this.#keyed = false))
    }
    return false
  }

  /** Notes an announced input until the next task, when the browser and ProseMirror have finished with it. */
  #announce({ isTrusted }: InputEvent): false {
    if (isTrusted) {
      this.#announced = true
      setTimeout(() => (this.#announced = false))
    }
    return false
  }
}

const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' })
const isOneCharacter = (text: string): boolean => [...CHARACTERS.segment(text)].length === 1

/** The range that an input would replace; null when it is unknown or not within one paragraph. */
function rangeOf(view: EditorView, event: InputEvent): { from: number; to: number } | null {
  const [target] = event.getTargetRanges()
  const { from, to } = target ? positionsOf(view, target) : view.state.selection
  if (from > to || to > view.state.doc.content.size) return null
  const [$from, $to] = [view.state.doc.resolve(from), view.state.doc.resolve(to)]
  return $from.parent.isTextblock && $from.sameParent($to) ? { from, to } : null
}

function positionsOf(view: EditorView, target: StaticRange): { from: number; to: number } {
  const { startContainer, startOffset, endContainer, endOffset } = target
  // An extension may name nodes outside the text; the returned range is then invalid.
  if (!view.dom.contains(startContainer) || !view.dom.contains(endContainer)) return { from: 1, to: 0 }
  return {
    from: view.posAtDOM(startContainer, startOffset, 1),
    to: view.posAtDOM(endContainer, endOffset, -1),
  }
}
