import { keymap } from 'prosemirror-keymap'
import type { Command, EditorState, Plugin, Selection } from 'prosemirror-state'
import { AllSelection, TextSelection } from 'prosemirror-state'
import type * as Y from 'yjs'
import type { TextFormat } from '#shared/document/schema.ts'
import { hostText } from '#shared/document/schema.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Binding } from './binding.ts'
import { covered } from './places.ts'
import { accessTo } from './rights.ts'

/** The editor's own keys: what a word processor does, as far as paragraphs here are not the writer's to cut up. */
export function keys(binding: Binding, actor: Actor, undo: Y.UndoManager | null): Plugin {
  const undoStep: Command = () => {
    binding.settle()
    undo?.undo()
    return true
  }
  const redoStep: Command = () => {
    binding.settle()
    undo?.redo()
    return true
  }
  const enter: Command = () => {
    binding.newParagraph()
    return true
  }
  const backspace: Command = (state, dispatch) =>
    deleteSelection(state, dispatch) || (atEdge(state, 'start') && (binding.takeBack() || true))
  return keymap({
    'Mod-z': undoStep,
    'Mod-y': redoStep,
    'Mod-Shift-z': redoStep,
    Enter: enter,
    'Shift-Enter': enter,
    Backspace: backspace,
    'Mod-Backspace': backspace,
    Delete: forwards,
    'Mod-Delete': forwards,
    'Mod-a': (state, dispatch) => {
      dispatch?.(state.tr.setSelection(wider(state)))
      return true
    },
    'Mod-b': (state) => format(state, binding, actor, 'strong'),
    'Mod-i': (state) => format(state, binding, actor, 'em'),
  })
}

/** Left to the browser, a selection over several paragraphs would join them on the screen first. */
const deleteSelection: Command = ({ selection, tr }, dispatch) => {
  if (selection.empty) return false
  dispatch?.(tr.deleteSelection().scrollIntoView())
  return true
}

const forwards: Command = (state, dispatch) => deleteSelection(state, dispatch) || atEdge(state, 'end')

/** The whole paragraph; and when that is selected already, everything. */
function wider({ doc, selection }: EditorState): Selection {
  const { $from, $to } = selection
  const paragraph = $from.sameParent($to) && $from.parent.isTextblock
  const whole = selection.from === $from.start() && selection.to === $from.end()
  return paragraph && !whole ? TextSelection.create(doc, $from.start(), $from.end()) : new AllSelection(doc)
}

/** At the edge of a paragraph there is nothing to delete: paragraphs are not joined by typing. */
function atEdge({ selection }: EditorState, edge: 'start' | 'end'): boolean {
  if (!(selection instanceof TextSelection) || !selection.$cursor) return false
  const { parent, parentOffset } = selection.$cursor
  return parentOffset === (edge === 'start' ? 0 : parent.content.size)
}

/** Turns a format on or off in the selected words that one may change directly. */
export function format(state: EditorState, binding: Binding, actor: Actor, name: TextFormat): boolean {
  const { $from, $to } = state.selection
  const { operations, projection } = binding
  if (
    !operations ||
    binding.held ||
    !$from.parent.isTextblock ||
    !$from.sameParent($to) ||
    state.selection.empty
  )
    return true
  const on = !state.doc.rangeHasMark($from.pos, $to.pos, state.schema.marks[name]!)
  const { stretches } = covered($from.parent, $from.parentOffset, $to.parentOffset)
  operations.transact(() => {
    for (const [host, { start, end }] of stretches) {
      const text = accessTo(projection, actor, host) === 'direct' ? hostText(projection.od, host) : undefined
      text?.format(start, end - start, { [name]: on || null })
    }
  })
  return true
}
