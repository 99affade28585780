import type { Node, Slice } from 'prosemirror-model'
import type { TextPiece } from '#shared/model/decision.ts'
import { piecesOf } from './change.ts'
import { withPlainSpaces } from './draw.ts'

/** Copying gives what is seen: the literal brackets with their names, one paragraph a line, numbers in front. */
export function copiedText(slice: Slice): string {
  const lines: string[] = []
  slice.content.forEach((node) => {
    if (node.isText) lines.push(node.text!)
    else lines.push(node.isTextblock ? numbered(node, slice.content.childCount > 1) : '* * *')
  })
  return withPlainSpaces(lines.join(slice.content.firstChild?.isText ? '' : '\n\n'))
}

function numbered(block: Node, several: boolean): string {
  const label = (block.attrs.label as string | undefined) ?? ''
  return several && label !== '' ? `${label}. ${block.textContent}` : block.textContent
}

/** A pasted slice as lines of words: one for each block; signs and other projections are not words. */
export function pastedLines(slice: Slice): TextPiece[][] {
  const lines: TextPiece[][] = []
  slice.content.descendants((node) => {
    if (!node.isTextblock) return true
    lines.push(piecesOf(node.content))
    return false
  })
  if (lines.length === 0) lines.push(piecesOf(slice.content))
  return lines.filter((line, i) => i === 0 || line.length > 0)
}

/** Plain text as lines of words; empty lines part paragraphs and are not paragraphs themselves. */
export function plainLines(text: string): TextPiece[][] {
  const lines = text.split(/[\r\n\u2028\u2029]+/u).map((line) => line.replace(/\p{Cc}+/gu, ' '))
  const words = lines.filter((line) => line.trim() !== '')
  // What is pasted into a sentence keeps its spaces; a single line is such a thing.
  return words.length === 0 ? [text === '' ? [] : [{ insert: ' ' }]] : words.map((insert) => [{ insert }])
}
