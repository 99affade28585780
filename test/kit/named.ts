import { composeParagraph } from '#shared/document/composition/compose.ts'
import { NoteMarks } from '#shared/document/composition/note-marks.ts'
import { SCREEN } from '#shared/document/composition/notation.ts'
import { Proposals } from '#shared/document/composition/proposals.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { headOf } from '#shared/document/schema.ts'
import type { ProposalId } from '#shared/model/ids.ts'

/** The signs of one proposal's bracket, as they are composed: its names, and what they say. */
export function namedIn(od: OutcomeDocument, id: ProposalId): string {
  const proposals = new Proposals(od)
  const composition = {
    od,
    proposals,
    marks: new NoteMarks(od, proposals),
    view: 'all',
    participant: null,
    notation: SCREEN,
  } as const
  const { pieces } = composeParagraph(composition, headOf(od, id)!.paragraph)
  return pieces
    .filter((piece) => piece.kind === 'sign' && piece.proposal === id)
    .map(({ text }) => text)
    .join('')
}
