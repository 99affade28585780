import { join } from 'node:path'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { anchorAt } from '#shared/document/text/anchor.ts'
import { addProposal, headOf, paragraphsInOrder } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import type { Command, CommandResult } from '#shared/model/command.ts'
import type { CommentId, HostId, ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { isAlias } from '#shared/model/participant.ts'
import type { Attributions } from '#shared/protocol/http.ts'
import { buildApp } from '#server/http/app.ts'
import { KeyedQueue } from '#server/http/keyed-queue.ts'
import { issueLink } from '#server/operate/links.ts'
import { Spaces } from '#server/operate/spaces.ts'
import { aliasMaker } from '#server/room/round.ts'
import { shownNow } from '#test/kit/as-seen.ts'
import type { Guest } from '#test/kit/room.ts'
import { House } from '#test/kit/room.ts'
import { until } from '#test/kit/until.ts'

let keys = 0

async function give(house: House, actor: Actor, command: Command): Promise<CommandResult> {
  const answer = await house.registry.command(house.document, { actor, key: `a-key-of-${++keys}`, command })
  if (!answer || (!answer.ok && (answer.code === 'key-used' || answer.code === 'revoked')))
    throw new Error('the command was not looked at')
  return answer
}

const named = (actor: Actor, name: string): Actor => ({ ...actor, name })

interface People {
  readonly chair: Actor
  readonly kenya: Actor
  readonly japan: Actor
  readonly observer: Actor
}

function peopleOf(house: House): People {
  return {
    chair: named(house.actor('facilitator'), 'Fatima Chair'),
    kenya: named(house.actor('delegation', 'KEN'), 'Kamau Wanjiku'),
    japan: named(house.actor('delegation', 'JPN'), 'Aiko Tanaka'),
    observer: named(house.actor('observer'), 'Olga Observer'),
  }
}

const setRound = (house: House, { chair }: People, attribution: 'attributed' | 'unattributed') =>
  give(house, chair, { kind: 'policy-set', attribution })

const aliasOf = (guest: Guest): ParticipantId => {
  const { alias } = guest.socket.of('welcome')[0]!.welcome.actor
  if (alias === undefined) throw new Error('the server told no alias')
  return alias
}

const firstParagraph = (guest: Guest): ParagraphId =>
  paragraphsInOrder(guest.od).find(({ kind }) => kind === 'paragraph')!.id

/** As the editor does: by whom, through whom and with which person's name is the test's to say. */
function propose(
  house: House,
  guest: Guest,
  text: string,
  head: { readonly by: ParticipantId; readonly via?: ParticipantId; readonly person?: string },
  host: HostId = firstParagraph(guest),
): ProposalId {
  const paragraph = firstParagraph(guest)
  const id = newProposalId((length) => house.random.bytes(length))
  const anchor = anchorAt(guest.od, host, paragraph, 0, 0)
  const whole = { kind: 'text', ...head, paragraph, quote: '' } as const
  guest.od.doc.transact(() => addProposal(guest.od, id, whole, anchor, text))
  return id
}

const last = (guest: Guest) => guest.socket.of('presence').at(-1)!.present

const hidden = (guest: Guest) => ({ by: aliasOf(guest), person: '' })

/** All that a connection was sent, but who is here: that is known to everybody in the room. */
const sent = ({ socket }: Guest): string =>
  socket.raw
    .filter((_, i) => socket.frames[i]?.type !== 'presence')
    .map((bytes) => Buffer.from(bytes).toString('latin1'))
    .join('\n')

const NAMES = /KEN|Kamau|Wanjiku|Fatima Chair.*KEN/

async function unattributedRound() {
  const house = await House.open()
  const people = peopleOf(house)
  expect(await setRound(house, people, 'unattributed')).toMatchObject({ ok: true })
  return { house, people }
}

describe('11.1 an unattributed round', () => {
  it('11.1 sends no delegation and no observer who proposed, amended, took a position or commented', async () => {
    const { house, people } = await unattributedRound()
    const kenya = await house.join(people.kenya)
    const chair = await house.join(people.chair)
    const watching = [await house.join(people.japan), await house.join(people.observer)]
    const early = propose(house, kenya, 'water for all', hidden(kenya))
    const amended = propose(house, kenya, 'clean ', hidden(kenya), early)
    await kenya.saved()
    await until('the proposal', () => chair.od.proposals.has(amended))
    propose(house, chair, 'as said in the room', {
      by: aliasOf(kenya),
      via: people.chair.participant!,
      person: '',
    })
    await chair.saved()
    const paragraph = firstParagraph(kenya)
    const commands: [Actor, Command][] = [
      [
        people.kenya,
        { kind: 'position-take', on: paragraph, position: 'reserve', ...shownNow(kenya.od, paragraph) },
      ],
      [
        people.chair,
        {
          kind: 'paragraph-propose',
          proposal: newProposalId((n) => house.random.bytes(n)),
          change: { kind: 'reservation', paragraph },
          onBehalfOf: 'KEN' as ParticipantId,
        },
      ],
      [
        people.kenya,
        {
          kind: 'comment-add',
          comment: 'c0000000000000001' as CommentId,
          on: paragraph,
          thread: null,
          text: 'See the mandate.',
        },
      ],
      [
        people.kenya,
        {
          kind: 'proposal-condition',
          proposal: early,
          condition: { text: '3 bis stays', on: null },
          ...shownNow(kenya.od, early),
        },
      ],
      [people.kenya, { kind: 'proposal-withdraw', proposal: amended }],
    ]
    for (const [actor, command] of commands)
      expect(await give(house, actor, command), command.kind).toMatchObject({ ok: true })
    const late = await house.join(named(house.actor('delegation', 'BRA'), 'Bruna'))
    for (const guest of [...watching, late]) {
      await until('the withdrawal', () => recordGet(guest.od, `decision/${amended}`) !== undefined)
      expect(guest.od.proposals.size).toBe(4)
      expect(sent(guest)).not.toMatch(NAMES)
      expect([...guest.od.proposals.keys()].map((id) => headOf(guest.od, id as ProposalId)?.by)).toEqual(
        Array.from({ length: 4 }, () => aliasOf(kenya)),
      )
    }
    const rows = await house.store.rows(house.document, 0, 100)
    const whose = rows.flatMap(({ actor }) => (actor === 'server' ? [] : [actor.participant]))
    expect(whose.filter((name) => name === 'KEN').length, '13.3 the log tells').toBeGreaterThan(4)
  })

  it('11.1 says nothing by HTTP either, and tells facilitators who is who', async () => {
    const { house, people } = await unattributedRound()
    const kenya = await house.join(people.kenya)
    propose(house, kenya, 'water for all', hidden(kenya))
    await kenya.saved()
    const { app, token } = await served(house)
    const get = async (who: string, path: string) => {
      const url = `/api/documents/${house.document}${path}`
      return app.inject({ url, headers: { authorization: `Bearer ${token[who]}` } })
    }
    for (const who of ['JPN', 'observer']) {
      for (const path of ['', '/export?format=text&view=all', '/export?format=json&view=all', '/looked']) {
        const reply = await get(who, path)
        expect(reply.statusCode, path).toBe(200)
        expect(reply.body).not.toMatch(NAMES)
      }
      expect((await get(who, '/attributions')).statusCode).toBe(403)
    }
    expect((await get('JPN', '/export?format=text&view=all')).body).toContain('[water for all]')
    const { attributions } = (await get('facilitator', '/attributions')).json<Attributions>()
    expect(attributions).toContainEqual({ alias: aliasOf(kenya), participant: 'KEN' })
    expect(new Set(attributions.map(({ alias }) => alias)).size).toBe(attributions.length)
    expect(attributions.map(({ participant }) => participant)).toContain('BRA')
    expect((await get('KEN', '')).json<{ actor: Actor }>().actor.alias).toBe(aliasOf(kenya))
  })

  it('11.2 presence says who is here, and not where', async () => {
    const { house, people } = await unattributedRound()
    const kenya = await house.join(people.kenya)
    const japan = await house.join(people.japan)
    const chair = await house.join(people.chair)
    const place = { host: firstParagraph(kenya), item: null }
    kenya.say({ type: 'caret', caret: { anchor: place, head: place } })
    house.time.advance(1_000)
    expect(last(japan).map(({ participant, caret }) => [participant, caret])).toContainEqual(['KEN', null])
    expect(last(japan).every(({ caret }) => caret === null)).toBe(true)
    expect(last(chair).find(({ participant }) => participant === 'KEN')?.caret).not.toBeNull()
  })

  it('11.1 takes nothing that bears a name, and nobody else’s alias', async () => {
    const { house, people } = await unattributedRound()
    const japan = await house.join(people.japan)
    for (const head of [
      (guest: Guest) => ({ by: guest.actor.participant!, person: '' }),
      (guest: Guest) => ({ by: aliasOf(guest), person: guest.actor.name }),
      () => ({ by: aliasOf(japan), person: '' }),
    ]) {
      const kenya = await house.join(people.kenya)
      propose(house, kenya, 'named', head(kenya))
      await until('the refusal', () => kenya.socket.closed !== null)
      expect(kenya.socket.of('refused')).toMatchObject([{ code: 'wrong-participant' }])
    }
    const chair = await house.join(people.chair)
    propose(house, chair, 'for KEN', {
      by: 'KEN' as ParticipantId,
      via: people.chair.participant!,
      person: '',
    })
    await until('the refusal', () => chair.socket.closed !== null)
    expect(chair.socket.of('refused')).toMatchObject([{ code: 'wrong-participant' }])
  })
})

describe('11.3 from one round to the next', () => {
  it('11.3 what was attributed stays so, and its proponent may still withdraw it, but not write in it', async () => {
    const house = await House.open()
    const people = peopleOf(house)
    const before = await house.join(people.kenya)
    const known = propose(house, before, 'known', { by: 'KEN' as ParticipantId, person: 'Kamau Wanjiku' })
    await before.saved()
    await setRound(house, people, 'unattributed')
    const kenya = await house.join(people.kenya)
    expect(headOf(kenya.od, known)).toMatchObject({ by: 'KEN', person: 'Kamau Wanjiku' })
    kenya.type(known, ' more')
    await until('the refusal', () => kenya.socket.closed !== null)
    expect(kenya.socket.of('refused')).toMatchObject([{ code: 'not-allowed' }])
    expect(await give(house, people.kenya, { kind: 'proposal-withdraw', proposal: known })).toMatchObject({
      ok: true,
    })
    const japan = await house.join(people.japan)
    expect(recordGet(japan.od, `decision/${known}`)).toMatchObject({ disposition: 'withdrawn', by: 'KEN' })
  })

  it('11.1 begins with fresh client ids: those that may be hidden come again, the others stay', async () => {
    const house = await House.open()
    const people = peopleOf(house)
    const kenya = await house.join(people.kenya)
    const observer = await house.join(people.observer)
    const chair = await house.join(people.chair)
    propose(house, kenya, 'known', { by: 'KEN' as ParticipantId, person: '' })
    await kenya.saved()
    await setRound(house, people, 'unattributed')
    expect([kenya, observer, chair].map(({ socket }) => socket.closed)).toEqual([
      'new-round',
      'new-round',
      null,
    ])

    const again = await house.join(people.kenya)
    again.od.doc.clientID = kenya.od.doc.clientID
    propose(house, again, 'linked', hidden(again))
    await until('the refusal', () => again.socket.closed !== null)
    expect(again.socket.of('refused')).toMatchObject([{ code: 'new-round' }])

    const fresh = await house.join(people.kenya)
    const alias = aliasOf(fresh)
    propose(house, fresh, 'unlinked', hidden(fresh))
    await fresh.saved()
    await setRound(house, people, 'attributed')
    expect(fresh.socket.closed).toBe('new-round')
    const shown = await house.join(people.kenya)
    expect(shown.socket.of('welcome')[0]!.welcome.actor.alias).toBeUndefined()
    shown.od.doc.clientID = fresh.od.doc.clientID
    propose(house, shown, 'linked', { by: 'KEN' as ParticipantId, person: '' })
    await until('the refusal', () => shown.socket.closed !== null)
    expect(shown.socket.of('refused')).toMatchObject([{ code: 'new-round' }])

    house.time.advance(1_000)
    await setRound(house, people, 'unattributed')
    const next = await house.join(people.kenya)
    expect(isAlias(aliasOf(next))).toBe(true)
    expect(aliasOf(next), 'one alias a round').not.toBe(alias)
  })

  it('11.1 holds over a restart of the server', async () => {
    const { house, people } = await unattributedRound()
    const kenya = await house.join(people.kenya)
    propose(house, kenya, 'water for all', hidden(kenya))
    await kenya.saved()
    const restarted = house.anotherRegistry(house.store)
    const again = await house.join(people.kenya, restarted)
    expect(aliasOf(again)).toBe(aliasOf(kenya))
    again.od.doc.clientID = kenya.od.doc.clientID
    propose(house, again, 'the same round, the same id', hidden(again))
    await again.saved()
  })
})

/** The HTTP side over the same rooms, with a token for everybody. */
async function served(house: House) {
  const { store, registry } = house
  const random = (length: number) => house.random.bytes(length)
  const now = () => house.time.now()
  const { app } = await buildApp({
    store,
    registry,
    work: house.work,
    limits: house.limits,
    quotas: house.quotas,
    turns: new KeyedQueue(),
    spaces: new Spaces({ store, registry, now }),
    aliases: aliasMaker(new Uint8Array(32)),
    random,
    now,
    monotonic: () => house.time.monotonic(),
    readiness: () => Promise.reject(new Error('nobody asks')),
    publicUrl: 'http://informals.example',
    log: pino({ level: 'silent' }),
    clientDir: join(house.folder, 'none'),
    rates: { links: 100, commands: 100 },
  })
  const issuing = { store, random, now: now(), publicUrl: '', createdBy: 'operator' as const }
  const token: Record<string, string> = {}
  for (const name of ['KEN', 'JPN'])
    token[name] = (await issueLink(issuing, house.document, 'delegation', name as ParticipantId)).token
  for (const role of ['facilitator', 'observer'] as const)
    token[role] = (await issueLink(issuing, house.document, role, null)).token
  return { app, token }
}

describe('15.13 on whose behalf', () => {
  const INVENTED = 'Delegation-0000vvvv' as ParticipantId

  it('15.13 an invented alias is refused in every command that speaks for somebody, and in a proposal', async () => {
    const { house, people } = await unattributedRound()
    const kenya = await house.join(people.kenya)
    const chair = await house.join(people.chair)
    const early = propose(house, kenya, 'water for all', hidden(kenya))
    await kenya.saved()
    await until('the proposal', () => chair.od.proposals.has(early))
    const paragraph = firstParagraph(kenya)
    const seen = shownNow(kenya.od, early)
    const speaking = (onBehalfOf: ParticipantId): Command[] => [
      { kind: 'position-take', on: early, position: 'support', ...seen, onBehalfOf },
      { kind: 'proposal-sponsor', proposal: early, stance: 'cosponsor', ...seen, onBehalfOf },
      {
        kind: 'paragraph-propose',
        proposal: newProposalId((n) => house.random.bytes(n)),
        change: { kind: 'reservation', paragraph },
        onBehalfOf,
      },
    ]
    const nobody = [
      'ACME' as ParticipantId,
      'agreed' as ParticipantId,
      'KEN on earlier wording' as ParticipantId,
    ]
    for (const name of [INVENTED, ...nobody])
      for (const command of speaking(name))
        expect(await give(house, people.chair, command), `${command.kind} ${name}`).toMatchObject({
          ok: false,
          code: 'not-allowed',
        })
    for (const command of speaking('BRA' as ParticipantId))
      expect(await give(house, people.chair, command), command.kind).toMatchObject({ ok: true })
    const via = people.chair.participant!
    propose(house, chair, 'forged', { by: INVENTED, via, person: '' })
    await until('the refusal', () => chair.socket.of('refused').length > 0)
    expect(chair.socket.of('refused')[0]).toMatchObject({ code: 'wrong-participant' })
  })

  it('15.13 whoever is invited takes part, also under a name that no directory has', async () => {
    const { house, people } = await unattributedRound()
    const store = house.store
    const issuing = {
      store,
      random: (n: number) => house.random.bytes(n),
      now: 1,
      publicUrl: '',
      createdBy: 'operator' as const,
    }
    await issueLink(issuing, house.document, 'delegation', 'ACME' as ParticipantId)
    const chair = await house.join(people.chair)
    const command: Command = {
      kind: 'paragraph-propose',
      proposal: newProposalId((n) => house.random.bytes(n)),
      change: { kind: 'reservation', paragraph: firstParagraph(chair) },
      onBehalfOf: 'ACME' as ParticipantId,
    }
    expect(await give(house, people.chair, command)).toMatchObject({ ok: true })
    await until('it', () => chair.od.proposals.size === 1)
    const [id] = [...chair.od.proposals.keys()] as ProposalId[]
    const alias = headOf(chair.od, id!)!.by
    expect(isAlias(alias)).toBe(true)
    propose(house, chair, 'as said', { by: alias, via: people.chair.participant!, person: '' })
    await chair.saved()
  })

  it('15.13 an alias is nobody’s where names are shown', async () => {
    const house = await House.open()
    const people = peopleOf(house)
    const chair = await house.join(people.chair)
    const paragraph = firstParagraph(chair)
    for (const onBehalfOf of [INVENTED, 'not retained' as ParticipantId])
      expect(
        await give(house, people.chair, {
          kind: 'position-take',
          on: paragraph,
          position: 'reserve',
          ...shownNow(chair.od, paragraph),
          onBehalfOf,
        }),
      ).toMatchObject({ ok: false, code: 'not-allowed' })
    const agreed = { kind: 'paragraph-status', paragraph, status: 'agreed-ad-ref' } as const
    for (const name of ['on earlier wording', 'placement', INVENTED])
      expect(await give(house, people.chair, { ...agreed, pending: [name as ParticipantId] })).toMatchObject({
        ok: false,
      })
    expect(await give(house, people.chair, { ...agreed, pending: ['Kenya' as ParticipantId] })).toMatchObject(
      { ok: true },
    )
    await until('the status', () => recordGet(chair.od, `status/${paragraph}`) !== undefined)
    expect(recordGet(chair.od, `status/${paragraph}`)?.pending).toEqual(['KEN'])
  })
})
