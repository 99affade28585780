import type { Node } from 'prosemirror-model'
import { Fragment } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'
import { ReplaceStep } from 'prosemirror-transform'
import { TEXT_FORMATS } from '#shared/document/schema.ts'
import type { TextPiece } from '#shared/model/proposals/decision.ts'
import { cutPieces } from '#shared/document/text/wording.ts'
import { difference } from '../draw/difference.ts'

/** One replacement in positions of the document before it. `lines`: the new text, one line for each block. */
export interface Change {
  readonly from: number
  readonly to: number
  readonly lines: readonly (readonly TextPiece[])[]
}

/** Reads a transaction as one replacement; null when it changed nothing. */
export function changeOf(before: Node, tr: Transaction): Change | null {
  const change = replacementIn(before, tr)
  return change && withoutSubstitutes(before, change)
}

const NO_BREAK_SPACE = '\u00a0'

/**
 * A change without the no-break spaces that a browser puts in place of spaces beside words that it deletes. Those at the
 * edges of a change that replaces more than spaces are taken for such.
 */
function withoutSubstitutes(before: Node, change: Change): Change {
  const { from, to, lines } = change
  const [line = [], ...more] = lines
  const replaced = before.textBetween(from, to, '\n')
  if (more.length > 0 || replaced.length !== to - from || replaced.trim() === '') return change
  const text = line.map(({ insert }) => insert).join('')
  const start = text.startsWith(NO_BREAK_SPACE) && replaced.startsWith(' ') ? 1 : 0
  const end = text.length > start && text.endsWith(NO_BREAK_SPACE) && replaced.endsWith(' ') ? 1 : 0
  if (start + end === 0) return change
  return { from: from + start, to: to - end, lines: [cutPieces(line, start, text.length - end)] }
}

function replacementIn(before: Node, tr: Transaction): Change | null {
  const step = tr.steps.length === 1 ? tr.steps[0] : undefined
  if (step instanceof ReplaceStep && step.slice.openStart === 0 && step.slice.openEnd === 0) {
    if (step.slice.content.size === 0 || step.slice.content.firstChild?.isText) {
      return { from: step.from, to: step.to, lines: [typedIn(step.slice.content)] }
    }
  }
  const changed = difference(before.content, tr.doc.content)
  if (!changed) return null
  const { from, toA: to, toB } = changed
  return { from, to, lines: linesBetween(tr.doc, from, toB) }
}

function linesBetween(doc: Node, from: number, to: number): TextPiece[][] {
  const lines: TextPiece[][] = []
  doc.nodesBetween(from, to, (node, pos) => {
    if (!node.isTextblock) return node.type.name === 'doc'
    const start = Math.max(0, from - pos - 1)
    const end = Math.min(node.content.size, to - pos - 1)
    lines.push(end > start ? piecesOf(node.content.cut(start, end)) : [])
    return false
  })
  return lines.length > 0 ? lines : [[]]
}

const CONTROL = /[\p{Cc}\u2028\u2029]+/gu

/** The words of a fragment with their stored formats. Bracket signs are left out. */
export function piecesOf(fragment: Fragment): TextPiece[] {
  const words: Node[] = []
  fragment.forEach((node) => {
    if (!node.marks.some(({ type }) => type.name === 'sign')) words.push(node)
  })
  return typedIn(Fragment.fromArray(words))
}

/** All text of a fragment, also text with a sign mark: words typed over a selected sign inherit its mark. */
function typedIn(fragment: Fragment): TextPiece[] {
  const pieces: TextPiece[] = []
  fragment.forEach((node) => {
    if (!node.isText) return
    const insert = node.text!.replace(CONTROL, ' ')
    const formats = TEXT_FORMATS.filter((format) => node.marks.some(({ type }) => type.name === format))
    const attributes = Object.fromEntries(formats.map((format) => [format, true as const]))
    pieces.push(formats.length > 0 ? { insert, attributes } : { insert })
  })
  return pieces
}
