import type {
  BracketedText,
  ImportedPosition,
  ImportedProposal,
  ImportedRequest,
  ImportedStatements,
  ImportedStatus,
  ImportedWording,
} from '../model/import-brackets.ts'
import type { HostId, ParagraphId, ParticipantId, ProposalId, RandomBytes } from '../model/ids.ts'
import { newProposalId } from '../model/ids.ts'
import type { SourceSpans } from '../model/import.ts'
import type { Label } from '../model/label.ts'
import { labelInSeries, labelKey } from '../model/label-path.ts'
import { AS_RECEIVED } from '../model/participant.ts'
import type { PositionEntry, Stated } from '../model/proposals/position.ts'
import type { Anchor, NewBlock, ProposalKind } from '../model/proposals/proposal.ts'
import { cutQuote } from '../model/proposals/proposal.ts'
import type { Fingerprint } from '../model/proposals/wording.ts'
import { noteWords } from './proposed-words.ts'
import type { IssuedLabel } from './records.ts'
import { kindOfIssued, recordSet } from './records.ts'
import { markAt } from './follow/marked.ts'
import type { OutcomeDocument } from './schema.ts'
import { addProposal, baseTextOf, isAgreedParagraph, paragraphFacts } from './schema.ts'
import { anchorAt, plainText } from './text/anchor.ts'
import { fingerprintOf } from './text/fingerprint.ts'

/** Stands for a wording of which it is not known how it read: no wording has this place. */
const EARLIER_WORDING = fingerprintOf({ struck: '', text: '', placing: -1 })

/** A text with the emphasis and the marks of footnotes in it. */
export interface HostSpans {
  readonly host: HostId
  readonly spans: SourceSpans
}

/** Where a block of a draft went: its own paragraph, or the one that it is proposed after. */
export interface PlacedBlock {
  readonly paragraph: ParagraphId
  /** Whether the block is proposed. */
  readonly proposed: boolean
  /** Which footnote it is, from 0. Absent: it is none. */
  readonly note?: number
}

/**
 * Writes what the brackets of an imported text say into the document: proposals with their wordings, labels and
 * statements, requests, positions on paragraphs, and statuses. The records are those that admission and commands would
 * have written, but bear no person's name and are marked as received.
 */
export class Receiver {
  readonly #od: OutcomeDocument
  readonly #placed: readonly PlacedBlock[]
  readonly #random: RandomBytes
  readonly #at: number
  /** The texts of which the source says exactly where their emphasis and their marks are, in the order of the blocks. */
  readonly exact: HostSpans[] = []
  /** The paragraphs with a label, by its key. */
  readonly #byLabel = new Map<string, ParagraphId>()

  /** `placed`: for each block of the draft where it went. */
  constructor(od: OutcomeDocument, placed: readonly PlacedBlock[], random: RandomBytes, at: number) {
    this.#od = od
    this.#placed = placed
    this.#random = random
    this.#at = at
    for (const { paragraph, proposed } of placed) {
      const label = proposed ? null : paragraphFacts(od, paragraph)?.label
      if (label) this.#byLabel.set(labelKey(label), paragraph)
    }
  }

  /** `issued`: the label and the place that the block has in the draft. */
  receive(index: number, read: BracketedText, issued: IssuedLabel): void {
    const { paragraph, proposed } = this.#placed[index]!
    if (read.whole && proposed) {
      const behind = read.behind === undefined ? undefined : this.#placed[read.behind]
      const after = behind && !behind.proposed ? behind.paragraph : paragraph
      this.#propose(read.whole, after, issued, this.#blockOf(index, issued))
      return
    }
    const map = this.#od.paragraphs.get(paragraph)!
    if (read.former) map.set('former', read.former)
    if (read.vacant) map.set('vacant', true)
    const proposals = read.whole ? [{ ...read.whole, start: 0, end: 0 }] : read.proposals
    if (read.spans) this.exact.push({ host: paragraph, spans: read.spans })
    this.#proposals(paragraph, paragraph, read.base, proposals)
    for (const request of read.requests) this.#request(paragraph, read.base, request)
    this.#positions(paragraph, read.positions)
    if (read.status) this.#status(paragraph, read.status)
  }

  /** Writes a proposed paragraph, as an alternative where the paragraph of its number is there. */
  #propose(whole: ImportedWording, behind: ParagraphId, issued: IssuedLabel, block?: NewBlock): void {
    const to = this.#alternativeTo(issued.label)
    const paragraph = to ?? behind
    const kind = to ? 'alternative' : 'paragraph'
    const quote = to ? this.#baseOf(to) : ''
    const id = this.#add(kind, { kind: 'after', paragraph }, whole, quote, block)
    recordSet(this.#od, `label/${id}`, issued)
    this.#proposals(id, paragraph, whole.text, whole.amendments)
  }

  /** Returns what a proposed heading or footnote is; undefined for a paragraph. */
  #blockOf(index: number, issued: IssuedLabel): NewBlock | undefined {
    const { level = 0, label } = issued
    const { note } = this.#placed[index]!
    if (note === undefined)
      return kindOfIssued(issued) === 'heading'
        ? { kind: 'heading', level, ...(label?.division && { division: label.division }) }
        : undefined
    for (const { host, spans } of this.exact)
      for (const reference of spans.notes ?? []) {
        const mark = reference.note === note ? markAt(this.#od, host, reference.at) : null
        if (mark) return { kind: 'note', mark }
      }
    return undefined
  }

  #alternativeTo(label: Label | null): ParagraphId | null {
    if (!label?.alt) return null
    const to = this.#byLabel.get(labelKey(labelInSeries(label, label.number, label.suffix))) ?? null
    // An agreed paragraph takes no proposal.
    return to && !isAgreedParagraph(this.#od, to) ? to : null
  }

  #proposals(
    host: HostId,
    paragraph: ParagraphId,
    words: string,
    proposals: readonly ImportedProposal[],
  ): void {
    for (const proposal of proposals) {
      const { start, end } = proposal
      const anchor = anchorAt(this.#od, host, paragraph, start, end)
      const id = this.#add('text', anchor, proposal, words.slice(start, end))
      this.#proposals(id, paragraph, proposal.text, proposal.amendments)
    }
  }

  #request(paragraph: ParagraphId, base: string, request: ImportedRequest): void {
    const { kind, at } = request
    const other = request.other === null ? null : (this.#placed[request.other]?.paragraph ?? null)
    const anchor: Anchor =
      kind === 'split'
        ? anchorAt(this.#od, paragraph, paragraph, at, at)
        : {
            kind: 'whole',
            paragraph,
            other: kind === 'join' && other === null ? paragraph : other,
            ...(request.below ? { below: true as const } : {}),
            ...(request.under && this.#isParagraph(paragraph) && this.#isParagraph(other)
              ? { under: true as const }
              : {}),
          }
    const quote = kind === 'delete-paragraph' ? base : ''
    this.#add(kind, anchor, { ...request, text: '', amendments: [] }, quote)
  }

  /** Only a paragraph has paragraphs below it. */
  #isParagraph(id: ParagraphId | null): boolean {
    return id !== null && paragraphFacts(this.#od, id)?.kind === 'paragraph'
  }

  #add(
    kind: ProposalKind,
    anchor: Anchor,
    wording: ImportedWording,
    words: string,
    block?: NewBlock,
  ): ProposalId {
    const id = newProposalId(this.#random)
    const head = {
      kind,
      by: wording.by ?? AS_RECEIVED,
      person: '',
      createdAt: this.#at,
      paragraph: anchor.paragraph,
      quote: cutQuote(words),
      received: true,
      ...(block && { block }),
    } as const
    addProposal(this.#od, id, head, anchor, wording.text)
    if (wording.spans) this.exact.push({ host: id, spans: wording.spans })
    this.#statements(id, wording)
    return id
  }

  #statements(id: ProposalId, said: ImportedStatements): void {
    const { cosponsors, dissociated, positions, condition, by, earlier = [] } = said
    if (cosponsors.length + dissociated.length + positions.length === 0 && condition === null) return
    const wording = noteWords(this.#od, id)
    const stated = (participant: ParticipantId): Stated =>
      this.#stated(participant, earlier.includes(participant) ? EARLIER_WORDING : wording)
    if (cosponsors.length + dissociated.length > 0)
      recordSet(this.#od, `sponsors/${id}`, {
        cosponsors: cosponsors.map(stated),
        dissociated: dissociated.map(stated),
      })
    this.#positions(id, positions, wording)
    if (condition !== null)
      recordSet(this.#od, `condition/${id}`, { ...stated(by ?? AS_RECEIVED), text: condition, on: null })
  }

  #positions(on: HostId, positions: readonly ImportedPosition[], wording?: Fingerprint): void {
    if (positions.length === 0) return
    const words = wording ?? noteWords(this.#od, on)
    const entries = positions.map(({ by, position, earlier }): PositionEntry => ({
      ...this.#stated(by, earlier ? EARLIER_WORDING : words),
      position,
      earlier: [],
    }))
    recordSet(this.#od, `positions/${on}`, entries)
  }

  #stated(participant: ParticipantId, wording: Fingerprint): Stated {
    return { participant, person: '', at: this.#at, wording, received: true }
  }

  #status(paragraph: ParagraphId, { status, pending, placement, note }: ImportedStatus): void {
    const by = AS_RECEIVED
    const common = { status, by, person: '', at: this.#at, pending, placement, earlier: [] }
    recordSet(this.#od, `status/${paragraph}`, { ...common, ...(note === '' ? {} : { note }) })
  }

  #baseOf(paragraph: ParagraphId): string {
    const text = baseTextOf(this.#od, paragraph)
    return text ? plainText(text) : ''
  }
}
