import type { ParticipantId } from '#shared/model/ids.ts'
import type { Cause, ComparedParagraph, ComparedPiece } from '#shared/document/history/compared.ts'
import { nameOf } from '../state/names.ts'
import { strings } from '../strings.ts'
import { timeInFull } from '../words/time.ts'

/** Lists the changes between two compared texts in reading order, each with its causes. */

const words = strings.revisions

export interface Change {
  /** Its place among all changes. */
  readonly index: number
  readonly piece: ComparedPiece
  readonly paragraph: ComparedParagraph
}

export interface ComparedRow {
  readonly paragraph: ComparedParagraph
  readonly pieces: readonly { readonly piece: ComparedPiece; readonly change: Change | null }[]
}

/** Whether a paragraph has changed: its words, its place or its number. */
export const hasChanged = ({ change, was, now }: ComparedParagraph): boolean =>
  change !== 'same' || was !== now

export function rowsOf(paragraphs: readonly ComparedParagraph[], onlyChanged: boolean): ComparedRow[] {
  let index = 0
  return paragraphs
    .filter((paragraph) => !onlyChanged || hasChanged(paragraph))
    .map((paragraph) => ({
      paragraph,
      pieces: paragraph.pieces.map((piece) => ({
        piece,
        change: piece.kind === 'same' ? null : { index: index++, piece, paragraph },
      })),
    }))
}

export const changesOf = (rows: readonly ComparedRow[]): readonly Change[] =>
  rows.flatMap(({ pieces }) => pieces.flatMap(({ change }) => change ?? []))

/** The names that stand behind a change: "KEN, EU". */
export function namesOf({ causes }: ComparedPiece): string {
  if (causes.length === 0) return words.unknown
  return [...new Set(causes.map((cause) => nameOf(cause.by)))].join(', ')
}

/** All that is known of why a change was made, a sentence for each cause. */
export function saidOf(piece: ComparedPiece, now: number): readonly string[] {
  return piece.causes.map((cause) => saidOfCause(cause, now))
}

const withPerson = (by: ParticipantId, person: string): string =>
  person && person !== by ? `${nameOf(by)} (${person})` : nameOf(by)

function saidOfCause(cause: Cause, now: number): string {
  if (cause.proposal === null) return words.facilitators
  const who = withPerson(cause.by, cause.person)
  const asked = cause.proposedAt === null ? who : `${who}, ${timeInFull(cause.proposedAt, now)}`
  const decided =
    cause.disposition !== null && cause.decidedBy !== null
      ? [
          words.decidedBy(
            strings.dispositions[cause.disposition],
            withPerson(cause.decidedBy, cause.decidedPerson),
          ),
          cause.decidedAt === null ? '' : timeInFull(cause.decidedAt, now),
        ]
          .filter(Boolean)
          .join(', ')
      : ''
  const takenOver =
    cause.takenOverBy.length > 0 ? words.takenOverBy(cause.takenOverBy.map(nameOf).join(', ')) : ''
  const support =
    cause.supporters.length > 0 ? words.supportedBy(cause.supporters.map(nameOf).join(', ')) : ''
  return [asked, takenOver, support, decided].filter(Boolean).join('; ')
}

/** "new paragraph", "moved: 7 is now 3 bis", "was 7"; empty when number and place have not changed. */
export function placementOf({ change, was, now }: ComparedParagraph): string {
  switch (change) {
    case 'added':
      return words.added
    case 'deleted':
      return words.deleted
    case 'moved':
      return words.moved(was ?? '', now ?? '')
    default:
      return was !== null && now !== null && was !== now ? words.renumbered(was) : ''
  }
}
