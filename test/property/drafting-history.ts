import { isOnWords } from '#shared/model/proposals/proposal.ts'
import * as Y from 'yjs'
import type { Node } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'
import { AllSelection } from 'prosemirror-state'
import { format } from '#client/editor/input/keys.ts'
import { placeAt } from '#client/editor/places.ts'
import { accessTo, isAgreedTo, isLeaving } from '#client/editor/rights/rights.ts'
import { schema } from '#client/editor/schema.ts'
import { openBrackets } from '#test/kit/open-brackets.ts'
import { composeParagraph } from '#shared/document/composition/compose.ts'
import { NoteMarks } from '#shared/document/composition/note-marks.ts'
import { SCREEN } from '#shared/document/composition/notation.ts'
import { Proposals } from '#shared/document/composition/proposals.ts'
import { plainText } from '#shared/document/text/anchor.ts'
import { isRestructuring } from '#shared/document/follow/restructured.ts'
import { ask, someChange } from '#test/kit/paragraphs.ts'
import { baseTextOf, contentOf, decisionOf, hostText, spaceOf } from '#shared/document/schema.ts'
import type { HostId, ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { Drafter } from '#test/kit/drafting.ts'
import { delegate, facilitator, Room } from '#test/kit/drafting.ts'
import { SpaceRoom } from '#test/kit/drafting-space.ts'
import { variedBlocks } from '#test/kit/drawn-blocks.ts'
import { Random } from '#test/kit/random.ts'
import {
  besideNow,
  checkIncremental,
  checkPlace,
  checkPlaces,
  isDisplaced,
  isInAgreedBlock,
  isShown,
  isUnsent,
} from './drafting-checks.ts'
import type { Coverage } from './drafting-coverage.ts'
import { noCoverage } from './drafting-coverage.ts'

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
  /** One of the delegations drafts privately, and tables. */
  readonly drafts?: boolean
  /** Paragraphs are deleted, moved, split and merged, and have alternatives. */
  readonly paragraphs?: boolean
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
  const room = new Room(random, variedBlocks(texts, options.seed))
  const ada = delegate('ada', 'EU')
  const seats = [ada, delegate('bo', 'G77'), delegate('cy', 'EU')]
  if (options.facilitator) seats.push(facilitator('fay'))
  if (options.agreements) seats.push({ ...facilitator('gil'), onBehalfOf: 'G77' as ParticipantId })
  const spaces = options.drafts ? [new SpaceRoom(room, 'EU')] : []
  for (const seat of seats) room.seat(seat, 'all', seat.actor.participant === 'EU' ? spaces : [])
  // A second tab of hers, where she looks at her own brackets only.
  if (options.secondTab) room.seat(ada, 'mine', spaces)
  const history = new History(room, options, spaces[0] ?? null)
  for (let step = 0; step < options.steps; step++) history.step(step)
  history.finish()
  return history.coverage
}

class History {
  readonly coverage = noCoverage()
  readonly #room: Room
  readonly #options: HistoryOptions
  readonly #random: Random
  readonly #away = new Map<Drafter, Away>()
  readonly #base: string
  /** The agreed paragraphs, as they were agreed. */
  readonly #agreed = new Map<ParagraphId, string>()
  #accepted = 0
  readonly #space: SpaceRoom | null
  /** Characters that were typed into private drafts and are not tabled yet. */
  readonly #private = new Set<string>()

  constructor(room: Room, options: HistoryOptions, space: SpaceRoom | null) {
    this.#space = space
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
    if (this.#space && r.chance(0.16)) return this.#privately(this.#space)
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
    else if (x < 0.788 && this.#options.agreements) this.#agree()
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
    const proposals = new Proposals(od)
    const { pieces } = composeParagraph(
      {
        od,
        proposals,
        marks: new NoteMarks(od, proposals),
        view: 'all',
        participant: null,
        notation: SCREEN,
      },
      paragraph,
    )
    return pieces.map(({ text }) => text).join('')
  }

  #checkAgreed(): void {
    for (const [paragraph, words] of this.#agreed)
      if (this.#composed(paragraph) !== words) throw new Error(`an agreed paragraph changed: ${words}`)
  }

  /** Somebody chooses to write privately, or no longer to; or drafts are tabled. */
  #privately(space: SpaceRoom): void {
    const r = this.#random
    if (r.chance(0.4)) {
      const { drafter } = r.pick(space.seats)
      return drafter.draftIn(drafter.space === null ? space.participant : null)
    }
    const all = [...space.od.proposals.keys()] as ProposalId[]
    const drafts = all.filter(() => r.chance(0.4))
    if (drafts.length === 0) return
    const before = fingerprint(this.#room.od)
    const words = new Map(drafts.map((id) => [id, plainText(contentOf(space.od, id)!)]))
    const fresh = drafts.filter((id) => !this.#room.od.proposals.has(id))
    const result = space.table(drafts, delegate('ada', 'EU').actor, r.chance(0.2))
    if (!result.ok) {
      if (!MAY_BE_REFUSED.has(result.code)) throw new Error(`not tabled: ${JSON.stringify(result)}`)
      if (fingerprint(this.#room.od) !== before) throw new Error('a refused tabling changed the room')
      return
    }
    for (const id of fresh) {
      if (plainText(contentOf(this.#room.od, id)!) !== words.get(id))
        throw new Error('other words were tabled')
      for (const character of words.get(id)!) this.#private.delete(character)
      this.coverage.tabled++
    }
    this.#checkPrivate()
  }

  /** Nothing of what was drafted is in what the room is sent. */
  #checkPrivate(): void {
    if (!this.#space) return
    const sent = new TextDecoder().decode(Y.encodeStateAsUpdate(this.#room.od.doc))
    for (const character of this.#private)
      if (sent.includes(character)) throw new Error(`a private word is in the room: ${character}`)
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
    if (drafter.binding.lost) return this.#isStray(drafter, character)
    const { selection } = drafter.state
    const before = placeAt(selection.$from.parent, selection.$from.parentOffset)
    const wasEmpty = selection.empty
    const shown = drafter.text()
    if (wasEmpty && isAgreedTo(drafter.projection, drafter.binding.writer, before.host))
      return this.#isBarred(drafter, character)
    if (wasEmpty && accessTo(drafter.projection, drafter.binding.writer, before.host) === 'none')
      return drafter.type(character)
    const proposals = drafter.od.proposals.size
    const barred = accessTo(drafter.projection, drafter.binding.writer, before.host) === 'none'
    drafter.type(character)
    if (isInAgreedBlock(drafter, selection.from) && !drafter.text().includes(character)) return
    // Nothing of what was selected may be written over: nothing happens.
    if (barred && drafter.text() === shown) return
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
    this.#notePrivate(drafter, place.host, character)
    if (wasEmpty) checkPlace(drafter, before, place)
  }

  #notePrivate({ od, space }: Drafter, host: HostId, character: string): void {
    const isDraft = isProposalId(host) && spaceOf(od, host) !== null
    if (space !== null && !isDraft) throw new Error('what was to be private is not')
    if (!isDraft) return
    this.#private.add(character)
    this.coverage.drafted++
  }

  /** Nothing is left of the paragraph that the caret was in. */
  #isStray(drafter: Drafter, character: string): void {
    const shown = drafter.text()
    drafter.type(character)
    if (drafter.text() !== shown || !drafter.stray.includes(character))
      throw new Error('something was typed where the caret has no place')
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
    // In a draft whose bracket was decided meanwhile: it is among those that have no place.
    if (left !== character && isDisplaced(drafter, character)) return
    // The new paragraph that it was composed in went meanwhile: its author is told the words.
    if (left !== character && binding.lost && drafter.stray.includes(character)) return
    // The paragraph is agreed, or was while this was being composed.
    if (isInAgreedBlock(drafter, $head.pos)) return
    if (left !== character) throw new Error(`composed text is not before the caret: ${drafter.text()}`)
    // The draft was tabled meanwhile: until it is in the room it is amended.
    if (isProposalId(place.host) && isLeaving(drafter.od, place.host)) return
    if (accessTo(drafter.projection, drafter.binding.writer, place.host) !== 'direct')
      throw new Error('the caret is in a text of somebody else after composing')
    this.#notePrivate(drafter, place.host, character)
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

  #ask(): void {
    const seats = this.#room.drafters.filter(({ seat }) => seat.actor.role === 'delegation')
    const { result } = ask(this.#room, someChange(this.#room), this.#random.pick(seats).seat.actor)
    if (result.ok) this.coverage.asked++
  }

  #decide(): void {
    if (this.#options.paragraphs && this.#random.chance(0.5)) this.#ask()
    const open = [...this.#room.od.proposals.keys()] as ProposalId[]
    if (open.length === 0) return
    const proposal = this.#random.pick(open)
    const decider = facilitator('fay').actor
    const x = this.#random.next()
    const kind = x < 0.5 ? 'proposal-accept' : x < 0.65 ? 'proposal-not-retain' : 'decision-undo'
    const result = this.#room.command({ kind, proposal }, decider)
    if (!result.ok) return
    this.coverage.decisions++
    const effect = decisionOf(this.#room.od, proposal)?.effect
    if (effect && isRestructuring(effect)) this.coverage.restructured++
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
      const { decisions, drafts = false } = this.#options
      if (!(decisions || drafts) || refusal.code !== 'closed' || refusal.informed)
        throw new Error(`honest work refused: ${JSON.stringify(refusal)}`)
    }
  }

  /** A remote change leaves the caret beside a character that its owner put it beside, as long as one is shown. */
  #watchCaret(drafter: Drafter): () => void {
    const place = drafter.binding.places()?.head
    if (!drafter.state.selection.empty || !place) return () => {}
    const { host, item, next = null } = place
    return () => {
      const beside = besideNow(drafter, host, item, next)
      if (beside.length === 0) return
      if (item === null && isShown(drafter, host)) beside.push({ host, index: 0 })
      const { $head } = drafter.state.selection
      const now = placeAt($head.parent, $head.parentOffset)
      this.coverage.caretChecks++
      if (!beside.some((at) => at.host === now.host && at.index === now.index))
        throw new Error(`the caret moved: ${JSON.stringify([place, beside, now, drafter.text()])}`)
    }
  }

  finish(): void {
    this.#away.clear()
    const refusals = this.#room.refusals.length
    this.#room.settleDown()
    this.#checkRefusals(refusals)
    this.#checkPrivate()
    const shownTo = new Map<string, string>()
    for (const drafter of this.#room.drafters) {
      checkIncremental(drafter)
      checkPlaces(drafter)
      const shown = JSON.stringify(alikeForAll(drafter.state).toJSON()).replaceAll(
        '"own":true',
        '"own":false',
      )
      const whom = String(drafter.beside.length)
      const reference = shownTo.get(whom) ?? shown
      if (drafter.view === 'all') shownTo.set(whom, reference)
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

/** What a draft may meet when it is tabled. */
const MAY_BE_REFUSED = new Set(['not-together', 'paragraph-agreed', 'no-such-draft'])

const fingerprint = ({ doc }: Drafter['od']): string => JSON.stringify([...Y.encodeStateAsUpdate(doc)])

/** The shown text without what depends on who looks at it: where lines may break beside the signs of brackets. */
const alikeForAll = ({ doc, tr }: EditorState): Node =>
  tr.removeMark(0, doc.content.size, schema.marks.unbroken).doc
