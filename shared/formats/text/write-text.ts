import type { Piece } from '../../document/composition/compose.ts'
import type { ExportView } from '../../document/export-json.ts'
import { Projection } from '../../document/composition/projection.ts'
import { revisionsOf } from '../../document/issue/revisions.ts'
import type { OutcomeDocument } from '../../document/schema.ts'
import { compareStrings, paragraphFacts } from '../../document/schema.ts'
import { recordGet } from '../../document/records.ts'
import { SCREEN } from '../../document/composition/notation.ts'
import type { Block } from '../../document/composition/projection.ts'
import { saidOfParagraph } from '../../document/composition/names.ts'
import { wordingFor } from '../../document/standing.ts'
import { wordsOf } from '../../document/proposed-words.ts'
import type { HostId, ParticipantId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import { isEmphasised, withEmphasis } from './emphasis.ts'
import type { Label } from '../../model/label.ts'
import { printedStep } from '../../model/label.ts'
import { isNameless } from '../../model/participant.ts'
import { superscript } from '../../model/superscript.ts'
import { agreedMark } from '../../model/status.ts'
import { escapeSigns } from '../brackets/escape.ts'
import { footBlocks, headLine } from './export-frame.ts'
import type { OutlineItem } from './exported-outline.ts'
import { withRows } from './rows.ts'
import { positionsIn, writtenNotation } from './written-names.ts'

/**
 * Writes the whole text as on the screen: one block for each paragraph, literal brackets, names behind a dash. A division's
 * number stands over its heading, what is below a paragraph is indented, and footnotes stand behind a rule, with their marks
 * in superscript digits. Exported for tests.
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
    return writeBlock(od, block, text, view === 'all' ? saidOn(od, block.id) : null, {
      isFirstNote: block === firstNote,
      unnumbered: block.unprinted && leavesOut,
    })
  })
  projection.destroy()
  const title = recordGet(od, 'title') ?? ''
  const head = title === '' || opensWith(blocks, title) !== null ? [] : [title]
  return `${[...head, ...withRows(shown, blocks)].join('\n\n')}\n`
}

/** Stands over the footnotes, as it does at the foot of a page. */
const NOTES_RULE = '_'.repeat(10)

/**
 * Writes an export: the text with a line about its revision and its time. In the view of everything the brackets are
 * written so that reading the export makes the same proposals again, with a key to signs and codes, and the front matter.
 * `asAt`: milliseconds since 1970.
 */
export function writeTextExport(od: OutcomeDocument, view: ExportView, asAt: number): string {
  const all = view === 'all'
  const places = new Map<string, number>()
  const written = writtenNotation((id) => places.get(id) ?? 0)
  const projection = new Projection(od, view, null, all ? written : SCREEN)
  for (const [i, { id }] of projection.blocks().entries()) places.set(id, i + 1)
  const shown = projection.blocks()
  const firstNote = shown.find(({ kind }) => kind === 'note')
  const emphasised = shown.some((block) => isEmphasised(projection.composed(block).pieces))
  const origins = new Map<string, string>()
  for (const { label, former } of shown) if (former !== '') origins.set(former, label)
  const blocks = shown.map((block) => {
    const composed = projection.composed(block).pieces
    const pieces = emphasised ? withEmphasis(composed) : composed
    const isFirstNote = block === firstNote
    const text = writePieces(all ? pieces.map(ownSignsApart(block.proposal !== null)) : pieces)
    if (!all) return writeBlock(od, block, text, null, { isFirstNote, unnumbered: block.unprinted })
    const to = origins.get(block.label)
    const vacancy = !block.vacant ? '' : to === undefined ? '[Deleted]' : `[Moved to ${to}]`
    const words = [vacancy, text].filter((part) => part !== '').join(' ')
    const inside = text.startsWith('[')
    return writeBlock(od, block, words, saidOfAll(od, block.id), { isFirstNote, inside })
  })
  const names = all ? namesIn(projection) : []
  // Notes and emphasis are found in the text, so its blocks are those that the recogniser finds.
  const isPlain = !emphasised && !firstNote
  const outline = shown.map((block): OutlineItem => ({
    ...block,
    label: labelIn(od, block),
    ...headOf(block),
  }))
  projection.destroy()
  const title = recordGet(od, 'title') ?? ''
  const titled = opensWith(blocks, title)
  const headed = titled ?? (title === '' ? 0 : -1)
  const head = headLine({ revision: revisionsOf(od).at(-1) ?? null, asAt })
  const opening = headed < 0 ? [title, head] : [...blocks.slice(0, headed), head]
  const foot = all ? footBlocks(names, recordGet(od, 'front') ?? [], isPlain ? outline : []) : []
  const body = withRows(shown, blocks).slice(Math.max(0, headed))
  return `${[...opening, ...body, ...foot].join('\n\n')}\n`
}

interface BlockStyle {
  /** The number of a proposed paragraph stands in its bracket. */
  readonly inside?: boolean
  readonly isFirstNote?: boolean
  /** Its number is not printed. */
  readonly unnumbered?: boolean
}

/** `said`: what is said of the paragraph as a whole; null in views that leave out its status too. */
function writeBlock(
  od: OutcomeDocument,
  block: Block,
  text: string,
  said: string | null,
  { inside = false, isFirstNote = false, unnumbered = false }: BlockStyle,
): string {
  if (block.kind === 'separator') return text === '' ? '* * *' : text
  const agreed = said === null ? '' : agreedMark(recordGet(od, `status/${block.id}`))
  const behind = block.proposal === null && said ? `[… – ${said}]` : ''
  const former = block.former === '' ? [] : [`(former para ${block.former})`]
  if (block.cell) return [text, behind, agreed].filter((part) => part !== '').join(' ')
  if (block.kind === 'heading') {
    const title = [...former, text, behind, agreed].filter((part) => part !== '').join(' ')
    return [block.step, title].filter((part) => part !== '').join('\n')
  }
  const indent = '    '.repeat(block.level)
  const framed = inside && block.proposal !== null
  const [open, words] = framed ? ['[', text.slice(1)] : ['', text]
  if (block.label === '' || unnumbered) {
    const bullet = block.level > 0 && !BULLET.test(words) ? '– ' : ''
    return (
      indent + [...former, `${open}${bullet}${words}`, behind, agreed].filter((part) => part !== '').join(' ')
    )
  }
  const step = block.kind === 'note' ? superscript(block.step) : printedStep(block.step)
  const parts = [`${open}${step}`, ...former, words, behind, agreed]
  const written = indent + parts.filter((part) => part !== '').join(' ')
  return isFirstNote ? `${NOTES_RULE}\n\n${written}` : written
}

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

const headOf = ({ cell }: Block): Pick<OutlineItem, 'header'> => (cell?.header ? { header: true } : {})

function labelIn(od: OutcomeDocument, { id }: Block): Label | null {
  const label = isProposalId(id) ? recordGet(od, `label/${id}`)?.label : paragraphFacts(od, id)?.label
  return label ?? null
}

/** Every participant that the brackets name, in the order of their codes. */
function namesIn({ proposals }: Projection): ParticipantId[] {
  const found = new Set<ParticipantId>()
  for (const { standing } of proposals.all()) {
    const { cosponsors, dissociated } = standing.sponsorship
    const said = [...cosponsors, ...dissociated, ...standing.positions]
    for (const name of [standing.proponent, ...said.map(({ participant }) => participant)])
      if (!isNameless(name)) found.add(name)
  }
  return [...found].sort(compareStrings)
}

/** What is said of a paragraph as a whole, each position with its verb. */
function saidOfAll(od: OutcomeDocument, id: HostId): string {
  const positions = recordGet(od, `positions/${id}`) ?? []
  return positionsIn({ positions, wording: wordingFor(positions, wordsOf(od, id)) })
}

/** `framed`: the text is that of a proposed paragraph, all of which stands in a bracket. */
const ownSignsApart =
  (framed: boolean) =>
  (piece: Piece): Piece => {
    if (piece.kind !== 'text') return piece
    const inBracket = framed || piece.within.length > 0 || piece.struck.length > 0
    return { ...piece, text: escapeSigns(piece.text, inBracket) }
  }

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

/**
 * Joins pieces to text. People type the space that separates a word from its neighbour inside their bracket; in
 * print it goes outside: `from [extreme – US] poverty`, not `from [extreme  – US]poverty`.
 */
export function writePieces(pieces: readonly Piece[]): string {
  let text = ''
  // Where the brackets begin that have been opened since the last character of text; -1 when there are none.
  let opened = -1
  // For each open bracket the space that its words ended with before the first of its signs.
  const spaces: string[] = []
  for (const piece of pieces) {
    if (piece.kind === 'sign' && piece.sign === 'gone')
      text += text.endsWith(' ') ? `${piece.text} ` : piece.text
    else if (piece.kind === 'sign') {
      if (piece.text === '[') {
        if (opened < 0) opened = text.length
        text += '['
        spaces.push('')
        continue
      }
      const trimmed = text.trimEnd()
      const sign = piece.sign === 'wording-start' ? piece.text.trimStart() : piece.text.trim()
      const parted = trimmed === '' || trimmed.endsWith('[') || sign.startsWith(']') ? '' : ' '
      const space = text.slice(trimmed.length)
      const closes = piece.sign !== 'request' && sign.endsWith(']')
      if (!closes && space !== '' && spaces.length > 0) spaces[spaces.length - 1] = space
      const kept = closes ? spaces.pop() : ''
      text = `${trimmed}${parted}${sign}${sign.endsWith(']') ? space || (kept ?? '') : ''}`
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
