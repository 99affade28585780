import { isChapeau } from '../model/paragraph.ts'
import type { ParagraphKind } from '../model/paragraph.ts'
import type { Affected, ProposalHead } from '../model/proposals/proposal.ts'
import type { Decision } from '../model/proposals/decision.ts'
import { isProposalId } from '../model/ids.ts'
import type { ProposalId } from '../model/ids.ts'
import { formatStep } from '../model/label.ts'
import type { Language } from '../model/language.ts'
import { stepsUp } from '../model/label-path.ts'
import type { Position } from '../model/proposals/position.ts'
import { proponentAndScribe } from './attribution.ts'
import type { ViewMode } from './composition/board.ts'
import type { Placed } from './composition/compose.ts'
import type { Block } from './composition/projection.ts'
import { Projection } from './composition/projection.ts'
import type { OutcomeDocument } from './schema.ts'
import { compareStrings, contentOf, headOf, paragraphFacts } from './schema.ts'
import { entriesOf, recordGet } from './records.ts'
import type { Fingerprint } from '../model/proposals/wording.ts'
import { isOnEarlier } from '../model/proposals/position.ts'
import { shownWith, standingOf } from './standing.ts'
import type { ProposalStanding } from './standing.ts'
import { cut, notedWords } from './proposed-words.ts'
import { plainText } from './text/anchor.ts'

export type ExportView = Extract<ViewMode, 'all' | 'clean' | 'base'>

export interface DocumentJson {
  readonly title: string
  readonly front: readonly string[]
  /** A BCP 47 tag; null when it is not known. */
  readonly language: Language | null
  readonly view: ExportView
  readonly paragraphs: readonly ParagraphJson[]
  /** Decided proposals with their attribution, oldest first. Only with the view `all`. */
  readonly decided?: readonly DecidedJson[]
}

export interface ParagraphJson {
  readonly id: string
  /** The full reference, such as "Article 9, paragraph 2 (a)"; null when it has no number. */
  readonly label: string | null
  /** The steps of the reference, the outermost first: ["Article 9", "2", "(a)"]. */
  readonly path: readonly string[]
  /** How deep it stands: 0 for a main paragraph; of headings 0 is the highest. */
  readonly level: number
  /** Of a cell: its row and its column in its table, from 1. */
  readonly cell?: { readonly row: number; readonly column: number; readonly header: boolean }
  /** The number it had before it was moved; null when it was not moved. */
  readonly former: string | null
  /** Whether its number is vacant until the next revision. */
  readonly vacant: boolean
  readonly kind: ParagraphKind
  /** Its language where it is not that of the document. */
  readonly language?: Language
  readonly chapeau: boolean
  /** The text as the view shows it; with literal brackets in the view `all`. */
  readonly text: string
  /** Whether it is a new paragraph that has not been accepted yet. */
  readonly proposed: boolean
  readonly proposals?: readonly ProposalJson[]
}

/** The proponent of a proposal and what others have said of it. */
interface StandingJson {
  /** Its present proponent. */
  readonly by: string
  /** Its author, where another delegation has taken it over. */
  readonly madeBy?: string
  /** Who wrote it down on the proponent's behalf. */
  readonly via?: string
  readonly cosponsors: readonly string[]
  readonly dissociated: readonly string[]
  readonly positions: readonly { readonly by: string; readonly position: Position }[]
  /** Statements about an earlier wording, and how that read. */
  readonly onEarlierWording?: readonly EarlierJson[]
  /** "Will be withdrawn if …" */
  readonly condition?: string
}

interface EarlierJson {
  readonly by: string
  readonly said: Position | 'cosponsor' | 'dissociate'
  readonly struck: string
  readonly text: string
}

export interface ProposalJson extends StandingJson {
  readonly id: ProposalId
  readonly person: string
  /** Null when it has not reached the server yet. */
  readonly createdAt: string | null
  readonly kind: ProposalHead['kind']
  readonly struck: string
  readonly text: string
  readonly affected: Affected['effect'] | null
  readonly amendments: readonly ProposalJson[]
}

export interface DecidedJson extends StandingJson {
  readonly id: ProposalId
  readonly text: string
  readonly quote: string
  readonly disposition: Decision['disposition']
  readonly decidedBy: string
  readonly person: string
  readonly at: string
}

export function exportJson(od: OutcomeDocument, view: ExportView = 'all'): DocumentJson {
  const projection = new Projection(od, view)
  const language = recordGet(od, 'language') ?? null
  const paragraphs = projection.blocks().map((block): ParagraphJson => {
    const { pieces, placed } = projection.composed(block)
    const text = pieces.map((piece) => piece.text).join('')
    return {
      id: block.id,
      label: block.label === '' ? null : block.label,
      path: pathOf(od, block),
      level: block.level,
      ...cellJson(block),
      former: block.former === '' ? null : block.former,
      vacant: block.vacant,
      kind: block.kind,
      ...(block.language && block.language !== language ? { language: block.language } : {}),
      chapeau: block.kind === 'paragraph' && isChapeau(text),
      text,
      proposed: block.proposal !== null,
      ...(view === 'all' ? { proposals: placed.map(proposalJson(od)) } : {}),
    }
  })
  projection.destroy()
  const title = recordGet(od, 'title') ?? ''
  const front = recordGet(od, 'front') ?? []
  return { title, front, language, view, paragraphs, ...(view === 'all' ? { decided: decidedJson(od) } : {}) }
}

const cellJson = ({ cell }: Block): Pick<ParagraphJson, 'cell'> =>
  cell ? { cell: { row: cell.row, column: cell.column, header: cell.header } } : {}

function pathOf(od: OutcomeDocument, { id }: Block): string[] {
  const label = isProposalId(id) ? recordGet(od, `label/${id}`)?.label : paragraphFacts(od, id)?.label
  return label ? [...stepsUp(label)].reverse().map(formatStep) : []
}

/** The words are cut like a quote, since a thousand ranges on one long wording would each repeat it. */
function standingJson(
  od: OutcomeDocument,
  id: ProposalId,
  { by: author }: ProposalHead,
  wording: Fingerprint | null,
): StandingJson {
  const { proponent, sponsorship, positions, condition } = standingOf(od, id)
  const earlier = onEarlier(od, id, { sponsorship, positions }, wording)
  const via = proponentAndScribe(od, id)?.via
  return {
    by: proponent,
    ...(proponent === author ? {} : { madeBy: author }),
    ...(via === undefined ? {} : { via }),
    cosponsors: sponsorship.cosponsors.map(({ participant }) => participant),
    dissociated: sponsorship.dissociated.map(({ participant }) => participant),
    positions: positions.flatMap(({ participant: by, position }) => (position ? [{ by, position }] : [])),
    ...(earlier.length > 0 ? { onEarlierWording: earlier } : {}),
    ...(condition ? { condition: condition.text } : {}),
  }
}

function onEarlier(
  od: OutcomeDocument,
  id: ProposalId,
  { positions, sponsorship }: Pick<ProposalStanding, 'positions' | 'sponsorship'>,
  now: Fingerprint | null,
): EarlierJson[] {
  const all = [
    ...sponsorship.cosponsors.map((stated) => ({ stated, said: 'cosponsor' as const })),
    ...sponsorship.dissociated.map((stated) => ({ stated, said: 'dissociate' as const })),
    ...positions.flatMap((stated) => (stated.position ? [{ stated, said: stated.position }] : [])),
  ]
  return all
    .filter(({ stated }) => isOnEarlier(stated, now))
    .map(({ stated, said }) => {
      const { struck, text } = notedWords(od, id, stated.wording) ?? { struck: '', text: '' }
      return { by: stated.participant, said, struck, text }
    })
}

const proposalJson =
  (od: OutcomeDocument) =>
  ({ proposal, struck, text, amendments }: Placed): ProposalJson => {
    const { id, head, affected, standing } = proposal
    return {
      id,
      ...standingJson(od, id, head, shownWith(standing, { struck, text }).wording),
      person: head.person,
      createdAt: head.createdAt === null ? null : new Date(head.createdAt).toISOString(),
      kind: head.kind,
      struck: cut(struck),
      text,
      affected: affected?.effect ?? null,
      amendments: amendments.map(proposalJson(od)),
    }
  }

function decidedJson(od: OutcomeDocument): DecidedJson[] {
  const decided: DecidedJson[] = []
  for (const [id, decision] of entriesOf(od, 'decision')) {
    const head = headOf(od, id)
    const content = contentOf(od, id)
    const { disposition, by: decidedBy, person, at, wording = null } = decision
    if (!head || !content) continue
    const common = { id, ...standingJson(od, id, head, wording), text: plainText(content), quote: head.quote }
    decided.push({ ...common, disposition, decidedBy, person, at: new Date(at).toISOString() })
  }
  return decided.sort((a, b) => compareStrings(a.at, b.at) || compareStrings(a.id, b.id))
}
