import { keymap } from 'prosemirror-keymap'
import type { Command, EditorState, Plugin, Selection } from 'prosemirror-state'
import { AllSelection, TextSelection } from 'prosemirror-state'
import type { TextFormat } from '#shared/document/schema.ts'
import { hostText, spaceOf } from '#shared/document/schema.ts'
import type { ParticipantId, ProposalId } from '#shared/model/ids.ts'
import type { Binding } from '../binding.ts'
import { cellBelow, nextCell, previousCell, upOrDown } from './cell-keys.ts'
import { BY_HAND } from '../surface.ts'
import { situationOf } from '../rights/context.ts'
import { covered } from '../places.ts'
import { accessTo } from '../rights/rights.ts'
import type { Undo } from '../undo.ts'

type OnTable = (proposal: ProposalId, space: ParticipantId) => void

/** The editor's keymap. It follows word processors, except that keys never split or join paragraphs. */
export function keys(binding: Binding, undo: Undo | null, onTable?: OnTable): Plugin {
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
  const enter: Command = (state, dispatch) => {
    if (!cellBelow(state, dispatch)) binding.newParagraph()
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
    Tab: nextCell,
    'Shift-Tab': previousCell,
    ArrowUp: upOrDown(-1),
    ArrowDown: upOrDown(1),
    'Mod-Enter': (state) => table(state, binding, onTable),
    Backspace: backspace,
    'Mod-Backspace': backspace,
    Delete: forwards,
    'Mod-Delete': forwards,
    'Mod-a': (state, dispatch) => {
      dispatch?.(state.tr.setSelection(wider(state)))
      return true
    },
    'Mod-b': (state) => format(state, binding, 'strong'),
    'Mod-i': (state) => format(state, binding, 'em'),
  })
}

/** Deletes the selection. Left to the browser, a selection over several paragraphs would first join them on screen. */
const deleteSelection: Command = ({ selection, tr }, dispatch) => {
  if (selection.empty) return false
  dispatch?.(tr.deleteSelection().scrollIntoView().setMeta(BY_HAND, true))
  return true
}

const forwards: Command = (state, dispatch) => deleteSelection(state, dispatch) || atEdge(state, 'end')

/** The next wider selection: the whole paragraph, and after that everything. */
function wider({ doc, selection }: EditorState): Selection {
  const { $from, $to } = selection
  const paragraph = $from.sameParent($to) && $from.parent.isTextblock
  const whole = selection.from === $from.start() && selection.to === $from.end()
  return paragraph && !whole ? TextSelection.create(doc, $from.start(), $from.end()) : new AllSelection(doc)
}

/** Whether the caret is at the start or end of a paragraph, where a deletion must not join paragraphs. */
function atEdge({ selection }: EditorState, edge: 'start' | 'end'): boolean {
  if (!(selection instanceof TextSelection) || !selection.$cursor) return false
  const { parent, parentOffset } = selection.$cursor
  return parentOffset === (edge === 'start' ? 0 : parent.content.size)
}

/** Toggles a format in those of the selected words that the writer may change directly. Exported for tests. */
export function format(state: EditorState, binding: Binding, name: TextFormat): boolean {
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
  const { ranges } = covered($from.parent, $from.parentOffset, $to.parentOffset)
  operations.transact(() => {
    for (const [host, { start, end }] of ranges) {
      const text =
        accessTo(projection, binding.writer, host) === 'direct' ? hostText(projection.od, host) : undefined
      text?.format(start, end - start, { [name]: on || null })
    }
  })
  return true
}

/** Asks to table the private draft at the caret. False when there is none. */
function table(state: EditorState, binding: Binding, onTable: OnTable | undefined): boolean {
  const { proposal } = situationOf(state, binding.projection, binding.writer, binding.operations !== null)
  const space = proposal && spaceOf(binding.projection.od, proposal)
  if (!space || !onTable) return false
  binding.settle()
  onTable(proposal, space.participant)
  return true
}
