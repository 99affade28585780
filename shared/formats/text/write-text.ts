import type { Piece } from '../../document/composition/compose.ts'
import { saidOfParagraph } from '../../document/composition/names.ts'
import type { Block } from '../../document/composition/projection.ts'
import { Projection } from '../../document/composition/projection.ts'
import type { ExportView } from '../../document/export-json.ts'
import { revisionsOf } from '../../document/issue/revisions.ts'
import { wordsOf } from '../../document/proposed-words.ts'
import { recordGet } from '../../document/records.ts'
import type { OutcomeDocument } from '../../document/schema.ts'
import { wordingFor } from '../../document/standing.ts'
import { isEmphasised, withEmphasis } from './emphasis.ts'
import { NOTES_RULE } from './exported-blocks.ts'
import { writeBlock } from './write-block.ts'
import { headLine } from './export-frame.ts'
import { ExactExport } from './write-exactly.ts'
import { withRows } from './rows.ts'
import { writePieces } from './write-pieces.ts'

/**
 * Writes the whole text as on the screen: one block for each paragraph, literal brackets, names behind a dash. A division's
 * number stands over its heading, what is below a paragraph is indented, and footnotes stand behind a rule, with their marks
 * in superscript digits. Exported for tests.
 */
export function writeText(od: OutcomeDocument, view: ExportView = 'all'): string {
  const blocks = shownBlocks(od, view)
  const title = recordGet(od, 'title') ?? ''
  const head = title === '' || opensWith(blocks, title) !== null ? [] : [title]
  return printed([...head, ...blocks])
}

/**
 * Writes an export: the text with a line about its revision and its time under the title. In the view of everything it is
 * written so that reading it makes the same document again, with a key to signs and codes, and the front matter.
 * `asAt`: milliseconds since 1970.
 */
export function writeTextExport(od: OutcomeDocument, view: ExportView, asAt: number): string {
  const exact = view === 'all' ? new ExactExport(od) : null
  const blocks = exact?.blocks ?? shownBlocks(od, view)
  const title = recordGet(od, 'title') ?? ''
  const titled = title === '' ? 0 : opensWith(blocks, title)
  const head = headLine({ revision: revisionsOf(od).at(-1) ?? null, asAt })
  const opening = titled === null ? [title] : blocks.slice(0, titled)
  const foot = exact?.foot(titled ?? 'alone') ?? []
  return printed([...opening, head, ...blocks.slice(titled ?? 0), ...foot])
}

const printed = (blocks: readonly string[]): string =>
  `${blocks.filter((block) => block !== '').join('\n\n')}\n`

/** The blocks of a view as they are read, not to be read back exactly. */
function shownBlocks(od: OutcomeDocument, view: ExportView): string[] {
  const projection = new Projection(od, view)
  // A text with brackets names them by the numbers of their paragraphs, as the room does.
  const leavesOut = view !== 'all'
  const shown = projection.blocks()
  const firstNote = shown.find(({ kind }) => kind === 'note')
  const emphasised = shown.some((block) => isEmphasised(projection.composed(block).pieces))
  const blocks = shown.map((block) => {
    const composed = projection.composed(block).pieces
    const pieces = emphasised ? withEmphasis(composed) : composed
    const text = writePieces(leavesOut ? pieces : pieces.map(ownBracketsApart))
    const written = writeBlock(od, block, text, {
      said: leavesOut ? null : saidOn(od, block),
      unnumbered: block.unprinted && leavesOut,
    })
    return block === firstNote ? `${NOTES_RULE}\n\n${written.text}` : written.text
  })
  projection.destroy()
  return withRows(shown, blocks)
}

function saidOn(od: OutcomeDocument, { id }: Block): string {
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
 * Returns how many blocks the text begins with that are its title; null when it does not. The importer makes the title out
 * of the headings at the top, so it is not repeated.
 */
function opensWith(blocks: readonly string[], title: string): number | null {
  for (let count = 1; count <= blocks.length && count <= 8; count++) {
    if (blocks.slice(0, count).join(' – ') === title) return count
  }
  return null
}
