import type { Block } from '../../document/composition/projection.ts'
import { Projection } from '../../document/composition/projection.ts'
import { wordsOf } from '../../document/proposed-words.ts'
import { recordGet } from '../../document/records.ts'
import type { OutcomeDocument } from '../../document/schema.ts'
import { compareStrings, paragraphFacts } from '../../document/schema.ts'
import { wordingFor } from '../../document/standing.ts'
import type { ParticipantId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import type { Label } from '../../model/label.ts'
import { isNameless } from '../../model/participant.ts'
import { superscript } from '../../model/superscript.ts'
import { isEmphasised } from './emphasis.ts'
import { footBlocks } from './export-frame.ts'
import { checkOf, NOTES_RULE } from './exported-blocks.ts'
import type { Annotation } from '../brackets/exported-words.ts'
import type { ExportedOutline, OutlineItem } from './exported-outline.ts'
import { NO_WORDS } from './exported-outline.ts'
import type { Footnote } from './print-words.ts'
import { printWords } from './print-words.ts'
import { withRows } from './rows.ts'
import { writeBlock } from './write-block.ts'
import { positionsIn, writtenNotation } from './written-names.ts'

/** The blocks of an export of everything, and what it says of them at its end, so that it is read back exactly. */
export class ExactExport {
  readonly blocks: readonly string[]
  readonly #od: OutcomeDocument
  readonly #items: readonly OutlineItem[]
  readonly #names: readonly ParticipantId[]
  readonly #emphasised: boolean

  constructor(od: OutcomeDocument) {
    this.#od = od
    const places = new Map<string, number>()
    const notation = writtenNotation((id) => places.get(id) ?? 0)
    const projection = new Projection(od, 'all', null, notation)
    const shown = projection.blocks()
    for (const [i, { id }] of shown.entries()) places.set(id, i + 1)
    this.#emphasised = shown.some((block) => isEmphasised(projection.composed(block).pieces))
    const written = new BlockWriter(projection, this.#emphasised)
    const all = shown.map((block) => written.write(block))
    const firstNote = shown.findIndex(({ kind }) => kind === 'note')
    this.blocks = withRows(
      shown,
      all.map(({ text }, i) => (i === firstNote ? `${NOTES_RULE}\n\n${text}` : text)),
    )
    this.#items = all.map(({ item }) => item)
    this.#names = namesIn(projection)
    projection.destroy()
  }

  /** The blocks behind the text. */
  foot(title: ExportedOutline['title']): string[] {
    const language = recordGet(this.#od, 'language') ?? null
    return footBlocks(this.blocks, {
      names: this.#names,
      front: recordGet(this.#od, 'front') ?? [],
      outline: { title, language, emphasised: this.#emphasised, items: this.#items },
    })
  }
}

/** Stands for a footnote that is not shown. */
const NO_NOTE: Footnote = { index: Infinity, number: '' }

class BlockWriter {
  readonly #projection: Projection
  readonly #emphasised: boolean
  readonly #blocks: readonly Block[]
  readonly #notes: ReadonlyMap<string, Footnote>
  /** To which number each moved paragraph went, by the number that it had. */
  readonly #origins: ReadonlyMap<string, string>
  /** The index of each block. */
  readonly #places: ReadonlyMap<string, number>

  constructor(projection: Projection, emphasised: boolean) {
    this.#projection = projection
    this.#emphasised = emphasised
    this.#blocks = projection.blocks()
    const notes = this.#blocks.filter(({ kind }) => kind === 'note')
    this.#notes = new Map(notes.map(({ id, step }, index) => [id, { index, number: superscript(step) }]))
    this.#origins = new Map(
      this.#blocks.flatMap(({ label, former }) => (former === '' ? [] : [[former, label] as const])),
    )
    this.#places = new Map(this.#blocks.map(({ id }, i) => [id, i]))
  }

  write(block: Block): { readonly text: string; readonly item: OutlineItem } {
    const { od } = this.#projection
    const isProposed = block.proposal !== null
    const printed = printWords(this.#projection.composed(block).pieces, {
      emphasised: this.#emphasised,
      framed: isProposed,
      noteOf: (note) => this.#notes.get(note) ?? NO_NOTE,
    })
    const to = this.#origins.get(block.label)
    const vacancy = !block.vacant ? '' : to === undefined ? '[Deleted]' : `[Moved to ${to}]`
    const words = [vacancy, printed.text].filter((part) => part !== '').join(' ')
    const { text, annotations } = writeBlock(od, block, words, {
      said: saidOfAll(od, block),
      inside: true,
    })
    const isEmpty = text.trim() === '' && block.cell === null
    return {
      text: isEmpty ? NO_WORDS : text,
      item: this.#item(block, { text, isEmpty }, printed, annotations),
    }
  }

  #item(
    block: Block,
    { text, isEmpty }: { readonly text: string; readonly isEmpty: boolean },
    { whiteSpace, marks, own }: Pick<OutlineItem, 'whiteSpace' | 'marks' | 'own'>,
    annotations: ReadonlySet<Annotation>,
  ): OutlineItem {
    const { od } = this.#projection
    const { kind, level, id, vacant, proposal, cell } = block
    const language = isProposalId(id) ? null : (paragraphFacts(od, id)?.language ?? null)
    return {
      kind,
      label: labelIn(od, block),
      level,
      ...(cell?.header ? { header: true } : {}),
      language,
      proposed: proposal !== null,
      behind: this.#behind(block),
      empty: isEmpty,
      whiteSpace,
      marks,
      own,
      annotations: vacant ? new Set<Annotation>([...annotations, 'vacant']) : annotations,
      check: checkOf(isEmpty ? NO_WORDS : text),
    }
  }

  /** The index of the block that a proposed one is behind, when that is not the nearest paragraph before it. */
  #behind({ id, proposal }: Block): number | null {
    if (!proposal) return null
    const behind = this.#places.get(proposal.anchor?.paragraph ?? proposal.head.paragraph) ?? null
    const nearest = this.#blocks.findLastIndex(
      (block, i) => i < (this.#places.get(id) ?? 0) && block.proposal === null,
    )
    return behind === nearest ? null : behind
  }
}

function labelIn(od: OutcomeDocument, { id }: Block): Label | null {
  const label = isProposalId(id) ? recordGet(od, `label/${id}`)?.label : paragraphFacts(od, id)?.label
  return label ?? null
}

/** What is said of a paragraph as a whole, each position with its verb. */
function saidOfAll(od: OutcomeDocument, { id }: Block): string {
  const positions = recordGet(od, `positions/${id}`) ?? []
  return positionsIn({ positions, wording: wordingFor(positions, wordsOf(od, id)) })
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
