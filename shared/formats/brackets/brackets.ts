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
import type { ExportedWords } from './exported-words.ts'
import { BlockFinder } from './find-block.ts'
import type { ReadHost } from './host-writer.ts'
import type { HostContext } from './host.ts'
import { readHost } from './host.ts'
import { readExportedMarks, readMarks } from './marks.ts'
import type { Marks } from './marks.ts'
import { SpaceCursor } from './spaces.ts'
import type { NameAnswers } from './name-book.ts'
import { NameBook } from './name-book.ts'
import { readPositions } from './positions.ts'
import { statementsOf } from './statements.ts'
import type { BracketNode } from './tree.ts'
import { readTrees } from './tree.ts'
import { BracketWarnings } from './warnings.ts'
import { isWordInBrackets } from './words.ts'

/** Where a block stands in its source. */
export interface BlockSource {
  /** The line on which it begins, from 1. */
  readonly line: number
  /** The brackets that were opened before its number, as in `[2. We plant them.]`: the number is in brackets too. */
  readonly lead: string
  /** Its words as an export has them, where they are read exactly. */
  readonly exported?: ExportedWords
}

export interface BracketOptions {
  /** Whether the text is an export of a document, in which every bracket is written in one way. */
  readonly exact?: boolean
  /** Who is meant by names. */
  readonly answers?: NameAnswers
}

export interface ReadBrackets {
  /** The blocks with what their brackets say. */
  readonly blocks: readonly ImportedBlock[]
  readonly names: readonly ReadName[]
  readonly warnings: readonly string[]
}

/**
 * Reads the brackets and the marks in blocks as proposals, positions and statuses. `sources`: one for each block.
 * The words of the blocks stay as they are. Takes time linear in their length.
 */
export function readBrackets(
  blocks: readonly ImportedBlock[],
  sources: readonly BlockSource[],
  { exact = false, answers = new Map() }: BracketOptions = {},
): ReadBrackets {
  return new BracketReader(blocks, sources, exact, answers).read()
}

class BracketReader {
  readonly #blocks: readonly ImportedBlock[]
  readonly #sources: readonly BlockSource[]
  readonly #names: NameBook
  readonly #find: BlockFinder
  readonly #warnings = new BracketWarnings()
  readonly #saidLater = new Map<number, ImportedStatements>()

  readonly #exact: boolean

  constructor(
    blocks: readonly ImportedBlock[],
    sources: readonly BlockSource[],
    exact: boolean,
    answers: NameAnswers,
  ) {
    this.#exact = exact
    this.#blocks = blocks
    this.#sources = sources
    this.#names = new NameBook(answers)
    this.#find = new BlockFinder(blocks)
  }

  read(): ReadBrackets {
    const marks = this.#blocks.map(({ text }, i) => {
      this.#names.line = this.#lineOf(i)
      const exported = this.#sources[i]?.exported
      return exported ? readExportedMarks(exported, this.#names) : readMarks(text, this.#names)
    })
    const trees = readTrees(
      this.#blocks.map(({ kind, level }, i) => ({
        text: marks[i]!.text,
        heading: kind === 'heading' ? level : null,
      })),
      this.#exact ? () => false : isWordInBrackets,
    )
    for (const { block, sign } of trees.unpaired) this.#warnings.unpaired(this.#lineOf(block), sign)
    for (const [i, nodes] of trees.blocks.entries()) this.#noteLater(nodes, i)
    const read = trees.blocks.map((nodes, i) => {
      const exported = this.#sources[i]?.exported
      return exported ? this.#exported(nodes, i, marks[i]!, exported) : this.#block(nodes, i, marks[i]!)
    })
    const blocks = this.#withOrigins(read, marks)
    return { blocks, names: this.#names.all(), warnings: this.#warnings.all() }
  }

  #lineOf(block: number): number {
    return this.#sources[block]?.line ?? 1
  }

  /** Notes what is said of brackets that were opened in an earlier block. */
  #noteLater(nodes: readonly BracketNode[], block: number): void {
    for (const node of nodes) {
      if (node.kind === 'words') continue
      const said = node.closes && !node.opens ? alternativesOf(node, this.#exact).at(-1)?.said : null
      this.#names.line = this.#lineOf(block)
      if (said) this.#saidLater.set(node.key, statementsOf(said, this.#names))
      if (!node.opens) this.#noteLater(node.nodes, block)
    }
  }

  #block(nodes: readonly BracketNode[], index: number, marks: Marks): ImportedBlock {
    const block = this.#blocks[index]!
    const line = this.#lineOf(index)
    this.#names.line = line
    const { positions, rest } = readPositions(nodes, this.#names, this.#exact)
    const isMarked = marks.text !== block.text || positions.length > 0
    if (!isMarked && rest.every(({ kind }) => kind === 'words')) return this.#plain(block)
    const host = this.#host(rest, index)
    const isWhole = block.kind === 'paragraph' && !marks.vacant && this.#isWhole(rest, index)
    const whole = isWhole ? wholeOf(host) : null
    const agreed = marks.status !== null && (host.proposals.length > 0 || host.requests.length > 0)
    if (agreed) {
      this.#warnings.notAgreed(line)
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
    const { around, emphasised, proposed, behind } = words
    const block = this.#blocks[index]!
    this.#names.line = this.#lineOf(index)
    const { positions, rest } = around.has('positions')
      ? readPositions(nodes, this.#names, true)
      : { positions: [], rest: nodes }
    const cursor = new SpaceCursor(words.spaces ?? [])
    const spaced = words.spaces ? { spaces: cursor, emphasised } : null
    const exact = this.#host(rest, index, spaced)
    // Where the stretches of words are others than were written, spaces are worked out.
    const host = spaced && !cursor.fits ? this.#host(rest, index) : exact
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
      keep: (why, text) => this.#warnings.kept(this.#lineOf(index), why, text),
      leaveOut: (text) => this.#warnings.leftOut(this.#lineOf(index), text),
    })
  }

  /** Whether the number of a block, if it has one, stands in its bracket, or in one that was opened before. */
  #isWhole([first, ...others]: readonly BracketNode[], index: number): boolean {
    if (first?.kind !== 'bracket') return false
    const numbered = this.#blocks[index]?.label !== null
    if (first.opens && numbered && !this.#sources[index]?.lead.includes('[')) return false
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
