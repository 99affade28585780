import { keymap } from 'prosemirror-keymap'
import type { Command, EditorState, Plugin, Selection } from 'prosemirror-state'
import { AllSelection, TextSelection } from 'prosemirror-state'
import type { TextFormat } from '#shared/document/schema.ts'
import { hostText, spaceOf } from '#shared/document/schema.ts'
import type { ParticipantId, ProposalId } from '#shared/model/ids.ts'
import type { Binding } from './binding.ts'
import { BY_HAND } from './binding.ts'
import { situationOf } from './context.ts'
import { covered } from './places.ts'
import { accessTo } from './rights.ts'
import type { Undo } from './undo.ts'

type OnTable = (proposal: ProposalId, space: ParticipantId) => void

/** The editor's own keys: what a word processor does, as far as paragraphs here are not the writer's to cut up. */
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

/** Left to the browser, a selection over several paragraphs would join them on the screen first. */
const deleteSelection: Command = ({ selection, tr }, dispatch) => {
  if (selection.empty) return false
  dispatch?.(tr.deleteSelection().scrollIntoView().setMeta(BY_HAND, true))
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

/** The private draft at the caret is offered to be tabled; elsewhere the key is not ours. */
function table(state: EditorState, binding: Binding, onTable: OnTable | undefined): boolean {
  const { proposal } = situationOf(state, binding.projection, binding.writer, binding.operations !== null)
  const space = proposal && spaceOf(binding.projection.od, proposal)
  if (!space || !onTable) return false
  binding.settle()
  onTable(proposal, space.participant)
  return true
}
