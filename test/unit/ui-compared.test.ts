import { describe, expect, it } from 'vitest'
import { changesOf, hasChanged, namesOf, placementOf, rowsOf, saidOf } from '#client/ui/revisions/changes.ts'
import type { Cause, ComparedParagraph } from '#shared/document/history/compared.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'

const NOW = Date.UTC(2026, 0, 2)

const cause: Cause = {
  proposal: 'q1' as ProposalId,
  by: 'KEN' as ParticipantId,
  person: 'Amina Otieno',
  proposedAt: NOW - 30_000,
  decidedBy: 'Co-Facilitators' as ParticipantId,
  decidedPerson: 'Orsolya Tamm',
  decidedAt: NOW - 10_000,
  disposition: 'accepted',
  basis: null,
  takenOverBy: [],
  supporters: ['EU' as ParticipantId],
}
const drafted: Cause = { ...cause, proposal: null, by: 'Co-Facilitators' as ParticipantId }

const compared = (facts: Partial<ComparedParagraph>): ComparedParagraph => ({
  id: 'p1' as ParagraphId,
  kind: 'paragraph',
  was: '1',
  now: '1',
  change: 'same',
  pieces: [{ kind: 'same', text: 'We reaffirm', causes: [] }],
  ...facts,
})

const changed = compared({
  change: 'changed',
  pieces: [
    { kind: 'same', text: 'We ', causes: [] },
    { kind: 'deleted', text: 'note', causes: [drafted] },
    { kind: 'inserted', text: 'welcome', causes: [cause, { ...cause, by: 'EU' as ParticipantId }] },
  ],
})

describe('8.4 two texts compared', () => {
  it('are gone through from change to change, over paragraphs that are the same', () => {
    const rows = rowsOf([changed, compared({}), changed], true)
    expect(rows).toHaveLength(2)
    expect(changesOf(rows).map(({ index, piece }) => [index, piece.text])).toEqual([
      [0, 'note'],
      [1, 'welcome'],
      [2, 'note'],
      [3, 'welcome'],
    ])
  })

  it('show a paragraph whose number alone is another', () => {
    expect(hasChanged(compared({ now: '2' }))).toBe(true)
    expect(placementOf(compared({ now: '2' }))).toBe('was 1')
    expect(placementOf(compared({ change: 'moved', now: '3 bis' }))).toBe('moved: 1 is now 3 bis')
    expect(hasChanged(compared({}))).toBe(false)
  })

  it('say who caused each change, and who agreed', () => {
    const [, deleted, inserted] = changed.pieces
    expect(namesOf(inserted!)).toBe('KEN, EU')
    expect(saidOf(deleted!, NOW)).toEqual(['Facilitators’ text'])
    expect(saidOf(inserted!, NOW)[0]).toMatch(
      /^KEN \(Amina Otieno\), .*supported by EU; accepted by Co-Facilitators/,
    )
  })

  it('say so where nobody can be told any more', () => {
    expect(namesOf({ kind: 'deleted', text: 'x', causes: [] })).toBe('author not recorded')
  })
})
