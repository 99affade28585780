import { isBlockKind } from '../../model/proposal.ts'
import type * as Y from 'yjs'
import type { HostId, ParagraphId, ParticipantId, ProposalId } from '../../model/ids.ts'
import { isParagraphId, isProposalId } from '../../model/ids.ts'
import { formatLabel } from '../../model/label.ts'
import type { ParagraphKind } from '../../model/paragraph.ts'
import type { ViewMode } from './board.ts'
import type { Composed, Placed } from './compose.ts'
import { composeNewParagraph, composeParagraph, showsNewParagraph } from './compose.ts'
import { allNumbered, issueLabel } from '../issue/numbering.ts'
import type { OpenProposal } from './proposals.ts'
import { Proposals } from './proposals.ts'
import { byAge } from '../age.ts'
import type { OutcomeDocument } from '../schema.ts'
import { compareStrings, documentsOf, paragraphsInOrder } from '../schema.ts'
import { recordGet, redrawnBy } from '../records.ts'

/** One block of the shown text: a paragraph, or a proposed new paragraph. */
export interface Block {
  readonly id: ParagraphId | ProposalId
  readonly kind: ParagraphKind
  /** "3 bis"; empty where there is no number (yet). */
  readonly label: string
  /** Set for a proposed new paragraph. */
  readonly proposal: OpenProposal | null
  /** The number it had before it was moved; empty when it was not. */
  readonly former: string
  /** Its number stands empty. */
  readonly vacant: boolean
}

/** What one transaction changed. `structure`: blocks came, went, moved, or changed their number. */
export interface Changes {
  readonly structure: boolean
  /** Something that stands beside the text: revisions, silence, meetings, comments, policy. */
  readonly beside: boolean
  readonly blocks: ReadonlySet<string>
  readonly transaction: Y.Transaction
}

function changedKeys(transaction: Y.Transaction, map: Y.Map<unknown>): (string | null)[] {
  for (const [type, keys] of transaction.changed) if ((type as unknown) === map) return [...keys]
  return []
}

const isBeside = (key: string | null): boolean => key !== null && redrawnBy(key).redraws === 'beside'

/** Paragraphs before proposed ones, which are in their order. */
const aged = ({ proposal: a }: Block, { proposal: b }: Block): number =>
  a && b ? byAge(a, b) : Number(a !== null) - Number(b !== null)

/**
 * The composed text of a document, kept up to date: after each transaction only the blocks it touched are composed
 * again. Equal to a composition from nothing at all times.
 */
export class Projection {
  readonly od: OutcomeDocument
  readonly view: ViewMode
  readonly participant: ParticipantId | null
  readonly proposals: Proposals
  readonly #composed = new Map<string, Composed>()
  /** Where each proposal is shown now, so that it can be found after its chain of hosts was cut. */
  readonly #shownIn = new Map<ProposalId, string>()
  readonly #listeners = new Set<(changes: Changes) => void>()
  readonly #stops: (() => void)[] = []
  #blocks: readonly Block[] | null = null

  constructor(od: OutcomeDocument, view: ViewMode = 'all', participant: ParticipantId | null = null) {
    this.od = od
    this.view = view
    this.participant = participant
    this.proposals = new Proposals(od)
    for (const source of documentsOf(od)) {
      const listen = (transaction: Y.Transaction) => this.#onTransaction(source, transaction)
      source.doc.on('afterTransaction', listen)
      this.#stops.push(() => source.doc.off('afterTransaction', listen))
    }
  }

  destroy(): void {
    for (const stop of this.#stops) stop()
    this.#listeners.clear()
  }

  /** Called after each transaction that changed what is shown. */
  subscribe(listener: (changes: Changes) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  blocks(): readonly Block[] {
    this.#blocks ??= this.#readBlocks()
    return this.#blocks
  }

  composed(block: Block): Composed {
    const known = this.#composed.get(block.id)
    if (known) return known
    const { od, proposals, view, participant } = this
    const composition = { od, proposals, view, participant }
    const fresh = block.proposal
      ? composeNewParagraph(composition, block.proposal)
      : composeParagraph(composition, block.id as ParagraphId)
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
    for (const { id, kind, label, order, former, vacant } of paragraphsInOrder(this.od)) {
      const labels = { label: label ? formatLabel(label) : '', former: former ? formatLabel(former) : '' }
      blocks.push({ id, kind, ...labels, vacant, proposal: null, order })
    }
    const { od, proposals, view, participant } = this
    let numbered: ReturnType<typeof allNumbered> | null = null
    for (const proposal of proposals.all()) {
      if (!isBlockKind(proposal.head.kind)) continue
      if (!showsNewParagraph({ od, proposals, view, participant }, proposal)) continue
      const issued = recordGet(od, `label/${proposal.id}`)
      const after = proposal.anchor?.paragraph ?? proposal.head.paragraph
      const order = issued?.order ?? issueLabel(od, after, (numbered ??= allNumbered(od))).order
      const label = issued ? formatLabel(issued.label) : ''
      blocks.push({
        id: proposal.id,
        kind: 'paragraph',
        label,
        former: '',
        vacant: false,
        proposal,
        order,
      })
    }
    return blocks.sort((a, b) => compareStrings(a.order, b.order) || aged(a, b) || compareStrings(a.id, b.id))
  }

  /** `source`: the room's document, or that of a private space. */
  #onTransaction(source: OutcomeDocument, transaction: Y.Transaction): void {
    const dirty = new Set<string>()
    const structure = this.#changes(source, transaction, dirty)
    const beside = changedKeys(transaction, source.record).some(isBeside)
    if (!structure && !beside && dirty.size === 0) return
    for (const id of dirty) this.#composed.delete(id)
    if (structure) this.#blocks = null
    for (const listener of this.#listeners) listener({ structure, beside, blocks: dirty, transaction })
  }

  /** Collects the blocks to compose again; true when the list of blocks must be read again too. */
  #changes(od: OutcomeDocument, transaction: Y.Transaction, dirty: Set<string>): boolean {
    let structure = false
    const refreshed = new Set<ProposalId>()
    const texts: Y.Item[] = []
    for (const [type, keys] of transaction.changed) {
      const changed = type as unknown
      if (changed === od.paragraphs) structure = true
      else if (changed === od.proposals || changed === od.anchors) {
        for (const key of keys) this.#comes(key as ProposalId, refreshed)
      } else if (changed === od.record) structure = this.#recordChanges(keys, refreshed, dirty) || structure
      else if (type._item?.parentSub === 'text' || type._item?.parentSub === 'content') texts.push(type._item)
      else if (type.parent === (od.proposals as unknown)) {
        // The server has completed its head.
        const id = type._item?.parentSub
        if (isProposalId(id)) this.#comes(id, refreshed)
      } else {
        structure = true
        if (type.parent === (od.paragraphs as unknown))
          this.#paragraphChanges(type._item?.parentSub, keys, refreshed, dirty)
      }
    }
    for (const id of refreshed) structure = this.#refresh(id, dirty) || structure
    // Whether this view shows a new paragraph depends on what stands in it.
    if (this.view === 'mine' && refreshed.size > 0) structure = true
    for (const item of texts) {
      const id = (item.parent as Y.AbstractType<unknown>)._item?.parentSub as HostId | undefined
      const block = id && this.proposals.blockOf(id)
      if (block) dirty.add(block)
      if (!isParagraphId(id)) continue
      this.#redrawNaming(dirty, id)
      // Words that come late stand where there were none.
      if (od.paragraphs.get(id)?.get('vacant') === true) structure = true
    }
    // A new paragraph without an anchor is shown only while there is something in it.
    const unanchored = [...dirty].some((id) => this.proposals.get(id as ProposalId)?.anchor === null)
    return structure || unanchored
  }

  /** Brackets name other paragraphs by their numbers; and what is on a paragraph is shown on another while it is removed. */
  #paragraphChanges(
    id: string | null | undefined,
    keys: ReadonlySet<string | null>,
    refreshed: Set<ProposalId>,
    dirty: Set<string>,
  ): void {
    if (isParagraphId(id) && keys.has('removed'))
      for (const proposal of this.proposals.putOn(id)) refreshed.add(proposal)
    this.#redrawNaming(dirty)
  }

  #redrawNaming(dirty: Set<string>, paragraph?: ParagraphId): void {
    for (const id of this.proposals.naming(paragraph)) {
      const block = this.proposals.blockOf(id)
      if (block) dirty.add(block)
    }
  }

  /** What stands on a draft that was tabled stands on other characters from now on. */
  #comes(id: ProposalId, refreshed: Set<ProposalId>): void {
    refreshed.add(id)
    if (!this.od.spaces) return
    for (const amendment of this.proposals.on(id)) refreshed.add(amendment.id)
  }

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

  /** What stands on them is shown on them, wherever they are now. */
  #wordsMoved(host: string | null, refreshed: Set<ProposalId>): void {
    for (const id of this.proposals.forwarded()) refreshed.add(id)
    if (isParagraphId(host)) for (const id of this.proposals.putOn(host)) refreshed.add(id)
    if (isProposalId(host)) for (const { id } of this.proposals.on(host)) refreshed.add(id)
  }

  #refresh(id: ProposalId, dirty: Set<string>): boolean {
    const shown = this.#shownIn.get(id)
    if (shown) dirty.add(shown)
    const { was, is } = this.proposals.refresh(id)
    const block = is && this.proposals.blockOf(is.id)
    if (block) dirty.add(block)
    return [was, is].some((proposal) => proposal && isBlockKind(proposal.head.kind))
  }
}
