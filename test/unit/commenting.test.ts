import { describe, expect, it } from 'vitest'
import { openMeeting } from '#shared/document/commands/command-context.ts'
import { decisionOf } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import type { CommentId, HostId, ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { chair, delegation, observer, participant, Table } from '#test/kit/commanding.ts'

const ken = delegation('KEN')
const nor = delegation('NOR')
const NOWHERE = `q${'0'.repeat(16)}` as ProposalId

const remark = (comment: CommentId, on: HostId, text: string, thread: CommentId | null = null) =>
  ({ kind: 'comment-add', comment, on, thread, text }) as const

const resolve = (comment: CommentId, resolved: boolean) =>
  ({ kind: 'comment-resolve', comment, resolved }) as const

const open = (table: Table, title = '3rd informal consultation', agenda = [table.paragraph(0)]) =>
  ({ kind: 'meeting-open', meeting: table.newMeeting(), title, agenda }) as const

const set = (attribution: 'attributed' | 'unattributed') => ({ kind: 'policy-set', attribution }) as const

describe('comments', () => {
  it('10.1 13.3 are on a paragraph or a proposal, by somebody, at a time', () => {
    const table = new Table()
    const [first, second] = [table.newComment(), table.newComment()]
    const id = table.propose(ken, 'and water')
    table.run(nor, remark(first, table.paragraph(1), 'Why\n“shall”?'))
    table.run(ken, remark(second, id, 'As in 2012.'))
    expect(recordGet(table.od, `comment/${first}`)).toEqual({
      participant: 'NOR',
      person: 'from NOR',
      at: table.now,
      on: table.paragraph(1),
      thread: null,
      text: 'Why\n“shall”?',
    })
    expect(recordGet(table.od, `comment/${second}`)).toMatchObject({ on: id, participant: 'KEN' })
  })

  it('10.1 may be on what is agreed or decided, and not on what is not there', () => {
    const table = new Table()
    const id = table.propose(ken, 'and water')
    table.run(chair, { kind: 'proposal-not-retain', proposal: id })
    table.run(chair, { kind: 'paragraph-status', paragraph: table.paragraph(0), status: 'agreed' })
    expect(table.refusal(nor, remark(table.newComment(), id, 'A pity.'))).toBeNull()
    expect(table.refusal(nor, remark(table.newComment(), table.paragraph(0), 'At last.'))).toBeNull()
    expect(table.refusal(nor, remark(table.newComment(), NOWHERE, 'x'))).toBe('no-such-proposal')
    const lost = `p${'0'.repeat(16)}` as ParagraphId
    expect(table.refusal(nor, remark(table.newComment(), lost, 'x'))).toBe('no-such-paragraph')
    expect(table.refusal(observer, remark(table.newComment(), id, 'x'))).toBe('not-allowed')
  })

  it('4.1 of a private space are on texts that its document does not hold', () => {
    const table = new Table()
    const command = remark(table.newComment(), NOWHERE, 'Between us.')
    expect(table.refusal(ken, { ...command, space: participant('KEN') })).toBeNull()
  })

  it('10.1 say something, once', () => {
    const table = new Table()
    const comment = table.newComment()
    for (const text of ['', ' \n ', 'x'.repeat(4001)])
      expect(table.refusal(nor, remark(comment, table.paragraph(0), text))).toBe('invalid-text')
    expect(table.refusal(nor, remark(comment, table.paragraph(0), 'bell\u0007'))).toBe('forbidden-character')
    table.run(nor, remark(comment, table.paragraph(0), 'First'))
    expect(table.refusal(ken, remark(comment, table.paragraph(0), 'Second'))).toBe('id-taken')
    expect(recordGet(table.od, `comment/${comment}`)?.text).toBe('First')
  })

  it('10.2 answer the first of a thread, on the same text', () => {
    const table = new Table()
    const [first, answer] = [table.newComment(), table.newComment()]
    const on = table.paragraph(0)
    table.run(nor, remark(first, on, 'Why?'))
    expect(table.refusal(ken, remark(answer, on, 'Because.', first))).toBeNull()
    const another = table.newComment()
    expect(table.refusal(nor, remark(another, on, 'Hm.', answer))).toBe('no-such-comment')
    expect(table.refusal(nor, remark(another, on, 'Hm.', another))).toBe('no-such-comment')
    expect(table.refusal(nor, remark(another, table.paragraph(1), 'Hm.', first))).toBe('no-such-comment')
  })

  it('10.2 are taken back by their author alone; their place in the thread stays', () => {
    const table = new Table()
    const [first, answer] = [table.newComment(), table.newComment()]
    const on = table.paragraph(0)
    table.run(nor, remark(first, on, 'Why?'))
    table.run(ken, remark(answer, on, 'Because.', first))
    const remove = { kind: 'comment-remove', comment: first } as const
    expect(table.refusal(ken, remove)).toBe('not-allowed')
    expect(table.refusal(chair, remove)).toBe('not-allowed')
    expect(table.refusal(nor, { kind: 'comment-remove', comment: table.newComment() })).toBe(
      'no-such-comment',
    )
    expect(table.refusal(nor, remove)).toBeNull()
    expect(recordGet(table.od, `comment/${first}`)).toMatchObject({
      text: '',
      removed: true,
      participant: 'NOR',
    })
    expect(recordGet(table.od, `comment/${answer}`)).toMatchObject({ text: 'Because.', thread: first })
    expect(table.refusal(nor, remove)).toBeNull()
    expect(table.changed).toBe(false)
    expect(table.refusal(ken, remark(table.newComment(), on, 'Still.', first))).toBeNull()
  })

  it('10.2 make threads that are resolved, by whom, and taken up again', () => {
    const table = new Table()
    const [first, answer] = [table.newComment(), table.newComment()]
    const on = table.paragraph(0)
    table.run(nor, remark(first, on, 'Why?'))
    table.run(ken, remark(answer, on, 'Because.', first))
    expect(table.refusal(ken, resolve(answer, true))).toBe('no-such-comment')
    expect(table.refusal(ken, resolve(first, false))).toBeNull()
    expect(table.changed).toBe(false)
    table.run(ken, resolve(first, true))
    expect(recordGet(table.od, `comment/${first}`)).toMatchObject({
      text: 'Why?',
      resolved: { participant: 'KEN' },
    })
    table.run(nor, resolve(first, true))
    expect(table.changed).toBe(false)
    table.run(nor, resolve(first, false))
    expect(recordGet(table.od, `comment/${first}`)).not.toHaveProperty('resolved')
  })
})

describe('meetings', () => {
  it('6.10 a decision taken while one is on belongs to it', () => {
    const table = new Table()
    const [first, second, third] = ['a', 'b', 'c'].map((text) => table.propose(ken, text)) as [
      ProposalId,
      ProposalId,
      ProposalId,
    ]
    table.run(chair, { kind: 'proposal-not-retain', proposal: first })
    const meeting = open(table, ' 3rd informal ', [
      table.paragraph(0),
      table.paragraph(2),
      table.paragraph(0),
    ])
    expect(table.refusal(chair, meeting)).toBeNull()
    expect(openMeeting(table.od)).toEqual({
      id: meeting.meeting,
      title: '3rd informal',
      agenda: [table.paragraph(0), table.paragraph(2)],
      by: 'Co-Facilitators',
      person: 'fay',
      openedAt: table.now,
      closedAt: null,
    })
    table.run(chair, { kind: 'proposal-not-retain', proposal: second })
    table.now += 1000
    table.run(chair, { kind: 'meeting-close' })
    table.run(chair, { kind: 'proposal-not-retain', proposal: third })
    const meetings = [first, second, third].map((id) => decisionOf(table.od, id)?.meeting)
    expect(meetings).toEqual([undefined, meeting.meeting, undefined])
    expect(recordGet(table.od, `meeting/${meeting.meeting}`)).toMatchObject({ closedAt: table.now })
  })

  it('6.10 one is on at a time; none is closed by opening another', () => {
    const table = new Table()
    const first = open(table)
    table.run(chair, first)
    expect(table.refusal(chair, open(table))).toBe('meeting-running')
    expect(openMeeting(table.od)?.id).toBe(first.meeting)
    table.run(chair, { kind: 'meeting-close' })
    expect(table.refusal(chair, { kind: 'meeting-close' })).toBe('no-meeting')
    expect(table.refusal(chair, first)).toBe('id-taken')
    expect(table.refusal(chair, open(table))).toBeNull()
  })

  it('has a name, and an agenda of paragraphs that are there; facilitators open and close it', () => {
    const table = new Table()
    expect(table.refusal(chair, open(table, ' '))).toBe('invalid-text')
    expect(table.refusal(chair, open(table, 'x'.repeat(201)))).toBe('invalid-text')
    const lost = `p${'0'.repeat(16)}` as ParagraphId
    expect(table.refusal(chair, open(table, 'x', [lost]))).toBe('no-such-paragraph')
    expect(table.refusal(ken, open(table))).toBe('not-allowed')
    table.run(chair, open(table, 'x', []))
    expect(table.refusal(ken, { kind: 'meeting-close' })).toBe('not-allowed')
  })
})

describe('the attribution of a round', () => {
  it('11.1 is attributed until facilitators say otherwise; who said so and when is kept', () => {
    const table = new Table()
    table.run(chair, set('attributed'))
    expect(table.changed).toBe(false)
    expect(table.refusal(ken, set('unattributed'))).toBe('not-allowed')
    table.run(chair, set('unattributed'))
    const at = table.now
    const policy = { attribution: 'unattributed', by: 'Co-Facilitators', person: 'fay', at, rounds: [at] }
    expect(recordGet(table.od, 'policy')).toEqual(policy)
    table.now += 1000
    table.run(chair, set('unattributed'))
    expect(recordGet(table.od, 'policy')).toEqual(policy)
    table.run(chair, set('attributed'))
    expect(recordGet(table.od, 'policy')).toMatchObject({ attribution: 'attributed', at: table.now })
  })
})
