import type { ImportedBlock, ReadCode, ReadResult } from '../../model/import.ts'
import { formatLabel } from '../../model/label.ts'
import { fail, type Failure } from '../../model/result.ts'
import { stripText } from '../../model/characters/text-policy.ts'
import { readBrackets } from '../brackets/brackets.ts'
import { recognise } from '../recognise/recognise.ts'
import { firstFew } from '../recognise/line.ts'
import { decode } from './decode.ts'
import { leftOut, splitLines } from './lines.ts'

export interface ReadOptions {
  /** The title, replacing the headings that were found. */
  readonly title?: string
}

/**
 * Reads plain text from other sources: bytes, lines, then the draft in these. Every word of the file is in the front
 * matter, in a block, or in the furniture that was left out.
 */
export function readText(file: Uint8Array, options: ReadOptions = {}): ReadResult {
  const decoded = decode(file)
  if (!decoded.ok) return decoded
  const { warnings, dropped, ...source } = splitLines(decoded.text)
  const read = recognise(source, MOST_BLOCKS)
  if (!read) return NO_DRAFT
  if ('blocks' in read)
    return tooLarge(
      `The text has ${read.blocks} paragraphs and headings; the limit is ${MOST_BLOCKS}. Import it in parts.`,
    )
  const given = stripText(options.title ?? '', 'line')
  const title = given.text.trim()
  const passed = boundsPassed(read.draft.blocks)
  if (passed) return passed
  const { blocks, names, warnings: doubts } = readBrackets(read.draft.blocks, read.sources)
  const draft = { ...read.draft, blocks, ...(title === '' ? {} : { title }) }
  return {
    ok: true,
    draft,
    names,
    furniture: [...dropped, ...read.furniture.map(({ at, text }) => ({ at, text }))],
    notes: read.notes.map(({ at, text }) => ({ at, text })),
    warnings: first100([
      ...warnings,
      ...(dropped.length > 0
        ? [`Left out as line numbers or comments: ${firstFew(dropped.map(({ text }) => text))}.`]
        : []),
      ...(given.removed > 0 ? [`Title: ${leftOut(given.removed)}`] : []),
      ...(title === '' ? read.warnings : read.warnings.filter((text) => !text.startsWith('No title'))),
      ...doubts,
    ]),
  }
}

/**
 * About twenty times the paragraphs of the largest negotiation that is planned for. Every reader pays for each
 * block.
 */
const MOST_BLOCKS = 10_000
/** In UTF-16 units: about forty pages. */
const LONGEST_BLOCK = 200_000

const tooLarge = (message: string): Failure<ReadCode> => fail('too-large', message)

/** Returns the refusal of a text that is larger than a document may be; else null. */
function boundsPassed(blocks: readonly ImportedBlock[]): Failure<ReadCode> | null {
  const long = blocks.find((block) => block.text.length > LONGEST_BLOCK)
  if (!long) return null
  const which = long.label === null ? 'A heading or paragraph' : `Paragraph ${formatLabel(long.label)}`
  return tooLarge(
    `${which} has ${long.text.length} characters; the limit is ${LONGEST_BLOCK}. Lines without a number belong to the paragraph above them: number them.`,
  )
}

/** So many warnings mean that the file is no draft at all. */
function first100(warnings: readonly string[]): readonly string[] {
  const more = warnings.length - 100
  return more > 0 ? [...warnings.slice(0, 100), `And ${more} more warnings.`] : warnings
}

const NO_DRAFT = fail(
  'no-draft',
  'No draft was found: the text seems to be a letter or a note alone. A draft has paragraphs with numbers, or those of a resolution (“The Assembly, Recalling …, Decides …”). Import the draft itself, without its letter.',
)
