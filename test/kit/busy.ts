import { withUndoCopies } from '#shared/document/follow/undo-copies.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { decisionOf, hostText } from '#shared/document/schema.ts'
import { plainText, readHost, resolveAnchor, sameAnchor } from '#shared/document/text/anchor.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import type { Anchor } from '#shared/model/proposals/proposal.ts'
import { anchorItems, isOnWords, sameItem } from '#shared/model/proposals/proposal.ts'
import type { Drafter } from './drafting.ts'
import { delegate, facilitator, Room } from './drafting.ts'
import { SpaceRoom } from './drafting-space.ts'
import { decided, decisionFor, openOf } from './negotiated.ts'
import { ask, someChange } from './paragraphs.ts'
import { Random } from './random.ts'
import { backspace } from './scene.ts'

/**
 * Random histories in which people go on proposing, drafting privately, tabling, writing, deleting and undoing, on the
 * network or off it, while decisions are taken and taken back. No letter stands in the document twice, so what each bracket
 * holds can be told whatever happened.
 */

const NO_LETTER = /[^\u4e00-\u9fff]/gu

/** Where a bracket stands: the letters of its text before, in and behind the bracket, each in their order. */
interface Stand {
  readonly before: string
  readonly on: string
  readonly after: string
}

export interface Loss {
  readonly proposal: ProposalId
  readonly was: Stand
  readonly is: Stand | null
}

export interface BusyCounts {
  back: number
  typed: number
  undone: number
  /** Brackets compared: in the room, made before or after the first decision, and private drafts. */
  first: number
  later: number
  drafts: number
  tabled: number
}

export class BusyHistory {
  readonly room: Room
  readonly counts: BusyCounts = { back: 0, typed: 0, undone: 0, first: 0, later: 0, drafts: 0, tabled: 0 }
  readonly #random: Random
  readonly #space: SpaceRoom
  readonly #delegations: readonly Drafter[]
  readonly #pen: Drafter
  /** Sees the room and the private space, and is always on the network. */
  readonly #viewer: Drafter
  readonly #away = new Set<Drafter>()
  readonly #stood = new Map<ProposalId, Stand>()
  /** Proposals that are not compared: their proponents have put them elsewhere, or an undo may have left them behind. */
  readonly #passed = new Set<ProposalId>()
  #first: ReadonlySet<ProposalId> = new Set()
  #letter = 0x4e00

  constructor(seed: number) {
    this.#random = new Random(seed)
    const texts = [6, 5, 3].map((count) => this.#words(count))
    this.room = new Room(this.#random, texts)
    this.#space = new SpaceRoom(this.room, 'KEN')
    const kenya = [this.#space]
    this.#delegations = [
      this.room.seat(delegate('amina', 'KEN'), 'all', kenya),
      ...['NOR', 'BRA'].map((name) => this.room.seat(delegate(name.toLowerCase(), name))),
    ]
    this.#viewer = this.room.seat(delegate('otieno', 'KEN'), 'all', kenya)
    for (let step = 0; step < 12; step++) this.#propose()
    for (let step = 0; step < 4; step++) this.#ask()
    this.#pen = this.room.seat(facilitator('fay'))
    this.#first = new Set(this.#stood.keys())
  }

  /** Runs random steps, then takes every decision back, in a random order that is allowed. Returns the misplaced brackets. */
  run(steps = 30): Loss[] {
    const r = this.#random
    const order: ProposalId[] = []
    for (let step = 0; step < steps; step++) {
      const x = r.next()
      if (x < 0.18) this.#propose()
      else if (x < 0.21) this.#ask()
      else if (x < 0.32) this.#write()
      else if (x < 0.38) this.#undo()
      else if (x < 0.44) this.#leaveOrReturn()
      else if (x < 0.48) this.#table()
      else if (x < 0.61 && order.length > 0) this.#takeBack(order)
      else this.#decide(order)
    }
    this.#away.clear()
    this.#settle()
    // What was accepted into a bridging text stays when its merger was taken back: then nothing is compared.
    for (let tries = 0; order.length > 0 && tries < 500; tries++) this.#takeBack(order)
    return order.length === 0 ? this.#losses() : []
  }

  #words(count: number): string {
    const word = () => String.fromCharCode(this.#letter++, this.#letter++, this.#letter++)
    return Array.from({ length: count }, word).join(' ')
  }

  #propose(): void {
    const r = this.#random
    const drafter = r.pick(this.#delegations)
    if (drafter.beside.length > 0 && this.#first.size > 0)
      drafter.draftIn(r.chance(0.75) ? this.#space.participant : null)
    if (!place(drafter, r, 9)) return
    if (r.chance(0.12)) drafter.binding.newParagraph([[{ insert: this.#words(2) }]])
    else if (r.chance(0.3) && !drafter.state.selection.empty) backspace(drafter)
    else drafter.type(this.#words(1 + r.int(2)))
    this.#settle()
  }

  #ask(): void {
    const change = someChange(this.room)
    const unique = change.kind === 'alternative' ? { ...change, text: this.#words(2) } : change
    ask(this.room, unique, this.#random.pick(this.#delegations).seat.actor)
    this.#settle()
  }

  /** A facilitator writes into the base text or proposes, or deletes a few letters. */
  #write(): void {
    const r = this.#random
    if (!place(this.#pen, r, 4)) return
    if (r.chance(0.5)) backspace(this.#pen)
    else this.#pen.type(this.#words(1))
    this.counts.typed++
    this.#settle()
  }

  #undo(): void {
    // What an undo brings back is not found by a bracket that is decided meanwhile.
    for (const id of this.#stood.keys()) if (decisionOf(this.room.od, id)) this.#passed.add(id)
    // Somebody who is away may have proposed on words of which an undo makes copies: such a bracket does not find these.
    if (this.#away.size > 0) return
    if (this.#random.pick([this.#pen, ...this.#delegations]).undo.undo()) this.counts.undone++
    this.#settle()
  }

  #leaveOrReturn(): void {
    const drafter = this.#random.pick(this.#delegations)
    if (!this.#away.delete(drafter)) this.#away.add(drafter)
    this.#settle()
  }

  #table(): void {
    const drafts = ([...this.#space.od.proposals.keys()] as ProposalId[]).filter(
      (id) => !this.room.od.proposals.has(id) && this.#random.chance(0.5),
    )
    if (drafts.length > 0 && this.#space.table(drafts, this.#viewer.seat.actor).ok)
      this.counts.tabled += drafts.length
    this.#settle()
  }

  #decide(order: ProposalId[]): void {
    const open = openOf(this.room)
    if (open.length === 0) return
    const proposal = this.#random.pick(open)
    const command = decisionFor(this.room, proposal)
    // Where changed words are accepted, brackets on these are at the nearest words that were kept, and cannot be compared.
    const isChanged = command.kind === 'proposal-accept' && command.text !== undefined
    if (isChanged || !decided(this.room, command).ok) return
    order.push(proposal)
    this.#settle()
  }

  #takeBack(order: ProposalId[]): void {
    const at = this.#random.int(order.length)
    const undo = { kind: 'decision-undo', proposal: order[at]!, reason: 'taken in error' } as const
    if (!decided(this.room, undo).ok) return
    order.splice(at, 1)
    this.counts.back++
    this.#settle()
  }

  /** Delivers everything but for those who are away. Notes where new brackets stand as their authors see them. */
  #settle(): void {
    for (const drafter of this.#delegations) this.#note(drafter)
    const before = [this.room.od, this.#space.od].map((od) => new Map(od.anchors.entries()))
    for (let round = 0; round < 50; round++) {
      const here = this.room.drafters.filter((drafter) => !this.#away.has(drafter))
      for (const drafter of here) drafter.send(true)
      for (const drafter of here) drafter.deliver()
      if (here.every((drafter) => drafter.quiet)) break
    }
    for (const [i, od] of [this.room.od, this.#space.od].entries())
      for (const [id, was] of before[i]!) {
        const is = od.anchors.get(id)
        if (!is || !(sameAnchor(was, is) || isRepair(this.#viewer.od, was, is)))
          this.#passed.add(id as ProposalId)
      }
  }

  #note({ projection, od }: Drafter): void {
    for (const { id, anchor } of projection.proposals.all()) {
      const isSent = this.room.od.proposals.has(id) || this.#space.od.proposals.has(id)
      if (isSent && this.#stood.has(id)) continue
      const stand = anchor && standOn(od, anchor)
      if (stand) this.#stood.set(id, stand)
    }
  }

  #losses(): Loss[] {
    const losses: Loss[] = []
    const { projection, od } = this.#viewer
    for (const { id, anchor, standing } of projection.proposals.all()) {
      const was = this.#stood.get(id)
      if (!was || this.#passed.has(id) || anchor === null) continue
      const is = standOn(od, anchor)
      this.counts[this.#first.has(id) ? 'first' : standing.space === null ? 'later' : 'drafts']++
      if (!is || !agrees(was, is)) losses.push({ proposal: id, was, is })
    }
    return losses
  }
}

/** Whether each letter of the former text that is in the present one is before, in or behind the bracket as it was. */
function agrees(was: Stand, is: Stand): boolean {
  const text = is.before + is.on + is.after
  const isKept = (letters: string, now: string) =>
    Array.from(letters).every((letter) => now.includes(letter) || !text.includes(letter))
  return isKept(was.before, is.before) && isKept(was.on, is.on) && isKept(was.after, is.after)
}

function standOn(od: OutcomeDocument, anchor: Anchor): Stand | null {
  if (!isOnWords(anchor)) return null
  const text = hostText(od, anchor.host)
  const span = resolveAnchor(od, anchor)
  if (!text || !span) return null
  const letters = (from: number, to?: number) => plainText(text).slice(from, to).replaceAll(NO_LETTER, '')
  return {
    before: letters(0, span.start),
    on: letters(span.start, span.end),
    after: letters(span.end),
  }
}

/** Whether an undo has brought back the characters that an anchor was on, and nothing else happened to it. */
function isRepair(od: OutcomeDocument, was: Anchor, is: Anchor): boolean {
  if (!isOnWords(was) || !isOnWords(is) || was.kind !== is.kind || was.host !== is.host) return false
  const text = hostText(od, was.host)!
  const copies = anchorItems(is)
  return anchorItems(was).every((item, i) => {
    const copy = copies[i]
    if (!copy) return false
    if (sameItem(item, copy)) return true
    const at = readHost(text, [{ item: copy, side: 'before' }]).offsets[0] ?? 0
    const [found] = withUndoCopies(text, [[...item, 1]], plainText(text).charAt(at))
    return found !== undefined && sameItem([found[0], found[1]], copy)
  })
}

function place(drafter: Drafter, r: Random, most: number): boolean {
  const { doc } = drafter.state
  const pos = 1 + r.int(doc.content.size - 2)
  const $pos = doc.resolve(pos)
  if (!$pos.parent.isTextblock) return false
  drafter.select(pos, r.chance(0.6) ? Math.min($pos.end(), pos + r.int(most)) : pos)
  return true
}
