import { CHAIN_LIMIT } from '../../model/proposals/proposal.ts'
import * as Y from 'yjs'
import type { Decision, Effect, Insertion, Reopened, Run } from '../../model/proposals/decision.ts'
import { isInsertion, isTakeOver } from '../../model/proposals/decision.ts'
import type { ParticipantId, ProposalId } from '../../model/ids.ts'
import { FACILITATORS } from '../../model/participant.ts'
import type { PositionEntry, Stated } from '../../model/proposals/position.ts'
import type { ItemId } from '../../model/proposals/proposal.ts'
import { isOnEarlier } from '../../model/proposals/position.ts'
import { plainText } from '../text/anchor.ts'
import type { Cause } from './compared.ts'
import { visibleRuns } from './freeze.ts'
import { RunMap } from '../text/run-map.ts'
import type { OutcomeDocument } from '../schema.ts'
import { contentOf, decisionOf, headOf } from '../schema.ts'
import { entriesOf, recordGet } from '../records.ts'
import { itemInRuns, runsLength } from '../text/wording.ts'
import { wordsIn } from '../text/words.ts'

/** Who asked for each character of the text, or for its deletion, as the records of decisions say. */
export interface Causes {
  /** Returns who asked for a visible character; amendments of a wording come before the wording. Never empty. */
  of(item: ItemId): readonly Cause[]
  /** Returns who had a deleted character deleted. Never empty. */
  removal(item: ItemId): readonly Cause[]
  /**
   * For a character that a split or a merger moved here: by whose proposal, and which character it was before.
   * Else null.
   */
  carried(item: ItemId): { readonly by: Cause; readonly from: ItemId } | null
}

/**
 * No proposal: the words were in the imported draft, or the facilitators wrote or deleted them in the base
 * text.
 */
const DRAFT: readonly Cause[] = [
  {
    proposal: null,
    by: FACILITATORS,
    person: '',
    proposedAt: null,
    decidedBy: null,
    decidedPerson: '',
    decidedAt: null,
    disposition: null,
    basis: null,
    takenOverBy: [],
    supporters: [],
  },
]

/** Reads the record once. Each later question is a search in the result. */
export function causesOf(od: OutcomeDocument): Causes {
  return new RecordedCauses(od)
}

interface Origin {
  readonly proposal: ProposalId
  readonly effect: Exclude<Effect, { kind: 'none' }>
}

class RecordedCauses implements Causes {
  readonly #od: OutcomeDocument
  /** The inserted characters, each with its decision; offsets are those in the decision's `inserted`. */
  readonly #inserted = new RunMap<Origin>()
  readonly #deleted = new RunMap<readonly Cause[]>()
  readonly #causes = new Map<ProposalId, Cause | null>()
  readonly #contents = new Map<ProposalId, Content>()

  constructor(od: OutcomeDocument) {
    this.#od = od
    for (const [id, { effect }] of entriesOf(od, 'decision')) this.#decided(id, effect)
    for (const [id, reopened] of entriesOf(od, 'reopened')) this.#reopened(id, reopened)
  }

  of(item: ItemId): readonly Cause[] {
    const causes = this.#of(item, 0)
    return causes.length > 0 ? causes : DRAFT
  }

  removal(item: ItemId): readonly Cause[] {
    let current: ItemId | null = item
    for (let steps = 0; current !== null && steps < CHAIN_LIMIT; steps++) {
      const found = this.#deleted.get(current)
      if (found) return found.value
      current = broughtBackAs(this.#od, current)
    }
    return DRAFT
  }

  carried(item: ItemId): { readonly by: Cause; readonly from: ItemId } | null {
    const found = this.#inserted.get(item)
    const effect = found?.value.effect
    if (!found || (effect?.kind !== 'paragraph-split' && effect?.kind !== 'paragraphs-joined')) return null
    const by = this.#cause(found.value.proposal)
    const from = itemInRuns(effect.deletedRuns, found.offset)
    return by && from && { by, from: this.carried(from)?.from ?? from }
  }

  #decided(proposal: ProposalId, effect: Effect): void {
    if (effect.kind === 'none' || effect.kind === 'merged-into' || effect.kind === 'paragraph-moved') return
    if (effect.kind === 'family-changed') {
      for (const part of effect.parts) this.#decided(proposal, part)
      return
    }
    if ('inserted' in effect) this.#inserted.add(effect.inserted, { proposal, effect })
    if (!('deletedRuns' in effect)) return
    const cause = this.#cause(proposal)
    if (cause) this.#deleted.add(effect.deletedRuns, [cause])
  }

  #reopened(proposal: ProposalId, earlier: readonly Reopened[]): void {
    const head = headOf(this.#od, proposal)
    if (!head) return
    for (const { inserted, by, person: decidedPerson, at } of earlier) {
      const { by: author, person, createdAt: proposedAt } = head
      const asked = {
        proposal,
        by: author,
        person,
        proposedAt,
        takenOverBy: takenOver(earlier),
        supporters: [],
      }
      const undone = { decidedBy: by, decidedPerson, decidedAt: at, disposition: null, basis: null }
      if (inserted) this.#deleted.add(inserted, [{ ...asked, ...undone }])
    }
  }

  /** Returns an empty list when no decision inserted the character. */
  #of(item: ItemId, depth: number): readonly Cause[] {
    if (depth > CHAIN_LIMIT) return []
    const found = this.#inserted.get(item)
    if (!found) {
      const before = broughtBack(this.#od, item)
      return before ? this.#of(before, depth + 1) : []
    }
    const { proposal, effect } = found.value
    if (!isInsertion(effect)) {
      // The character was moved from another paragraph, so whoever asked for it there is returned.
      const before = 'deletedRuns' in effect ? itemInRuns(effect.deletedRuns, found.offset) : null
      return before ? this.#of(before, depth + 1) : []
    }
    const own = this.#cause(proposal)
    const offset = offsetInContent(effect, this.#content(proposal).length, found.offset)
    const inner = offset === null ? [] : this.#inContent(proposal, offset, depth)
    return own ? [...inner, own] : inner
  }

  #inContent(proposal: ProposalId, offset: number, depth: number): readonly Cause[] {
    const content = this.#content(proposal)
    const item = itemInRuns(content.runs, offset)
    const amended = item ? this.#of(item, depth + 1) : []
    return amended.length > 0 ? amended : content.sources(offset)
  }

  #content(proposal: ProposalId): Content {
    let content = this.#contents.get(proposal)
    if (!content) this.#contents.set(proposal, (content = this.#readContent(proposal)))
    return content
  }

  #readContent(proposal: ProposalId): Content {
    const text = contentOf(this.#od, proposal)
    const runs = text ? visibleRuns(text) : []
    const sources = recordGet(this.#od, `bridge/${proposal}`)?.sources ?? []
    const bridged = sources.length > 0 && text ? this.#bridged(plainText(text), sources) : null
    return { runs, length: runsLength(runs), sources: (offset) => bridged?.(offset) ?? [] }
  }

  /** Returns, for an offset of a bridging text, the sources whose wording contains the word there. */
  #bridged(text: string, sources: readonly ProposalId[]): (offset: number) => readonly Cause[] {
    const offered = sources.map((source) => {
      const content = contentOf(this.#od, source)
      const words = wordsIn(content ? plainText(content) : '').map((word) => word.text.toLowerCase())
      return { cause: this.#cause(source), words: new Set(words) }
    })
    const words = wordsIn(text)
    return (offset) => {
      const word = words.find(({ from, text: own }) => offset >= from && offset < from + own.length)
      const key = word?.text.toLowerCase() ?? ''
      return /[\p{L}\p{N}]/u.test(key)
        ? offered.flatMap(({ cause, words: known }) => (cause && known.has(key) ? [cause] : []))
        : []
    }
  }

  #cause(proposal: ProposalId): Cause | null {
    let cause = this.#causes.get(proposal)
    if (cause === undefined) this.#causes.set(proposal, (cause = causeOf(this.#od, proposal)))
    return cause
  }
}

interface Content {
  readonly runs: readonly Run[]
  readonly length: number
  readonly sources: (offset: number) => readonly Cause[]
}

/**
 * Returns the offset in the proposed wording of an inserted character; null when the wording did not contain
 * it.
 */
function offsetInContent(effect: Insertion, length: number, offset: number): number | null {
  const spaced = effect.kind === 'merged' ? effect.spaced : undefined
  const put = runsLength(effect.inserted) - (spaced?.before ? 1 : 0) - (spaced?.after ? 1 : 0)
  const at = offset - (spaced?.before ? 1 : 0)
  if (at < 0 || at >= put) return null
  if (effect.common === null || at < effect.common.prefix) return at
  return at >= put - effect.common.suffix ? length - (put - at) : null
}

function causeOf(od: OutcomeDocument, proposal: ProposalId): Cause | null {
  const head = headOf(od, proposal)
  const decision = decisionOf(od, proposal)
  if (!head) return null
  return {
    proposal,
    by: head.by,
    person: head.person,
    proposedAt: head.createdAt,
    decidedBy: decision?.by ?? null,
    decidedPerson: decision?.person ?? '',
    decidedAt: decision?.at ?? null,
    disposition: decision?.disposition ?? null,
    basis: decision?.basis ?? null,
    takenOverBy: takenOver(recordGet(od, `reopened/${proposal}`) ?? []),
    supporters: decision ? supportersOf(od, proposal, head.by, decision) : [],
  }
}

/** Returns the delegations that took a proposal over, in that order. */
const takenOver = (reopened: readonly Reopened[]): ParticipantId[] => [
  ...new Set(reopened.filter(isTakeOver).map(({ by }) => by)),
]

/**
 * Returns the co-sponsors of a proposal and those who supported it when it was decided. Support for an earlier
 * wording does not count.
 */
function supportersOf(
  od: OutcomeDocument,
  proposal: ProposalId,
  author: ParticipantId,
  { at, wording }: Pick<Decision, 'at' | 'wording'>,
): ParticipantId[] {
  const ofThese = (stated: Pick<Stated, 'wording'> | undefined) => !isOnEarlier(stated ?? {}, wording ?? null)
  const sponsors = (recordGet(od, `sponsors/${proposal}`)?.cosponsors ?? []).filter(ofThese)
  const supporters = (recordGet(od, `positions/${proposal}`) ?? []).filter((entry) => {
    const then = positionAt(entry, at)
    return then?.position === 'support' && ofThese(then)
  })
  const names = [...sponsors, ...supporters].map(({ participant }) => participant)
  return [...new Set(names)].filter((name) => name !== author)
}

const positionAt = (entry: PositionEntry, at: number) =>
  entry.at <= at ? entry : entry.earlier.findLast((one) => one.at <= at)

/**
 * Whether `fresh` is the copy that an undo made of `old`. Yjs puts such a copy directly before the deleted
 * item.
 */
function standsFor(fresh: Y.Item, old: Y.Item): boolean {
  return old.deleted && fresh.length === old.length && Y.compareIDs(fresh.rightOrigin, old.id)
}

function itemOf(od: OutcomeDocument, [client, clock]: ItemId): Y.Item | null {
  if (Y.getState(od.doc.store, client) <= clock) return null
  const item = Y.getItem(od.doc.store, Y.createID(client, clock)) as Y.Item | Y.GC
  return item instanceof Y.Item ? item : null
}

/** Returns the deleted character that this one is a copy of, or null. */
function broughtBack(od: OutcomeDocument, item: ItemId): ItemId | null {
  const fresh = itemOf(od, item)
  const old = fresh?.right
  if (!fresh || !old || !standsFor(fresh, old)) return null
  return [old.id.client, old.id.clock + item[1] - fresh.id.clock]
}

/** Returns the copy that an undo made of this deleted character, or null. */
function broughtBackAs(od: OutcomeDocument, item: ItemId): ItemId | null {
  const old = itemOf(od, item)
  const fresh = old?.left
  if (!old || !fresh || !standsFor(fresh, old)) return null
  return [fresh.id.client, fresh.id.clock + item[1] - old.id.clock]
}
