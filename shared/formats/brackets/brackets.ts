import type {
  BracketedText,
  ImportedStatements,
  ImportedWording,
  ReadName,
} from '../../model/import-brackets.ts'
import type { ImportedBlock } from '../../model/import.ts'
import { languageOfLabel } from '../../model/label.ts'
import { inLanguage } from '../../model/label-path.ts'
import { alternativesOf } from './alternatives.ts'
import { unescapeSigns } from './escape.ts'
import type { BracketDoubtCode } from '../../model/understanding.ts'
import { bracketDoubt, nameDoubt } from './bracket-doubts.ts'
import type { ExportedWords } from './exported-words.ts'
import { BlockFinder } from './find-block.ts'
import type { ReadHost } from './host-writer.ts'
import type { HostContext } from './host.ts'
import { readHost } from './host.ts'
import { readExportedMarks, readMarks } from './marks.ts'
import type { Marks } from './marks.ts'
import type { FoundDoubt } from '../recognise/lines/doubts.ts'
import { excerpt } from '../recognise/lines/line.ts'
import { WhiteSpaceCursor } from './white-space.ts'
import type { NameAnswers } from './name-book.ts'
import { NameBook } from './name-book.ts'
import { readPositions, readProponents } from './positions.ts'
import { SourceLines, type BlockSource } from './source-lines.ts'
import { joinStatements, statementsOf } from './statements.ts'
import type { BracketNode, Unpaired } from './tree.ts'
import { readTrees } from './tree.ts'
import { isWordInBrackets } from './words.ts'

export interface BracketOptions {
  /** Whether the text is an export of a document, in which every bracket is written in one way. */
  readonly exact?: boolean
  /** Who is meant by names. */
  readonly answers?: NameAnswers
  /** The indexes of blocks whose brackets are words. */
  readonly words?: ReadonlySet<number>
}

/** What is doubtful about the brackets of a block, by its index. */
export interface BracketDoubt {
  readonly block: number
  readonly doubt: FoundDoubt
}

export interface ReadBrackets {
  /** The blocks with what their brackets say. */
  readonly blocks: readonly ImportedBlock[]
  readonly names: readonly ReadName[]
  readonly doubts: readonly BracketDoubt[]
}

/**
 * Reads the brackets and the marks in blocks as proposals, positions and statuses. `sources`: one for each block.
 * The words of the blocks stay as they are. Takes time linear in their length.
 */
export function readBrackets(
  blocks: readonly ImportedBlock[],
  sources: readonly BlockSource[],
  options: BracketOptions = {},
): ReadBrackets {
  return new BracketReader(blocks, sources, options).read()
}

class BracketReader {
  readonly #given: readonly ImportedBlock[]
  /** The blocks with square brackets in place of those that the draft uses as such. */
  readonly #blocks: readonly ImportedBlock[]
  readonly #sources: readonly { readonly source: BlockSource; readonly lines: SourceLines }[]
  readonly #names: NameBook
  readonly #find: BlockFinder
  readonly #doubts: BracketDoubt[] = []
  readonly #saidLater = new Map<number, ImportedStatements>()
  readonly #exact: boolean
  readonly #words: ReadonlySet<number>
  /** The block in which each name occurs first. */
  readonly #firstBlocks = new Map<string, number>()

  constructor(
    blocks: readonly ImportedBlock[],
    sources: readonly BlockSource[],
    { exact = false, answers = new Map(), words = new Set() }: BracketOptions,
  ) {
    this.#exact = exact
    this.#words = words
    this.#given = blocks
    this.#blocks = exact ? blocks : withSquareBrackets(blocks)
    this.#sources = sources.map((source) => ({ source, lines: new SourceLines(source) }))
    this.#names = new NameBook(answers)
    this.#find = new BlockFinder(blocks)
  }

  read(): ReadBrackets {
    const marks = this.#blocks.map(({ text }, i) => {
      this.#enter(i)
      if (this.#words.has(i)) return unmarked(text)
      const exported = this.#sources[i]?.source.exported
      return exported ? readExportedMarks(exported, this.#names) : readMarks(text, this.#names)
    })
    const trees = readTrees(
      this.#blocks.map(({ kind, level, label }, i) => ({
        text: this.#words.has(i) ? '' : marks[i]!.text,
        heading: kind === 'heading' ? level : null,
        cell: label?.series === 'column',
      })),
      this.#exact ? () => false : isWordInBrackets,
    )
    for (const [index, unpaired] of Map.groupBy(trees.unpaired, ({ block }) => block))
      this.#doubtUnpaired(index, marks[index]?.text ?? '', unpaired)
    for (const [i, nodes] of trees.blocks.entries()) this.#noteLater(nodes, i)
    const read = trees.blocks.map((nodes, i) => {
      const exported = this.#words.has(i) ? undefined : this.#sources[i]?.source.exported
      return exported ? this.#exported(nodes, i, marks[i]!, exported) : this.#block(nodes, i, marks[i]!)
    })
    const blocks = this.#withOrigins(read, marks).map((block, i) => ({
      ...block,
      text: this.#given[i]?.text ?? block.text,
    }))
    const unknown = this.#names.unknown().map((name): BracketDoubt => ({
      block: this.#firstBlocks.get(name.written) ?? 0,
      doubt: nameDoubt(name),
    }))
    return { blocks, names: this.#names.all(), doubts: [...this.#doubts, ...unknown] }
  }

  /** Says on which lines the names stand that are read next: those of this block. */
  #enter(block: number): void {
    this.#names.lineOf = (written) => {
      if (!this.#firstBlocks.has(written)) this.#firstBlocks.set(written, block)
      return this.#lineOf(block, written)
    }
  }

  #lineOf(block: number, text: string): number {
    return this.#sources[block]?.lines.lineOf(text) ?? 1
  }

  #doubt(block: number, code: BracketDoubtCode, text: string): void {
    const line = this.#lineOf(block, excerpt(text).replace(/…$/u, ''))
    this.#doubts.push({ block, doubt: bracketDoubt(code, line, text) })
  }

  /** Notes one doubt for each line and kind. `text`: that of the block without its marks, which stand at one of its ends. */
  #doubtUnpaired(block: number, text: string, unpaired: readonly Unpaired[]): void {
    const whole = this.#blocks[block]?.text ?? ''
    const signs = signsOf(text)
    const count = whole.endsWith(text) ? signs.length : signsOf(whole).length
    const places = new Map(signs.map((at, i) => [at, i]))
    const said = new Set<string>()
    for (const { at, sign } of unpaired) {
      const line = this.#sources[block]?.lines.lineOfSign(count - 1 - (places.get(at) ?? 0)) ?? 1
      if (said.has(sign + line)) continue
      said.add(sign + line)
      const code = sign === '[' ? 'bracket-unclosed' : 'bracket-unopened'
      this.#doubts.push({ block, doubt: bracketDoubt(code, line, sign) })
    }
  }

  /** Notes what is said of brackets that were opened in an earlier block. */
  #noteLater(nodes: readonly BracketNode[], block: number): void {
    for (const node of nodes) {
      if (node.kind === 'words') continue
      const said = node.closes && !node.opens ? alternativesOf(node, this.#exact).at(-1)?.said : null
      this.#enter(block)
      if (said) this.#saidLater.set(node.key, statementsOf(said, this.#names))
      if (!node.opens) this.#noteLater(node.nodes, block)
    }
  }

  #block(nodes: readonly BracketNode[], index: number, marks: Marks): ImportedBlock {
    const block = this.#blocks[index]!
    this.#enter(index)
    if (this.#words.has(index)) return this.#plain(block)
    const added = !this.#exact && isAdded(block) ? readProponents(nodes) : null
    const { positions, rest } = readPositions(added?.rest ?? nodes, this.#names, this.#exact)
    const isMarked = marks.text !== block.text || positions.length > 0 || added !== null
    if (!isMarked && rest.every(({ kind }) => kind === 'words')) return this.#plain(block)
    const before = this.#doubts.length
    const host = this.#host(rest, index)
    const isWhole = block.kind === 'paragraph' && !marks.vacant && this.#isWhole(rest, index)
    const offered = isWhole ? wholeOf(host) : null
    const whole = added ? addedBy(host, offered, statementsOf(added.said, this.#names)) : offered
    const agreed = marks.status !== null && (host.proposals.length > 0 || host.requests.length > 0)
    if (agreed) {
      // The block is read again, with its mark as words.
      this.#doubts.length = before
      this.#doubt(index, 'agreed-with-brackets', block.text.slice(marks.text.length))
      return this.#block([...nodes, { kind: 'words', text: block.text.slice(marks.text.length) }], index, {
        ...marks,
        text: block.text,
        status: null,
      })
    }
    const bracketed: BracketedText = {
      ...(whole ? { base: '', proposals: [] } : withSign(host)),
      whole,
      requests: host.requests,
      positions,
      status: marks.status,
      former:
        marks.former && block.label ? inLanguage(marks.former, languageOfLabel(block.label)) : marks.former,
      vacant: marks.vacant,
    }
    return { ...block, bracketed }
  }

  /** A block of an export, of which it is known what its marks and its brackets are. */
  #exported(nodes: readonly BracketNode[], index: number, marks: Marks, words: ExportedWords): ImportedBlock {
    const { annotations, emphasised, proposed, behind } = words
    const block = this.#blocks[index]!
    this.#enter(index)
    const { positions, rest } = annotations.has('positions')
      ? readPositions(nodes, this.#names, true)
      : { positions: [], rest: nodes }
    const cursor = new WhiteSpaceCursor(words.whiteSpace ?? [])
    const spaced = words.whiteSpace ? { whiteSpace: cursor, emphasised } : null
    const before = this.#doubts.length
    let host = this.#host(rest, index, spaced)
    if (spaced && !cursor.fits) {
      // The stretches of words are others than were written: they are read again, and their white space is worked out.
      this.#doubts.length = before
      host = this.#host(rest, index)
    }
    const [first, ...others] = host.proposals
    const isWhole = proposed && first !== undefined && others.length === 0 && host.text.trim() === ''
    const { start: _, end: __, ...whole } = first ?? { start: 0, end: 0 }
    const base: BracketedText = isWhole
      ? { ...plainly(''), whole: whole as ImportedWording, ...(behind === null ? {} : { behind }) }
      : {
          ...plainly(host.text),
          proposals: host.proposals,
          requests: host.requests,
          ...(host.spans && { spans: host.spans }),
        }
    const { status, former, vacant } = marks
    return { ...block, bracketed: { ...base, positions, status, former, vacant } }
  }

  /** A block without brackets; in an export its words may hold signs that were written apart. */
  #plain(block: ImportedBlock): ImportedBlock {
    if (!this.#exact) return block
    const base = unescapeSigns(block.text)
    return base === block.text ? block : { ...block, bracketed: plainly(base) }
  }

  #host(nodes: readonly BracketNode[], index: number, spaced: HostContext['spaced'] = null): ReadHost {
    return readHost(nodes, 0, {
      names: this.#names,
      find: this.#find.from(index, this.#exact),
      exact: this.#exact,
      spaced,
      saidLater: this.#saidLater,
      doubt: (code, text) => this.#doubt(index, code, text),
    })
  }

  /** Whether the number of a block, if it has one, stands in its bracket, or in one that was opened before. */
  #isWhole([first, ...others]: readonly BracketNode[], index: number): boolean {
    if (first?.kind !== 'bracket') return false
    const numbered = this.#blocks[index]?.label !== null
    if (first.opens && numbered && !this.#sources[index]?.source.lead.includes('[')) return false
    return others.every(
      (node) => node.kind === 'words' && /^[\s.,;:]*(?:\([^()]*\))?[\s.,;:]*$/u.test(node.text),
    )
  }

  /** A paragraph to which another one was moved had that number before, unless it says which. */
  #withOrigins(read: readonly ImportedBlock[], marks: readonly Marks[]): ImportedBlock[] {
    const blocks = [...read]
    for (const [i, { movedTo }] of marks.entries()) {
      const to = movedTo === null ? null : this.#find.from(i, this.#exact)(movedTo)
      const former = blocks[i]?.label
      const target = to === null ? undefined : blocks[to]
      if (
        !former ||
        !target ||
        to === null ||
        to === i ||
        target.bracketed?.former ||
        target.bracketed?.whole
      )
        continue
      blocks[to] = { ...target, bracketed: { ...(target.bracketed ?? plainly(target.text)), former } }
    }
    return blocks
  }
}

/** The brackets of Chinese and Japanese drafts, and what they stand for. */
const WIDE: ReadonlyMap<string, string> = new Map([
  ['【', '['],
  ['】', ']'],
  ['［', '['],
  ['］', ']'],
])

/** Returns blocks with square brackets where the draft has none and uses wide ones in their place. Lengths stay. */
function withSquareBrackets(blocks: readonly ImportedBlock[]): readonly ImportedBlock[] {
  if (blocks.some(({ text }) => /[[\]]/u.test(text))) return blocks
  if (!blocks.some(({ text }) => /[【］]/u.test(text))) return blocks
  return blocks.map((block) => ({
    ...block,
    text: block.text.replaceAll(/[【】［］]/gu, (sign) => WIDE.get(sign) ?? sign),
  }))
}

/** The marks of a block whose brackets are words. */
const unmarked = (text: string): Marks => ({ text, status: null, former: null, vacant: false, movedTo: null })

/** Returns the offsets of all square brackets. */
const signsOf = (text: string): readonly number[] =>
  Array.from(text.matchAll(/[[\]]/gu), ({ index }) => index)

/** What a block says that has no brackets. */
const plainly = (base: string): BracketedText => ({
  base,
  proposals: [],
  whole: null,
  requests: [],
  positions: [],
  status: null,
  former: null,
  vacant: false,
})

/** Whether the number of a paragraph says that it was added to the text, or stands in place of another one. */
const isAdded = ({ kind, label }: ImportedBlock): boolean =>
  kind === 'paragraph' && label !== null && (label.suffix > 0 || label.alt !== undefined)

/** `offered`: the one wording that is all of the text; null when there is more. */
const addedBy = (
  { text, proposals }: ReadHost,
  offered: ImportedWording | null,
  said: ImportedStatements,
): ImportedWording =>
  offered ? { ...offered, ...joinStatements(said, offered) } : { ...said, text, amendments: proposals }

/** Returns the one wording that is all of a text, with the sign behind its bracket; null when there is more. */
function wholeOf(host: ReadHost): ImportedWording | null {
  const { proposals, text, requests } = withSign(host)
  const [only, ...others] = proposals
  if (!only || others.length > 0 || text !== '' || requests.length > 0) return null
  const { start: _, end: __, ...wording } = only
  return wording
}

/** A sign that stands alone behind brackets goes into the last of them. */
function withSign(host: ReadHost): ReadHost & { readonly base: string } {
  const { text, proposals } = host
  const last = proposals.at(-1)
  if (!last || !/^[.,;:]+$/u.test(text) || proposals.some(({ start, end }) => start > 0 || end > 0))
    return { ...host, base: text }
  return {
    ...host,
    text: '',
    base: '',
    proposals: [...proposals.slice(0, -1), { ...last, text: last.text + text }],
  }
}
