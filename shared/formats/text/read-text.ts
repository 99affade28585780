import type { ImportedBlock, ReadCode, ReadResult } from '../../model/import.ts'
import { formatLabel } from '../../model/label.ts'
import { fail, type Failure } from '../../model/result.ts'
import { stripText } from '../../model/characters/text-policy.ts'
import { readBody } from './body.ts'
import { decode } from './decode.ts'
import { readOpening } from './front.ts'
import { findFurniture } from './furniture.ts'
import { judge } from './judge.ts'
import { leftOut, splitLines } from './lines.ts'
import type { Numbered } from './numbers.ts'
import { numberedLines } from './numbers.ts'
import { findSeries } from './series.ts'

export interface ReadOptions {
  /** The title, replacing the headings that were found. */
  readonly title?: string
  /** Imports a text although numbers are missing, with a warning. */
  readonly allowGaps?: boolean
}

/**
 * Reads numbered plain text from other sources: bytes, lines, paragraph numbers, then the text between these.
 * Every word of the file is in the front matter, in a block, or in a warning that says it was left out.
 */
export function readText(file: Uint8Array, options: ReadOptions = {}): ReadResult {
  const decoded = decode(file)
  if (!decoded.ok) return decoded
  const { lines, wrap, warnings } = splitLines(decoded.text)
  const numbered = numberedLines(lines, wrap)
  const both = twoSeries(numbered)
  if (both) return both
  const series = findSeries(lines, numbered)
  const first = series?.items[0]
  if (!series || !first) return NO_DRAFT
  const verdict = judge(series, options.allowGaps ?? false)
  if (!verdict.ok) return verdict
  const furniture = findFurniture(lines, first.index, new Set(series.items.map((item) => item.index)))
  const opening = readOpening(lines, first.index)
  const body = readBody(lines, series.items, furniture)
  const given = stripText(options.title ?? '', 'line')
  const title = given.text.trim()
  const blocks = [...opening.headings, ...body.blocks]
  const passed = boundsPassed(blocks)
  if (passed) return passed
  return {
    ok: true,
    draft: {
      title: title === '' ? opening.title : title,
      front: opening.front,
      blocks,
    },
    warnings: first100([
      ...warnings,
      ...(given.removed > 0 ? [`Title: ${leftOut(given.removed)}`] : []),
      ...verdict.warnings,
      ...(title === '' ? opening.warnings : opening.warnings.filter((text) => !text.startsWith('No title'))),
      ...series.warnings,
      ...body.warnings,
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
  if (blocks.length > MOST_BLOCKS)
    return tooLarge(
      `The text has ${blocks.length} paragraphs and headings; the limit is ${MOST_BLOCKS}. Import it in parts.`,
    )
  const long = blocks.find((block) => block.text.length > LONGEST_BLOCK)
  if (!long) return null
  const which = long.label === null ? 'A heading' : `Paragraph ${formatLabel(long.label)}`
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
  'No numbered paragraphs were found: the text seems to be a letter or a note without a draft. A draft has paragraphs that begin with 1., 2., 3. and so on.',
)

/**
 * Refuses a resolution that numbers its preambular and operative paragraphs separately, since a document has
 * one series.
 */
function twoSeries(numbered: readonly Numbered[]): Failure<ReadCode> | null {
  const pp = numbered.filter((item) => item.style === 'PP')
  const op = numbered.filter((item) => item.style === 'OP')
  if (pp.length === 0 || op.length === 0) return null
  const message = `The text counts two series of paragraphs: PP1 and on from line ${pp[0]?.at}, OP1 and on from line ${op[0]?.at}. A document has one series: import them one by one, or number them through.`
  return fail('two-series', message)
}
