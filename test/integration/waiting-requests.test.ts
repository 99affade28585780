import { beforeEach, describe, expect, it } from 'vitest'
import type { Draft } from '#shared/document/drafts.ts'
import { lastSilence } from '#shared/document/issue/silence.ts'
import { recordGet } from '#shared/document/records.ts'
import { headOf, paragraphsInOrder } from '#shared/document/schema.ts'
import type { Command } from '#shared/model/command.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { newCommentId, newProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { NO_ACCESS } from '#server/access/visits.ts'
import type { CommandRequest } from '#server/room/batch/work.ts'
import { House } from '#test/kit/room.ts'
import { until } from '#test/kit/until.ts'

/** What was sent before a deadline, or before a round ended, and waits while the room is busy. */

const MINUTE = 60_000

let house: House
let chair: Actor
let paragraph: ParagraphId
let asked = 0

beforeEach(async () => {
  house = await House.open()
  chair = house.actor('facilitator')
  const { od } = await house.join(house.actor('observer'))
  paragraph = paragraphsInOrder(od).find(({ kind }) => kind === 'paragraph')!.id
})

const give = (actor: Actor, command: Command, extra: Pick<CommandRequest, 'drafts' | 'invitation'> = {}) =>
  house.registry.command(house.document, { actor, key: `key-of-request-${++asked}`, command, ...extra })

const remark = (text: string): Extract<Command, { kind: 'comment-add' }> => ({
  kind: 'comment-add',
  comment: newCommentId((length) => house.random.bytes(length)),
  on: paragraph,
  thread: null,
  text,
})

/** From here on nothing is committed until `house.store.letGo()`, and everything that arrives waits. */
async function holdUp(): Promise<void> {
  house.store.hold()
  void give(chair, remark('while this is written'))
  await until('the commit to begin', () => house.store.waiting === 1)
}

const isThere = ({ comment }: Extract<Command, { kind: 'comment-add' }>) =>
  house.registry.read(house.document, (od) => recordGet(od, `comment/${comment}`) !== undefined)

/** Until the room has queued what was asked of it. */
const queued = () => house.store.document(house.document)

describe('before the deadline of a silence', () => {
  let deadline: number

  beforeEach(async () => {
    deadline = house.time.now() + MINUTE
    const placed = {
      kind: 'silence-place',
      revision: 1,
      deadline,
      zone: 'America/New_York',
      note: '',
    } as const
    expect(await give(chair, { kind: 'revision-issue', note: '' })).toMatchObject({ ok: true })
    expect(await give(chair, placed)).toMatchObject({ ok: true })
  })

  it('9.5 an objection counts that waits behind a large paste of its own author', async () => {
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    await holdUp()
    house.time.advance(MINUTE - 1)
    kenya.propose('many words '.repeat(1_700))
    const paragraphs = [paragraph]
    const broken = give(kenya.actor, { kind: 'silence-break', paragraphs, objection: 'No.', text: '' })
    await queued()
    house.time.advance(MINUTE)
    house.store.letGo()
    expect(await broken).toMatchObject({ ok: true })
    expect(await house.registry.read(house.document, lastSilence)).toMatchObject({ state: 'broken' })
  })

  it('9.5 an objection counts that waits while something is done that came after the deadline', async () => {
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    await holdUp()
    house.time.advance(MINUTE - 1)
    // Between two large ones others have a turn, and the objection is behind both.
    for (const text of ['many words ', 'more words ']) kenya.propose(text.repeat(1_700))
    const paragraphs = [paragraph]
    const broken = give(kenya.actor, { kind: 'silence-break', paragraphs, objection: 'No.', text: '' })
    await queued()
    house.time.advance(MINUTE)
    const late = give(house.actor('delegation', 'JPN'), remark('after the deadline'))
    await queued()
    house.store.letGo()
    expect(await Promise.all([broken, late])).toMatchObject([{ ok: true }, { ok: true }])
    expect(await house.registry.read(house.document, lastSilence)).toMatchObject({ state: 'broken' })
  })

  it('9.2 an extension counts that waits behind many commands of its own author', async () => {
    await holdUp()
    house.time.advance(MINUTE - 1)
    const remarks = Array.from({ length: 20 }, (_, i) => give(chair, remark(`remark ${i}`)))
    const extended = give(chair, { kind: 'silence-extend', deadline: deadline + 10 * MINUTE })
    await queued()
    house.time.advance(2)
    house.store.letGo()
    expect(await extended).toMatchObject({ ok: true })
    await Promise.all(remarks)
  })
})

describe('before the end of an unattributed round', () => {
  const revealed = { kind: 'policy-set', attribution: 'attributed' } as const

  beforeEach(async () => {
    await give(chair, { kind: 'policy-set', attribution: 'unattributed' })
  })

  it('11.1 nothing that was said is recorded under a name', async () => {
    const kenya = house.actor('delegation', 'KEN')
    await holdUp()
    const comments = Array.from({ length: 12 }, (_, i) => remark(`remark ${i}`))
    const said = comments.map((comment) => give(kenya, comment))
    await queued()
    const ended = give(chair, revealed)
    await queued()
    house.store.letGo()
    await Promise.all([...said, ended])
    const names = await house.registry.read(house.document, (od) =>
      comments.map(({ comment }) => recordGet(od, `comment/${comment}`)?.participant),
    )
    expect(names).toHaveLength(12)
    for (const name of names ?? []) expect(name).toMatch(/^Delegation-/)
  })

  it('11.1 no draft is tabled under a name', async () => {
    const table = (actor: Actor) => {
      const space = actor.participant!
      const drafts = Array.from({ length: 20 }, (_, i): Draft => ({
        id: newProposalId((length) => house.random.bytes(length)),
        head: { kind: 'paragraph', by: space, person: '', createdAt: null, paragraph, quote: '' },
        anchor: { kind: 'after', paragraph },
        pieces: [{ insert: `draft ${i}` }],
        within: null,
      }))
      const ids: readonly ProposalId[] = drafts.map(({ id }) => id)
      return { ids, done: give(actor, { kind: 'drafts-table', space, drafts: ids }, { drafts }) }
    }
    await holdUp()
    const others = table(house.actor('delegation', 'JPN'))
    await queued()
    const kenyas = table(house.actor('delegation', 'KEN'))
    await queued()
    const ended = give(chair, revealed)
    await queued()
    house.store.letGo()
    for (const answer of await Promise.all([others.done, kenyas.done, ended]))
      expect(answer).toMatchObject({ ok: true })
    const names = await house.registry.read(house.document, (od) =>
      kenyas.ids.map((id) => headOf(od, id)?.by),
    )
    for (const name of names ?? []) expect(name).toMatch(/^Delegation-/)
  })
})

describe('by an invitation that is revoked meanwhile', () => {
  const invitation = '0123456789abcdef'
  const REFUSED = { ok: false, code: 'revoked', message: NO_ACCESS.revoked }

  beforeEach(async () => {
    await house.store.addInvitation({
      id: invitation,
      tokenHash: invitation.padEnd(64, '0'),
      document: house.document,
      role: 'delegation',
      participant: 'KEN' as ParticipantId,
      createdAt: 1,
      createdBy: 'operator',
      expiresAt: null,
      revokedAt: null,
      followedAt: null,
    })
  })

  const revokedInStore = () => house.store.revokeInvitation(house.document, invitation, house.time.now())

  it('13.5 a command is refused, also when another process has revoked it', async () => {
    const kenya = house.actor('delegation', 'KEN')
    const said = remark('said in time')
    await holdUp()
    const answered = give(kenya, said, { invitation })
    await queued()
    await revokedInStore()
    house.store.letGo()
    expect(await answered).toEqual(REFUSED)
    expect(await isThere(said)).toBe(false)
    const rows = await house.store.rows(house.document, 0, 100)
    expect(rows.filter(({ actor }) => actor === kenya)).toEqual([])
  })

  it('13.5 the commands are refused that are not begun yet, and those of others are not', async () => {
    const [kenya, japan] = [house.actor('delegation', 'KEN'), house.actor('delegation', 'JPN')]
    const remarks = Array.from({ length: 6 }, (_, i) => remark(`remark ${i}`))
    const lookedUp = house.store.endedInvitations.bind(house.store)
    house.store.endedInvitations = async (ids, at) => {
      const ended = await lookedUp(ids, at)
      await revokedInStore()
      house.registry.revoke(invitation)
      return ended
    }
    const answers = remarks.map((said, i) =>
      i % 2 === 0 ? give(kenya, said, { invitation }) : give(japan, said, { invitation: 'of Japan' }),
    )
    const done = { ok: true }
    expect(await Promise.all(answers)).toMatchObject([REFUSED, done, REFUSED, done, REFUSED, done])
    expect(await Promise.all(remarks.map(isThere))).toEqual([false, true, false, true, false, true])
  })

  it('13.5 nothing comes into the text that was sent before its connection ended', async () => {
    const kenya = await house.arrive(house.visitor(house.actor('delegation', 'KEN'), invitation))
    kenya.hello()
    kenya.follow()
    await until('the document', () => kenya.socket.of('sync-step2').length > 0)
    const first = kenya.propose('committed')
    await kenya.saved()
    await holdUp()
    const waiting = kenya.propose('sent, and gone')
    kenya.connection.left()
    await revokedInStore()
    house.store.letGo()
    const ids = await house.registry.read(house.document, (od) => [...od.proposals.keys()])
    expect(ids).toContain(first)
    expect(ids).not.toContain(waiting)
  })

  it('13.5 a connection is closed whose room was being loaded meanwhile', async () => {
    const actor = house.actor('delegation', 'KEN')
    await revokedInStore()
    const kenya = await house.arrive(house.visitor(actor, invitation))
    kenya.hello()
    kenya.follow()
    await until('the document', () => kenya.socket.of('sync-step2').length > 0)
    const id = kenya.propose('at once')
    await until('the end of the connection', () => kenya.socket.closed !== null)
    expect(kenya.socket.closed).toBe('revoked')
    expect(await house.registry.read(house.document, (od) => od.proposals.has(id))).toBe(false)
  })
})
