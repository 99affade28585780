import { describe, expect, it } from 'vitest'
import { addProposal, contentOf, paragraphsInOrder } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import type { CommandResult, ParagraphCommand } from '#shared/model/command.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { FACILITATORS } from '#shared/model/participant.ts'
import type { ProposalKind } from '#shared/model/proposals/proposal.ts'
import type { ParagraphStatus } from '#shared/model/status.ts'
import { chair, decide, proposalOf } from '#test/kit/deciding.ts'
import type { Room } from '#test/kit/drafting.ts'
import { delegate } from '#test/kit/drafting.ts'
import { backspace, scene } from '#test/kit/scene.ts'
import { leaveEmpty } from '#test/kit/paragraphs.ts'

type Said = Partial<Pick<ParagraphCommand, 'pending' | 'placement' | 'reason'>>

const KENYA = 'KEN' as ParticipantId
const paragraphs = (room: Room): ParagraphId[] => paragraphsInOrder(room.od).map(({ id }) => id)
const first = (room: Room): ParagraphId => paragraphs(room)[0]!
const statusOf = (room: Room, id = first(room)): ParagraphStatus | undefined =>
  recordGet(room.od, `status/${id}`)
const stepsOf = (room: Room, id = first(room)): string[] => {
  const status = statusOf(room, id)
  return status ? [...status.earlier, status].map((step) => step.status) : []
}

function say(
  room: Room,
  status: ParagraphCommand['status'],
  said: Said = {},
  paragraph = first(room),
): CommandResult {
  return room.command({ kind: 'paragraph-status', paragraph, status, ...said }, chair)
}

const code = (result: CommandResult): string => (result.ok ? 'ok' : result.code)

/** Made by the server, as a command of another part would. */
function stand(room: Room, kind: ProposalKind, other: ParagraphId | null = null): ProposalId {
  const id = `q00000000000${kind.slice(0, 4)}0`.slice(0, 17).replaceAll(/[^q0-9a-v]/g, '0') as ProposalId
  const paragraph = first(room)
  const head = { kind, by: KENYA, person: 'Kamau', createdAt: 1, paragraph, quote: '' }
  const anchor =
    kind === 'paragraph' || kind === 'alternative'
      ? ({ kind: 'after', paragraph } as const)
      : ({ kind: 'whole', paragraph, other } as const)
  room.od.doc.transact(() => addProposal(room.od, id, head, anchor, ''))
  return id
}

describe('7.1 the states of a paragraph', () => {
  it('7.6 keeps each step: from what, by whom, when and why', () => {
    const { room } = scene('water for all')
    expect(say(room, 'under-discussion').ok).toBe(true)
    expect(say(room, 'agreed-ad-ref').ok).toBe(true)
    expect(say(room, 'agreed').ok).toBe(true)
    expect(say(room, 'open', { reason: ' Capitals object. ' }).ok).toBe(true)
    expect(stepsOf(room)).toEqual(['under-discussion', 'agreed-ad-ref', 'agreed', 'reopened'])
    expect(statusOf(room)).toMatchObject({ by: FACILITATORS, person: 'fay', reason: 'Capitals object.' })
    const times = [...statusOf(room)!.earlier, statusOf(room)!].map(({ at }) => at)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(new Set(times).size).toBe(4)
  })

  it('7.1 may be agreed at once, and a heading too; a line between sections has no status', () => {
    const { room } = scene('water for all', 'a heading', 'line')
    const [, heading, line] = paragraphs(room)
    room.od.paragraphs.get(heading!)!.set('kind', 'heading')
    room.od.paragraphs.get(line!)!.set('kind', 'separator')
    expect(code(say(room, 'agreed'))).toBe('ok')
    expect(code(say(room, 'agreed-ad-ref', {}, heading))).toBe('ok')
    expect(code(say(room, 'agreed', {}, line))).toBe('not-allowed')
    expect(statusOf(room, line)).toBeUndefined()
  })

  it('7.1 is not said by delegations, nor of what is not there or stands empty', () => {
    const { room } = scene('water for all', 'removed', 'vacant')
    const [paragraph, removed, vacant] = paragraphs(room)
    room.od.paragraphs.get(removed!)!.set('removed', true)
    leaveEmpty(room.od, vacant!)
    const { actor } = delegate('ada', 'KEN')
    const asked = room.command({ kind: 'paragraph-status', paragraph: paragraph!, status: 'agreed' }, actor)
    expect(code(asked)).toBe('not-allowed')
    expect(code(say(room, 'agreed', {}, removed))).toBe('no-such-paragraph')
    expect(code(say(room, 'agreed', {}, vacant))).toBe('gone')
    expect([...room.od.record.keys()].filter((key) => key.startsWith('status/'))).toEqual([])
  })

  it('13.1 the same state again changes nothing', () => {
    const { room } = scene('water for all')
    expect(code(say(room, 'open'))).toBe('ok')
    expect(statusOf(room)).toBeUndefined()
    say(room, 'under-discussion')
    const before = statusOf(room)
    expect(code(say(room, 'under-discussion'))).toBe('ok')
    expect(statusOf(room)).toBe(before)
  })
})

describe('7.5 the floor', () => {
  it('7.5 is on one paragraph: the former one is open again, or reopened, as it was', () => {
    const { room } = scene('one', 'two', 'three')
    const [one, two, three] = paragraphs(room)
    say(room, 'agreed', {}, two)
    say(room, 'open', { reason: 'An error.' }, two)
    say(room, 'under-discussion', {}, one)
    say(room, 'under-discussion', {}, two)
    expect(statusOf(room, one)?.status).toBe('open')
    say(room, 'under-discussion', {}, three)
    expect(stepsOf(room, two)).toEqual(['agreed', 'reopened', 'under-discussion', 'reopened'])
    expect(statusOf(room, two)?.reason, 'nobody said why just now').toBeUndefined()
    expect(paragraphs(room).filter((id) => statusOf(room, id)?.status === 'under-discussion')).toEqual([
      three,
    ])
    expect(code(say(room, 'open', {}, three))).toBe('ok')
    expect(statusOf(room, three)?.status).toBe('open')
  })
})

describe('7.4 what is agreed', () => {
  it('7.4 is opened again only with a reason', () => {
    const { room } = scene('water for all')
    say(room, 'agreed')
    for (const said of [{}, { reason: '' }, { reason: '  ' }])
      expect(code(say(room, 'open', said))).toBe('reason-needed')
    expect(statusOf(room)?.status).toBe('agreed')
    expect(code(say(room, 'open', { reason: 'KEN has new instructions.' }))).toBe('ok')
    expect(statusOf(room)?.status).toBe('reopened')
  })

  it('7.4 goes neither back on the floor nor a step back otherwise', () => {
    const { room } = scene('water for all')
    say(room, 'agreed')
    expect(code(say(room, 'under-discussion', { reason: 'x' }))).toBe('paragraph-agreed')
    expect(code(say(room, 'agreed-ad-ref'))).toBe('paragraph-agreed')
    expect(stepsOf(room)).toEqual(['agreed'])
  })

  it('7.2 may be pending on somebody and have its place open; that is said anew without leaving the state', () => {
    const { room } = scene('water for all')
    say(room, 'agreed-ad-ref', { pending: [KENYA, KENYA] })
    expect(statusOf(room)).toMatchObject({ pending: [KENYA], placement: false })
    say(room, 'agreed', { placement: true })
    expect(statusOf(room)).toMatchObject({ status: 'agreed', pending: [KENYA], placement: true })
    const { at } = statusOf(room)!
    say(room, 'agreed', { pending: [] })
    expect(statusOf(room)).toMatchObject({ status: 'agreed', pending: [], placement: true, at })
    expect(stepsOf(room)).toEqual(['agreed-ad-ref', 'agreed'])
    say(room, 'open', { reason: 'x', pending: [KENYA], placement: true })
    expect(statusOf(room)).toMatchObject({ status: 'reopened', pending: [], placement: false })
  })
})

/** An insertion of Kenya with an amendment of Japan in it. */
function amended() {
  const drawn = scene('water for all|')
  const ada = drawn.seat(delegate('ada', 'KEN'))
  ada.type(' people')
  ada.send()
  const bo = drawn.seat(delegate('bo', 'JPN'))
  bo.deliver()
  bo.select(1 + 'water for all['.length)
  bo.type(' and')
  bo.send()
  return { room: drawn.room, ada, bo }
}

describe('7.2 open brackets', () => {
  it('7.2 hinder agreement: the refusal says how many, amendments too', () => {
    const { room, ada, bo } = amended()
    const refused = say(room, 'agreed')
    expect(refused).toMatchObject({ ok: false, code: 'open-brackets' })
    expect(refused.ok ? '' : refused.message).toContain('2 brackets')
    expect(statusOf(room)).toBeUndefined()
    const mine = proposalOf(ada, ' people')
    decide(room, 'proposal-not-retain', mine)
    expect(code(say(room, 'agreed')), 'the amendment waits for its fate').toBe('open-brackets')
    decide(room, 'proposal-not-retain', proposalOf(bo, ' and'))
    expect(code(say(room, 'agreed'))).toBe('ok')
  })

  it('7.2 that were emptied again are none', () => {
    const s = scene('water for all|')
    const ada = s.seat(delegate('ada', 'KEN'))
    ada.type('x')
    backspace(ada)
    ada.send()
    expect(s.room.od.proposals.size).toBe(1)
    expect(code(say(s.room, 'agreed'))).toBe('ok')
  })

  it.each(['delete-paragraph', 'reservation', 'move', 'split', 'alternative'] as const)(
    '7.2 on the paragraph as a whole: %s',
    (kind) => {
      const { room } = scene('water for all', 'and more')
      const id = stand(room, kind)
      expect(code(say(room, 'agreed'))).toBe('open-brackets')
      expect(code(say(room, 'agreed', {}, paragraphs(room)[1]))).toBe('ok')
      expect(contentOf(room.od, id)?.length).toBe(0)
    },
  )

  it('7.2 joining two paragraphs is open on both; a new paragraph stands on neither', () => {
    const { room } = scene('water for all', 'and more')
    stand(room, 'paragraph')
    expect(code(say(room, 'agreed'))).toBe('ok')
    say(room, 'open', { reason: 'x' })
    stand(room, 'join', paragraphs(room)[1])
    expect(code(say(room, 'agreed', {}, paragraphs(room)[1]))).toBe('open-brackets')
    expect(code(say(room, 'agreed'))).toBe('open-brackets')
  })

  it('7.2 in words that were accepted count where they stand now', () => {
    const { room, ada, bo } = amended()
    decide(room, 'proposal-accept', proposalOf(ada, ' people'))
    expect(code(say(room, 'agreed'))).toBe('open-brackets')
    decide(room, 'proposal-accept', proposalOf(bo, ' and'))
    expect(code(say(room, 'agreed'))).toBe('ok')
  })
})
