import { describe, expect, it } from 'vitest'
import { FACILITATORS } from '#shared/model/participant.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { chair, decide, proposalBy, proposalOf, text } from '#test/kit/deciding.ts'
import type { Room } from '#test/kit/drafting.ts'
import { facilitator } from '#test/kit/drafting.ts'
import { deleteWords, insertAfter, ken, replaceWords, twoDelegations } from '#test/kit/scene.ts'

const BRIDGE = 'q00000000bridge00' as ProposalId

describe('6.4 merging', () => {
  it('puts one bridging proposal of the facilitators in the place of several, over all their words', () => {
    const { room, all, want } = contested()
    expect(merge(room, [all, want])).toEqual({ ok: true, affected: [] })
    expect(text(room)).toBe('1. free from [extreme poverty / any want – Co-Facilitators] now')
    expect(room.od.record.get(`bridge/${BRIDGE}`)).toEqual({ sources: [all, want] })
    for (const source of [all, want]) {
      expect(room.od.record.get(`decision/${source}`)).toMatchObject({
        disposition: 'merged',
        basis: 'room-consensus',
        by: FACILITATORS,
        effect: { kind: 'merged-into', bridge: BRIDGE },
      })
    }
    const [place] = new BoardReader(new Projection(room.od)).board().blocks[0]!.places
    expect(place?.rows).toMatchObject([
      {
        id: BRIDGE,
        sources: [all, want],
        head: { by: FACILITATORS, quote: 'extreme poverty' },
        nature: 'replacement',
      },
    ])
  })

  it('is taken back by any of its sources: all are open where they were, and the bridge has ended', () => {
    const { room, all, want } = contested()
    const before = text(room)
    for (const source of [all, want]) {
      const bridge = `${BRIDGE.slice(0, -1)}${source === all ? 1 : 2}` as ProposalId
      merge(room, [all, want], { bridge })
      expect(decide(room, 'decision-undo', source).ok).toBe(true)
      expect(text(room)).toBe(before)
      expect(room.od.record.get(`decision/${bridge}`)).toMatchObject({
        disposition: 'superseded',
        effect: { kind: 'none' },
      })
    }
    for (const source of [all, want]) {
      expect(room.od.record.get(`reopened/${source}`)).toMatchObject([
        { decision: { disposition: 'merged' } },
        { decision: { disposition: 'merged' } },
      ])
    }
  })

  it('is not taken back under a bridge that was decided', () => {
    const { room, all, want } = contested()
    const before = text(room)
    merge(room, [all, want])
    for (const kind of ['proposal-accept', 'proposal-not-retain', 'proposal-withdraw'] as const) {
      decide(room, kind, BRIDGE)
      expect(decide(room, 'decision-undo', all)).toMatchObject({ code: 'later-decision' })
      expect(decide(room, 'decision-undo', BRIDGE).ok).toBe(true)
      expect(text(room)).toBe('1. free from [extreme poverty / any want – Co-Facilitators] now')
    }
    expect(decide(room, 'decision-undo', want).ok).toBe(true)
    expect(text(room)).toBe(before)
  })

  it('6.8 the end of a bridge taken back is a merger again, while its sources are open', () => {
    const { room, all, want } = contested()
    merge(room, [all, want])
    const merged = text(room)
    decide(room, 'decision-undo', all)
    decide(room, 'proposal-not-retain', want)
    expect(decide(room, 'decision-undo', BRIDGE)).toMatchObject({ code: 'later-decision' })
    decide(room, 'decision-undo', want)
    expect(decide(room, 'decision-undo', BRIDGE).ok).toBe(true)
    expect(text(room)).toBe(merged)
    expect(room.od.record.get(`decision/${want}`)).toMatchObject({
      disposition: 'merged',
      basis: 'room-consensus',
    })
  })

  it('6.8 a bridge that another superseded is reopened alone', () => {
    const { room, all, want, ingrid } = contested()
    insertAfter(ingrid, 0, 'now', ' and ever')
    room.settleDown()
    const ever = proposalOf(ingrid, ' and ever')
    merge(room, [all, want])
    decide(room, 'proposal-accept', ever)
    room.command({ kind: 'proposal-not-retain', proposal: BRIDGE, supersededBy: ever }, chair)
    expect(decide(room, 'decision-undo', BRIDGE).ok).toBe(true)
    expect(text(room)).toBe('1. free from [extreme poverty / any want – Co-Facilitators] now and ever')
  })

  it('goes back with the wording that it is on, and so do its sources', () => {
    const { room, amina, all, want, ingrid } = contested()
    decide(room, 'proposal-accept', want)
    room.settleDown()
    replaceWords(ingrid, 0, 'wa', 'X')
    room.settleDown()
    replaceWords(amina, 0, 'nt', 'Y')
    room.settleDown()
    const before = '1. free from [extreme / all – KEN] [poverty / [wa / X – NOR][nt / Y – KEN] – NOR] now'
    const sources = [proposalOf(amina, 'X'), proposalOf(amina, 'Y')]
    merge(room, sources, { text: 'Z' })
    expect(decide(room, 'decision-undo', want).ok).toBe(true)
    expect(text(room)).toContain('[poverty / [want / Z – Co-Facilitators] – NOR]')
    expect(decide(room, 'decision-undo', sources[0]!).ok).toBe(true)
    expect(text(room)).toBe(before)
    expect(room.od.record.has(`decision/${all}`)).toBe(false)
  })

  it('is reworded by facilitators and amended by others', () => {
    const { room, all, want, ingrid } = contested()
    const fay = room.seat(facilitator('fay'))
    merge(room, [all, want])
    room.settleDown()
    insertAfter(fay, 0, '/ any', ' great')
    insertAfter(ingrid, 0, 'any', ' dire')
    room.settleDown()
    expect(room.refusals).toEqual([])
    const amendment = proposalOf(ingrid, ' dire')
    expect(text(room)).toContain('/ any [dire – NOR] great want – Co-Facilitators]')
    expect(decide(room, 'decision-undo', all)).toEqual({ ok: true, affected: [amendment] })
    expect(room.od.record.get(`affected/${amendment}`)).toEqual({ by: BRIDGE, effect: 'host-closed' })
  })

  it('6.4 amendments of the sources are flagged, for their host is closed', () => {
    const { room, all, want, ingrid } = contested()
    insertAfter(ingrid, 0, '/ al', 'X')
    room.settleDown()
    const before = text(room)
    const amendment = proposalOf(ingrid, 'X')
    expect(merge(room, [all, want])).toEqual({ ok: true, affected: [amendment] })
    expect(room.od.record.get(`affected/${amendment}`)).toEqual({ by: all, effect: 'host-closed' })
    decide(room, 'decision-undo', want)
    expect(room.od.record.has(`affected/${amendment}`)).toBe(false)
    expect(text(room)).toBe(before)
  })
})

describe('13.2 what cannot be merged', () => {
  it('is refused, and nothing changes', () => {
    const { room, all, want, ingrid } = contested()
    insertAfter(ingrid, 0, '/ al', 'X')
    deleteWords(ingrid, 0, 'now')
    ingrid.binding.newParagraph([[{ insert: 'New' }]])
    room.settleDown()
    const [inner, added] = [proposalOf(ingrid, 'X'), proposalOf(ingrid, 'New')]
    const before = JSON.stringify(room.od.doc.toJSON())
    expect(merge(room, [all])).toMatchObject({ code: 'not-together' })
    expect(merge(room, [all, all])).toMatchObject({ code: 'not-together' })
    expect(merge(room, [all, inner])).toMatchObject({ code: 'not-together' })
    expect(merge(room, [all, added])).toMatchObject({ code: 'not-together' })
    expect(merge(room, [all, BRIDGE])).toMatchObject({ code: 'no-such-proposal' })
    expect(merge(room, [all, want], { bridge: inner })).toMatchObject({ code: 'id-taken' })
    expect(merge(room, [all, want], { text: 'a\nb' })).toMatchObject({ code: 'forbidden-character' })
    expect(merge(room, [all, want], { seen: ['all', 'wan'] })).toMatchObject({ code: 'wording-changed' })
    expect(merge(room, [all, want], { seen: ['all'] })).toMatchObject({ code: 'wording-needed' })
    expect(room.command(command([all, want]), ken.actor)).toMatchObject({ code: 'not-allowed' })
    expect(JSON.stringify(room.od.doc.toJSON())).toBe(before)
    decide(room, 'proposal-not-retain', want)
    expect(merge(room, [all, want])).toMatchObject({ code: 'already-decided' })
  })

  it('7.3 is what stands on an agreed paragraph', () => {
    const { room, all, want } = contested()
    const [paragraph] = [...room.od.paragraphs.keys()]
    room.od.record.set(`status/${paragraph}`, { status: 'agreed', by: FACILITATORS, person: 'fay', at: 1 })
    expect(merge(room, [all, want])).toMatchObject({ code: 'paragraph-agreed' })
  })

  it('is an empty wording between words, where there is nothing to delete', () => {
    const { room, amina, ingrid } = twoDelegations('free from poverty')
    for (const [drafter, words] of [
      [amina, ' deep'],
      [ingrid, ' wide'],
    ] as const) {
      insertAfter(drafter, 0, 'from', words)
    }
    room.settleDown()
    const sources = [proposalOf(amina, ' deep'), proposalOf(amina, ' wide')]
    expect(merge(room, sources, { text: '' })).toMatchObject({ code: 'invalid-text' })
    expect(merge(room, sources, { text: ' deep and wide' }).ok).toBe(true)
    expect(text(room)).toBe('1. free from [deep and wide – Co-Facilitators] poverty')
    decide(room, 'proposal-accept', BRIDGE)
    expect(text(room)).toBe('1. free from deep and wide poverty')
  })
})

interface Wanted {
  readonly bridge?: ProposalId
  readonly text?: string
  readonly seen?: readonly string[]
}

const command = (proposals: readonly ProposalId[], wanted: Wanted = {}) =>
  ({
    kind: 'proposals-merge',
    bridge: BRIDGE,
    proposals,
    text: 'any want',
    basis: 'room-consensus',
    ...wanted,
  }) as const

const merge = (room: Room, proposals: readonly ProposalId[], wanted: Wanted = {}) =>
  room.command(command(proposals, wanted), chair)

function contested() {
  const { room, amina, ingrid } = twoDelegations('free from extreme poverty now')
  replaceWords(amina, 0, 'extreme', 'all')
  room.settleDown()
  replaceWords(ingrid, 0, 'poverty', 'want')
  room.settleDown()
  return { room, amina, ingrid, all: proposalBy(amina, 'KEN'), want: proposalBy(ingrid, 'NOR') }
}
