import { isBlockKind } from '../../model/proposals/proposal.ts'
import type * as Y from 'yjs'
import type { HostId, ParagraphId, ParticipantId, ProposalId } from '../../model/ids.ts'
import { isParagraphId, isProposalId } from '../../model/ids.ts'
import type { Label } from '../../model/label.ts'
import type { Language } from '../../model/language.ts'
import { formatLabel, formatStep, hasReference, isLeftOut } from '../../model/label.ts'
import { isCaption } from '../../model/table.ts'
import type { ParagraphKind } from '../../model/paragraph.ts'
import type { ViewMode } from './board.ts'
import type { Composed, Placed } from './compose.ts'
import { composeNewParagraph, composeParagraph, showsNewParagraph } from './compose.ts'
import { Numbers } from '../issue/numbering.ts'
import type { Notation } from './notation.ts'
import { SCREEN } from './notation.ts'
import type { OpenProposal } from './proposals.ts'
import { Proposals } from './proposals.ts'
import { shownCells } from './shown-cells.ts'
import type { ShownCell } from './shown-cells.ts'
import { NoteMarks } from './note-marks.ts'
import { byAge } from '../age.ts'
import type { OutcomeDocument } from '../schema.ts'
import { compareStrings, documentsOf, headOf, paragraphFacts, paragraphsInOrder } from '../schema.ts'
import { kindOfIssued, recordGet, redrawnBy } from '../records.ts'

/** One block of the shown text: a paragraph, or a proposed new paragraph. */
export interface Block {
  readonly id: ParagraphId | ProposalId
  readonly kind: ParagraphKind
  /** The full reference, such as "3 bis" or "Article 2, paragraph 1 (a)"; empty when it has no number. */
  readonly label: string
  /** The last step of the reference, as it stands at the paragraph: "(a)"; empty when it has no number. */
  readonly step: string
  /** Whether the number is left out where the text is printed. */
  readonly unprinted: boolean
  /** How deep it stands: 0 for a main paragraph; of headings 0 is the highest. */
  readonly level: number
  /** The proposal that this block shows; null for a paragraph. */
  readonly proposal: OpenProposal | null
  /** The number that it had before it was moved; empty when it was not moved. */
  readonly former: string
  /** Whether its number is vacant until the next revision. */
  readonly vacant: boolean
  /** Whether it is a footnote whose mark was deleted with the words before it. */
  readonly unmarked: boolean
  /** Null when it is not known. */
  readonly language: Language | null
  /** Where it stands in a table; null for all but cells. */
  readonly cell: ShownCell | null
  /** Whether it is the caption of a table. */
  readonly caption: boolean
}

/**
 * What one transaction changed. `blocks`: the ids of the blocks that were composed again. `structure`: blocks
 * were added, removed or moved, or their numbers changed.
 */
export interface Changes {
  readonly structure: boolean
  /** Whether something changed that is shown beside the text: revisions, silences, meetings, comments, policy. */
  readonly beside: boolean
  readonly blocks: ReadonlySet<string>
  readonly transaction: Y.Transaction
}

function changedKeys(transaction: Y.Transaction, map: Y.Map<unknown>): (string | null)[] {
  for (const [type, keys] of transaction.changed) if ((type as unknown) === map) return [...keys]
  return []
}

/** The host whose text an item is; none for another item. */
const hostOf = ({ parent }: Y.Item): HostId[] => {
  const id = (parent as Y.AbstractType<unknown>)._item?.parentSub as HostId | null | undefined
  return id ? [id] : []
}

/** Whether one of these types holds the fields of a paragraph. */
const isFieldOf = ({ paragraphs }: OutcomeDocument, types: readonly unknown[]): boolean =>
  types.some((type) => (type as Y.AbstractType<unknown>).parent === (paragraphs as unknown))

/** Whether a proposal is for a footnote, or about one. */
const isAboutNote = (od: OutcomeDocument, id: ProposalId): boolean => {
  const head = headOf(od, id)
  return head?.block?.kind === 'note' || (head && paragraphFacts(od, head.paragraph)?.kind) === 'note'
}

const isLabelOfNote = (od: OutcomeDocument, key: string): boolean =>
  key.startsWith('label/') && isAboutNote(od, key.slice('label/'.length) as ProposalId)

const isBeside = (key: string | null): boolean => key !== null && redrawnBy(key).redraws === 'beside'

/** The host that a record is about, when words may have moved with a change of it. */
function movedBy(key: string | null): HostId[] {
  const { redraws, subject } = redrawnBy(key ?? '')
  return redraws === 'words' || redraws === 'outcome' ? [subject as HostId] : []
}

/** The order of blocks at the same place: the paragraph first, then proposed paragraphs, the oldest first. */
const aged = ({ proposal: a }: Block, { proposal: b }: Block): number =>
  a && b ? byAge(a, b) : Number(a !== null) - Number(b !== null)

const labelTexts = (label: Label | null): Pick<Block, 'label' | 'step' | 'unprinted'> =>
  hasReference(label)
    ? { label: formatLabel(label), step: formatStep(label), unprinted: isLeftOut(label) }
    : { label: '', step: '', unprinted: false }

/**
 * Keeps the composed text of a document up to date.
 *
 * Invariant: after each transaction it equals a composition of the whole document from nothing. So every change
 * that can alter a composed block must make `#changes` collect that block; for keys of the record the table in
 * `records.ts` says which blocks those are. A block that was not collected keeps its composed object, so readers
 * may compare by identity.
 */
export class Projection {
  readonly od: OutcomeDocument
  readonly view: ViewMode
  readonly participant: ParticipantId | null
  readonly notation: Notation
  readonly proposals: Proposals
  readonly marks: NoteMarks
  readonly #composed = new Map<string, Composed>()
  /**
   * The block that last showed each proposal. It is needed when a transaction has cut the proposal's chain of
   * hosts.
   */
  readonly #shownIn = new Map<ProposalId, string>()
  readonly #listeners = new Set<(changes: Changes) => void>()
  readonly #stops: (() => void)[] = []
  #blocks: readonly Block[] | null = null

  constructor(
    od: OutcomeDocument,
    view: ViewMode = 'all',
    participant: ParticipantId | null = null,
    notation: Notation = SCREEN,
  ) {
    this.od = od
    this.notation = notation
    this.view = view
    this.participant = participant
    this.proposals = new Proposals(od)
    this.marks = new NoteMarks(od, this.proposals)
    for (const source of documentsOf(od)) {
      const listen = (transaction: Y.Transaction) => this.#onTransaction(source, transaction)
      source.doc.on('afterTransaction', listen)
      this.#stops.push(() => source.doc.off('afterTransaction', listen))
    }
  }

  /** Stops listening to the documents and drops all listeners. */
  destroy(): void {
    for (const stop of this.#stops) stop()
    this.#listeners.clear()
  }

  /** Calls `listener` after each transaction that changed what is shown. Returns a function that ends this. */
  subscribe(listener: (changes: Changes) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Returns the blocks in the order of the text. The list is the same object until `structure` changes. */
  blocks(): readonly Block[] {
    this.#blocks ??= this.#readBlocks()
    return this.#blocks
  }

  /** Returns the composed text of a block. It is composed at the first call after the block has changed. */
  composed(block: Block): Composed {
    const known = this.#composed.get(block.id)
    if (known) return known
    const fresh = block.proposal
      ? composeNewParagraph(this, block.proposal)
      : composeParagraph(this, block.id as ParagraphId)
    this.#composed.set(block.id, fresh)
    this.#remember(fresh.placed, block.id)
    return fresh
  }

  #remember(placed: readonly Placed[], block: string): void {
    for (const { proposal, amendments } of placed) {
      this.#shownIn.set(proposal.id, block)
      this.#remember(amendments, block)
    }
  }

  #readBlocks(): Block[] {
    const blocks: (Block & { order: string })[] = []
    const own = recordGet(this.od, 'language') ?? null
    const paragraphs = paragraphsInOrder(this.od)
    const cells = shownCells(paragraphs)
    for (const facts of paragraphs) {
      const { id, kind, label, order, former, vacant, level } = facts
      const language = facts.language ?? own
      const labels = { ...labelTexts(label), former: hasReference(former) ? formatLabel(former) : '' }
      const unmarked = kind === 'note' && !vacant && !this.marks.isMarked(id)
      const cell = cells.get(id) ?? null
      blocks.push({
        id,
        kind,
        ...labels,
        level,
        vacant,
        unmarked,
        language,
        cell,
        caption: isCaption(label),
        proposal: null,
        order,
      })
    }
    const { od } = this
    let numbers: Numbers | null = null
    for (const proposal of this.proposals.all()) {
      if (!isBlockKind(proposal.head.kind)) continue
      if (!showsNewParagraph(this, proposal)) continue
      const issued = recordGet(od, `label/${proposal.id}`)
      const after = proposal.anchor?.paragraph ?? proposal.head.paragraph
      const place = issued ?? (numbers ??= new Numbers(od)).block(after, proposal.head.block)
      const { order, level = 0 } = place
      const kind = kindOfIssued(place)
      blocks.push({
        id: proposal.id,
        kind,
        ...labelTexts(issued?.label ?? null),
        level,
        former: '',
        vacant: false,
        unmarked: kind === 'note' && !this.marks.isMarked(proposal.id),
        language: null,
        cell: null,
        caption: false,
        proposal,
        order,
      })
    }
    return blocks.sort((a, b) => compareStrings(a.order, b.order) || aged(a, b) || compareStrings(a.id, b.id))
  }

  /** `source`: the document that changed, the room's or that of a private space. */
  #onTransaction(source: OutcomeDocument, transaction: Y.Transaction): void {
    const dirty = new Set<string>()
    const structure = this.#changes(source, transaction, dirty)
    const beside = changedKeys(transaction, source.record).some(isBeside)
    if (!structure && !beside && dirty.size === 0) return
    for (const id of dirty) this.#composed.delete(id)
    if (structure) this.#blocks = null
    for (const listener of this.#listeners) listener({ structure, beside, blocks: dirty, transaction })
  }

  /**
   * Adds to `dirty` the blocks that must be composed again. Returns whether the list of blocks must be read
   * again too.
   */
  #changes(od: OutcomeDocument, transaction: Y.Transaction, dirty: Set<string>): boolean {
    let structure = false
    const refreshed = new Set<ProposalId>()
    const texts: Y.Item[] = []
    for (const [type, keys] of transaction.changed) {
      const changed = type as unknown
      if (changed === od.paragraphs) structure = true
      else if (changed === od.proposals || changed === od.anchors) {
        for (const key of keys) this.#refreshWithDrafts(key as ProposalId, refreshed)
      } else if (changed === od.record) structure = this.#recordChanges(keys, refreshed, dirty) || structure
      else if (type._item?.parentSub === 'text' || type._item?.parentSub === 'content') texts.push(type._item)
      else if (type.parent === (od.proposals as unknown)) {
        // The server has completed the proposal's head.
        const id = type._item?.parentSub
        if (isProposalId(id)) this.#refreshWithDrafts(id, refreshed)
      } else {
        structure = true
        if (type.parent === (od.paragraphs as unknown))
          this.#paragraphChanges(type._item?.parentSub, keys, refreshed, dirty)
      }
    }
    for (const id of refreshed) structure = this.#refresh(id, dirty) || structure
    // The view `mine` shows a new paragraph only when something of the participant's is in it.
    if (this.view === 'mine' && refreshed.size > 0) structure = true
    for (const item of texts) {
      const [id] = hostOf(item)
      const block = id && this.proposals.blockOf(id)
      if (block) dirty.add(block)
      if (!isParagraphId(id)) continue
      this.#redrawNaming(dirty, id)
      // Words that arrive late in a vacant paragraph end its vacancy.
      if (od.paragraphs.get(id)?.get('vacant') === true) structure = true
    }
    const isAboutNotes = [...refreshed].some((id) => isAboutNote(od, id))
    if (this.#marksChange(od, transaction, { texts, isAboutNotes }, dirty)) structure = true
    // A new paragraph without an anchor is shown only as long as it has words.
    const unanchored = [...dirty].some((id) => this.proposals.get(id as ProposalId)?.anchor === null)
    return structure || unanchored
  }

  /**
   * Collects the blocks of which the marks of footnotes have changed. Returns whether there are some: the note of a mark
   * that came or went looks different too.
   */
  #marksChange(
    od: OutcomeDocument,
    transaction: Y.Transaction,
    { texts, isAboutNotes }: { readonly texts: readonly Y.Item[]; readonly isAboutNotes: boolean },
    dirty: Set<string>,
  ): boolean {
    const types = [...transaction.changed.keys()] as unknown[]
    const isWider = isAboutNotes || types.includes(od.paragraphs) || isFieldOf(od, types)
    const keys = changedKeys(transaction, od.record)
    const moved = keys.flatMap(movedBy)
    const hosts =
      isWider || keys.some((key) => isLabelOfNote(od, key ?? ''))
        ? this.marks.refresh()
        : this.marks.refreshIn(new Set([...texts.flatMap(hostOf), ...moved]))
    for (const host of hosts) {
      const block = this.proposals.blockOf(host)
      if (block) dirty.add(block)
    }
    return hosts.size > 0
  }

  /**
   * Handles a change of a paragraph's fields. Brackets elsewhere may show its number, and when it is removed,
   * the proposals on it are shown on another paragraph.
   */
  #paragraphChanges(
    id: string | null | undefined,
    keys: ReadonlySet<string | null>,
    refreshed: Set<ProposalId>,
    dirty: Set<string>,
  ): void {
    if (isParagraphId(id) && keys.has('removed'))
      for (const proposal of this.proposals.storedOn(id)) refreshed.add(proposal)
    this.#redrawNaming(dirty)
  }

  /** Collects the blocks with brackets that name `paragraph`, or any paragraph when it is absent. */
  #redrawNaming(dirty: Set<string>, paragraph?: ParagraphId): void {
    for (const id of this.proposals.naming(paragraph)) {
      const block = this.proposals.blockOf(id)
      if (block) dirty.add(block)
    }
  }

  /**
   * Refreshes a proposal and, when it is a draft that was just tabled, the private drafts on it: their words
   * are in the room's copy from now on.
   */
  #refreshWithDrafts(id: ProposalId, refreshed: Set<ProposalId>): void {
    refreshed.add(id)
    if (!this.od.spaces) return
    for (const amendment of this.proposals.on(id)) refreshed.add(amendment.id)
  }

  /**
   * Collects what a change of records redraws, by the table in `records.ts`. Returns whether the list of blocks
   * must be read again.
   */
  #recordChanges(keys: ReadonlySet<string | null>, refreshed: Set<ProposalId>, dirty: Set<string>): boolean {
    let structure = false
    for (const key of keys) {
      const { redraws, subject } = redrawnBy(key ?? '')
      if (redraws === 'blocks' || redraws === 'outcome') structure = true
      if (redraws === 'nothing' || redraws === 'beside' || redraws === 'blocks') continue
      if (isParagraphId(subject)) dirty.add(subject)
      else if (isProposalId(subject)) refreshed.add(subject)
      if (redraws === 'words' || redraws === 'outcome') this.#wordsMoved(subject, refreshed)
    }
    return structure
  }

  /** Refreshes the proposals whose words may have been moved to or from this host. */
  #wordsMoved(host: string | null, refreshed: Set<ProposalId>): void {
    for (const id of this.proposals.forwarded()) refreshed.add(id)
    if (isParagraphId(host)) for (const id of this.proposals.storedOn(host)) refreshed.add(id)
    if (isProposalId(host)) for (const { id } of this.proposals.on(host)) refreshed.add(id)
  }

  /**
   * Reads a proposal again and collects the blocks that showed it before and that show it now. Returns whether the
   * list of blocks depends on it.
   */
  #refresh(id: ProposalId, dirty: Set<string>): boolean {
    const shown = this.#shownIn.get(id)
    if (shown) dirty.add(shown)
    const { was, is } = this.proposals.refresh(id)
    const block = is && this.proposals.blockOf(is.id)
    if (block) dirty.add(block)
    return [was, is].some((proposal) => proposal && isBlockKind(proposal.head.kind))
  }
}
