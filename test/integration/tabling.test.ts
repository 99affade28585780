import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { Spaces } from '#server/operate/spaces.ts'
import { spaceId } from '#server/store/space-id.ts'
import { anchorAt, resolveAnchor } from '#shared/document/text/anchor.ts'
import {
  addProposal,
  baseTextOf,
  contentOf,
  headOf,
  isTabled,
  paragraphsInOrder,
} from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import type { Command } from '#shared/model/command.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { PrivateHouse } from '#test/kit/private-house.ts'
import type { Guest } from '#test/kit/room.ts'
import { typeIntoBase, wording } from '#test/kit/proposing.ts'
import { until } from '#test/kit/until.ts'

const KEN = 'KEN' as ParticipantId

class Desk {
  readonly house: PrivateHouse
  readonly actor: Actor
  readonly room: Guest
  readonly space: Guest
  readonly chair: Actor
  #keys = 0

  private constructor(house: PrivateHouse, room: Guest, space: Guest) {
    this.house = house
    this.room = room
    this.space = space
    this.actor = room.actor
    this.chair = house.house.actor('facilitator')
  }

  static async open(): Promise<Desk> {
    const house = await PrivateHouse.open()
    const room = await house.house.join(house.house.actor('delegation', 'KEN'))
    return new Desk(house, room, await house.enter('KEN', room))
  }

  async table(drafts: readonly ProposalId[], key = `key-of-tabling-${++this.#keys}`) {
    const command = { kind: 'drafts-table', space: KEN, drafts } as const
    const answer = await this.house.spaces.command(this.house.house.document, {
      actor: this.actor,
      key,
      command,
    })
    if (!answer) throw new Error('no answer')
    return answer
  }

  async decide(command: Command) {
    const { registry, document } = this.house.house
    const answer = await registry.command(document, {
      actor: this.chair,
      key: `key-of-chair-${++this.#keys}`,
      command,
    })
    if (!answer) throw new Error('no answer')
    return answer
  }

  paragraph(index: number) {
    return paragraphsInOrder(this.room.od).filter(({ label }) => label)[index]!.id
  }
}

describe('4.2 tabling', () => {
  it('makes a draft visible under its identity, with its words, formats and place', async () => {
    const desk = await Desk.open()
    const { house, room, space } = desk
    const draft = house.draft(space, room.od, { from: 3, to: 11 }, 'reiterate')
    space.od.doc.transact(() => contentOf(space.od, draft)?.format(0, 2, { em: true }))
    await space.saved()
    expect(await desk.table([draft])).toMatchObject({ ok: true })
    await until('the proposal', () => room.od.proposals.has(draft))
    expect(contentOf(room.od, draft)?.toDelta()).toEqual([
      { insert: 're', attributes: { em: true } },
      { insert: 'iterate' },
    ])
    const words = contentOf(room.od, draft)
    expect(words?.length).toBe(9)
    expect(headOf(room.od, draft)).toMatchObject({ by: 'KEN', person: room.actor.name, quote: 'reaffirm' })
    expect(resolveAnchor(room.od, room.od.anchors.get(draft)!)).toEqual({ start: 3, end: 11 })
    await until('the space to know', () => isTabled(space.od, draft))
    const rows = await house.house.store.rows(house.house.document, 0, 100)
    expect(rows.at(-1)).toMatchObject({
      kind: 'command',
      actor: { participant: 'KEN', person: room.actor.person },
      command: { kind: 'drafts-table', drafts: [draft] },
    })
    expect(Buffer.from(rows.at(-1)!.bytes).includes('iterate')).toBe(true)
  })

  it('4.2 takes an amendment of a draft along only when it is named, and puts it on the same words', async () => {
    const desk = await Desk.open()
    const { house, room, space } = desk
    const draft = house.draft(space, room.od, {}, 'clean water for all')
    const amendment = house.draft(space, room.od, { host: draft, from: 6, to: 11 }, 'air')
    const later = house.draft(space, room.od, { host: draft, from: 16, to: 19 }, 'everybody')
    await space.saved()
    expect(await desk.table([amendment])).toMatchObject({ ok: false, code: 'not-together' })
    expect(await desk.table([amendment, draft])).toMatchObject({ ok: true })
    await until('both', () => room.od.proposals.has(draft) && room.od.proposals.has(amendment))
    expect(resolveAnchor(room.od, room.od.anchors.get(amendment)!)).toEqual({ start: 6, end: 11 })
    // What amends a draft that has been tabled meanwhile finds its words there, though others have typed since.
    room.od.doc.transact(() => contentOf(room.od, draft)?.insert(0, 'very '))
    await room.saved()
    expect(room.od.proposals.has(later)).toBe(false)
    expect(await desk.table([later])).toMatchObject({ ok: true })
    await until('the later one', () => room.od.proposals.has(later))
    expect(resolveAnchor(room.od, room.od.anchors.get(later)!)).toEqual({ start: 21, end: 24 })
  })

  it('4.4 done again does nothing twice, with the same key or another', async () => {
    const desk = await Desk.open()
    const { house, room, space } = desk
    const draft = house.draft(space, room.od, {}, 'once')
    await space.saved()
    const first = await desk.table([draft], 'one-and-the-same-key')
    const rows = await house.house.store.rows(house.house.document, 0, 100)
    expect(await desk.table([draft], 'one-and-the-same-key')).toEqual(first)
    expect(await house.house.store.rows(house.house.document, 0, 100)).toHaveLength(rows.length)
    expect(await desk.table([draft], 'quite-another-key')).toEqual(first)
    await until('the proposal', () => room.od.proposals.has(draft))
    expect(wording(room.od, draft)).toBe('once')
    expect(await desk.table(['q0000000000000000' as ProposalId])).toMatchObject({ code: 'no-such-draft' })
  })

  it('7.3 an agreed paragraph takes no draft, and the draft stays private', async () => {
    const desk = await Desk.open()
    const { house, room, space } = desk
    const draft = house.draft(space, room.od, {}, 'too late')
    await space.saved()
    const paragraph = desk.paragraph(0)
    expect(await desk.decide({ kind: 'paragraph-status', paragraph, status: 'agreed' })).toMatchObject({
      ok: true,
    })
    expect(await desk.table([draft])).toMatchObject({ ok: false, code: 'paragraph-agreed' })
    expect(isTabled(space.od, draft)).toBe(false)
    space.type(draft, ', it seems')
    await space.saved()
    expect(
      await desk.decide({ kind: 'paragraph-status', paragraph, status: 'open', reason: 'New' }),
    ).toMatchObject({
      ok: true,
    })
    expect(await desk.table([draft])).toMatchObject({ ok: true })
    await until('the proposal', () => room.od.proposals.has(draft))
    expect(wording(room.od, draft)).toBe('too late, it seems')
  })

  it('4.1 a tabling that is refused, or done already, is seen nowhere: there is no text of its moment to ask for', async () => {
    const desk = await Desk.open()
    const { house, room, space } = desk
    const { store, document } = house.house
    const observer = await house.invite('observer')
    const draft = house.draft(space, room.od, {}, 'words')
    const inside = house.draft(space, room.od, { host: draft }, 'more')
    await space.saved()
    const ask = async () => {
      const { sequence } = (await store.document(document))!
      const { status, text } = await house.ask(observer, `/texts/${sequence + 1}`)
      return { sequence, status, text }
    }
    const before = await ask()
    expect(await desk.table([inside], 'a-key-that-is-refused')).toMatchObject({ code: 'not-together' })
    expect(await ask()).toEqual(before)
    expect(await desk.table([draft])).toMatchObject({ ok: true })
    await until('the proposal', () => room.od.proposals.has(draft))
    const after = await ask()
    expect(after.sequence).toBeGreaterThan(before.sequence)
    expect(await desk.table([draft])).toMatchObject({ ok: true })
    expect(await ask()).toEqual(after)
    // Refused, it was not executed: it may be asked for once more.
    expect(await desk.table([inside], 'a-key-that-is-refused')).toMatchObject({ ok: true })
    await until('the amendment', () => room.od.proposals.has(inside))
  })

  it('4.5 a draft on words that are gone, or on a bracket that was withdrawn, is tabled all the same', async () => {
    const desk = await Desk.open()
    const { house, room, space } = desk
    const chair = await house.house.join(desk.chair)
    const bracket = room.propose('a bracket')
    await room.saved()
    const gone = house.draft(space, room.od, { paragraph: 1, from: 3, to: 11 }, 'reiterate')
    const inside = house.draft(space, room.od, { host: bracket, from: 2, to: 9 }, 'basket')
    await space.saved()
    chair.od.doc.transact(() => {
      const text = chair.od.paragraphs.get(desk.paragraph(1))?.get('text') as Y.Text
      text.delete(0, text.length)
    })
    await chair.saved()
    expect(
      await desk.decide({ kind: 'proposal-not-retain', proposal: bracket, seen: 'a bracket', struck: '' }),
    ).toMatchObject({ ok: true })
    expect(await desk.table([gone, inside])).toMatchObject({ ok: true })
    await until('both', () => room.od.proposals.has(gone) && room.od.proposals.has(inside))
    expect(wording(room.od, gone)).toBe('reiterate')
    expect(resolveAnchor(room.od, room.od.anchors.get(gone)!)).toEqual({ start: 0, end: 0 })
    expect(recordGet(room.od, `affected/${inside}`)).toEqual({ by: bracket, effect: 'host-closed' })
  })

  it('15.8 a draft on a paragraph that is not there is refused, and the room goes on', async () => {
    const desk = await Desk.open()
    const { house, room, space } = desk
    const draft = house.draft(space, room.od, {}, 'nowhere')
    const nowhere = `p${'0'.repeat(16)}` as ParagraphId
    const lost = newProposalId((length) => house.house.random.bytes(length))
    const head = { kind: 'text', by: KEN, paragraph: nowhere, quote: '' } as const
    const anchor = { kind: 'point', host: nowhere, paragraph: nowhere, at: null } as const
    space.od.doc.transact(() => addProposal(space.od, lost, head, anchor, 'nowhere'))
    await space.saved()
    expect(await desk.table([lost])).toMatchObject({ ok: false, code: 'no-such-paragraph' })
    expect(await desk.table([lost, draft])).toMatchObject({ ok: false, code: 'no-such-paragraph' })
    expect(house.house.problems).toEqual([])
    expect(await desk.table([draft])).toMatchObject({ ok: true })
    await until('the proposal', () => room.od.proposals.has(draft))
    expect(room.socket.closed).toBeNull()
  })

  it('an anchor that no text has puts the wording at the end of its paragraph', async () => {
    const desk = await Desk.open()
    const { house, room, space } = desk
    const draft = house.draft(space, room.od, { from: 3, to: 11 }, 'anywhere')
    const anchor = space.od.anchors.get(draft)!
    space.od.doc.transact(() =>
      space.od.anchors.set(draft, { ...anchor, start: [7, 7], end: [7, 9] } as never),
    )
    await space.saved()
    expect(await desk.table([draft])).toMatchObject({ ok: true })
    await until('the proposal', () => room.od.proposals.has(draft))
    const { length } = contentOf(room.od, draft)!
    expect(length).toBe(8)
    const end = baseTextOf(room.od, desk.paragraph(0))!.length
    expect(room.od.anchors.get(draft)).toEqual(
      anchorAt(room.od, desk.paragraph(0), desk.paragraph(0), end, end),
    )
  })

  it('4.4 colleagues who type while it is tabled lose nothing: it is in the room, or refused and theirs', async () => {
    const desk = await Desk.open()
    const { house, room, space } = desk
    const draft = house.draft(space, room.od, {}, 'words')
    await space.saved()
    const colleague = await house.enter('KEN', room)
    house.house.store.hold()
    const tabling = desk.table([draft])
    await until('the room’s commit', () => house.house.store.waiting === 1)
    colleague.type(draft, ' and more')
    house.house.store.letGo()
    expect(await tabling).toMatchObject({ ok: true })
    await until('the refusal', () => colleague.socket.closed === 'refused')
    expect(colleague.socket.of('refused')[0]).toMatchObject({ code: 'closed' })
    await until('the proposal', () => room.od.proposals.has(draft))
    expect(wording(room.od, draft)).toBe('words')
    expect(wording(space.od, draft)).toBe('words')
  })
})

describe('4.4 several at once', () => {
  it('a delegation and its group table, and the same drafts twice: each is in the room once', async () => {
    const desk = await Desk.open()
    const { house, room, space } = desk
    const group = await house.house.join(house.house.actor('delegation', 'G77'))
    const common = await house.enter('G77', group)
    const own = house.draft(space, room.od, {}, 'our own')
    const shared = house.draft(common, room.od, {}, 'the group’s')
    await Promise.all([space.saved(), common.saved()])
    const { document } = house.house
    const command = { kind: 'drafts-table', space: 'G77' as ParticipantId, drafts: [shared] } as const
    const groups = (key: string) => house.spaces.command(document, { actor: group.actor, key, command })
    const answers = await Promise.all([
      desk.table([own]),
      groups('key-of-the-group-1'),
      desk.table([own]),
      groups('key-of-the-group-2'),
    ])
    expect(JSON.stringify(answers)).not.toContain('"ok":false')
    const observer = await house.house.join(house.house.actor('observer'))
    expect([...observer.od.proposals.keys()].toSorted()).toEqual([own, shared].toSorted())
    expect(wording(observer.od, own)).toBe('our own')
    expect(wording(observer.od, shared)).toBe('the group’s')
    await until('the spaces to know', () => isTabled(space.od, own) && isTabled(common.od, shared))
  })

  it('a server that is closed meanwhile ends, and nothing is half done', async () => {
    const desk = await Desk.open()
    const { house, room, space } = desk
    const { store, registry, time, document } = house.house
    const draft = house.draft(space, room.od, {}, 'words')
    await space.saved()
    store.hold()
    const tabling = desk.table([draft])
    await until('the room’s commit', () => store.waiting === 1)
    const closing = registry.close()
    store.letGo()
    await Promise.allSettled([tabling, closing])
    const again = house.house.anotherRegistry(store)
    const spaces = new Spaces({ store, registry: again, now: () => time.now() })
    const command = { kind: 'drafts-table', space: KEN, drafts: [draft] } as const
    const answer = await spaces.command(document, { actor: desk.actor, key: 'key-after-the-close', command })
    expect(answer).toMatchObject({ ok: true })
    expect(await again.read(document, (od) => wording(od, draft))).toBe('words')
    expect(await again.read(spaceId(document, KEN), (od) => isTabled(od, draft))).toBe(true)
    expect(await store.verify()).toEqual([])
  })
})

describe('4.4 when the server goes down between the two documents', () => {
  it('the room has the draft once, the space is told, and nobody writes in the copy', async () => {
    const desk = await Desk.open()
    const { house, room, space } = desk
    const { store, time, document } = house.house
    const draft = house.draft(space, room.od, {}, 'once and for all')
    await space.saved()
    // The room's commit goes through, the space's does not.
    store.hold()
    const tabling = desk.table([draft], 'the-key-of-the-crash')
    await until('the room’s commit', () => store.waiting === 1)
    store.letGo()
    store.hold()
    await until('the space’s commit', () => store.waiting === 1)
    store.failNext()
    store.letGo()
    await expect(tabling).rejects.toThrow('the disk is full')
    await until('the proposal', () => room.od.proposals.has(draft))
    expect(isTabled(space.od, draft)).toBe(false)

    // Another server over the same data: a colleague comes in with words for the copy.
    const registry = house.house.anotherRegistry(store)
    const spaces = new Spaces({ store, registry, now: () => time.now() })
    const sequence = (await store.document(document))!.sequence
    const before = await spaces.command(document, {
      actor: desk.actor,
      key: 'the-key-of-the-crash',
      command: { kind: 'drafts-table', space: KEN, drafts: [draft] },
    })
    expect(before).toMatchObject({ ok: true })
    expect((await store.document(document))!.sequence).toBe(sequence)
    const tabled = await registry.read(spaceId(document, KEN), (od) => isTabled(od, draft))
    expect(tabled).toBe(true)
    expect(await store.verify()).toEqual([])
  })

  it('whoever opens the space next finds its draft tabled', async () => {
    const desk = await Desk.open()
    const { house, room, space } = desk
    const { store, time, document } = house.house
    const draft = house.draft(space, room.od, {}, 'words')
    await space.saved()
    store.hold()
    const tabling = desk.table([draft])
    await until('the room’s commit', () => store.waiting === 1)
    store.letGo()
    store.hold()
    await until('the space’s commit', () => store.waiting === 1)
    store.failNext()
    store.letGo()
    await expect(tabling).rejects.toThrow('the disk is full')
    const colleague = await house.enter('KEN', room)
    await until('the space to know', () => isTabled(colleague.od, draft))
    colleague.type(draft, ' for the copy')
    await until('the refusal', () => colleague.socket.closed === 'refused')
    const kept = await house.house.registry.read(spaceId(document, KEN), (od) => wording(od, draft))
    expect(kept).toBe('words')
    expect(time.now()).toBeGreaterThan(0)
  })

  it('before the room has it, nothing has happened: it is tabled when it is asked for again', async () => {
    const desk = await Desk.open()
    const { house, room, space } = desk
    const draft = house.draft(space, room.od, {}, 'words')
    await space.saved()
    house.house.store.failNext()
    await expect(desk.table([draft], 'one-and-the-same-key')).rejects.toThrow('the disk is full')
    expect(isTabled(space.od, draft)).toBe(false)
    expect(await desk.table([draft], 'one-and-the-same-key')).toMatchObject({ ok: true })
    const fresh = await house.house.join(house.house.actor('observer'))
    expect(wording(fresh.od, draft)).toBe('words')
    expect(room.od.proposals.has(draft) || room.socket.closed !== null).toBe(true)
  })
})

it('a base text is no matter of a private space', async () => {
  const desk = await Desk.open()
  const { space } = desk
  Y.applyUpdate(space.od.doc, Y.encodeStateAsUpdate(desk.room.od.doc), space)
  typeIntoBase(space.od, 0, 'forged')
  await until('the refusal', () => space.socket.closed === 'refused')
})
