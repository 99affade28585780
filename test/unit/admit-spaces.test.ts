import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { admit } from '#shared/document/admit/admit.ts'
import type { AdmissionCode } from '#shared/document/admit/verdict.ts'
import { markTabled } from '#shared/document/drafts.ts'
import { addParagraph, addProposal, contentOf, openDocument } from '#shared/document/schema.ts'
import { recordSet } from '#shared/document/records.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { HostId, ParagraphId, ParticipantId, PersonId, ProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Anchor, TypedHead } from '#shared/model/proposals/proposal.ts'
import { DEPTH_LIMIT } from '#shared/model/proposals/proposal.ts'

/** Admission to a private space: what it stands on is elsewhere, everything else is as strict as in the room. */

const KEN: Actor = {
  person: 'person-1' as PersonId,
  name: 'Wanjiru',
  role: 'delegation',
  participant: 'KEN' as ParticipantId,
}
const PARAGRAPH = 'p0000000000000001' as ParagraphId
const draftId = (n: number) => `q${String(n).padStart(16, '0')}` as ProposalId
const head = (by = 'KEN'): TypedHead => ({
  kind: 'text',
  by: by as ParticipantId,
  paragraph: PARAGRAPH,
  quote: '',
})
const on = (host: HostId): Anchor => ({ kind: 'point', host, paragraph: PARAGRAPH, at: null })

class Space {
  readonly od = openDocument(new Y.Doc())
  readonly #owners = new Map<number, PersonId>()

  /** What a client's change comes to. */
  try(change: (od: OutcomeDocument) => void, elsewhere = true): AdmissionCode | 'admitted' {
    const mine = openDocument(new Y.Doc())
    Y.applyUpdate(mine.doc, Y.encodeStateAsUpdate(this.od.doc))
    const updates: Uint8Array[] = []
    mine.doc.on('update', (update: Uint8Array) => updates.push(update))
    mine.doc.transact(() => change(mine))
    const update = Y.mergeUpdates(updates)
    const before = Y.encodeStateVector(this.od.doc)
    const ownerOf = (client: number) => this.#owners.get(client)
    const verdict = admit(this.od, update, { actor: KEN, ownerOf, elsewhere, now: 1 })
    expect(Y.encodeStateVector(this.od.doc)).toEqual(before)
    if (!verdict.ok) return verdict.code
    for (const client of verdict.claimed) this.#owners.set(client, KEN.person)
    Y.applyUpdate(this.od.doc, update)
    return 'admitted'
  }

  draft(n: number, host: HostId): AdmissionCode | 'admitted' {
    return this.try((od) => addProposal(od, draftId(n), head(), on(host), 'words'))
  }
}

describe('a private space takes', () => {
  it('drafts on a paragraph, or on a bracket, that only the room has; the room does not', () => {
    const space = new Space()
    expect(space.draft(1, PARAGRAPH)).toBe('admitted')
    expect(space.draft(2, draftId(99))).toBe('admitted')
    const forged = (od: OutcomeDocument) => void addProposal(od, draftId(3), head(), on(PARAGRAPH), 'words')
    expect(new Space().try(forged, false)).toBe('unknown-item')
  })

  it('characters of the room in an anchor, of which it knows nothing', () => {
    const range: Anchor = { kind: 'range', host: PARAGRAPH, paragraph: PARAGRAPH, start: [7, 1], end: [7, 9] }
    expect(new Space().try((od) => void addProposal(od, draftId(1), head(), range, ''))).toBe('admitted')
  })

  it('edits of its drafts, whoever of the delegation wrote them', () => {
    const space = new Space()
    space.draft(1, PARAGRAPH)
    expect(space.try((od) => contentOf(od, draftId(1))?.insert(0, 'more '))).toBe('admitted')
  })
})

describe('a private space refuses', () => {
  it('a draft in another’s name', () => {
    const space = new Space()
    expect(space.try((od) => void addProposal(od, draftId(1), head('NOR'), on(PARAGRAPH), ''))).toBe(
      'wrong-participant',
    )
  })

  it('paragraphs, and anything in the record', () => {
    const facts = { id: PARAGRAPH, kind: 'paragraph', order: 'a0', label: null } as const
    expect(new Space().try((od) => void addParagraph(od, facts, 'forged'))).toBe('not-allowed')
    expect(new Space().try((od) => recordSet(od, `tabled/${draftId(1)}`, 1))).toBe('not-allowed')
  })

  it('4.4 words for a draft that has been tabled', () => {
    const space = new Space()
    space.draft(1, PARAGRAPH)
    markTabled(space.od, [draftId(1)], 1)
    expect(space.try((od) => contentOf(od, draftId(1))?.insert(0, 'late '))).toBe('closed')
    expect(space.try((od) => od.anchors.delete(draftId(1)))).toBe('closed')
  })

  it('characters of one draft in an anchor on another', () => {
    const space = new Space()
    space.draft(1, PARAGRAPH)
    space.draft(2, PARAGRAPH)
    const item = contentOf(space.od, draftId(1))!._start!.id
    const anchor = { ...on(draftId(2)), at: [item.client, item.clock] } as Anchor
    expect(space.try((od) => void addProposal(od, draftId(3), head(), anchor, ''))).toBe('unknown-item')
  })

  it('2.8 brackets inside each other too deep, or in a circle, in whatever order they come', () => {
    const space = new Space()
    // From the inside out: each stands on one that is not there yet.
    for (let n = 1; n < DEPTH_LIMIT; n++) expect(space.draft(n, draftId(n + 1))).toBe('admitted')
    const circle = (od: OutcomeDocument) => {
      const last = draftId(DEPTH_LIMIT)
      addProposal(od, last, head(), on(draftId(1)), '')
    }
    expect(space.try(circle)).toBe('too-deep')
    expect(space.draft(DEPTH_LIMIT, PARAGRAPH)).toBe('admitted')
    expect(space.draft(100, draftId(1))).toBe('admitted')
    expect(space.draft(101, draftId(100))).toBe('too-deep')
  })

  it('an id that is somebody else’s client, or no whole change', () => {
    const space = new Space()
    space.draft(1, PARAGRAPH)
    const verdict = admit(space.od, new Uint8Array([1, 2, 3]), {
      actor: KEN,
      ownerOf: () => undefined,
      elsewhere: true,
      now: 1,
    })
    expect(verdict).toMatchObject({ ok: false, code: 'malformed' })
    const observer = { ...KEN, role: 'observer' as const, participant: null }
    const update = Y.encodeStateAsUpdate(space.od.doc)
    const fresh = openDocument(new Y.Doc())
    expect(
      admit(fresh, update, { actor: observer, ownerOf: () => undefined, elsewhere: true, now: 1 }),
    ).toMatchObject({
      ok: false,
      code: 'not-allowed',
    })
  })
})
