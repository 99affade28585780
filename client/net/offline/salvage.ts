import * as Y from 'yjs'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { baseTextOf, contentOf, headOf, paragraphFacts, paragraphsInOrder } from '#shared/document/schema.ts'
import type { HostId, ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import { formatLabel } from '#shared/model/label.ts'
import type { Anchor, ProposalHead } from '#shared/model/proposals/proposal.ts'
import { subtractRanges } from '../unsent/clock-ranges.ts'
import type { Ledger } from '../unsent/ledger.ts'

/** Consecutive characters with their Yjs ids, by which words that reach the server after all are recognised. */
export interface SalvagedRun {
  readonly client: number
  readonly clock: number
  readonly text: string
}

/** Words to offer back: consecutive characters that were typed, or deleted, in one place. */
export interface OfferedPiece {
  /** The paragraph's number as shown ("3 bis"), or its first words when it has none. */
  readonly paragraph: string
  /** Words that identify the place: for a new proposal those it stands on, otherwise those right before. */
  readonly quote: string
  /** The words typed. Empty for a proposal to delete `quote`, and for a deletion (`deleted`). */
  readonly text: string
  /** The characters of `text`; empty for words that never were in the document. */
  readonly runs: readonly SalvagedRun[]
  /** Characters whose deletion was refused, so that they are shown again. `quote` is their text. */
  readonly deleted?: readonly SalvagedRun[]
}

/** A piece that was written or deleted in a text of the document. */
export interface SalvagedPiece extends OfferedPiece {
  readonly host: HostId
}

/** The words that one refusal has cost, with the refusal's code and message. */
export interface Salvaged {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly code: string
  readonly message: string
  readonly pieces: readonly OfferedPiece[]
}

/** Most characters of a quote, and of a paragraph's first words. */
const QUOTE = 60
const OPENING = 40

/**
 * Everything that was written or deleted here and is beyond the ledger, in the order of the document. All of it is this
 * person's, because others' words arrive only through the server.
 *
 * `namedIn`: the document whose paragraphs name the places. `isAsked`: limits the result to some hosts.
 */
export function salvage(
  od: OutcomeDocument,
  ledger: Ledger,
  namedIn = od,
  isAsked: (host: HostId) => boolean = () => true,
): SalvagedPiece[] {
  const pieces: SalvagedPiece[] = []
  for (const id of paragraphIds(od)) {
    const text = isAsked(id) ? baseTextOf(od, id) : undefined
    if (text) pieces.push(...piecesOf(text, id, paragraphName(od, id), ledger))
  }
  for (const id of od.proposals.keys())
    if (isAsked(id as ProposalId)) pieces.push(...ofProposal(od, id as ProposalId, ledger, namedIn))
  return pieces
}

/** Pieces without words, one for each host: for rejected changes of emphasis or of an anchor. */
export const wordless = (
  od: OutcomeDocument,
  hosts: ReadonlySet<HostId | null>,
  namedIn: OutcomeDocument,
): SalvagedPiece[] =>
  [...hosts].flatMap((host) => {
    const paragraph = isProposalId(host) ? od.anchors.get(host)?.paragraph : (host ?? undefined)
    return host === null
      ? []
      : [{ host, paragraph: paragraphName(namedIn, paragraph), quote: '', text: '', runs: [] }]
  })

/** The entry without words that the server turned out to have; null when nothing is left. */
export const withoutKnown = (salvaged: Salvaged, ledger: Ledger): Salvaged | null =>
  without(salvaged, {
    written: (client, clock) => ledger.holds(client, clock),
    deleted: (client, clock) => Y.isDeleted(ledger.deleted(), Y.createID(client, clock)),
  })

/** The entry without words that other entries offer already; null when nothing is left. */
export function withoutOffered(salvaged: Salvaged, offered: readonly Salvaged[]): Salvaged | null {
  const pieces = offered.flatMap((one) => one.pieces)
  return without(salvaged, {
    written: among(pieces.flatMap(({ runs }) => runs)),
    deleted: among(pieces.flatMap(({ deleted = [] }) => deleted)),
  })
}

type IsKnown = (client: number, clock: number) => boolean

function among(runs: readonly SalvagedRun[]): IsKnown {
  const ids = new Set<string>()
  for (const { client, clock, text } of runs)
    for (let i = 0; i < text.length; i++) ids.add(`${client}:${clock + i}`)
  return (client, clock) => ids.has(`${client}:${clock}`)
}

/** The entry without known characters. The same object when there are none; null when nothing is left. */
function without(salvaged: Salvaged, known: { written: IsKnown; deleted: IsKnown }): Salvaged | null {
  const pieces = salvaged.pieces.flatMap((piece) => {
    const all = piece.deleted ?? piece.runs
    const rest = all.flatMap((run) => unknownRuns(run, piece.deleted ? known.deleted : known.written))
    if (rest.length === all.length && rest.every((run, i) => run === all[i])) return [piece]
    if (rest.length === 0) return []
    const text = join(rest)
    return [piece.deleted ? { ...piece, deleted: rest, quote: text } : { ...piece, runs: rest, text }]
  })
  const changed =
    pieces.length !== salvaged.pieces.length || pieces.some((piece, i) => piece !== salvaged.pieces[i])
  if (!changed) return salvaged
  return pieces.length === 0 ? null : { ...salvaged, pieces }
}

function unknownRuns(run: SalvagedRun, known: IsKnown): SalvagedRun[] {
  const rest: SalvagedRun[] = []
  let from = 0
  for (let i = 0; i <= run.text.length; i++) {
    if (i < run.text.length && !known(run.client, run.clock + i)) continue
    if (i > from) rest.push({ client: run.client, clock: run.clock + from, text: run.text.slice(from, i) })
    from = i + 1
  }
  return rest.length === 1 && rest[0]?.text === run.text ? [run] : rest
}

/** The paragraphs in the order of the text, then those that are not shown any more; they may hold unsent words too. */
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

/** The unsent words of one text. Adjacent characters make one piece. */
function piecesOf(text: Y.Text, host: HostId, paragraph: string, ledger: Ledger): SalvagedPiece[] {
  const pieces: SalvagedPiece[] = []
  let before = ''
  let written: SalvagedRun[] = []
  let deleted: SalvagedRun[] = []
  const closeWritten = () => {
    const words = join(written)
    if (words !== '')
      pieces.push({ host, paragraph, quote: before.slice(-QUOTE), text: words, runs: written })
    before += words
    written = []
  }
  const closeDeleted = () => {
    const quote = join(deleted)
    if (quote !== '') pieces.push({ host, paragraph, quote, text: '', runs: [], deleted })
    deleted = []
  }
  for (const { status, ...run } of runsOf(text, ledger)) {
    if (status === 'unsent') written.push(run)
    else closeWritten()
    if (status === 'deleted') deleted.push(run)
    else closeDeleted()
    if (status === 'known') before += run.text
  }
  closeWritten()
  closeDeleted()
  return pieces
}

interface Run extends SalvagedRun {
  /** `known`: shown, and known to the server. `unsent`: shown, and not known to it. `deleted`: deleted only here. */
  readonly status: 'known' | 'unsent' | 'deleted'
}

/** The characters of a text in order. Left out are deleted ones that the server never had, or has deleted too. */
function* runsOf(text: Y.Text, ledger: Ledger): Generator<Run> {
  for (let item = text._start; item !== null; item = item.right) {
    if (!(item.content instanceof Y.ContentString)) continue
    const { id, length, content } = item
    const run = (from: number, to: number, status: Run['status']): Run[] => {
      const chars = content.str.slice(from - id.clock, to - id.clock)
      return chars === '' ? [] : [{ client: id.client, clock: from, text: chars, status }]
    }
    const end = id.clock + length
    const unsent = ledger.lacks(id.client, id.clock, end)
    if (item.deleted) {
      const known = subtractRanges([{ clock: id.clock, len: length }], unsent)
      for (const { clock, len } of subtractRanges(known, ledger.deleted().clients.get(id.client) ?? []))
        yield* run(clock, clock + len, 'deleted')
      continue
    }
    let next = id.clock
    for (const { clock, len } of unsent) {
      yield* run(next, clock, 'known')
      yield* run(clock, clock + len, 'unsent')
      next = clock + len
    }
    yield* run(next, end, 'known')
  }
}

function plain(text: Y.Text | undefined): string {
  let words = ''
  for (let item = text?._start ?? null; item !== null; item = item.right)
    if (!item.deleted && item.content instanceof Y.ContentString) words += item.content.str
  return words
}

const join = (runs: readonly SalvagedRun[]): string => runs.map((run) => run.text).join('')
