import { expect, it } from 'vitest'
import type { Piece } from '#shared/document/compose.ts'
import { writePieces } from '#shared/formats/text-write.ts'
import type { ProposalId } from '#shared/model/ids.ts'

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
