import type { HostId, ParagraphId, ProposalId } from '../../model/ids.ts'
import { isParagraphId } from '../../model/ids.ts'
import { paragraphOf } from '../agreement.ts'
import type { FrozenText } from './compared.ts'
import { freeze } from './freeze.ts'
import { touchedBy } from '../issue/revisions.ts'
import type { OutcomeDocument } from '../schema.ts'
import { headOf } from '../schema.ts'
import { entriesOf, recordGet } from '../records.ts'

/**
 * What can be new in a block: its base text, a bracket, a wording that others had spoken of, a decision, a
 * position, its status, a comment.
 */
const NEWS = ['text', 'proposed', 'reworded', 'decided', 'position', 'status', 'comment'] as const
export type News = (typeof NEWS)[number]

export interface ChangedBlock {
  /** A paragraph or a proposed new one. Those that are gone from the text come last. */
  readonly paragraph: ParagraphId | ProposalId
  /** In the order of {@link NEWS}. */
  readonly kinds: readonly News[]
}

/**
 * Returns the blocks that have changed since somebody looked at the text `before` at `at` (milliseconds since
 * 1970, by the server's clock), in the order of the text. Private spaces are left out.
 */
export function changesSince(before: FrozenText, at: number, od: OutcomeDocument): ChangedBlock[] {
  const now = freeze(od, before.sequence)
  const news = new Collected(od, now)
  news.read(at)
  news.compare(before, now, at)
  const still = new Set(now.paragraphs.map(({ id }) => id))
  const gone = before.paragraphs.filter(({ id }) => !still.has(id))
  for (const { id } of gone) news.add(id, 'text')
  return news.inOrder([...blocksOf(now), ...gone.map(({ id }) => id)])
}

/** Lists each proposed paragraph behind the one that it follows. */
function blocksOf({ paragraphs, proposed }: FrozenText): (ParagraphId | ProposalId)[] {
  const behind = (id: ParagraphId | null) => proposed.filter(({ after }) => after === id).map((one) => one.id)
  return [...behind(null), ...paragraphs.flatMap(({ id }) => [id, ...behind(id)])]
}

class Collected {
  readonly #od: OutcomeDocument
  readonly #kinds = new Map<ParagraphId | ProposalId, Set<News>>()
  /** The block that shows each open proposal. */
  readonly #shownIn = new Map<ProposalId, ParagraphId | ProposalId>()

  constructor(od: OutcomeDocument, now: FrozenText) {
    this.#od = od
    for (const { id, open } of [...now.paragraphs, ...now.proposed])
      for (const proposal of open) this.#shownIn.set(proposal, id)
  }

  add(block: ParagraphId | ProposalId, kind: News): void {
    const known = this.#kinds.get(block)
    if (known) known.add(kind)
    else this.#kinds.set(block, new Set([kind]))
  }

  inOrder(blocks: readonly (ParagraphId | ProposalId)[]): ChangedBlock[] {
    return blocks.flatMap((paragraph) => {
      const kinds = this.#kinds.get(paragraph)
      return kinds ? [{ paragraph, kinds: NEWS.filter((kind) => kinds.has(kind)) }] : []
    })
  }

  compare(before: FrozenText, now: FrozenText, at: number): void {
    const old = new Map(before.paragraphs.map((paragraph) => [paragraph.id, paragraph]))
    const blocks = [...before.paragraphs, ...before.proposed]
    const known = new Set(blocks.flatMap(({ open }) => open))
    const texts = new Map<string, string>(blocks.map(({ id, text }) => [id, text]))
    for (const { id, base, vacant, status } of now.paragraphs) {
      const was = old.get(id)
      if (was?.base !== base || was.vacant !== vacant) this.add(id, 'text')
      if ((was?.status ?? 'open') !== status) this.add(id, 'status')
    }
    for (const { id, open, text } of [...now.paragraphs, ...now.proposed]) {
      const fresh = open.filter((proposal) => !known.has(proposal))
      if (fresh.some((proposal) => !isReopenedSince(this.#od, proposal, at))) this.add(id, 'proposed')
      // The block reads differently and nothing else explains it: somebody has gone on writing in one of its
      // brackets.
      if (!this.#kinds.has(id) && texts.has(id) && texts.get(id) !== text) this.add(id, 'proposed')
    }
  }

  /** Adds what was said or decided since `at`, according to the record. */
  read(at: number): void {
    const od = this.#od
    for (const [, { on, at: made }] of entriesOf(od, 'comment')) if (made > at) this.#addOn(on, 'comment')
    for (const [on, decision] of entriesOf(od, 'decision')) if (decision.at > at) this.#addOn(on, 'decided')
    for (const [on, reopened] of entriesOf(od, 'reopened'))
      if (hasSince(reopened, at)) this.#addOn(on, 'decided')
    for (const [on, positions] of entriesOf(od, 'positions'))
      if (hasSince(positions, at)) this.#addOn(on, 'position')
    for (const [on, { cosponsors, dissociated, left = [] }] of entriesOf(od, 'sponsors')) {
      const ended = left.map(({ until }) => ({ at: until }))
      if (hasSince([...cosponsors, ...dissociated, ...ended], at)) this.#addOn(on, 'position')
    }
    for (const kind of ['reworded', 'emptied'] as const)
      for (const [on, stated] of entriesOf(od, kind)) if (stated.at > at) this.#addOn(on, 'reworded')
    for (const kind of ['owner', 'condition'] as const)
      for (const [on, stated] of entriesOf(od, kind)) if (stated.at > at) this.#addOn(on, 'position')
    for (const [on, status] of entriesOf(od, 'status')) if (status.at > at) this.#addOn(on, 'status')
  }

  #addOn(on: HostId, kind: News): void {
    for (const block of this.#blocksOf(on)) this.add(block, kind)
  }

  #blocksOf(on: HostId): readonly (ParagraphId | ProposalId)[] {
    if (isParagraphId(on)) return [on]
    const shown = this.#shownIn.get(on)
    if (shown) return [shown]
    const touched = touchedBy(this.#od, on)
    if (touched) return touched.paragraphs
    const paragraph = paragraphOf(this.#od, on) ?? headOf(this.#od, on)?.paragraph
    return paragraph ? [paragraph] : []
  }
}

const hasSince = (said: readonly { readonly at: number }[], at: number): boolean =>
  said.some((one) => one.at > at)

const isReopenedSince = (od: OutcomeDocument, proposal: ProposalId, at: number): boolean =>
  hasSince(recordGet(od, `reopened/${proposal}`) ?? [], at)
