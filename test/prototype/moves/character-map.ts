import type { Run } from '#shared/model/decision.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import { CHAIN_LIMIT, isOnWords, sameItem } from '#shared/model/proposal.ts'
import type { Anchor, ItemId, WordAnchor } from '#shared/model/proposal.ts'
import { standInFor } from '#shared/document/follow/stand-in.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { carryOffset, itemInRuns, offsetInRuns, runsLength } from '#shared/document/text/wording.ts'
import type { Move, Put, Target } from './move.ts'
import { RunIndex } from './run-index.ts'
import { firstThatCounts, isRightOf, isVisible } from './text-order.ts'

type RangeAnchor = Extract<Anchor, { kind: 'range' }>
type PointAnchor = Extract<Anchor, { kind: 'point' }>

/** Where a move took a character: to the words at this offset of its target. */
interface Went {
  readonly move: number
  readonly unit: number
}

/**
 * Where characters are now, and what proposals stand on, from the moves of all decisions.
 *
 * - An anchor is never changed: it says what its proposal was first put on.
 * - A decision that was taken back counts as if it had never been; only the words that it brought back are others.
 * - So whatever is taken back, in whatever order, leaves each proposal on the very characters that it was put on.
 *
 * Appending a move takes O(runs × log runs of the document); looking up an anchor O(moves of its characters × log runs),
 * and, where an end of it is gone, the characters up to the nearest that is left.
 */
export class CharacterMap {
  readonly #od: OutcomeDocument
  readonly #log: Move[] = []
  readonly #cancelled = new Set<number>()
  readonly #went = new RunIndex<Went>(({ move, unit }, by) => ({ move, unit: unit + by }))
  /** Of characters that were deleted before the words around them went. */
  readonly #dead = new RunIndex<Went>((went) => went)
  /** The decision that put a character in. */
  readonly #put = new RunIndex<number>((move) => move)
  readonly #starts = new Map<HostId, number[]>()
  /** The moves that name a proposal as standing beside, among or against what they put in. */
  readonly #naming = new Map<ProposalId, number[]>()

  constructor(od: OutcomeDocument) {
    this.#od = od
  }

  /** Returns its place in the log. */
  append(move: Move): number {
    const index = this.#log.push(move) - 1
    if (move.mirrors === undefined) this.#leaveAgain(move)
    else if (!this.#cancelled.has(move.mirrors)) this.#cancel(move.mirrors)
    let unit = 0
    for (const [client, clock, length] of move.from.runs) {
      this.#went.set(client, clock, length, { move: index, unit })
      unit += length
    }
    for (const [client, clock, length, offset] of move.from.dead)
      this.#dead.set(client, clock, length, { move: index, unit: offset })
    if (move.from.fromStart) listed(this.#starts, move.from.host).push(index)
    if (move.put) this.#note(index, move.put)
    if (move.to && !isProposalId(move.from.host)) this.#inherit(move.from.runs, move.to)
    return index
  }

  /** The moves of a decision that stands, by their places in the log. */
  standing(by: ProposalId): number[] {
    return this.#log.flatMap((move, index) =>
      move.by === by && move.mirrors === undefined && !this.#cancelled.has(index) ? [index] : [],
    )
  }

  move(index: number): Move {
    return this.#log[index]!
  }

  get size(): number {
    return this.#log.length
  }

  /** The character that stands for one now. It may be deleted; `host`: the text that it is in. */
  item(host: HostId, item: ItemId): { readonly host: HostId; readonly item: ItemId } {
    let now = { host, item }
    for (let steps = 0; steps < CHAIN_LIMIT; steps++) {
      const went = this.#went.get(now.item)
      const to = went && this.#log[went.move]!.to
      const next = to && itemInRuns(to.runs, carried(this.#log[went.move]!, to, went.unit))
      if (!next) break
      now = { host: to.host, item: next }
    }
    return now
  }

  /** Where a proposal stands that was put on these characters. */
  anchor(id: ProposalId, placed: Anchor): Anchor {
    if (placed.kind === 'after') return this.#after(placed.paragraph)
    if (!isOnWords(placed)) return placed
    const naming = this.#naming.get(id) ?? NONE
    if (naming.length === 0 && this.#isAtRest(placed)) return placed
    let now: Step = { anchor: placed, index: -1 }
    for (const index of naming) {
      const { put } = this.#log[index]!
      const against = put?.against.includes(id) ? onWording(put, placed) : null
      if (against) now = { anchor: against, index }
    }
    const among = naming.find((move) => this.#log[move]!.put?.among.includes(id)) ?? null
    const behind =
      naming.length === 0 ? NONE : naming.filter((move) => this.#log[move]!.put?.behind.includes(id))
    for (let steps = 0; steps < STEP_LIMIT; steps++) {
      const { anchor, index } = now
      const next: Step | null =
        anchor.kind === 'range' ? this.#range(anchor, index, among) : this.#point(anchor, index, behind)
      if (next === null) break
      now = next
    }
    return now.anchor
  }

  /** No move met any of its characters. */
  #isAtRest(anchor: WordAnchor): boolean {
    const met = (item: ItemId) => this.#went.has(item) || this.#dead.has(item)
    if (anchor.kind === 'range') return !met(anchor.start) && !met(anchor.end)
    return anchor.at === null ? !this.#starts.get(anchor.host)?.length : !met(anchor.at)
  }

  #cancel(index: number): void {
    const { from, put } = this.#log[index]!
    this.#cancelled.add(index)
    for (const [client, clock, length] of from.runs) this.#went.delete(client, clock, length)
    for (const [client, clock, length] of from.dead) this.#dead.delete(client, clock, length)
    if (from.fromStart) remove(this.#starts.get(from.host), index)
    for (const id of put ? namedBy(put) : []) remove(this.#naming.get(id), index)
  }

  /** A decision is taken again: the start of the text that its words go to is not carried back any more. */
  #leaveAgain({ by, to }: Move): void {
    const starts = to && this.#starts.get(to.host)
    if (!starts) return
    const stay = starts.filter(
      (index) => this.#log[index]!.mirrors === undefined || this.#log[index]!.by !== by,
    )
    this.#starts.set(to.host, stay)
  }

  #note(index: number, put: Put): void {
    for (const [client, clock, length] of put.runs) this.#put.set(client, clock, length, index)
    for (const id of namedBy(put)) listed(this.#naming, id).push(index)
  }

  /** Words that come back, or go to another paragraph, are by whoever had put them in. */
  #inherit(runs: readonly Run[], to: Target): void {
    let unit = 0
    for (const [client, clock, length] of runs) {
      for (let i = 0; i < length; i++) {
        const put = this.#put.get([client, clock + i])
        const now = put === undefined ? null : itemInRuns(to.runs, unit + i + to.lead)
        if (put !== undefined && now) this.#put.set(now[0], now[1], 1, put)
      }
      unit += length
    }
  }

  #after(paragraph: Anchor['paragraph']): Anchor {
    return { kind: 'after', paragraph: standInFor(this.#od, paragraph) }
  }

  /**
   * One step of a range: the earliest move that an end of it met. Null: it stands where it is.
   * `among`: the earliest decision that put something in among its words after people had deleted them.
   */
  #range(anchor: RangeAnchor, reached: number, among: number | null): Step | null {
    const back = { ...anchor, start: this.#putBack(anchor.start), end: this.#putBack(anchor.end) }
    if (!sameRange(back, anchor)) return { anchor: back, index: reached }
    const [start, end] = [this.#met(anchor, anchor.start, among), this.#met(anchor, anchor.end, among)]
    const index = Math.min(start?.index ?? Infinity, end?.index ?? Infinity)
    if (index === Infinity) return null
    const goes = [start, end].find((met) => met?.index === index && met.leaving)?.leaving
    const along = goes && this.#alongWith(goes, anchor)
    if (along) return this.#through(anchor, ...along)
    const left = this.#left(anchor, index, start?.index === index, end?.index === index)
    if (left && !sameRange(left, anchor)) return { anchor: left, index }
    const gone = this.#leavingDead(anchor)
    return gone && this.#through(anchor, ...gone)
  }

  /** Where both ends go by the move that one of them goes by: words, or places among them where words were. */
  #alongWith({ move }: Leaving, { host, start, end }: RangeAnchor): [Leaving, Leaving] | null {
    const [first, last] = [start, end].map(
      (item) => this.#leaving(host, item) ?? this.#leavingAsDead(host, item),
    )
    return first?.move === move && last?.move === move ? [first, last] : null
  }

  #leavingDead({ host, start, end }: RangeAnchor): [Leaving, Leaving] | null {
    const [first, last] = [this.#leavingAsDead(host, start), this.#leavingAsDead(host, end)]
    return first && last && first.move === last.move ? [first, last] : null
  }

  #through(anchor: RangeAnchor, start: Leaving, end: Leaving): Step | null {
    const { move, to, index } = start
    const first = carried(move, to, start.unit)
    const last = carried(move, to, end.unit + (end.dead ? 0 : 1))
    const on = { host: to.host, paragraph: isProposalId(to.host) ? anchor.paragraph : to.host }
    if (first < last) {
      const ends = { start: itemInRuns(to.runs, first)!, end: itemInRuns(to.runs, last - 1)! }
      return { anchor: { kind: 'range', ...on, ...ends }, index }
    }
    // What is about words that are gone has nothing to go along with to another paragraph.
    if (!isProposalId(anchor.host) && !isProposalId(to.host)) return null
    const at = first === 0 ? to.behind : itemInRuns(to.runs, first - 1)
    return { anchor: { kind: 'point', ...on, at }, index }
  }

  /** One step of a point. `behind`: the decisions behind whose words it stands. */
  #point(anchor: PointAnchor, reached: number, behind: readonly number[]): Step | null {
    const { host, at } = anchor
    const back = at && this.#putBack(at)
    if (at && back && !sameItem(at, back)) return { anchor: { ...anchor, at: back }, index: reached }
    const leaving = at ? (this.#leaving(host, at) ?? this.#leavingAsDead(host, at)) : this.#leavingStart(host)
    const next = behind.find((index) => index > reached)
    if (next !== undefined && next < (leaving?.index ?? Infinity))
      return { anchor: this.#behind(anchor, next), index: next }
    if (!leaving) return null
    const { move, to, unit, dead, index } = leaving
    const offset = carried(move, to, at && !dead ? unit + 1 : unit)
    const paragraph = isProposalId(to.host) ? anchor.paragraph : to.host
    const there = offset === 0 ? to.behind : itemInRuns(to.runs, offset - 1)
    return { anchor: { kind: 'point', host: to.host, paragraph, at: there }, index }
  }

  /** Behind what a decision put in there; where it put in nothing, behind what it left before the words that it took. */
  #behind(anchor: PointAnchor, index: number): PointAnchor {
    const { at } = anchor
    const { put, from } = this.#log[index]!
    if (!put || put.host !== anchor.host) return anchor
    const last = itemInRuns(put.runs, runsLength(put.runs) - 1)
    if (last) return at === null || isRightOf(this.#od.doc, last, at) ? { ...anchor, at: last } : anchor
    if (!at || offsetInRuns(from.runs, at) === null) return anchor
    const stayed = (item: ItemId, visible: boolean) => visible || this.#wentAfter(item, index)
    return { ...anchor, at: firstThatCounts(this.#od.doc, at, null, -1, stayed) }
  }

  /** The character that was put back for one; itself where none was. */
  #putBack(item: ItemId): ItemId {
    const went = this.#went.get(item)
    if (!went) return item
    const move = this.#log[went.move]!
    if (!move.to || move.to.host !== move.from.host) return item
    return itemInRuns(move.to.runs, went.unit) ?? item
  }

  #leaving(host: HostId, item: ItemId): Leaving | null {
    return this.#leavingBy(host, this.#went.get(item), false)
  }

  #leavingAsDead(host: HostId, item: ItemId): Leaving | null {
    return this.#leavingBy(host, this.#dead.get(item), true)
  }

  #leavingBy(host: HostId, went: Went | undefined, dead: boolean): Leaving | null {
    if (!went) return null
    const move = this.#log[went.move]!
    if (!move.to || move.from.host !== host || move.to.host === host) return null
    return { index: went.move, move, to: move.to, unit: went.unit, dead }
  }

  #leavingStart(host: HostId): Leaving | null {
    const index = this.#starts.get(host)?.at(-1)
    const move = index === undefined ? undefined : this.#log[index]
    return index !== undefined && move?.to ? { index, move, to: move.to, unit: 0, dead: true } : null
  }

  /** The move that took a character away or along. Null: it is there, or people deleted it. */
  #met({ host }: RangeAnchor, item: ItemId, among: number | null): Met | null {
    const went = this.#went.get(item)
    if (went) return { index: went.move, leaving: this.#leaving(host, item) }
    return among === null || isVisible(this.#od.doc, item) ? null : { index: among, leaving: null }
  }

  /**
   * A range on what a move left of its words, as it was then. What that decision put in, or a later one, is none of them.
   * Null: nothing is left.
   */
  #left(anchor: RangeAnchor, index: number, fromStart: boolean, fromEnd: boolean): RangeAnchor | null {
    const { doc } = this.#od
    let beside = false
    const counts = (item: ItemId, visible: boolean) => {
      if (!visible && !this.#wentAfter(item, index)) return false
      const own = (this.#put.get(item) ?? -1) < index
      beside ||= !own
      return own
    }
    const start = fromStart ? firstThatCounts(doc, anchor.start, anchor.end, 1, counts) : anchor.start
    const end = start && fromEnd ? firstThatCounts(doc, anchor.end, start, -1, counts) : anchor.end
    if (start && end) return { ...anchor, start, end }
    return beside ? { ...anchor, end: anchor.start } : null
  }

  /** It was there when a move was made, and is not any more. */
  #wentAfter(item: ItemId, index: number): boolean {
    const went = this.#went.get(item)
    if (!went || went.move <= index) return false
    const { from, to } = this.#log[went.move]!
    return to?.host !== from.host
  }
}

const NONE: readonly number[] = []

/** Longer than any way of a proposal through decisions, so that a circle in a damaged document ends. */
const STEP_LIMIT = 1_000

/** An anchor after all moves up to one. */
interface Step {
  readonly anchor: WordAnchor
  readonly index: number
}

/** What became of an end of a range first. */
interface Met {
  readonly index: number
  /** Null: it is gone. */
  readonly leaving: Leaving | null
}

interface Leaving {
  readonly index: number
  readonly move: Move
  readonly to: Target
  readonly unit: number
  readonly dead: boolean
}

/** From an offset in the words that went to one in what they became. */
function carried({ from }: Move, { lead, common, runs }: Target, offset: number): number {
  const length = runsLength(runs)
  const there = carryOffset(common, runsLength(from.runs), length, offset + lead)
  return Math.min(length, Math.max(0, there))
}

const sameRange = (a: RangeAnchor, b: RangeAnchor): boolean =>
  sameItem(a.start, b.start) && sameItem(a.end, b.end)

function onWording({ host, wording }: Put, { paragraph }: WordAnchor): RangeAnchor | null {
  const [start, end] = [itemInRuns(wording, 0), itemInRuns(wording, runsLength(wording) - 1)]
  if (!start || !end) return null
  return { kind: 'range', host, paragraph: isProposalId(host) ? paragraph : host, start, end }
}

const namedBy = ({ behind, among, against }: Put): ReadonlySet<ProposalId> =>
  new Set([...behind, ...among, ...against])

function listed<Key, Value>(lists: Map<Key, Value[]>, key: Key): Value[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

function remove(list: number[] | undefined, index: number): void {
  const at = list?.indexOf(index) ?? -1
  if (at >= 0) list!.splice(at, 1)
}
