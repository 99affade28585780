import * as Y from 'yjs'
import { expect } from 'vitest'
import type { AdmissionCode, Verdict } from '#shared/document/admit/verdict.ts'
import { addProposal, baseTextOf, contentOf } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Anchor, TypedHead } from '#shared/model/proposals/proposal.ts'
import { JAPAN, judge, KENYA, openRoom, PARAGRAPHS, replicaOf, submit } from './admission-room.ts'
import type { Room } from './admission-room.ts'
import type { At } from './forge.ts'

/** A small consultation in the middle: Kenya has a proposal on the first paragraph, Japan amends its words. */
export interface Scene {
  readonly room: Room
  /** Kenya's client id and Japan's: known, and theirs. */
  readonly kenya: number
  readonly japan: number
}

export const FIRST = PARAGRAPHS[0] as ParagraphId
export const SECOND = PARAGRAPHS[1] as ParagraphId
export const KENYAS = 'q00000000000kenai' as ProposalId
export const JAPANS = 'q00000000000japan' as ProposalId
export const FRESH = 'q00000000000fresh' as ProposalId

/** The Yjs client id under which the tests forge updates. */
export const ME = 9_000_001

export const head = (by: string, kind: TypedHead['kind'] = 'text'): TypedHead => ({
  kind,
  by: by as ParticipantId,
  paragraph: FIRST,
  quote: '',
})

export const pointAt = (host: ParagraphId | ProposalId, at: At | null = null): Anchor => ({
  kind: 'point',
  host,
  paragraph: FIRST,
  at,
})

export function setScene(): Scene {
  const room = openRoom()
  const kenya = 2_000_001
  const japan = 3_000_001
  const offer = (actor: Actor, client: number, run: (od: OutcomeDocument) => void) =>
    expect(submit(room, actor, written(room, client, run))).toMatchObject({ ok: true })
  offer(KENYA, kenya, (od) => addProposal(od, KENYAS, head('KEN'), pointAt(FIRST), 'of the African Group'))
  offer(JAPAN, japan, (od) => addProposal(od, JAPANS, head('JPN'), pointAt(KENYAS), 'and others'))
  return { room, kenya, japan }
}

/** The update that a client makes of a change, on a replica of what the room knows. */
export function written(room: Room, client: number, run: (od: OutcomeDocument) => void): Uint8Array {
  const od = replicaOf(room.od, client)
  const before = Y.encodeStateVector(od.doc)
  let update = Y.encodeStateAsUpdate(od.doc, before)
  od.doc.on('update', (bytes: Uint8Array) => {
    update = bytes
  })
  od.doc.transact(() => run(od), 'me')
  return update
}

/** The identity of the unit at an offset of a text, deleted ones not counted. */
export function unitAt(text: Y.Text | undefined, offset: number): At {
  let left = offset
  for (let item = text?._start ?? null; item; item = item.right) {
    if (item.deleted || !item.countable) continue
    if (left < item.length) return [item.id.client, item.id.clock + left]
    left -= item.length
  }
  throw new Error('no such unit')
}

export const base = ({ room }: Scene, id: ParagraphId = FIRST): Y.Text => baseTextOf(room.od, id)!
export const wording = ({ room }: Scene, id: ProposalId = KENYAS): Y.Text => contentOf(room.od, id)!
/** The item that holds a type. */
export const itemOf = (shared: { readonly _item: Y.Item | null } | undefined): At => [
  shared!._item!.id.client,
  shared!._item!.id.clock,
]
export const nextClock = ({ room }: Scene, client: number): number => Y.getState(room.od.doc.store, client)

/** Refused, with this code; the document is as it was, byte for byte, and the others go on. */
export function expectRefused(scene: Scene, actor: Actor, update: Uint8Array, code: AdmissionCode): void {
  const { room } = scene
  const before = Y.encodeStateAsUpdate(room.od.doc)
  const structs = itemCount(room.od)
  expect(judge(room, actor, update)).toMatchObject({ ok: false, code })
  expect(Y.encodeStateAsUpdate(room.od.doc)).toEqual(before)
  expect(itemCount(room.od), 'nothing was split').toBe(structs)
  expect([...room.od.doc.share.keys()].sort((a, b) => (a < b ? -1 : 1))).toEqual([
    'anchors',
    'paragraphs',
    'proposals',
    'record',
  ])
  const next = written(room, scene.japan, (od) => contentOf(od, JAPANS)!.insert(0, 'still '))
  expect(submit(room, JAPAN, next)).toMatchObject({ ok: true })
}

export function expectAdmitted(
  scene: Scene,
  actor: Actor,
  update: Uint8Array,
): Extract<Verdict, { ok: true }> {
  const verdict = submit(scene.room, actor, update)
  if (!verdict.ok) throw new Error(`refused: ${verdict.code}`)
  return verdict
}

const itemCount = ({ doc }: OutcomeDocument): number =>
  [...doc.store.clients.values()].reduce((sum, structs) => sum + structs.length, 0)
