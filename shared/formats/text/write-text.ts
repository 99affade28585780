import type { Piece } from '../../document/composition/compose.ts'
import type { ExportView } from '../../document/export-json.ts'
import { Projection } from '../../document/composition/projection.ts'
import type { OutcomeDocument } from '../../document/schema.ts'
import { recordGet } from '../../document/records.ts'
import { saidOfParagraph } from '../../document/composition/names.ts'
import { wordingFor } from '../../document/standing.ts'
import { wordsOf } from '../../document/proposed-words.ts'
import type { HostId } from '../../model/ids.ts'
import { isEmphasised, withEmphasis } from './emphasis.ts'
import { printedStep } from '../../model/label.ts'
import { superscript } from '../../model/superscript.ts'
import { agreedMark } from '../../model/status.ts'

/**
 * Writes the whole text in the plain notation: one block for each paragraph, literal brackets, names behind a
 * dash. A division's number stands over its heading, what is below a paragraph is indented, and footnotes stand behind
 * a rule, with their marks in superscript digits. The front matter is left out, because it is not negotiated.
 */
export function writeText(od: OutcomeDocument, view: ExportView = 'all'): string {
  const projection = new Projection(od, view)
  // A text with brackets names them by the numbers of their paragraphs, as the room does.
  const leavesOut = view === 'base' || view === 'clean'
  const shown = projection.blocks()
  const firstNote = shown.find(({ kind }) => kind === 'note')
  const emphasised = shown.some((block) => isEmphasised(projection.composed(block).pieces))
  const blocks = shown.map((block) => {
    const composed = projection.composed(block).pieces
    const pieces = emphasised ? withEmphasis(composed) : composed
    const text = writePieces(view === 'all' ? pieces.map(ownBracketsApart) : pieces)
    if (block.kind === 'separator') return text === '' ? '* * *' : text
    if (block.kind === 'heading') return [block.step, text].filter((part) => part !== '').join('\n')
    const indent = '    '.repeat(block.level)
    if (block.label === '' || (block.unprinted && leavesOut))
      return `${indent}${block.level > 0 && !BULLET.test(text) ? '– ' : ''}${text}`
    const former = block.former === '' ? [] : [`(former para ${block.former})`]
    const agreed = view === 'all' ? agreedMark(recordGet(od, `status/${block.id}`)) : ''
    const said = view === 'all' ? saidOn(od, block.id) : ''
    const behind = block.proposal === null && said !== '' ? `[… – ${said}]` : ''
    const step = block.kind === 'note' ? superscript(block.step) : printedStep(block.step)
    const parts = [step, ...former, text, behind, agreed]
    const written = indent + parts.filter((part) => part !== '').join(' ')
    return block === firstNote ? `${NOTES_RULE}\n\n${written}` : written
  })
  projection.destroy()
  const title = recordGet(od, 'title') ?? ''
  const head = title === '' || opensWith(blocks, title) ? [] : [title]
  return `${[...head, ...blocks].join('\n\n')}\n`
}

/** Stands over the footnotes, as it does at the foot of a page. */
const NOTES_RULE = '_'.repeat(10)
const BULLET = /^[-–—•·●▪◦]/u

function saidOn(od: OutcomeDocument, id: HostId): string {
  const positions = recordGet(od, `positions/${id}`) ?? []
  return saidOfParagraph(positions, wordingFor(positions, wordsOf(od, id)))
}

/**
 * Replaces brackets that somebody typed in a proposal by full-width ones, so that they cannot be read as the
 * room's brackets with names in them.
 */
const ownBracketsApart = (piece: Piece): Piece =>
  piece.kind === 'text' && piece.within.length > 0
    ? { ...piece, text: piece.text.replaceAll('[', '\uff3b').replaceAll(']', '\uff3d') }
    : piece

/**
 * Whether the text begins with its title. The importer makes the title out of the headings at the top, so it is
 * not repeated.
 */
function opensWith(blocks: readonly string[], title: string): boolean {
  for (let count = 1; count <= blocks.length && count <= 8; count++) {
    if (blocks.slice(0, count).join(' – ') === title) return true
  }
  return false
}

/**
 * Joins pieces to text. People type the space that separates a word from its neighbour inside their bracket; in
 * print it goes outside: `from [extreme – US] poverty`, not `from [extreme  – US]poverty`.
 */
export function writePieces(pieces: readonly Piece[]): string {
  let text = ''
  // Where the brackets begin that have been opened since the last character of text; -1 when there are none.
  let opened = -1
  for (const piece of pieces) {
    if (piece.kind === 'sign' && piece.sign === 'gone')
      text += text.endsWith(' ') ? `${piece.text} ` : piece.text
    else if (piece.kind === 'sign') {
      if (piece.text === '[') {
        if (opened < 0) opened = text.length
        text += '['
        continue
      }
      const trimmed = text.trimEnd()
      const sign = piece.sign === 'wording-start' ? piece.text.trimStart() : piece.text.trim()
      const parted = trimmed === '' || trimmed.endsWith('[') || sign.startsWith(']') ? '' : ' '
      text = `${trimmed}${parted}${sign}${sign.endsWith(']') ? text.slice(trimmed.length) : ''}`
    } else if (piece.kind === 'mark') {
      text += piece.text
      continue
    } else if (opened < 0) text += piece.text + directionsLeftOpen(piece.text)
    else {
      const words = piece.text.trimStart()
      const space = piece.text.slice(0, piece.text.length - words.length)
      text = text.slice(0, opened) + space + text.slice(opened) + words + directionsLeftOpen(words)
    }
    opened = -1
  }
  return text
}

const ISOLATE = /[\u2066-\u2068]/u
const TURNING = /[\u202a-\u202e\u2066-\u2069]/gu

/**
 * Returns the characters that end the open changes of direction in `words`, so that the names behind them are
 * shown in place.
 */
function directionsLeftOpen(words: string): string {
  const open: string[] = []
  for (const [sign] of words.matchAll(TURNING)) {
    if (sign === '\u2069') open.length = open.includes(sign) ? open.lastIndexOf(sign) : open.length
    else if (sign !== '\u202c') open.push(ISOLATE.test(sign) ? '\u2069' : '\u202c')
    else if (open.at(-1) === sign) open.pop()
  }
  return open.toReversed().join('')
}
