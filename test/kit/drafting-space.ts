import * as Y from 'yjs'
import { attest } from '#shared/document/issue/attest.ts'
import { admit } from '#shared/document/admit/admit.ts'
import { executeInSpace } from '#shared/document/commands/space.ts'
import { markTabled, readDrafts, tabledUnmarked } from '#shared/document/drafts.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { openDocument } from '#shared/document/schema.ts'
import type { Command, CommandResult } from '#shared/model/command.ts'
import type { ParticipantId, PersonId, ProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Drafter, Room } from './drafting.ts'

const FROM_NETWORK = { kind: 'network' }

/** A delegation's private space as the server keeps it, without sockets. */
export class SpaceRoom {
  readonly room: Room
  readonly participant: ParticipantId
  readonly od: OutcomeDocument = openDocument(new Y.Doc())
  readonly seats: SpaceSeat[] = []
  readonly #owners = new Map<number, PersonId | 'server'>()

  constructor(room: Room, participant: string) {
    this.room = room
    this.participant = participant as ParticipantId
    this.od.doc.clientID = room.nextClient()
    this.#owners.set(this.od.doc.clientID, 'server')
    this.od.doc.on('update', (update: Uint8Array, origin: unknown) => {
      for (const seat of this.seats) if (seat !== origin) seat.inbox.push(update)
    })
  }

  /** What a server does with a submitted update. Null: taken. */
  receive(seat: SpaceSeat, update: Uint8Array): { code: string; message: string } | null {
    this.tell()
    const { actor } = seat.drafter.seat
    const verdict = admit(this.od, update, {
      actor: { ...actor, participant: this.participant },
      ownerOf: (client) => this.#owners.get(client),
      elsewhere: true,
      now: this.room.now(),
    })
    if (!verdict.ok) return verdict
    for (const client of verdict.claimed) this.#owners.set(client, actor.person)
    Y.applyUpdate(this.od.doc, update, seat)
    if (this.od.doc.store.pendingStructs || this.od.doc.store.pendingDs)
      throw new Error('admitted but pending')
    const facts = { actor: { ...actor, participant: this.participant }, at: this.room.now() }
    this.od.doc.transact(() => attest(this.od, verdict, facts))
    return null
  }

  /** The room is given what the space has; then the space is told. */
  table(drafts: readonly ProposalId[], actor: Actor, crash = false): CommandResult {
    const command = { kind: 'drafts-table', space: this.participant, drafts } as const
    const result = this.room.command(command, actor, readDrafts(this.od, drafts))
    if (result.ok && !crash) this.tell()
    return result
  }

  /** What the server finds to be told, before anybody is let in again. */
  tell(): void {
    const drafts = tabledUnmarked(this.od, (id) => this.room.od.proposals.has(id))
    this.od.doc.transact(() => markTabled(this.od, drafts, this.room.now()))
  }

  command(command: Command, actor: Actor): CommandResult {
    const executing = { od: this.od, actor, now: this.room.now(), sequence: 1 }
    return this.od.doc.transact(() => executeInSpace(executing, command, this.participant))
  }
}

/** One person's copy of a space. */
export class SpaceSeat {
  readonly space: SpaceRoom
  readonly drafter: Drafter
  readonly od: OutcomeDocument
  readonly inbox: Uint8Array[] = []
  readonly outbox: Uint8Array[] = []

  constructor(space: SpaceRoom, drafter: Drafter) {
    this.space = space
    this.drafter = drafter
    const doc = new Y.Doc()
    doc.clientID = space.room.nextClient()
    this.od = openDocument(doc)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(space.od.doc), FROM_NETWORK)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== FROM_NETWORK) this.outbox.push(update)
    })
    space.seats.push(this)
  }

  leave(): void {
    this.space.seats.splice(this.space.seats.indexOf(this), 1)
  }

  get quiet(): boolean {
    return this.inbox.length === 0 && this.outbox.length === 0
  }

  /** Null: all of it was taken. */
  send(merged: boolean): { code: string; message: string } | null {
    const updates = this.outbox.splice(0)
    const batch = merged && updates.length > 1 ? [Y.mergeUpdates(updates)] : updates
    for (const update of batch) {
      const refusal = this.space.receive(this, update)
      if (refusal) return refusal
    }
    return null
  }

  deliver(count: number): void {
    for (let i = 0; i < count && this.inbox.length > 0; i++)
      Y.applyUpdate(this.od.doc, this.inbox.shift()!, FROM_NETWORK)
  }
}
