import type { Node } from 'prosemirror-model'
import { Fragment } from 'prosemirror-model'
import type { TextPiece } from '#shared/model/proposals/decision.ts'
import { piecesOf } from '../input/change.ts'
import { withPlainSpaces } from '../draw/draw.ts'
import { signOf } from '../places.ts'
import { printedStep } from '#shared/model/label.ts'

/** What a run of shown text would be if its brackets were accepted: a sign, deleted, an alternative, or standing. */
export type RunRole = 'sign' | 'struck' | 'other' | 'stands'

interface Frame {
  readonly kind: 'range' | 'wording'
  /** For a range: the number of wordings offered in its place so far. For a wording: 1 if it is in place of a range. */
  offers: number
  readonly other: boolean
}

/**
 * The role of each inline node of a fragment. Of several wordings for the same words the first stands, and the rest are
 * `other`. The fragment may begin and end within brackets.
 */
export function partsOf(inline: Fragment): { readonly node: Node; readonly part: RunRole }[] {
  const open: Frame[] = []
  return inline.content.map((node) => {
    const sign = signOf(node)
    if (sign) follow(open, sign.side, node.text ?? '')
    else if (open.some(({ kind, other }) => kind === 'wording' && other)) return { node, part: 'other' }
    else if (node.marks.some(({ type }) => type.name === 'struck')) return { node, part: 'struck' }
    return { node, part: sign ? 'sign' : 'stands' }
  })
}

function follow(open: Frame[], side: string, text: string): void {
  if (side === 'range-start') open.push({ kind: 'range', offers: 0, other: false })
  else if (side === 'range-end') leave(open, 'range')
  else if (side === 'wording-start') {
    const range = open.at(-1)?.kind === 'range' && !text.startsWith('[') ? open.at(-1) : undefined
    if (range) range.offers++
    open.push({ kind: 'wording', offers: range ? 1 : 0, other: (range?.offers ?? 0) > 1 })
  } else if (side === 'wording-end') {
    const wording = leave(open, 'wording')
    // The sign of the last wording also closes the bracket around the words that it would replace.
    if (wording?.offers === 1 && text.trimEnd().endsWith(']')) leave(open, 'range')
  }
}

const leave = (open: Frame[], kind: Frame['kind']): Frame | undefined =>
  open.at(-1)?.kind === kind ? open.pop() : undefined

/** The words of a shown fragment that would stand, with their stored formats. */
function standingWords(inline: Fragment): TextPiece[] {
  return partsOf(inline).flatMap(({ node, part }) => (part === 'stands' ? piecesOf(Fragment.from(node)) : []))
}

/**
 * The words that would stand of a line of plain text, if the document now shows this very line: a whole paragraph
 * with its number, or words with their brackets. Null if it does not.
 */
export function standingWordsOf(line: string, doc: Node): TextPiece[] | null {
  let found: TextPiece[] | null = null
  doc.forEach((block) => {
    if (found || !block.isTextblock) return
    const text = withPlainSpaces(block.textContent)
    const at = /[[\]]/.test(line) ? text.indexOf(line) : -1
    if (line === `${printedStep(String(block.attrs.label))} ${text}`) found = standingWords(block.content)
    else if (at >= 0) found = standingWords(block.content.cut(at, at + line.length))
  })
  return found
}
