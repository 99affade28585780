import type * as Y from 'yjs'
import type { HostId, ParagraphId, ProposalId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import { CHAIN_LIMIT, isBlockKind, isOnWords } from '../../model/proposals/proposal.ts'
import type { Affected, Anchor, ProposalHead } from '../../model/proposals/proposal.ts'
import { followTabled } from '../drafts.ts'
import { forward } from '../follow/forward.ts'
import { followWords } from '../follow/renewed.ts'
import type { OutcomeDocument } from '../schema.ts'
import { anchorOf, contentOf, decisionOf, documentsOf, headOf, spaceOf } from '../schema.ts'
import { recordGet } from '../records.ts'
import { byAge } from '../age.ts'
import { standInFor } from '../follow/stand-in.ts'
import type { ProposalStanding } from '../standing.ts'
import { standingOf } from '../standing.ts'

/**
 * An open proposal as composition needs it. The object is replaced, never changed, so it can be compared by
 * identity.
 */
export interface OpenProposal {
  readonly id: ProposalId
  readonly head: ProposalHead
  readonly content: Y.Text
  /**
   * Where it stands now: the stored anchor, followed to where decisions have moved its words. Null when its
   * author removed it.
   */
  readonly anchor: Anchor | null
  readonly affected: Affected | null
  readonly standing: ProposalStanding
}

const NONE: readonly OpenProposal[] = []

/** An index of the open proposals by what they are on. It must be told of each change by {@link refresh}. */
export class Proposals {
  readonly #od: OutcomeDocument
  readonly #all = new Map<ProposalId, OpenProposal>()
  readonly #on = new Map<HostId, OpenProposal[]>()
  readonly #after = new Map<ParagraphId, OpenProposal[]>()
  readonly #forwarded = new Set<ProposalId>()
  /** The proposals that name another paragraph (moves and mergers), with that paragraph. */
  readonly #naming = new Map<ProposalId, ParagraphId>()
  readonly #notes = new Set<ProposalId>()
  /** The list that holds each proposal. */
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

  /** The open proposals for footnotes. */
  notes(): ReadonlySet<ProposalId> {
    return this.#notes
  }

  after(paragraph: ParagraphId): readonly OpenProposal[] {
    return this.#after.get(paragraph) ?? NONE
  }

  /**
   * The proposals whose words have moved while the stored anchor still names the former place, until the server
   * rewrites it.
   */
  forwarded(): ReadonlySet<ProposalId> {
    return this.#forwarded
  }

  /** Returns the open moves and mergers; with `paragraph`, those that name it as the other paragraph. */
  naming(paragraph?: ParagraphId): ProposalId[] {
    const all = [...this.#naming]
    return all.flatMap(([id, other]) => (paragraph === undefined || other === paragraph ? [id] : []))
  }

  /** Returns the proposals that are stored on this paragraph itself, wherever they are shown. */
  storedOn(paragraph: ParagraphId): ProposalId[] {
    return [...this.#all.values()]
      .filter((proposal) => storedHost(proposal) === paragraph)
      .map(({ id }) => id)
  }

  /**
   * Reads one proposal again. Returns its former and its present state, so that the caller can redraw both
   * places. `sort`: false while many are read, after which the caller sorts once.
   */
  refresh(id: ProposalId, sort = true): { was: OpenProposal | undefined; is: OpenProposal | undefined } {
    const was = this.#all.get(id)
    const is = this.#read(id)
    if (was) this.#remove(was)
    if (is) this.#add(is, sort)
    return { was, is }
  }

  /**
   * Returns the block that shows a host: the paragraph, or the proposed new paragraph, at the end of its chain
   * of hosts.
   */
  blockOf(host: HostId): ParagraphId | ProposalId | null {
    let current = host
    for (let depth = 0; depth < CHAIN_LIMIT; depth++) {
      if (!isProposalId(current)) return standInFor(this.#od, current)
      const proposal = this.#all.get(current)
      if (!proposal) return null
      if (isBlockKind(proposal.head.kind)) return current
      current = storedHost(proposal)
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
   * Returns the list that a proposal belongs in. Its anchor is missing when its author took it back while a
   * colleague typed in it. The colleague's words are then shown on the paragraph that the head names.
   */
  #list({ anchor, head }: OpenProposal): [Map<string, OpenProposal[]>, string] {
    const after = anchor === null ? isBlockKind(head.kind) : anchor.kind === 'after'
    if (after) return [this.#after, anchor?.paragraph ?? head.paragraph]
    const place = storedHost({ anchor, head })
    return [this.#on, isProposalId(place) ? place : standInFor(this.#od, place)]
  }

  #add(proposal: OpenProposal, sort: boolean): void {
    this.#all.set(proposal.id, proposal)
    const { id, anchor } = proposal
    if (anchor?.kind === 'whole' && anchor.other) this.#naming.set(id, anchor.other)
    if (proposal.head.block?.kind === 'note') this.#notes.add(id)
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
    this.#notes.delete(proposal.id)
    // The list is looked up, not computed, since the transaction may have changed what `#list` would
    // return.
    const list = this.#in.get(proposal.id)
    if (list) list.splice(list.indexOf(proposal), 1)
    this.#in.delete(proposal.id)
  }
}

/** Returns the host that a proposal is stored on; without an anchor, the paragraph that its head names. */
const storedHost = ({ anchor, head }: Pick<OpenProposal, 'anchor' | 'head'>): HostId =>
  anchor && isOnWords(anchor) ? anchor.host : (anchor?.paragraph ?? head.paragraph)

/**
 * Returns the flag for a private draft whose host was decided. The room flags its own proposals; it does not
 * know private drafts, so each reader does this for them.
 */
function hostClosed(od: OutcomeDocument, anchor: Anchor | null): Affected | null {
  if (!anchor || !isOnWords(anchor) || !isProposalId(anchor.host)) return null
  return decisionOf(od, anchor.host) ? { by: anchor.host, effect: 'host-closed' } : null
}
