import * as Y from 'yjs'
import { examine } from '#shared/document/admit/admit.ts'
import type { Verdict } from '#shared/document/admit/verdict.ts'
import { execute } from '#shared/document/commands/execute.ts'
import { addParagraph, openDocument } from '#shared/document/schema.ts'
import { recordSet } from '#shared/document/records.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { FormerWords } from '#shared/document/text/former-words.ts'
import { attest } from '#shared/document/issue/attest.ts'
import { followUp } from '#shared/document/issue/follow-up.ts'
import type { Command, CommandResult } from '#shared/model/command.ts'
import type { ParagraphId, ParticipantId, PersonId } from '#shared/model/ids.ts'
import { FACILITATORS } from '#shared/model/participant.ts'
import type { Actor } from '#shared/model/participant.ts'
import { asSeen } from './as-seen.ts'

/** As much of a server as admission needs: a document, whose each client id is, and an order of updates. */
export interface Room {
  readonly od: OutcomeDocument
  readonly owners: Map<number, PersonId | 'server'>
  /** What everybody is told of, in order. */
  readonly log: Uint8Array[]
  readonly former: FormerWords
  now: number
}

export const PARAGRAPHS = ['p000000000000000a', 'p000000000000000b', 'p000000000000000c'] as ParagraphId[]

const person = (name: string, role: Actor['role'], participant: string | null): Actor => ({
  person: name.toLowerCase() as PersonId,
  name,
  role,
  participant: participant as ParticipantId | null,
})

export const FACILITATOR = person('Fatima', 'facilitator', FACILITATORS)
export const SECRETARY = person('Selim', 'secretariat', 'Secretariat')
export const KENYA = person('Kamau', 'delegation', 'KEN')
export const KENYA_TOO = person('Wanjiru', 'delegation', 'KEN')
export const JAPAN = person('Aiko', 'delegation', 'JPN')
export const OBSERVER = person('Olga', 'observer', null)

/**
 * After remote changes Yjs deletes formats that it thinks have become redundant, each replica for itself. Where that is
 * not sent, replicas come to show different formats; where it is, it may be in a text that the sender must not touch.
 * So none of ours does it.
 */
function withoutTidying(doc: Y.Doc): Y.Doc {
  doc.on('afterTransaction', (transaction) => {
    transaction._needFormattingCleanup = false
  })
  return doc
}

/** Client ids decide where concurrent work goes: they are given, so that a history is the same each time. */
export function openRoom(client = 1_000_000): Room {
  const od = openDocument(withoutTidying(new Y.Doc()))
  od.doc.clientID = client
  od.doc.transact(() => {
    recordSet(od, 'title', 'A draft')
    for (const [index, id] of PARAGRAPHS.entries())
      addParagraph(
        od,
        { id, kind: 'paragraph', order: `a${index}`, label: { number: index + 1, suffix: 0 } },
        `Paragraph ${index + 1} recalls the outcome of the last summit, and decides.`,
      )
  })
  const former = new FormerWords(od.doc)
  const room: Room = { od, owners: new Map(), former, log: [], now: 1_750_000_000_000 }
  room.owners.set(od.doc.clientID, 'server')
  return room
}

export const judge = (room: Room, actor: Actor, update: Uint8Array): Verdict =>
  examine(room.od, update, {
    actor,
    now: room.now,
    former: room.former,
    ownerOf: (client) => room.owners.get(client),
  })

/** Judges, and applies what is admitted. */
export function submit(room: Room, actor: Actor, update: Uint8Array): Verdict {
  const verdict = judge(room, actor, update)
  if (!verdict.ok || verdict.empty) return verdict
  Y.applyUpdate(room.od.doc, update, 'client')
  const { store } = room.od.doc
  if (store.pendingStructs || store.pendingDs) throw new Error('admitted, but not wholly integrated')
  for (const client of verdict.claimed) room.owners.set(client, actor.person)
  room.log.push(update)
  change(room, () => {
    attest(room.od, verdict, { actor, at: room.now })
    followUp(room.od, verdict)
  })
  return verdict
}

/** The server's own change. */
export function change<T>(room: Room, run: () => T): T {
  const listen = (update: Uint8Array) => room.log.push(update)
  room.od.doc.on('update', listen)
  try {
    return room.od.doc.transact(run, 'server')
  } finally {
    room.od.doc.off('update', listen)
  }
}

export const decide = (room: Room, command: Command): CommandResult =>
  change(room, () =>
    execute({ od: room.od, actor: FACILITATOR, now: room.now, sequence: 1 }, asSeen(room.od, command)),
  )

/** A replica of its own. */
export function replicaOf(od: OutcomeDocument, client: number): OutcomeDocument {
  const copy = openDocument(withoutTidying(new Y.Doc()))
  Y.applyUpdate(copy.doc, Y.encodeStateAsUpdate(od.doc), 'server')
  copy.doc.clientID = client
  return copy
}

/** An update for a person to read, with what it newly deletes: the message of a failing test. */
export function explain(room: Room, update: Uint8Array): string {
  const { structs, ds } = Y.decodeUpdate(update)
  const { store } = room.od.doc
  const lines = structs.map((struct) =>
    struct instanceof Y.Item
      ? JSON.stringify([
          struct.id,
          struct.origin,
          struct.rightOrigin,
          struct.parent,
          struct.parentSub,
          struct.content,
        ])
      : JSON.stringify(struct),
  )
  for (const [client, ranges] of ds.clients)
    for (const { clock, len } of ranges)
      for (let at = clock; at < Math.min(clock + len, Y.getState(store, client)); at++) {
        const item = Y.getItem(store, Y.createID(client, at))
        if (!item.deleted) lines.push(`deletes ${client}/${at} ${item.content.constructor.name}`)
      }
  return lines.join('\n')
}
