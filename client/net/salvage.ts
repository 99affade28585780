import * as Y from 'yjs'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { baseTextOf, contentOf, headOf, paragraphFacts, paragraphsInOrder } from '#shared/document/schema.ts'
import type { HostId, ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { formatLabel } from '#shared/model/label.ts'
import type { Anchor, ProposalHead } from '#shared/model/proposal.ts'
import type { Ledger } from './ledger.ts'

/** Consecutive characters by their Yjs identity, so that what reaches the server after all is not offered again. */
export interface SalvagedRun {
  readonly client: number
  readonly clock: number
  readonly text: string
}

/** Words written here that the server did not take, as one stretch in one place. */
export interface SalvagedPiece {
  readonly host: HostId
  /** The paragraph's number as shown ("3 bis"), or its first words when it has none. */
  readonly paragraph: string
  /** What tells the place: the words a new proposal was on, otherwise the words right before. */
  readonly quote: string
  /** Empty for a proposal that only asked to delete `quote`. */
  readonly text: string
  readonly runs: readonly SalvagedRun[]
}

export interface Salvaged {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly code: string
  readonly message: string
  readonly pieces: readonly SalvagedPiece[]
}

const QUOTE = 60
const OPENING = 40

/**
 * All that stands in the document here and the server has not acknowledged: whatever is beyond the ledger is this
 * person's, because others' words come only through the server. `namedIn`: the document with the paragraphs.
 */
export function salvage(od: OutcomeDocument, ledger: Ledger, namedIn = od): SalvagedPiece[] {
  const pieces: SalvagedPiece[] = []
  for (const id of paragraphIds(od)) {
    const text = baseTextOf(od, id)
    if (text) pieces.push(...piecesOf(text, id, paragraphName(od, id), ledger))
  }
  for (const id of od.proposals.keys()) pieces.push(...ofProposal(od, id as ProposalId, ledger, namedIn))
  return pieces
}

/** Without what the server turned out to have; null when nothing is left. */
export const withoutKnown = (salvaged: Salvaged, ledger: Ledger): Salvaged | null =>
  without(salvaged, (client, clock) => ledger.holds(client, clock))

/** Without what is offered already; null when nothing is left. */
export function withoutOffered(salvaged: Salvaged, offered: readonly Salvaged[]): Salvaged | null {
  const signs = new Set<string>()
  for (const { client, clock, text } of offered.flatMap(({ pieces }) => pieces.flatMap(({ runs }) => runs)))
    for (let i = 0; i < text.length; i++) signs.add(`${client}:${clock + i}`)
  return without(salvaged, (client, clock) => signs.has(`${client}:${clock}`))
}

type Known = (client: number, clock: number) => boolean

/** The same object when nothing is taken away. */
function without(salvaged: Salvaged, known: Known): Salvaged | null {
  const pieces = salvaged.pieces.flatMap((piece) => {
    const runs = piece.runs.flatMap((run) => unknownRuns(run, known))
    const same = runs.length === piece.runs.length && runs.every((run, i) => run === piece.runs[i])
    if (same) return [piece]
    return runs.length === 0 ? [] : [{ ...piece, runs, text: join(runs) }]
  })
  const changed =
    pieces.length !== salvaged.pieces.length || pieces.some((piece, i) => piece !== salvaged.pieces[i])
  if (!changed) return salvaged
  return pieces.length === 0 ? null : { ...salvaged, pieces }
}

function unknownRuns(run: SalvagedRun, known: Known): SalvagedRun[] {
  const rest: SalvagedRun[] = []
  let from = 0
  for (let i = 0; i <= run.text.length; i++) {
    if (i < run.text.length && !known(run.client, run.clock + i)) continue
    if (i > from) rest.push({ client: run.client, clock: run.clock + from, text: run.text.slice(from, i) })
    from = i + 1
  }
  return rest.length === 1 && rest[0]?.text === run.text ? [run] : rest
}

/** In the order of the text, then those no longer shown: a word may stand in them all the same. */
function paragraphIds(od: OutcomeDocument): ParagraphId[] {
  const shown = paragraphsInOrder(od).map((facts) => facts.id)
  const known = new Set<string>(shown)
  const others = [...od.paragraphs.keys()].filter((id) => !known.has(id))
  return [...shown, ...(others as ParagraphId[])]
}

function ofProposal(
  od: OutcomeDocument,
  id: ProposalId,
  ledger: Ledger,
  namedIn: OutcomeDocument,
): SalvagedPiece[] {
  const text = contentOf(od, id)
  const head = headOf(od, id)
  const paragraph = paragraphName(namedIn, od.anchors.get(id)?.paragraph)
  if (!text || !isUnsent(od.proposals, id, ledger)) {
    return text ? piecesOf(text, id, paragraph, ledger) : []
  }
  const pieces = piecesOf(text, id, paragraph, ledger).map((piece) => ({ ...piece, quote: quoteOf(head) }))
  if (pieces.length > 0 || !asksToDelete(od.anchors.get(id))) return pieces
  return [{ host: id, paragraph, quote: quoteOf(head), text: '', runs: [] }]
}

const quoteOf = (head: ProposalHead | undefined): string => head?.quote ?? ''
const asksToDelete = (anchor: Anchor | undefined): boolean => anchor?.kind === 'range'

function isUnsent(map: Y.Map<Y.Map<unknown>>, key: string, ledger: Ledger): boolean {
  const item = map._map.get(key)
  return item !== undefined && !ledger.holds(item.id.client, item.id.clock)
}

function paragraphName(od: OutcomeDocument, id: ParagraphId | undefined): string {
  if (id === undefined) return ''
  const label = paragraphFacts(od, id)?.label
  if (label) return formatLabel(label)
  return plain(baseTextOf(od, id)).slice(0, OPENING)
}

/** Unsent characters of one text; characters that stand side by side make one piece. */
function piecesOf(text: Y.Text, host: HostId, paragraph: string, ledger: Ledger): SalvagedPiece[] {
  const pieces: SalvagedPiece[] = []
  let before = ''
  let runs: SalvagedRun[] = []
  const close = () => {
    if (runs.length > 0) pieces.push({ host, paragraph, quote: before.slice(-QUOTE), text: join(runs), runs })
    before += join(runs)
    runs = []
  }
  for (const { client, clock, text: chars } of visibleRuns(text)) {
    let next = 0
    const pass = (until: number) => {
      if (until <= next) return
      close()
      before += chars.slice(next, until)
    }
    for (const lacking of ledger.lacks(client, clock, clock + chars.length)) {
      const from = lacking.clock - clock
      pass(from)
      next = from + lacking.len
      runs.push({ client, clock: lacking.clock, text: chars.slice(from, next) })
    }
    pass(chars.length)
  }
  close()
  return pieces
}

function* visibleRuns(text: Y.Text): Generator<SalvagedRun> {
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    yield { client: item.id.client, clock: item.id.clock, text: item.content.str }
  }
}

const plain = (text: Y.Text | undefined): string => (text ? join([...visibleRuns(text)]) : '')

const join = (runs: readonly SalvagedRun[]): string => runs.map((run) => run.text).join('')
