import { EditorState, Selection, TextSelection } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'
import * as Y from 'yjs'
import { withPlainSpaces } from '#client/editor/draw/draw.ts'
import { Binding } from '#client/editor/binding.ts'
import type { NotTyped } from '#client/editor/contract.ts'
import type { Surface } from '#client/editor/surface.ts'
import { writerOf } from '#client/editor/rights/rights.ts'
import type { Undo } from '#client/editor/undo.ts'
import { createUndo } from '#client/editor/undo.ts'
import { admit } from '#shared/document/admit/admit.ts'
import { createDocument } from '#shared/document/create.ts'
import { execute } from '#shared/document/commands/execute.ts'
import type { Draft } from '#shared/document/drafts.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { openDocument, withSpaces } from '#shared/document/schema.ts'
import type { ViewMode } from '#shared/document/composition/board.ts'
import { FormerWords } from '#shared/document/text/former-words.ts'
import { attest } from '#shared/document/issue/attest.ts'
import { followUp } from '#shared/document/issue/follow-up.ts'
import type { Command, CommandResult } from '#shared/model/command.ts'
import type { ParticipantId, PersonId } from '#shared/model/ids.ts'
import type { ImportedBlock } from '#shared/model/import.ts'
import type { Actor } from '#shared/model/participant.ts'
import { FACILITATORS } from '#shared/model/participant.ts'
import { asSeen } from './as-seen.ts'
import { drawnBlocks } from './drawn-blocks.ts'
import type { SpaceRoom } from './drafting-space.ts'
import { SpaceSeat } from './drafting-space.ts'
import type { Random } from './random.ts'

/** A drafting room without sockets or browsers: real documents, real bindings, real admission, a network by hand. */

/** ProseMirror without a browser. */
export class PaperSurface implements Surface {
  state: EditorState
  composing = false

  constructor(binding: Binding) {
    this.state = EditorState.create({ doc: binding.drawer.document() })
  }

  apply(tr: Transaction): void {
    this.state = this.state.apply(tr)
  }
}

const FROM_NETWORK = { kind: 'network' }

export interface Seat {
  readonly name: string
  readonly actor: Actor
  /** The delegation whose words are written down here. */
  readonly onBehalfOf?: ParticipantId
  /** Its alias, in an unattributed round. */
  readonly alias?: ParticipantId
}

export const delegate = (name: string, participant: string): Seat => ({
  name,
  actor: {
    person: `person-${name}` as PersonId,
    name,
    role: 'delegation',
    participant: participant as ParticipantId,
  },
})

export const facilitator = (name: string): Seat => ({
  name,
  actor: { person: `person-${name}` as PersonId, name, role: 'facilitator', participant: FACILITATORS },
})

export interface Refusal {
  readonly seat: string
  readonly code: string
  readonly message: string
  /** The sender knew of every decision when it wrote what was refused. */
  readonly informed: boolean
}

/** Decisions and agreements: what closes a text. */
const decisionsIn = ({ record }: OutcomeDocument): string =>
  [...record.keys()]
    .filter((key) => /^(decision|status)\//.test(key))
    .map((key) => key + String((record.get(key) as { status?: string }).status))
    .sort()
    .join()

export class Room {
  readonly od: OutcomeDocument
  readonly drafters: Drafter[] = []
  readonly refusals: Refusal[] = []
  readonly random: Random
  readonly #owners = new Map<number, PersonId | 'server'>()
  readonly #former: FormerWords
  #clients = 1
  #now = 0
  #stopped = false

  /** `texts`: of numbered paragraphs, as {@link drawnBlocks} reads them, or with an outline. */
  constructor(random: Random, texts: readonly string[] | readonly ImportedBlock[]) {
    this.random = random
    this.od = openDocument(new Y.Doc())
    this.#former = new FormerWords(this.od.doc)
    this.od.doc.clientID = 1
    this.#owners.set(1, 'server')
    const blocks = drawnBlocks(texts)
    createDocument(this.od, { title: 'Draft', front: [], blocks }, (length) => random.bytes(length), 0)
    this.od.doc.on('update', (update: Uint8Array, origin: unknown) => {
      for (const drafter of this.drafters) if (drafter !== origin) drafter.inbox.push(update)
    })
  }

  /** Each call is a later moment, unless the clock is stopped. */
  readonly now = (): number => (this.#stopped ? this.#now : ++this.#now)

  stopClock(): void {
    this.#stopped = true
  }

  nextClient(): number {
    return 100 + this.#clients++
  }

  seat(seat: Seat, view: ViewMode = 'all', spaces: readonly SpaceRoom[] = []): Drafter {
    const drafter = new Drafter(this, seat, view, spaces)
    this.drafters.push(drafter)
    return drafter
  }

  /** What a server does with a submitted update. False: refused, nothing applied. */
  receive(drafter: Drafter, update: Uint8Array, knew?: string): boolean {
    const { actor } = drafter.seat
    const verdict = admit(this.od, update, {
      actor,
      now: this.#now,
      former: this.#former,
      ownerOf: (client) => this.#owners.get(client),
    })
    if (!verdict.ok) {
      const { code, message } = verdict
      const informed = knew === decisionsIn(this.od)
      this.refusals.push({ seat: drafter.seat.name, code, message, informed })
      return false
    }
    for (const client of verdict.claimed) this.#owners.set(client, actor.person)
    if (verdict.empty) return true
    Y.applyUpdate(this.od.doc, update, drafter)
    if (this.od.doc.store.pendingStructs || this.od.doc.store.pendingDs)
      throw new Error('admitted but pending')
    const at = this.now()
    this.od.doc.transact(() => {
      attest(this.od, verdict, { actor, at })
      followUp(this.od, verdict)
    })
    return true
  }

  /** `drafts`: at a tabling, what the private space has. */
  command(command: Command, actor: Actor, drafts: readonly Draft[] = []): CommandResult {
    const executing = { od: this.od, actor, now: this.now(), sequence: 1, drafts }
    return this.od.doc.transact(() => execute(executing, asSeen(this.od, command)))
  }

  /** Everything sent and delivered, until nothing is left. */
  settleDown(): void {
    for (let round = 0; round < 50; round++) {
      for (const drafter of this.drafters) drafter.send()
      for (const drafter of this.drafters) drafter.deliver()
      if (this.drafters.every((drafter) => drafter.quiet)) return
    }
    throw new Error('the room does not settle')
  }
}

/** One person at one editor. */
export class Drafter {
  readonly room: Room
  readonly seat: Seat
  readonly view: ViewMode
  /** Of all own gestures. */
  readonly origin = { kind: 'gesture' } as const
  readonly inbox: Uint8Array[] = []
  readonly outbox: Uint8Array[] = []
  doc!: Y.Doc
  od!: OutcomeDocument
  projection!: Projection
  binding!: Binding
  surface!: PaperSurface
  undo!: Undo
  beside: SpaceSeat[] = []
  /** The private space that is written in. */
  space: ParticipantId | null = null
  /** What was said instead of put into the text. */
  readonly notTyped: NotTyped[] = []
  /** What was typed where there was no place for it. */
  stray = ''
  /** How often this person had to start from a fresh document after a refusal. */
  restarts = 0

  /** What was known of decisions when each update was written. */
  readonly #knew = new WeakMap<Uint8Array, string>()

  readonly #spaces: readonly SpaceRoom[]

  constructor(room: Room, seat: Seat, view: ViewMode, spaces: readonly SpaceRoom[] = []) {
    this.#spaces = spaces
    this.room = room
    this.seat = seat
    this.view = view
    this.open()
  }

  open(): void {
    this.inbox.length = 0
    this.outbox.length = 0
    this.doc = new Y.Doc()
    this.doc.clientID = this.room.nextClient()
    this.od = openDocument(this.doc)
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.room.od.doc), FROM_NETWORK)
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === FROM_NETWORK) return
      this.outbox.push(update)
      this.#knew.set(update, decisionsIn(this.od))
    })
    for (const seat of this.beside) seat.leave()
    this.beside = this.#spaces.map((space) => new SpaceSeat(space, this))
    const opened = this.beside.map(({ space, od }) => ({ participant: space.participant, od }))
    if (opened.length > 0) this.od = withSpaces(this.od, opened)
    this.projection = new Projection(this.od, this.view, this.#writer().participant)
    this.#bind()
    const { projection, binding, seat } = this
    this.undo = createUndo({ projection, actor: seat.actor, origin: binding.origin, captureTimeout: 0 })
  }

  #writer() {
    const { onBehalfOf = null, alias, actor } = this.seat
    return writerOf(this.od, actor, { onBehalfOf, alias, space: this.space })
  }

  #bind(): void {
    const { projection, room } = this
    const writer = this.#writer()
    const { space = null } = writer
    const random = (length: number) => room.random.bytes(length)
    const options = { projection, actor: writer, space, editable: true, random }
    const onNotTyped = (why: NotTyped, words = '') => {
      this.notTyped.push(why)
      this.stray = words
    }
    this.binding = new Binding({ ...options, origin: this.origin, onNotTyped })
    this.surface = new PaperSurface(this.binding)
    this.binding.attach(this.surface)
  }

  /** Chooses where what is typed goes; the caret stays. */
  draftIn(space: ParticipantId | null): void {
    const selection: unknown = this.state.selection.toJSON()
    this.binding.settle()
    this.binding.destroy()
    this.space = space
    this.#bind()
    this.dispatch((tr) => tr.setSelection(Selection.fromJSON(tr.doc, selection)))
  }

  get quiet(): boolean {
    return this.outbox.length === 0 && this.inbox.length === 0 && this.beside.every((seat) => seat.quiet)
  }

  get state(): EditorState {
    return this.surface.state
  }

  dispatch(change: (tr: Transaction) => Transaction): void {
    this.binding.dispatch(change(this.surface.state.tr))
  }

  select(anchor: number, head = anchor): void {
    this.dispatch((tr) => tr.setSelection(TextSelection.create(tr.doc, anchor, head)))
  }

  type(text: string): void {
    this.dispatch((tr) => tr.insertText(text))
  }

  /** The shown text, blocks apart. */
  text(): string {
    const blocks: string[] = []
    this.state.doc.forEach((node) => blocks.push(withPlainSpaces(node.textContent)))
    return blocks.join('\n')
  }

  /** Sends what is waiting as one update, as after a while offline, or one by one. */
  send(merged = false): boolean {
    const updates = this.outbox.splice(0)
    const batch = merged && updates.length > 1 ? [Y.mergeUpdates(updates)] : updates
    for (const [i, update] of batch.entries()) {
      if (this.room.receive(this, update, this.#knew.get(updates[i]!))) continue
      this.restarts++
      this.open()
      return false
    }
    for (const seat of this.beside) {
      const refusal = seat.send(merged)
      if (!refusal) continue
      const { code, message } = refusal
      this.room.refusals.push({ seat: this.seat.name, code, message, informed: false })
      this.restarts++
      this.open()
      return false
    }
    return true
  }

  deliver(count = Number.POSITIVE_INFINITY): void {
    for (let i = 0; i < count && this.inbox.length > 0; i++)
      Y.applyUpdate(this.doc, this.inbox.shift()!, FROM_NETWORK)
    for (const seat of this.beside) seat.deliver(count)
  }
}
