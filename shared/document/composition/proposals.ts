import type * as Y from 'yjs'
import type { HostId, ParagraphId, ProposalId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import { CHAIN_LIMIT, isBlockKind, isOnWords } from '../../model/proposal.ts'
import type { Affected, Anchor, ProposalHead } from '../../model/proposal.ts'
import { followTabled } from '../drafts.ts'
import { forward } from '../follow/forward.ts'
import { followWords } from '../follow/renewed.ts'
import type { OutcomeDocument } from '../schema.ts'
import { anchorOf, contentOf, decisionOf, documentsOf, headOf, spaceOf } from '../schema.ts'
import { recordGet } from '../records.ts'
import { byAge } from '../age.ts'
import { standInFor } from '../follow/stand-in.ts'
import type { ProposalStanding } from './standing.ts'
import { standingOf } from './standing.ts'

/** An open proposal as composition needs it. Replaced, never changed, when its anchor or its flag changes. */
export interface OpenProposal {
  readonly id: ProposalId
  readonly head: ProposalHead
  readonly content: Y.Text
  /** Where it stands now: forwarded, when what it amends was accepted. Null when its author took it back. */
  readonly anchor: Anchor | null
  readonly affected: Affected | null
  readonly standing: ProposalStanding
}

const NONE: readonly OpenProposal[] = []

/** The open proposals of a document by where they stand, kept up to date from what each transaction changed. */
export class Proposals {
  readonly #od: OutcomeDocument
  readonly #all = new Map<ProposalId, OpenProposal>()
  readonly #on = new Map<HostId, OpenProposal[]>()
  readonly #after = new Map<ParagraphId, OpenProposal[]>()
  readonly #forwarded = new Set<ProposalId>()
  /** Those that name another paragraph. */
  readonly #naming = new Map<ProposalId, ParagraphId>()
  /** The list that each is in. */
  readonly #in = new Map<ProposalId, OpenProposal[]>()

  constructor(od: OutcomeDocument) {
    this.#od = od
    for (const { proposals } of documentsOf(od))
      for (const id of proposals.keys()) this.refresh(id as ProposalId, false)
    for (const list of [...this.#on.values(), ...this.#after.values()]) list.sort(byAge)
  }

  get(id: ProposalId): OpenProposal | undefined {
    return this.#all.get(id)
  }

  all(): IterableIterator<OpenProposal> {
    return this.#all.values()
  }

  on(host: HostId): readonly OpenProposal[] {
    return this.#on.get(host) ?? NONE
  }

  after(paragraph: ParagraphId): readonly OpenProposal[] {
    return this.#after.get(paragraph) ?? NONE
  }

  /** Those whose stored anchor is not where they stand, until the server has written it down. */
  forwarded(): ReadonlySet<ProposalId> {
    return this.#forwarded
  }

  /** The open moves and mergers; or those that name this paragraph as the other one. */
  naming(paragraph?: ParagraphId): ProposalId[] {
    const all = [...this.#naming]
    return all.flatMap(([id, other]) => (paragraph === undefined || other === paragraph ? [id] : []))
  }

  /** Those that were put on a paragraph itself, wherever they are shown. */
  putOn(paragraph: ParagraphId): ProposalId[] {
    return [...this.#all.values()]
      .filter((proposal) => hostStoodOn(proposal) === paragraph)
      .map(({ id }) => id)
  }

  /** Reads one proposal anew. Returns its former and its present state, for whoever draws both places again. */
  refresh(id: ProposalId, sort = true): { was: OpenProposal | undefined; is: OpenProposal | undefined } {
    const was = this.#all.get(id)
    const is = this.#read(id)
    if (was) this.#remove(was)
    if (is) this.#add(is, sort)
    return { was, is }
  }

  /** The block that shows a host: the paragraph, or the proposed new paragraph, at the end of its chain. */
  blockOf(host: HostId): ParagraphId | ProposalId | null {
    let current = host
    for (let depth = 0; depth < CHAIN_LIMIT; depth++) {
      if (!isProposalId(current)) return standInFor(this.#od, current)
      const proposal = this.#all.get(current)
      if (!proposal) return null
      if (isBlockKind(proposal.head.kind)) return current
      current = hostStoodOn(proposal)
    }
    return null
  }

  #read(id: ProposalId): OpenProposal | undefined {
    const head = headOf(this.#od, id)
    const content = contentOf(this.#od, id)
    if (!head || !content || decisionOf(this.#od, id)) return undefined
    const placed = anchorOf(this.#od, id)
    const anchor = placed ? this.#place(id, placed) : null
    if (anchor === placed) this.#forwarded.delete(id)
    else if (anchor) this.#forwarded.add(id)
    const standing = standingOf(this.#od, id)
    return {
      id,
      head,
      content,
      anchor,
      affected:
        standing.space === null
          ? (recordGet(this.#od, `affected/${id}`) ?? null)
          : hostClosed(this.#od, anchor),
      standing,
    }
  }

  #place(id: ProposalId, placed: Anchor): Anchor {
    const od = this.#od
    return spaceOf(od, id) ? followWords(od, followTabled(od, placed)) : forward(od, placed)
  }

  /**
   * A missing anchor: whoever takes a proposal back while a colleague types in it takes only the anchor away. What
   * the colleague wrote is then shown where the head says it was proposed.
   */
  #list({ anchor, head }: OpenProposal): [Map<string, OpenProposal[]>, string] {
    const after = anchor === null ? isBlockKind(head.kind) : anchor.kind === 'after'
    if (after) return [this.#after, anchor?.paragraph ?? head.paragraph]
    const place = hostStoodOn({ anchor, head })
    return [this.#on, isProposalId(place) ? place : standInFor(this.#od, place)]
  }

  #add(proposal: OpenProposal, sort: boolean): void {
    this.#all.set(proposal.id, proposal)
    const { id, anchor } = proposal
    if (anchor?.kind === 'whole' && anchor.other) this.#naming.set(id, anchor.other)
    const [lists, key] = this.#list(proposal)
    const list = lists.get(key) ?? []
    lists.set(key, list)
    list.push(proposal)
    this.#in.set(id, list)
    if (sort) list.sort(byAge)
  }

  #remove(proposal: OpenProposal): void {
    this.#all.delete(proposal.id)
    this.#naming.delete(proposal.id)
    // Not asked for anew: where it is shown may have changed meanwhile.
    const list = this.#in.get(proposal.id)
    if (list) list.splice(list.indexOf(proposal), 1)
    this.#in.delete(proposal.id)
  }
}

/** The text or paragraph that a proposal is on; without an anchor, the paragraph that it was proposed on. */
const hostStoodOn = ({ anchor, head }: Pick<OpenProposal, 'anchor' | 'head'>): HostId =>
  anchor && isOnWords(anchor) ? anchor.host : (anchor?.paragraph ?? head.paragraph)

/** The room flags what a decision takes the place of; of private drafts it does not know, so each reader does it here. */
function hostClosed(od: OutcomeDocument, anchor: Anchor | null): Affected | null {
  if (!anchor || !isOnWords(anchor) || !isProposalId(anchor.host)) return null
  return decisionOf(od, anchor.host) ? { by: anchor.host, effect: 'host-closed' } : null
}
