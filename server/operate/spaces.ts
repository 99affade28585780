import * as Y from 'yjs'
import { groupsOf, isMember, membershipsOf } from '#shared/directory/directory.ts'
import { markTabled, readDrafts, tabledUnmarked } from '#shared/document/drafts.ts'
import { headOf, isTabled } from '#shared/document/schema.ts'
import type { Command } from '#shared/model/command.ts'
import { refuse } from '#shared/model/command.ts'
import type { DocumentId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { CloseReason } from '#shared/protocol/close.ts'
import type { Connection, Registry } from '../room/registry.ts'
import type { Visitor } from '../room/session/session.ts'
import type { RoomSocket } from '../room/session/socket.ts'
import type { CommandRequest, CommandAnswer, OwnWork } from '../room/batch/work.ts'
import { spaceId } from '../store/space-id.ts'
import type { Store } from '../store/port.ts'

/** Whether an actor may open a private space: only a delegation, its own space or that of a group it is a member of. */
function mayOpen({ role, participant }: Actor, space: ParticipantId, at: number): boolean {
  if (role !== 'delegation' || participant === null) return false
  return participant === space || isMember(participant, space, at)
}

const DAY = 24 * 60 * 60 * 1000

/** When the actor's membership of a group ends, milliseconds since 1970; null when no end is known. */
function endOf({ participant }: Actor, group: ParticipantId, at: number): number | null {
  const ends = membershipsOf(group).flatMap(({ member, until }) =>
    member === participant && until !== null ? [Date.parse(until) + DAY] : [],
  )
  return ends.filter((end) => end > at).sort((a, b) => a - b)[0] ?? null
}

const earlier = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b)

export interface SpacesSetting {
  readonly store: Store
  readonly registry: Registry
  readonly now: () => number
}

type TableCommand = Extract<Command, { kind: 'drafts-table' }>

/**
 * The private spaces beside the rooms: who may open which, and how drafts are tabled from a space into its room.
 *
 * Tabling changes two documents, and the server may stop between the two changes. Invariants:
 *
 * - The room is changed first, with the drafts as the space has committed them; the space accepts nothing meanwhile.
 * - Then the drafts are marked as tabled in the space. If that did not happen, it is done when the space is next
 *   opened, before anybody can write in it. So a draft is never tabled twice and never lost.
 */
export class Spaces {
  readonly #setting: SpacesSetting

  constructor(setting: SpacesSetting) {
    this.#setting = setting
  }

  /** The spaces that a person may open: her delegation's own, and those of its groups that hold a link. */
  async of(document: DocumentId, { role, participant }: Actor): Promise<ParticipantId[]> {
    if (role !== 'delegation' || participant === null) return []
    const { store, now } = this.#setting
    const present = new Set((await store.invitations(document)).map((invitation) => invitation.participant))
    return [participant, ...groupsOf(participant, now()).filter((group) => present.has(group))]
  }

  /** Joins a connection to a private space. Resolves with a close reason when that is not possible. */
  async connect(
    document: DocumentId,
    space: ParticipantId,
    visitor: Visitor,
    socket: RoomSocket,
  ): Promise<Connection | CloseReason> {
    const { registry, now } = this.#setting
    if (!mayOpen(visitor.actor, space, now())) return 'unauthorised'
    await this.#open(document, space)
    // Access to a group's space ends with the membership.
    const expiresAt = earlier(visitor.expiresAt, endOf(visitor.actor, space, now()))
    return registry.connect(spaceId(document, space), { ...visitor, expiresAt }, socket)
  }

  /** Executes a command in the document's room or in the private space that it concerns. Null when no such document. */
  async command(document: DocumentId, asked: CommandRequest): Promise<CommandAnswer | null> {
    const { registry } = this.#setting
    const { actor, command } = asked
    switch (command.kind) {
      case 'drafts-table':
        return this.#table(document, asked, command)
      case 'comment-add':
      case 'comment-remove':
      case 'comment-resolve':
        if (command.space === undefined) break
        return this.#within(document, command.space, asked)
      case 'proposal-withdraw': {
        const space = await this.#holding(document, actor, command.proposal)
        if (space) return this.#within(document, space, asked)
        break
      }
      default:
    }
    return registry.command(document, asked)
  }

  async #within(
    document: DocumentId,
    space: ParticipantId,
    asked: CommandRequest,
  ): Promise<CommandAnswer | null> {
    const { registry, now } = this.#setting
    if (!mayOpen(asked.actor, space, now())) return NOT_ALLOWED
    await this.#open(document, space)
    return registry.command(spaceId(document, space), asked)
  }

  /** The one of the actor's spaces that holds a proposal; null when the room has it or none of the spaces does. */
  async #holding(document: DocumentId, actor: Actor, id: ProposalId): Promise<ParticipantId | null> {
    const { registry, store } = this.#setting
    if (await registry.read(document, (od) => headOf(od, id) !== undefined)) return null
    for (const space of await this.of(document, actor)) {
      const held = spaceId(document, space)
      if ((await store.document(held)) === null) continue
      if (await registry.read(held, (od) => headOf(od, id) !== undefined)) return space
    }
    return null
  }

  /**
   * Tables drafts. Only the space's own participant may; a group's drafts are tabled by whoever speaks for the group.
   */
  async #table(
    document: DocumentId,
    asked: CommandRequest,
    { space, drafts }: TableCommand,
  ): Promise<CommandAnswer | null> {
    const { registry } = this.#setting
    const { actor, key, command } = asked
    if (actor.role !== 'delegation' || actor.participant !== space) return NOT_ALLOWED
    await this.#open(document, space)
    let answer: CommandAnswer | null = null
    await registry.runExclusive(spaceId(document, space), async (od) => {
      answer = await registry.command(document, { ...asked, drafts: readDrafts(od, drafts) })
      return isDone(answer) && !drafts.every((id) => isTabled(od, id)) ? { actor, key, command } : null
    })
    return answer
  }

  /** Creates a space at its first use, and marks drafts as tabled that a stopped server could not mark. */
  async #open(document: DocumentId, space: ParticipantId): Promise<void> {
    const { store } = this.#setting
    const id = spaceId(document, space)
    if ((await store.document(id)) === null) await this.#create(id)
    await this.#tell(document, space)
  }

  async #create(id: DocumentId): Promise<void> {
    const { store, now } = this.#setting
    const doc = new Y.Doc()
    const made = { id, title: '', at: now(), actor: 'server' as const, bytes: Y.encodeStateAsUpdate(doc) }
    try {
      await store.createDocument({ ...made, client: doc.clientID })
    } catch (error) {
      // Another request may have created it meanwhile.
      if ((await store.document(id)) === null) throw error
    }
  }

  /** Marks those drafts as tabled that the room already has. */
  async #tell(document: DocumentId, space: ParticipantId): Promise<void> {
    const { registry } = this.#setting
    await registry.runExclusive(spaceId(document, space), async (od): Promise<OwnWork | null> => {
      const tabled = await registry.read(document, (room) =>
        tabledUnmarked(od, (id) => room.proposals.has(id)),
      )
      if (!tabled || tabled.length === 0) return null
      return { kind: 'own', change: (own, now) => markTabled(own, tabled, now) }
    })
  }
}

const NOT_ALLOWED = refuse('not-allowed', 'This private space is not yours.')

const isDone = (answer: CommandAnswer | null): boolean => answer?.ok === true
