import { isOnWords } from '#shared/model/proposal.ts'
import * as Y from 'yjs'
import { AllSelection } from 'prosemirror-state'
import { Drawer } from '#client/editor/draw.ts'
import { format } from '#client/editor/keys.ts'
import { offsetsOf, placeAt, signAround } from '#client/editor/places.ts'
import { accessTo, isAgreedTo } from '#client/editor/rights.ts'
import { openBrackets } from '#shared/document/agreement.ts'
import { composeParagraph } from '#shared/document/compose.ts'
import { Proposals } from '#shared/document/proposals.ts'
import { offsetAfter, itemAt, plainText, resolveAnchor } from '#shared/document/anchor.ts'
import { isLiveHost } from '#shared/document/open.ts'
import { Projection } from '#shared/document/projection.ts'
import { baseTextOf, contentOf, hostText } from '#shared/document/schema.ts'
import type { HostId, ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { Drafter } from '#test/kit/drafting.ts'
import { delegate, facilitator, Room } from '#test/kit/drafting.ts'
import { Random } from '#test/kit/random.ts'

/** One random history of several people drafting; every promise of the editor is checked on the way. */
export interface HistoryOptions {
  readonly seed: number
  readonly steps: number
  readonly facilitator: boolean
  readonly undo: boolean
  /** Facilitators decide, so updates may meet a closed proposal. */
  readonly decisions: boolean
  /** People drop off the network for a while and come back. */
  readonly offline: boolean
  /** One of them has a second window open, in the view of her own delegation's brackets. */
  readonly secondTab: boolean
  /** Paragraphs are agreed and opened again, and a facilitator writes down what delegations say. */
  readonly agreements: boolean
}

export interface Coverage {
  typed: number
  caretChecks: number
  refused: number
  decisions: number
  undone: number
  kept: number
  replaced: number
  amendments: number
  struck: number
  newParagraphs: number
  composed: number
  formatted: number
  everything: number
  agreed: number
  reopened: number
  onBehalf: number
  /** Somebody typed into an agreed paragraph, and nothing came of it. */
  barred: number
}

const WORDS =
  'reaffirming the commitment of all states to accelerate action for water and equity in line with the agenda'.split(
    ' ',
  )

interface Away {
  until: number
}

export function runHistory(options: HistoryOptions): Coverage {
  const random = new Random(options.seed)
  const texts = Array.from({ length: 3 }, () => Array.from({ length: 8 }, () => random.pick(WORDS)).join(' '))
  const room = new Room(random, texts)
  const ada = delegate('ada', 'EU')
  const seats = [ada, delegate('bo', 'G77'), delegate('cy', 'EU')]
  if (options.facilitator) seats.push(facilitator('fay'))
  if (options.agreements) seats.push({ ...facilitator('gil'), onBehalfOf: 'G77' as ParticipantId })
  for (const seat of seats) room.seat(seat)
  // A second tab of hers, where she looks at her own brackets only.
  if (options.secondTab) room.seat(ada, 'mine')
  const history = new History(room, options)
  for (let step = 0; step < options.steps; step++) history.step(step)
  history.finish()
  return history.coverage
}

class History {
  readonly coverage: Coverage = {
    typed: 0,
    caretChecks: 0,
    refused: 0,
    decisions: 0,
    undone: 0,
    kept: 0,
    replaced: 0,
    amendments: 0,
    struck: 0,
    newParagraphs: 0,
    composed: 0,
    formatted: 0,
    everything: 0,
    agreed: 0,
    reopened: 0,
    onBehalf: 0,
    barred: 0,
  }
  readonly #room: Room
  readonly #options: HistoryOptions
  readonly #random: Random
  readonly #away = new Map<Drafter, Away>()
  readonly #base: string
  /** The agreed paragraphs, as they were agreed. */
  readonly #agreed = new Map<ParagraphId, string>()
  #accepted = 0

  constructor(room: Room, options: HistoryOptions) {
    this.#room = room
    this.#options = options
    this.#random = room.random
    this.#base = this.#baseText()
  }

  #baseText(): string {
    const ids = [...this.#room.od.paragraphs.keys()].sort()
    return ids.map((id) => plainText(baseTextOf(this.#room.od, id as ParagraphId)!)).join('|')
  }

  step(step: number): void {
    const r = this.#random
    const drafter = r.pick(this.#room.drafters)
    const x = r.next()
    if (x < 0.1) this.#place(drafter)
    else if (x < 0.22) this.#select(drafter)
    else if (x < 0.52) this.#type(drafter, String.fromCharCode(0x4e00 + step))
    else if (x < 0.64) this.#delete(drafter)
    else if (x < 0.67) drafter.binding.newParagraph()
    else if (x < 0.68) drafter.binding.takeBack()
    else if (x < 0.7) this.#compose(drafter, String.fromCharCode(0x4e00 + step))
    else if (x < 0.705) this.#everything(drafter)
    else if (x < 0.725) this.#format(drafter)
    else if (x < 0.735)
      drafter.binding.paste([[{ insert: 'pasted' }], [{ insert: 'second', attributes: { em: true } }]])
    else if (x < 0.77 && this.#options.undo) this.#undo(drafter)
    else if (x < 0.785 && this.#options.agreements) this.#agree()
    else if (x < 0.84 && this.#options.decisions) this.#decide()
    else this.#network(step)
    this.#checkAgreed()
  }

  /** What it was agreed with, its brackets too. */
  #agree(): void {
    const { od } = this.#room
    const paragraph = this.#random.pick([...od.paragraphs.keys()]) as ParagraphId
    const { actor } = facilitator('fay')
    const wasAgreed = this.#agreed.has(paragraph)
    if (!wasAgreed)
      for (const proposal of openBrackets(od).get(paragraph) ?? [])
        this.#room.command({ kind: 'proposal-not-retain', proposal }, actor)
    const status = wasAgreed ? 'open' : this.#random.pick(['agreed-ad-ref', 'agreed'] as const)
    const command = { kind: 'paragraph-status', paragraph, status, reason: 'New instructions.' } as const
    if (!this.#room.command(command, actor).ok) return
    if (wasAgreed) this.#agreed.delete(paragraph)
    else this.#agreed.set(paragraph, this.#composed(paragraph))
    this.coverage[wasAgreed ? 'reopened' : 'agreed']++
  }

  #composed(paragraph: ParagraphId): string {
    const { od } = this.#room
    const { pieces } = composeParagraph(
      { od, proposals: new Proposals(od), view: 'all', participant: null },
      paragraph,
    )
    return pieces.map(({ text }) => text).join('')
  }

  #checkAgreed(): void {
    for (const [paragraph, words] of this.#agreed)
      if (this.#composed(paragraph) !== words) throw new Error(`an agreed paragraph changed: ${words}`)
  }

  #position(drafter: Drafter): number {
    const { doc } = drafter.state
    for (let tries = 0; tries < 40; tries++) {
      const pos = this.#random.int(doc.content.size + 1)
      if (doc.resolve(pos).parent.isTextblock) return pos
    }
    return 1
  }

  #place(drafter: Drafter): void {
    drafter.select(this.#position(drafter))
  }

  #select(drafter: Drafter): void {
    const from = this.#position(drafter)
    const $from = drafter.state.doc.resolve(from)
    const far = this.#random.chance(0.15)
    const to = far ? this.#position(drafter) : Math.min($from.end(), from + this.#random.int(14))
    drafter.select(from, to)
  }

  /** Control and A, until all is selected. */
  #everything(drafter: Drafter): void {
    drafter.dispatch((tr) => tr.setSelection(new AllSelection(tr.doc)))
    this.coverage.everything++
  }

  #format(drafter: Drafter): void {
    const $at = drafter.state.doc.resolve(this.#position(drafter))
    drafter.select(Math.min($at.end(), $at.start() + this.#random.int(4)), $at.end())
    const { state, binding } = drafter
    const before = drafter.outbox.length
    if (!state.selection.empty) format(state, binding, this.#random.pick(['em', 'strong'] as const))
    if (drafter.outbox.length > before) this.coverage.formatted++
  }

  /** A typed character stands right before the caret, in a text its author may write, at the place she saw. */
  #type(drafter: Drafter, character: string): void {
    const { selection } = drafter.state
    const before = placeAt(selection.$from.parent, selection.$from.parentOffset)
    const wasEmpty = selection.empty
    const shown = drafter.text()
    if (wasEmpty && isAgreedTo(drafter.projection, drafter.binding.writer, before.host))
      return this.#isBarred(drafter, character)
    const proposals = drafter.od.proposals.size
    drafter.type(character)
    if (isInAgreedBlock(drafter, selection.from) && !drafter.text().includes(character)) return
    if (drafter.seat.onBehalfOf && drafter.od.proposals.size > proposals) this.coverage.onBehalf++
    const { $head, empty } = drafter.state.selection
    const left = drafter.state.doc.textBetween(Math.max(0, $head.pos - 1), $head.pos)
    if (!empty || left !== character) {
      throw new Error(
        `typed text is not before the caret: ${JSON.stringify([shown, drafter.text(), selection.toJSON(), before, $head.pos])}`,
      )
    }
    const place = placeAt($head.parent, $head.parentOffset)
    if (accessTo(drafter.projection, drafter.binding.writer, place.host) !== 'direct')
      throw new Error('the caret is in a text of somebody else after typing')
    this.coverage.typed++
    if (wasEmpty) checkPlace(drafter, before, place)
  }

  #isBarred(drafter: Drafter, character: string): void {
    const sent = drafter.outbox.length
    drafter.type(character)
    if (drafter.text().includes(character) || drafter.outbox.length !== sent)
      throw new Error('something was typed into an agreed paragraph')
    this.coverage.barred++
  }

  /** An input method at work: its text changes before it is there, and meanwhile others go on. */
  #compose(drafter: Drafter, character: string): void {
    const { selection } = drafter.state
    if (!selection.empty || !selection.$from.parent.isTextblock) return
    const { surface, binding } = drafter
    surface.composing = true
    binding.holdForComposition()
    drafter.type('a')
    this.#exchangeQuietly(drafter)
    const head = () => drafter.state.selection.head
    drafter.dispatch((tr) => tr.insertText(`${character}b`, head() - 1, head()))
    this.#exchangeQuietly(drafter)
    drafter.dispatch((tr) => tr.insertText(character, head() - 2, head()))
    surface.composing = false
    binding.settle()
    const { $head } = drafter.state.selection
    const left = drafter.state.doc.textBetween(Math.max(0, $head.pos - 1), $head.pos)
    const place = placeAt($head.parent, $head.parentOffset)
    // Written through into a bracket that was decided meanwhile: the server will refuse it, and it is offered back.
    if (left !== character && isUnsent(drafter, character)) return
    // The paragraph is agreed, or was while this was being composed.
    if (isInAgreedBlock(drafter, $head.pos)) return
    if (left !== character) throw new Error(`composed text is not before the caret: ${drafter.text()}`)
    if (accessTo(drafter.projection, drafter.binding.writer, place.host) !== 'direct')
      throw new Error('the caret is in a text of somebody else after composing')
    this.coverage.composed++
  }

  #exchangeQuietly(drafter: Drafter): void {
    const refusals = this.#room.refusals.length
    const other = this.#random.pick(this.#room.drafters)
    if (other !== drafter) other.send()
    this.#checkRefusals(refusals)
    drafter.deliver(1 + this.#random.int(4))
  }

  #delete(drafter: Drafter): void {
    const { selection, doc } = drafter.state
    if (!selection.empty) drafter.dispatch((tr) => tr.deleteSelection())
    else if (this.#random.chance(0.7)) {
      if (selection.$head.parentOffset > 0)
        drafter.dispatch((tr) => tr.delete(selection.head - 1, selection.head))
    } else if (selection.$head.parentOffset < selection.$head.parent.content.size && doc)
      drafter.dispatch((tr) => tr.delete(selection.head, selection.head + 1))
  }

  #undo(drafter: Drafter): void {
    const others = this.#othersWords(drafter)
    if (this.#random.chance(0.6)) drafter.undo.undo()
    else drafter.undo.redo()
    this.coverage.undone++
    const after = this.#othersWords(drafter)
    for (const [id, words] of others) {
      if (words !== (after.get(id) ?? '')) throw new Error(`undo changed somebody else's words in ${id}`)
    }
  }

  /** In each text, the characters that came from other people's clients. */
  #othersWords(drafter: Drafter): Map<string, string> {
    const words = new Map<string, string>()
    const hosts = [...drafter.od.paragraphs.keys(), ...drafter.od.proposals.keys()] as HostId[]
    const own = this.#clientsOf(drafter)
    for (const host of hosts) {
      let text = ''
      for (let item = hostText(drafter.od, host)!._start; item !== null; item = item.right) {
        if (!item.deleted && item.content instanceof Y.ContentString && !own.has(item.id.client))
          text += item.content.str
      }
      words.set(host, text)
    }
    return words
  }

  /** Base text is facilitators' together: an undone deletion of it comes back as the undoing person's characters. */
  #clientsOf(drafter: Drafter): Set<number> {
    return new Set([drafter.doc.clientID])
  }

  #decide(): void {
    const open = [...this.#room.od.proposals.keys()] as ProposalId[]
    if (open.length === 0) return
    const proposal = this.#random.pick(open)
    const decider = facilitator('fay').actor
    const x = this.#random.next()
    const kind = x < 0.5 ? 'proposal-accept' : x < 0.65 ? 'proposal-not-retain' : 'decision-undo'
    const result = this.#room.command({ kind, proposal }, decider)
    if (!result.ok) return
    this.coverage.decisions++
    if (kind !== 'proposal-not-retain') this.#accepted++
  }

  #network(step: number): void {
    const r = this.#random
    const drafter = r.pick(this.#room.drafters)
    const away = this.#away.get(drafter)
    if (away && step < away.until) return
    if (away) {
      this.#away.delete(drafter)
      this.#exchange(drafter, true)
    } else if (this.#options.offline && r.chance(0.15))
      this.#away.set(drafter, { until: step + 5 + r.int(40) })
    else this.#exchange(drafter, false)
  }

  #exchange(drafter: Drafter, merged: boolean): void {
    const refusals = this.#room.refusals.length
    drafter.send(merged || this.#random.chance(0.2))
    this.#checkRefusals(refusals)
    for (let left = 1 + this.#random.int(6); left > 0; left--) {
      const check = this.#watchCaret(drafter)
      drafter.deliver(1)
      check()
    }
  }

  #checkRefusals(from: number): void {
    for (const refusal of this.#room.refusals.slice(from)) {
      this.coverage.refused++
      if (!this.#options.decisions || refusal.code !== 'closed' || refusal.informed)
        throw new Error(`honest work refused: ${JSON.stringify(refusal)}`)
    }
  }

  /** A remote change leaves the caret behind the character it stood behind. */
  #watchCaret(drafter: Drafter): () => void {
    const { selection } = drafter.state
    const place = placeAt(selection.$head.parent, selection.$head.parentOffset)
    const text = hostText(drafter.od, place.host)
    if (!selection.empty || !text) return () => {}
    const item = place.index === 0 ? null : itemAt(text, place.index - 1)
    return () => {
      const block = drafter.projection.proposals.blockOf(place.host)
      if (block === null || !isShown(drafter, place.host)) return
      const { $head } = drafter.state.selection
      const now = placeAt($head.parent, $head.parentOffset)
      const index = offsetAfter(text, item)
      this.coverage.caretChecks++
      if (now.host !== place.host || now.index !== index)
        throw new Error(`the caret moved: ${JSON.stringify([place, now, index, drafter.text()])}`)
    }
  }

  finish(): void {
    this.#away.clear()
    const refusals = this.#room.refusals.length
    this.#room.settleDown()
    this.#checkRefusals(refusals)
    let reference: string | null = null
    for (const drafter of this.#room.drafters) {
      checkIncremental(drafter)
      checkPlaces(drafter)
      const shown = JSON.stringify(drafter.state.doc.toJSON()).replaceAll('"own":true', '"own":false')
      if (drafter.view === 'all') reference ??= shown
      if (drafter.view === 'all' && reference !== shown) throw new Error('replicas show different texts')
      this.coverage.kept += drafter.binding.counts.kept
      this.coverage.replaced += drafter.binding.counts.replaced
    }
    if (!this.#options.facilitator && this.#accepted === 0 && this.#baseText() !== this.#base)
      throw new Error('a delegation changed base text')
    for (const { head, anchor } of this.#room.drafters[0]!.projection.proposals.all()) {
      if (head.kind === 'paragraph') this.coverage.newParagraphs++
      if (anchor?.kind === 'range') this.coverage.struck++
      if (anchor && isOnWords(anchor) && isProposalId(anchor.host)) this.coverage.amendments++
    }
  }
}

function isUnsent({ od, outbox }: Drafter, character: string): boolean {
  if (outbox.length === 0) return false
  const closed = ([...od.proposals.keys()] as ProposalId[]).filter((id) => !isLiveHost(od, id))
  return closed.some((id) => plainText(contentOf(od, id)!).includes(character))
}

/** A selection that begins in an agreed paragraph; what it covers there stays. */
function isInAgreedBlock(drafter: Drafter, pos: number): boolean {
  const { doc } = drafter.state
  // Where everything is selected, it begins before the first paragraph.
  const $pos = doc.resolve(Math.min(Math.max(pos, 1), doc.content.size))
  if (!$pos.parent.isTextblock) return false
  const { host } = placeAt($pos.parent, $pos.parentOffset)
  return isAgreedTo(drafter.projection, drafter.binding.writer, host)
}

function isShown(drafter: Drafter, host: HostId): boolean {
  let shown = false
  drafter.state.doc.forEach((node) => {
    if (offsetsOf(node, host, 0)) shown = true
  })
  return shown
}

/** Typed at a caret: into that very text, or into an own bracket that stands there. */
function checkPlace(
  drafter: Drafter,
  before: { host: HostId; index: number },
  after: { host: HostId; index: number },
) {
  if (after.host === before.host) {
    if (after.index !== before.index + 1)
      throw new Error(`typed at ${before.index}, found at ${after.index - 1}`)
    return
  }
  const anchor = drafter.projection.proposals.get(after.host as ProposalId)?.anchor
  const span = anchor && resolveAnchor(drafter.od, anchor)
  if (!anchor || !isOnWords(anchor) || anchor.host !== before.host || !span)
    throw new Error('typed text went into another text')
  if (before.index !== span.start && before.index !== span.end)
    throw new Error('typed text went to another place')
}

/** The shown text is what a composition from nothing gives. */
function checkIncremental(drafter: Drafter): void {
  const fresh = new Projection(drafter.od, drafter.view, drafter.binding.writer.participant)
  const doc = new Drawer(fresh, drafter.binding.writer.participant).document()
  fresh.destroy()
  if (!doc.eq(drafter.state.doc))
    throw new Error(`incremental differs from full\n${doc.toString()}\n${drafter.state.doc.toString()}`)
  doc.check()
}

/** Every offset outside signs is a place in some text, and that place leads back to it. */
function checkPlaces(drafter: Drafter): void {
  drafter.state.doc.forEach((block) => {
    if (!block.isTextblock) return
    for (let offset = 0; offset <= block.content.size; offset++) {
      if (signAround(block, offset)) continue
      const { host, index } = placeAt(block, offset)
      const at = offsetsOf(block, host, index)
      if (!at || at.left > offset || at.right < offset)
        throw new Error(`offset ${offset} is lost in ${block.toString()}`)
      const length = (isProposalId(host) ? contentOf(drafter.od, host) : baseTextOf(drafter.od, host))!.length
      if (index > length) throw new Error('a place beyond its text')
    }
  })
}
