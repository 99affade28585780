import { describe, expect, it } from 'vitest'
import { recordGet } from '#shared/document/records.ts'
import { silenceDueAt, endSilence, lastSilence } from '#shared/document/issue/silence.ts'
import type { ParagraphId } from '#shared/model/ids.ts'
import { chair, delegation, observer, participant, Table } from '#test/kit/commanding.ts'
import { leaveEmpty } from '#test/kit/paragraphs.ts'

const ken = delegation('KEN')
const g77 = delegation('G77')
const HOUR = 3_600_000
const DAY = 24 * HOUR

const place = (table: Table, after = 2 * DAY, revision = 1) =>
  ({
    kind: 'silence-place',
    revision,
    deadline: table.now + after,
    zone: 'America/New_York',
    note: 'Unless objections are received.',
  }) as const

const extend = (deadline: number) => ({ kind: 'silence-extend', deadline }) as const

const breakOn = (paragraphs: readonly ParagraphId[], objection = 'We cannot join this.', text = '') =>
  ({ kind: 'silence-break', paragraphs, objection, text }) as const

/** Rev.1 has been issued. */
function issued(paragraphs = 4): Table {
  const table = new Table(paragraphs)
  table.issue()
  return table
}

function end(table: Table, now: number): boolean {
  let changed = false
  table.od.doc.once('update', () => (changed = true))
  table.od.doc.transact(() => endSilence(table.od, now))
  return changed
}

describe('placing a text under silence', () => {
  it('9.1 names the revision, the deadline and its time zone', () => {
    const table = issued()
    const command = place(table)
    expect(table.refusal(chair, command)).toBeNull()
    expect(lastSilence(table.od)).toEqual({
      number: 1,
      revision: 1,
      state: 'running',
      by: 'Co-Facilitators',
      person: 'fay',
      at: table.now,
      deadline: command.deadline,
      zone: 'America/New_York',
      note: 'Unless objections are received.',
      extended: [],
      breaks: [],
      endedAt: null,
      agreed: [],
      left: [],
    })
    expect(silenceDueAt(table.od)).toBe(command.deadline)
  })

  it('9.1 needs a revision that was issued and a deadline in the future, of a zone that exists', () => {
    const table = issued()
    expect(table.refusal(chair, place(table, DAY, 2))).toBe('no-such-revision')
    for (const after of [0, -1, 0.5, 367 * DAY, Number.NaN])
      expect(table.refusal(chair, place(table, after))).toBe('invalid-deadline')
    for (const zone of ['', 'Atlantis/Capital', 'America/New York'])
      expect(table.refusal(chair, { ...place(table), zone })).toBe('invalid-deadline')
    expect(table.refusal(chair, { ...place(table), note: 'bell\u0007' })).toBe('forbidden-character')
    expect(table.refusal(ken, place(table))).toBe('not-allowed')
    for (const zone of ['UTC', 'Asia/Kathmandu', 'Africa/Nairobi']) {
      const other = issued()
      expect(other.refusal(chair, { ...place(other, 365 * DAY), zone, note: '' })).toBeNull()
    }
  })

  it('9.1 one procedure runs at a time; they are numbered', () => {
    const table = issued()
    table.run(chair, place(table))
    expect(table.refusal(chair, place(table))).toBe('silence-running')
    table.run(ken, breakOn([table.paragraph(0)]))
    expect(table.refusal(chair, place(table))).toBeNull()
    expect(lastSilence(table.od)).toMatchObject({ number: 2, state: 'running' })
    expect(recordGet(table.od, 'silence/1')).toMatchObject({ number: 1, state: 'broken' })
  })
})

describe('extending it', () => {
  it('9.2 makes the deadline later, never earlier, and remembers what it was', () => {
    const table = issued()
    table.run(chair, place(table))
    const first = lastSilence(table.od)!.deadline
    for (const deadline of [first, first - HOUR])
      expect(table.refusal(chair, extend(deadline))).toBe('invalid-deadline')
    expect(table.refusal(chair, extend(table.now + 367 * DAY))).toBe('invalid-deadline')
    expect(table.refusal(ken, extend(first + DAY))).toBe('not-allowed')
    table.now += HOUR
    expect(table.refusal(chair, extend(first + DAY))).toBeNull()
    expect(lastSilence(table.od)).toMatchObject({
      deadline: first + DAY,
      extended: [{ deadline: first, by: 'Co-Facilitators', person: 'fay', at: table.now }],
    })
    expect(silenceDueAt(table.od)).toBe(first + DAY)
  })

  it('9.2 9.5 comes too late at the deadline, also while its end is not written down', () => {
    const table = issued()
    expect(table.refusal(chair, extend(table.now + DAY))).toBe('no-silence')
    table.run(chair, place(table, HOUR))
    table.now += HOUR
    expect(table.refusal(chair, extend(table.now + DAY))).toBe('no-silence')
  })
})

describe('breaking it', () => {
  it('9.3 names paragraphs and an objection, and ends it', () => {
    const table = issued()
    table.run(chair, place(table))
    table.now += HOUR
    const [a, b] = [table.paragraph(0), table.paragraph(2)]
    expect(table.refusal(ken, breakOn([a, b, a], ' No. ', 'We resolve'))).toBeNull()
    expect(lastSilence(table.od)).toMatchObject({
      state: 'broken',
      endedAt: table.now,
      breaks: [
        { participant: 'KEN', at: table.now, paragraphs: [a, b], objection: 'No.', text: 'We resolve' },
      ],
    })
    expect(silenceDueAt(table.od)).toBeNull()
    expect(table.refusal(chair, extend(table.now + 9 * DAY))).toBe('no-silence')
    table.now += 9 * DAY
    expect(end(table, table.now)).toBe(false)
    expect(recordGet(table.od, `status/${a}`)).toBeUndefined()
  })

  it('9.3 others add their objections until the deadline', () => {
    const table = issued()
    table.run(chair, place(table))
    const { deadline } = lastSilence(table.od)!
    table.run(ken, breakOn([table.paragraph(0)]))
    const endedAt = table.now
    table.now = deadline - 1
    expect(table.refusal(g77, breakOn([table.paragraph(1)]))).toBeNull()
    expect(lastSilence(table.od)).toMatchObject({
      endedAt,
      breaks: [{ participant: 'KEN' }, { participant: 'G77' }],
    })
    table.now = deadline
    expect(table.refusal(delegation('NOR'), breakOn([table.paragraph(1)]))).toBe('no-silence')
  })

  it('9.3 needs paragraphs that are there, and an objection', () => {
    const table = issued()
    expect(table.refusal(ken, breakOn([table.paragraph(0)]))).toBe('no-silence')
    table.run(chair, place(table))
    expect(table.refusal(ken, breakOn([]))).toBe('no-such-paragraph')
    const lost = `p${'0'.repeat(16)}` as ParagraphId
    expect(table.refusal(ken, breakOn([table.paragraph(0), lost]))).toBe('no-such-paragraph')
    expect(table.refusal(ken, breakOn([table.paragraph(0)], ' '))).toBe('invalid-text')
    expect(table.refusal(ken, breakOn([table.paragraph(0)], 'No.', 'two\nlines'))).toBe('forbidden-character')
    expect(lastSilence(table.od)).toMatchObject({ state: 'running', breaks: [] })
  })

  it('1.5 is done by facilitators for a delegation only, and by no observer', () => {
    const table = issued()
    table.run(chair, place(table))
    const command = breakOn([table.paragraph(0)])
    expect(table.refusal(chair, command)).toBe('not-allowed')
    expect(table.refusal(observer, command)).toBe('not-allowed')
    expect(table.refusal(ken, { ...command, onBehalfOf: participant('NOR') })).toBe('not-allowed')
    for (const name of ['Secretariat', 'Co-Facilitators', 'NOR to come back', 'G77 delete'])
      expect(table.refusal(chair, { ...command, onBehalfOf: participant(name) })).toBe('not-allowed')
    expect(table.refusal(chair, { ...command, onBehalfOf: participant('NOR') })).toBeNull()
    expect(lastSilence(table.od)!.breaks).toMatchObject([{ participant: 'NOR', via: 'Co-Facilitators' }])
  })

  it('9.5 comes too late at the deadline, and is told so in words', () => {
    const table = issued()
    table.run(chair, place(table, HOUR))
    table.now += HOUR
    const result = table.run(ken, breakOn([table.paragraph(0)]))
    expect(result).toMatchObject({ code: 'no-silence' })
    expect(result).toHaveProperty('message', expect.stringContaining('2026-01-15 at 13:00:00 UTC'))
  })
})

describe('the deadline', () => {
  it('9.4 what has no open bracket is agreed ad ref; what has one stays, and is named', () => {
    const table = issued(6)
    const at = (index: number) => table.paragraph(index)
    table.propose(ken, 'and water', 0)
    const emptied = table.propose(ken, '', 1)
    expect(recordGet(table.od, `decision/${emptied}`)).toBeUndefined()
    const decided = table.propose(ken, 'and air', 2)
    table.run(chair, { kind: 'proposal-not-retain', proposal: decided })
    table.run(chair, { kind: 'paragraph-status', paragraph: at(3), status: 'agreed' })
    table.run(chair, { kind: 'paragraph-status', paragraph: at(4), status: 'under-discussion' })
    leaveEmpty(table.od, at(5))
    table.run(chair, place(table, DAY))
    const { deadline } = lastSilence(table.od)!
    expect(end(table, deadline - 1)).toBe(false)
    expect(end(table, deadline + 5)).toBe(true)
    expect(lastSilence(table.od)).toMatchObject({
      state: 'agreed',
      endedAt: deadline,
      agreed: expect.arrayContaining([table.heading(), at(1), at(2), at(4)]),
      left: [at(0)],
    })
    const status = (index: number) => recordGet(table.od, `status/${at(index)}`)
    expect(status(0)).toBeUndefined()
    expect(status(1)).toEqual({
      status: 'agreed-ad-ref',
      by: 'Co-Facilitators',
      person: 'fay',
      at: deadline,
      silence: 1,
      pending: [],
      placement: false,
      earlier: [],
    })
    expect(status(3)).toMatchObject({ status: 'agreed', earlier: [] })
    expect(status(4)!.earlier).toMatchObject([{ status: 'under-discussion', by: 'Co-Facilitators' }])
    expect(status(5)).toBeUndefined()
    expect(recordGet(table.od, `status/${table.heading()}`)).toMatchObject({
      status: 'agreed-ad-ref',
      silence: 1,
    })
  })

  it('9.4 ends once: what was reopened since stays so', () => {
    const table = issued()
    table.run(chair, place(table, DAY))
    const { deadline } = lastSilence(table.od)!
    end(table, deadline)
    table.now = deadline + HOUR
    const reopen = { kind: 'paragraph-status', paragraph: table.paragraph(0), status: 'open' } as const
    expect(table.refusal(chair, { ...reopen, reason: 'A mistake in the note' })).toBeNull()
    expect(end(table, deadline + DAY)).toBe(false)
    expect(recordGet(table.od, `status/${table.paragraph(0)}`)).toMatchObject({
      status: 'reopened',
      earlier: [{ status: 'agreed-ad-ref', silence: 1, at: deadline }],
    })
    expect(silenceDueAt(table.od)).toBeNull()
    expect(table.refusal(chair, place(table))).toBeNull()
  })

  it('9.4 an amendment of a bracket keeps the paragraph open too, once its own bracket is decided', () => {
    const table = issued(1)
    const outer = table.propose(ken, 'and water', 0)
    const inner = table.propose(ken, 'clean', 0)
    const anchor = { kind: 'point', host: outer, paragraph: table.paragraph(0), at: null } as const
    table.od.anchors.set(inner, anchor)
    table.run(chair, { kind: 'proposal-not-retain', proposal: outer })
    table.run(chair, place(table, DAY))
    end(table, lastSilence(table.od)!.deadline)
    expect(lastSilence(table.od)).toMatchObject({ agreed: [table.heading()], left: [table.paragraph(0)] })
  })

  it('nothing is due where nothing runs', () => {
    const table = new Table()
    expect(silenceDueAt(table.od)).toBeNull()
    expect(end(table, Number.MAX_SAFE_INTEGER)).toBe(false)
    expect(lastSilence(table.od)).toBeNull()
  })
})
