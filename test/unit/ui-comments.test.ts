import { describe, expect, it } from 'vitest'
import { countByHost, isOwnComment, threadsOn } from '#client/ui/comments/threads.ts'
import type { CommentRow } from '#shared/document/composition/board.ts'
import type { CommentId, HostId, ParticipantId } from '#shared/model/ids.ts'

const ON = 'p1' as HostId
const OTHER = 'q1' as HostId

const comment = (id: string, facts: Partial<CommentRow> = {}): CommentRow => ({
  id: id as CommentId,
  on: ON,
  thread: null,
  text: 'text',
  participant: 'KEN' as ParticipantId,
  person: 'Amina Otieno',
  at: 0,
  space: null,
  ...facts,
})

const under = (participant: string, person: string) =>
  comment('c9', { participant: participant as ParticipantId, person })

const first = comment('c1')
const answer = comment('c2', { thread: first.id })
const elsewhere = comment('c3', { on: OTHER })
const resolved = comment('c4', {
  resolved: { participant: 'EU' as ParticipantId, person: '', at: 1 },
})

describe('threads of comments', () => {
  it('10.1 are on one paragraph or proposal, with what answers them', () => {
    expect(threadsOn([first, answer, elsewhere], ON)).toEqual([{ first, replies: [answer] }])
    expect(threadsOn([first, answer, elsewhere], null)).toHaveLength(2)
  })

  it('10.2 keep the place of what was taken back, until nothing is left of them', () => {
    const gone = { ...first, text: '', removed: true as const }
    expect(threadsOn([gone, answer], ON)).toEqual([{ first: gone, replies: [answer] }])
    expect(threadsOn([gone, { ...answer, removed: true as const }], ON)).toEqual([])
  })

  it('10.2 are not counted once they are resolved', () => {
    const counts = countByHost([first, answer, elsewhere, resolved])
    expect(counts.get(ON)).toBe(2)
    expect(counts.get(OTHER)).toBe(1)
  })
})

describe('11.4 one’s own comments', () => {
  const ALIAS = 'Delegation-00000001' as ParticipantId
  const me = { name: 'Amina Otieno', participant: 'KEN' as ParticipantId }

  it('are those of this person, also under the alias of its delegation', () => {
    expect(isOwnComment(me, first)).toBe(true)
    expect(isOwnComment(me, under('KEN', 'A colleague'))).toBe(false)
    expect(isOwnComment(me, under('NOR', 'Amina Otieno'))).toBe(false)
    expect(isOwnComment({ ...me, alias: ALIAS }, under(ALIAS, ''))).toBe(true)
    expect(isOwnComment({ ...me, alias: ALIAS }, first)).toBe(true)
  })

  it('are none under another alias, nor to somebody without one', () => {
    expect(isOwnComment({ ...me, alias: ALIAS }, under('Delegation-vvvvvvvv', ''))).toBe(false)
    expect(isOwnComment(me, under(ALIAS, ''))).toBe(false)
  })
})
