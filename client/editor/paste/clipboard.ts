import type { Node } from 'prosemirror-model'
import { DOMSerializer, Fragment, Slice } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'
import { Plugin, TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { TextPiece } from '#shared/model/proposals/decision.ts'
import type { OnNotTyped } from '../contract.ts'
import { TEXT_FORMATS } from '#shared/document/schema.ts'
import { withPlainSpaces } from '../draw/draw.ts'
import { linesFor, readPasted } from './pasted.ts'
import { schema } from '../schema.ts'
import { partsOf } from './standing.ts'
import { printedStep } from '#shared/model/label.ts'

/** Copies out of the text, and pastes and drops into it. `paste` replaces the selection by lines. */
export function clipboard(
  paste: (lines: readonly (readonly TextPiece[])[]) => void,
  onNotTyped: OnNotTyped | undefined,
): Plugin {
  const insert = (view: EditorView, data: DataTransfer, asText: boolean): void => {
    const html = asText ? '' : data.getData('text/html')
    const { doc, selection } = view.state
    const { lines, stripped } = readPasted({ html, text: data.getData('text/plain') }, doc)
    if (lines.length > 0) paste(linesFor(selection.$from.parent, lines))
    if (stripped) onNotTyped?.('left-out')
  }
  let asText = false
  return new Plugin({
    props: {
      transformCopied: (slice, { state }) => numbered(slice, state),
      clipboardTextSerializer: copiedText,
      clipboardSerializer: COPIED,
      // Handled before ProseMirror, which would parse pasted HTML by the rules for the editor's own DOM.
      handleDOMEvents: {
        paste: (view, event) => {
          if (!view.editable || !event.clipboardData) return false
          event.preventDefault()
          insert(view, event.clipboardData, asText)
          asText = false
          return true
        },
        drop: (view, event) => {
          event.preventDefault()
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
          // Dragging words within the text is not supported: it would make two proposals, perhaps by mistake.
          if (view.dragging || !at || !view.editable || !event.dataTransfer) return true
          const { tr, doc } = view.state
          view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(at.pos))))
          view.focus()
          insert(view, event.dataTransfer, false)
          return true
        },
        keydown: (_view, { key, shiftKey, ctrlKey, metaKey }) => {
          // “Paste without formatting”: some browsers put the formatted text on the clipboard event all the same.
          asText = key.toLowerCase() === 'v' && shiftKey && (ctrlKey || metaKey)
          return false
        },
      },
    },
  })
}

/** Adds the numbers of paragraphs, if several were copied, before those that were copied whole. */
function numbered(slice: Slice, { doc, selection }: EditorState): Slice {
  if (slice.content.childCount < 2) return slice
  const cutOff = selection.$from.parentOffset > 0 && selection.$from.parent !== doc
  const blocks = slice.content.content.map((block, i) => {
    const label = block.attrs.label as string | undefined
    if (block.type.name !== 'paragraph' || !label || (i === 0 && cutOff)) return block
    const number = schema.text(`${printedStep(label)} `, [NUMBER])
    return block.copy(Fragment.from(number).append(block.content))
  })
  return new Slice(Fragment.fromArray(blocks), slice.openStart, slice.openEnd)
}

/** The copied plain text: what is seen, with brackets and names, and an empty line between paragraphs. */
function copiedText(slice: Slice): string {
  const lines: string[] = []
  slice.content.forEach((node) => {
    if (node.isText) lines.push(node.text!)
    else lines.push(node.isTextblock ? node.textContent : SEPARATOR)
  })
  return withPlainSpaces(lines.join(slice.content.firstChild?.isText ? '' : '\n\n'))
}

const SEPARATOR = '* * *'
const NUMBER = schema.marks.sign!.create({ id: '', by: '', side: 'number' })

/**
 * Writes copied rich text for other programs: insertions underlined, proposed deletions struck. It contains nothing
 * that is not seen. `data-` attributes tell {@link readPasted} what is not words.
 */
class CopySerializer extends DOMSerializer {
  override serializeFragment(
    fragment: Fragment,
    { document = window.document }: { document?: Document } = {},
    target: HTMLElement | DocumentFragment = document.createDocumentFragment(),
  ): HTMLElement | DocumentFragment {
    if (fragment.firstChild?.isInline) inline(document, fragment, target)
    else for (const block of fragment.content) target.append(blockOf(document, block))
    return target
  }
}

function blockOf(document: Document, block: Node): HTMLElement {
  const element = document.createElement(block.type.name === 'heading' ? 'h2' : 'p')
  if (block.isTextblock) inline(document, block.content, element)
  else {
    element.className = 'block separator'
    element.textContent = SEPARATOR
  }
  element.dir = 'auto'
  element.style.whiteSpace = 'pre-wrap'
  return element
}

function inline(document: Document, fragment: Fragment, target: HTMLElement | DocumentFragment): void {
  for (const { node, part } of partsOf(fragment)) {
    let element: HTMLElement | Text = document.createTextNode(withPlainSpaces(node.text ?? ''))
    for (const mark of node.marks.toReversed()) {
      if (mark.type.name === 'unbroken') continue
      const outer = document.createElement(TAGS[mark.type.name] ?? 'span')
      if (mark.type.name === 'sign') outer.dataset.side = String(mark.attrs.side)
      if (!TEXT_FORMATS.some((format) => format === mark.type.name)) outer.className = mark.type.name
      outer.append(element)
      element = outer
    }
    if (part === 'other') {
      const other = document.createElement('span')
      other.dataset.informalsOther = ''
      other.append(element)
      element = other
    }
    target.append(element)
  }
}

const TAGS: Readonly<Record<string, string>> = { em: 'em', strong: 'strong', struck: 'del', content: 'ins' }

const COPIED = new CopySerializer({}, {})
