import { expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Piece } from '#shared/document/composition/compose.ts'
import { addParagraph, openDocument } from '#shared/document/schema.ts'
import { recordSet } from '#shared/document/records.ts'
import { writePieces } from '#shared/formats/text/write-pieces.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { FACILITATORS } from '#shared/model/participant.ts'

const bracket = (words: string): Piece[] => {
  const proposal = 'q0000000000000000' as ProposalId
  return [
    { kind: 'sign', text: '[', within: [], proposal, sign: 'wording-start' },
    { kind: 'text', text: words, within: [proposal], struck: [], formats: [] },
    { kind: 'sign', text: ' – KEN]', within: [], proposal, sign: 'wording-end' },
  ]
}

it.each([
  ['an override', 'the \u202eevil', '\u202c'],
  ['an isolate', 'the \u2067evil', '\u2069'],
  ['several', '\u2067a\u202bb\u202ec', '\u202c\u202c\u2069'],
  ['an isolate that closed what was open in it', '\u2067a\u202eb\u2069c', ''],
  ['what was closed', '\u202bعربي\u202c \u2067عربي\u2069', ''],
  ['closing signs without any opening one', 'a\u2069b\u202cc', ''],
  ['no sign at all', 'مرحبا hello', ''],
])('a wording with %s turns no name that stands behind it', (_name, words, closed) => {
  expect(writePieces(bracket(words))).toBe(`[${words}${closed} – KEN]`)
})

it('7.2 an agreed paragraph says so behind its text, and whom it is pending on', () => {
  const od = openDocument(new Y.Doc())
  const step = { by: FACILITATORS, person: '', at: 0, earlier: [], placement: false }
  const [first, second, third] = ['1', '2', '3'].map((n) => `p000000000000000${n}` as ParagraphId)
  for (const [i, id] of [first!, second!, third!].entries())
    addParagraph(
      od,
      { id, kind: 'paragraph', order: `a${i}`, label: { number: i + 1, suffix: 0 } },
      'We meet.',
    )
  recordSet(od, `status/${first!}`, { ...step, status: 'agreed', pending: [] })
  recordSet(od, `status/${second!}`, {
    ...step,
    status: 'agreed-ad-ref',
    pending: ['KEN', 'EU'] as ParticipantId[],
  })
  recordSet(od, `status/${third!}`, { ...step, status: 'under-discussion', pending: [] })
  expect(writeText(od)).toBe(
    '1. We meet. (Agreed)\n\n2. We meet. [Agreed ad ref, pending KEN, EU]\n\n3. We meet.\n',
  )
  expect(writeText(od, 'clean')).not.toContain('Agreed')
})
