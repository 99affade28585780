import type { HostId, ParagraphId, ParticipantId, ProposalId } from '../../model/ids.ts'
import { isOnWords, isRequest } from '../../model/proposals/proposal.ts'
import type { ItemId } from '../../model/proposals/proposal.ts'
import type { ViewMode } from './board.ts'
import type { Probe, Span, TextRun } from '../text/anchor.ts'
import { plainText, probesOf, readHost, spanOf } from '../text/anchor.ts'
import type { Against } from './names.ts'
import type { Nesting, PlacedProposal } from './nest.ts'
import { nest } from './nest.ts'
import type { Notation } from './notation.ts'
import type { OpenProposal, Proposals } from './proposals.ts'
import type { NoteMarks, StandingMark } from './note-marks.ts'
import { markPieces } from './mark-pieces.ts'
import { wordEndIn } from '../text/word-end.ts'
import type { OutcomeDocument, TextFormat } from '../schema.ts'
import { baseTextOf } from '../schema.ts'
import { shownWith } from '../standing.ts'
import type { ShownStanding } from '../standing.ts'

/**
 * Composition makes one sequence of pieces out of base text and open proposals: text, and signs (literal brackets and
 * names). It is a pure function of the document and the view. The editor, the exports and the cards all use it.
 *
 *     insertion     [ wording – KEN]
 *     deletion      [ words – KEN, NOR delete]
 *     replacement   [ words – NOR delete / wording – KEN / other wording – JPN]
 *
 * What always holds:
 *
 * - Brackets nest. Proposals on exactly the same words share one bracket, and ranges that cross are cut at the crossing, so
 *   that no bracket can be misread. The wording of a cut proposal is shown with its last part.
 * - In the view `all`, every visible character of every shown host is in exactly one text piece, in the order of its host.
 * - Every open proposal that has words, deletes words or carries a flag is shown, in the view `all`. One whose words are
 *   gone is shown where they were, or at the end of the text.
 * - Signs and the marks of footnotes belong to no text and have no width: offsets in a host count text pieces alone.
 * - The mark of a footnote is directly behind the character that it was put behind, within the same brackets.
 */
export type Piece = ComposedText | SignPiece | MarkPiece

export interface ComposedText {
  readonly kind: 'text'
  readonly text: string
  /** The proposals whose wording this is part of, outermost first; empty for base text. */
  readonly within: readonly ProposalId[]
  /** The proposals that ask to delete this text. */
  readonly struck: readonly ProposalId[]
  readonly formats: readonly TextFormat[]
}

/** A bracket or names: characters on the screen that belong to no Y.Text, so the caret cannot stand in them. */
export interface SignPiece {
  readonly kind: 'sign'
  readonly text: string
  readonly within: readonly ProposalId[]
  /** The proposal that it belongs to. */
  readonly proposal: ProposalId
  /**
   * - `wording-start` and `wording-end` enclose a proposal's content;
   * - `range-start` and `range-end` enclose the words that it asks to delete or replace;
   * - `frame-start` and `frame-end` enclose a proposed new paragraph;
   * - `gone` stands for deleted words, and `request` for a proposal without a wording;
   * - `mark-start` and `mark-end` enclose the mark of a footnote that is proposed, or asked to be deleted.
   */
  readonly sign:
    | 'wording-start'
    | 'wording-end'
    | 'range-start'
    | 'range-end'
    | 'frame-start'
    | 'frame-end'
    | 'gone'
    | 'request'
    | 'mark-start'
    | 'mark-end'
}

/** The mark of a footnote. The caret cannot stand in it. */
export interface MarkPiece {
  readonly kind: 'mark'
  /** The number of the footnote, in superscript digits. */
  readonly text: string
  /** The footnote, or the proposal for it. */
  readonly note: HostId
  /** Whether it is of a footnote that is proposed to the room. */
  readonly isProposed: boolean
  readonly within: readonly ProposalId[]
  readonly struck: readonly ProposalId[]
}

/** A shown proposal with its host and its span in that text, for the cards. */
export interface Placed {
  readonly proposal: OpenProposal
  readonly host: HostId
  readonly span: Span
  readonly struck: string
  readonly text: string
  readonly depth: number
  readonly amendments: readonly Placed[]
}

export interface Composed {
  readonly pieces: readonly Piece[]
  /** The shown proposals in the order of the text; empty in views without brackets. */
  readonly placed: readonly Placed[]
}

export interface Composition {
  readonly od: OutcomeDocument
  readonly proposals: Proposals
  readonly marks: NoteMarks
  readonly view: ViewMode
  /** The participant whose brackets the view `mine` shows. */
  readonly participant: ParticipantId | null
  readonly notation: Notation
}

/**
 * Composes a paragraph: its base text with the proposals on it, then the requests about the paragraph as a
 * whole.
 */
export function composeParagraph(c: Composition, id: ParagraphId): Composed {
  const text = baseTextOf(c.od, id)
  if (!text) return { pieces: [], placed: [] }
  const pieces: Piece[] = []
  const placed = composeHost(c, id, text, { within: [], depth: 0, mine: false }, pieces)
  const asked = shownOn(c, id, false).filter(isWhole)
  if (c.view === 'clean' && asked.some(({ head }) => head.kind === 'delete-paragraph')) pieces.length = 0
  for (const proposal of asked) {
    const struck = proposal.head.kind === 'delete-paragraph' ? wordsAsked(c, proposal) : ''
    const standing = shownWith(proposal.standing, { struck, text: '' })
    if (c.view !== 'clean') pieces.push(requestSign(c, proposal, standing, [], pieces.at(-1)?.text ?? ' '))
    const span = { start: text.length, end: text.length }
    placed.push({ proposal, host: id, span, struck, text: '', depth: 0, amendments: [] })
  }
  return { pieces, placed }
}

/** The words of the paragraph that the request was made about, even when it is shown on another one. */
function wordsAsked({ od }: Composition, { anchor, head }: OpenProposal): string {
  const base = baseTextOf(od, anchor?.paragraph ?? head.paragraph)
  return base ? plainText(base) : ''
}

const isWhole = ({ anchor }: OpenProposal): boolean => anchor?.kind === 'whole'

function requestSign(
  c: Composition,
  proposal: OpenProposal,
  standing: ShownStanding,
  within: readonly ProposalId[],
  before: string,
): SignPiece {
  const bracket = c.notation.request(c.od, proposal, standing)
  const text = /(^|\s)$/u.test(before) ? bracket : ` ${bracket}`
  return { kind: 'sign', text, within, proposal: proposal.id, sign: 'request' }
}

/** Composes a proposed new paragraph, in a bracket of its own. */
export function composeNewParagraph(c: Composition, proposal: OpenProposal): Composed {
  const pieces: Piece[] = []
  const brackets = c.view !== 'clean'
  const common = { kind: 'sign', within: [], proposal: proposal.id } as const
  if (brackets) pieces.push({ ...common, sign: 'frame-start', text: '[' })
  const mine = proposal.standing.proponent === c.participant
  const amendments = composeHost(c, proposal.id, proposal.content, { within: [], depth: 1, mine }, pieces)
  const text = plainText(proposal.content)
  const standing = shownWith(proposal.standing, { struck: '', text })
  if (brackets)
    pieces.push({ ...common, sign: 'frame-end', text: `${c.notation.attributed(standing, text, 'delete')}]` })
  const placed: Placed = {
    proposal,
    host: proposal.head.paragraph,
    span: { start: 0, end: 0 },
    struck: '',
    text,
    depth: 0,
    amendments,
  }
  return { pieces, placed: [placed] }
}

/** Whether the view shows this proposed new paragraph at all. */
export function showsNewParagraph(c: Composition, proposal: OpenProposal): boolean {
  if (c.view === 'base' || isLeftOut(c, proposal)) return false
  // A clean text would have to show one of the two alternatives, and nobody has decided which.
  if (c.view === 'clean' && proposal.head.kind === 'alternative') return false
  if (proposal.anchor === null && !hasContent(c, proposal)) return false
  return c.view !== 'mine' || concerns(c, proposal, 0)
}

/** A clean text has no brackets to mark a private draft as one, so it leaves drafts out. */
const isLeftOut = (c: Composition, { standing }: OpenProposal): boolean =>
  c.view === 'clean' && standing.space !== null

interface Around {
  readonly within: readonly ProposalId[]
  readonly depth: number
  /** True inside a bracket of the view's own participant: everything in there is shown. */
  readonly mine: boolean
}

/** Whether the view shows any words of the proposal's wording, or any proposal on it. */
function hasContent(c: Composition, proposal: OpenProposal): boolean {
  return proposal.content.length > 0 || c.proposals.on(proposal.id).some((on) => isVisible(c, on))
}

/** An insertion that was emptied is not shown. A deletion and a flagged proposal are shown without any wording. */
function isVisible(c: Composition, proposal: OpenProposal): boolean {
  if (isRequest(proposal.head.kind)) return proposal.anchor !== null
  if (proposal.affected !== null || proposal.anchor?.kind === 'range') return true
  return hasContent(c, proposal)
}

/**
 * Up to which depth nested proposals are searched. It is more than anybody can propose, because taking a
 * decision back can put a bracket around others, and none of these may disappear. Admission refuses cycles.
 */
const SHOWN_DEEP = 64

/** Whether the view `mine` shows a proposal: it is the participant's own, a draft, or holds one that is shown. */
function concerns(c: Composition, proposal: OpenProposal, depth: number): boolean {
  if (proposal.standing.proponent === c.participant || proposal.standing.space !== null) return true
  return depth < SHOWN_DEEP && c.proposals.on(proposal.id).some((on) => concerns(c, on, depth + 1))
}

/** The proposals on a host that the view shows. */
const shownOn = (c: Composition, host: HostId, mine: boolean): readonly OpenProposal[] =>
  c.view === 'base'
    ? []
    : c.proposals
        .on(host)
        .filter(
          (p) => isVisible(c, p) && !isLeftOut(c, p) && (c.view !== 'mine' || mine || concerns(c, p, 0)),
        )

function composeHost(
  c: Composition,
  host: HostId,
  text: Parameters<typeof readHost>[0],
  around: Around,
  out: Piece[],
): Placed[] {
  const shown = around.depth > SHOWN_DEEP ? [] : shownOn(c, host, around.mine).filter((p) => !isWhole(p))
  const probes = shown.map(({ anchor }) => (anchor && isOnWords(anchor) ? probesOf(anchor) : []))
  const marks = c.marks.on(host)
  const probed = [...probes.flat(), ...marks.flatMap(({ item }) => aroundItem(item))]
  const { runs, offsets, length } = readHost(text, probed)
  let next = 0
  const stretches: PlacedProposal[] = shown.map((proposal, i) => {
    const own = offsets.slice(next, (next += probes[i]!.length))
    const { anchor } = proposal
    const span = anchor && isOnWords(anchor) && anchor.host === host ? spanOf(anchor, own) : null
    // A proposal whose anchor is gone, or does not resolve in this text, is shown at the end of the text.
    return { proposal, ...(span ?? { start: length, end: length }) }
  })
  const read = runs.map((run) => run.text).join('')
  const shownMarks = marks.flatMap((mark, i): ShownMark[] => {
    const [start, end] = offsets.slice(next + 2 * i)
    return start != null && end != null && end > start ? [{ ...mark, at: wordEndIn(read, end) }] : []
  })
  const writer = new HostWriter(c, host, { runs, marks: shownMarks.sort((a, b) => a.at - b.at) }, around, out)
  writer.write(0, length, nest(stretches))
  return writer.placed.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
}

/** A mark with the offset behind which it stands. */
type ShownMark = StandingMark & { readonly at: number }

const aroundItem = (item: ItemId): Probe[] => [
  { item, side: 'before' },
  { item, side: 'after' },
]

const NOT_STRUCK: readonly ProposalId[] = []

/** Writes the pieces of one host's text with its brackets, from its start to its end. */
class HostWriter {
  readonly placed: Placed[] = []
  readonly #c: Composition
  readonly #host: HostId
  readonly #runs: readonly TextRun[]
  readonly #marks: readonly ShownMark[]
  readonly #around: Around
  readonly #out: Piece[]
  #run = 0
  #mark = 0

  constructor(
    c: Composition,
    host: HostId,
    { runs, marks }: { readonly runs: readonly TextRun[]; readonly marks: readonly ShownMark[] },
    around: Around,
    out: Piece[],
  ) {
    this.#c = c
    this.#host = host
    this.#runs = runs
    this.#marks = marks
    this.#around = around
    this.#out = out
  }

  /**
   * Writes the text from `from` to `to` with the brackets in it. The brackets lie in that span, in order, without
   * overlap. `struck`: the proposals of the enclosing brackets, which ask to delete this text.
   */
  write(from: number, to: number, nested: readonly Nesting[], struck = NOT_STRUCK): void {
    let at = from
    for (const entry of nested) {
      this.#text(at, entry.start, struck)
      if (entry.kind === 'point') this.#insertion(entry.proposal, entry.span)
      else this.#range(entry, struck)
      at = entry.end
    }
    this.#text(at, to, struck)
  }

  /**
   * Writes one bracket: the words it is on with the brackets inside them, then the requests to delete these words,
   * then each other wording. A proposal that is cut by a crossing offers its wording in its last part only.
   */
  #range(entry: Extract<Nesting, { kind: 'range' }>, struck: readonly ProposalId[]): void {
    const { start, end, parts, inner } = entry
    const own = parts.map(({ proposal }) => proposal.id)
    if (this.#c.view === 'clean') {
      const first = parts[0]!
      if (first.last) this.#wording(first.proposal, first.span)
      return
    }
    const first = own[0]!
    this.#sign(first, 'range-start', '[')
    this.write(start, end, inner, [...struck, ...own])
    const asking = parts.filter(({ proposal, last }) => !(last && hasContent(this.#c, proposal)))
    const offering = parts.filter(({ proposal, last }) => last && hasContent(this.#c, proposal))
    // Where only one other wording is offered, those who oppose it are shown as retaining the present words.
    const only = offering.length === 1 && asking.length === 0 ? offering[0] : undefined
    const asked = asking.map(({ proposal, span, last }) => ({
      standing: this.#standing(proposal, span),
      last,
    }))
    const alone = only ? this.#standing(only.proposal, only.span) : null
    const { text: behind, against } = this.#c.notation.behindWords(asked, alone, offering.length)
    if (offering.length === 0) this.#sign(first, 'range-end', `${behind}]`)
    let opening = `${behind} / `
    for (const [i, { proposal, span }] of offering.entries()) {
      this.#sign(proposal.id, 'wording-start', opening)
      const amendments = this.#content(proposal)
      const names = this.#attributed(proposal, span, against)
      // Each wording ends with a sign. Where nobody is named, that sign is the stroke before the next wording.
      const stroke = names === '' ? ' /' : ''
      this.#sign(proposal.id, 'wording-end', i === offering.length - 1 ? `${names}]` : names + stroke)
      opening = stroke === '' ? ' / ' : ' '
      this.#place(proposal, span, amendments)
    }
    for (const { proposal, span, last } of asking) if (last) this.#place(proposal, span, [])
  }

  /** Writes a proposal at a point: its wording in a bracket, or `[… – KEN delete]` for one whose words are gone. */
  #insertion(proposal: OpenProposal, span: Span): void {
    if (isRequest(proposal.head.kind)) return this.#request(proposal, span)
    if (this.#c.view === 'clean') return this.#wording(proposal, span)
    let amendments: Placed[] = []
    const standing = this.#standing(proposal, span)
    if (hasContent(this.#c, proposal)) {
      this.#sign(proposal.id, 'wording-start', '[')
      amendments = this.#content(proposal)
      this.#sign(proposal.id, 'wording-end', `${this.#attributed(proposal, span, 'delete')}]`)
    } else {
      const { text } = this.#c.notation.behindWords([{ standing, last: true }], null, 0)
      this.#sign(proposal.id, 'gone', `[…${text}]`)
    }
    this.#place(proposal, span, amendments)
  }

  #request(proposal: OpenProposal, span: Span): void {
    const { view } = this.#c
    const before = this.#out.at(-1)?.text ?? ' '
    if (view !== 'clean') {
      const sign = requestSign(this.#c, proposal, this.#standing(proposal, span), this.#around.within, before)
      // The sign is separated by a space from the words before it, or at the start of the text from those
      // behind it.
      this.#out.push(sign.text.startsWith(' ') ? sign : { ...sign, text: `${sign.text} ` })
    }
    this.#place(proposal, span, [])
  }

  /** Writes the wording without brackets, as if it were accepted. */
  #wording(proposal: OpenProposal, span: Span): void {
    this.#place(proposal, span, this.#content(proposal))
  }

  /** Writes the proposed wording with its amendments. Returns these, for the cards. */
  #content(proposal: OpenProposal): Placed[] {
    const { within, depth, mine } = this.#around
    const inside: Around = {
      within: [...within, proposal.id],
      depth: depth + 1,
      mine: mine || proposal.standing.proponent === this.#c.participant,
    }
    return composeHost(this.#c, proposal.id, proposal.content, inside, this.#out)
  }

  /** Records that the proposal is shown here. */
  #place(proposal: OpenProposal, span: Span, amendments: readonly Placed[]): void {
    const struck = this.#slice(span.start, span.end)
    const text = plainText(proposal.content)
    this.placed.push({
      proposal,
      host: this.#host,
      span,
      struck,
      text,
      depth: this.#around.depth,
      amendments,
    })
  }

  #attributed(proposal: OpenProposal, span: Span, against: Against): string {
    const standing = this.#standing(proposal, span)
    return this.#c.notation.attributed(standing, plainText(proposal.content), against)
  }

  /** What the room has said of the proposal, compared with the wording that it has now. */
  #standing({ standing, content, head }: OpenProposal, span: Span): ShownStanding {
    const struck = isRequest(head.kind) ? '' : this.#slice(span.start, span.end)
    return shownWith(standing, { struck, text: plainText(content) })
  }

  #slice(from: number, to: number): string {
    if (from >= to) return ''
    return this.#runs
      .map((run) => run.text.slice(Math.max(0, from - run.from), Math.max(0, to - run.from)))
      .join('')
  }

  #sign(proposal: ProposalId, sign: SignPiece['sign'], text: string): void {
    const shown = sign === 'wording-end' || sign === 'range-end' ? this.#spaced(text) : text
    this.#out.push({ kind: 'sign', text: shown, within: this.#around.within, proposal, sign })
  }

  /**
   * A space that was typed at the end of a wording serves as the space before the dash. Then the bracket needs
   * one behind it, to be separated from the following word.
   */
  #spaced(text: string): string {
    const last = this.#out.at(-1)
    if (last?.kind !== 'text' || !last.text.endsWith(' ')) return text
    if (text === ']') return '] '
    if (!text.startsWith(' ')) return text
    return text.endsWith(']') ? `${text.slice(1)} ` : text.slice(1)
  }

  #marksAt(at: number, struck: readonly ProposalId[]): void {
    const { within, mine } = this.#around
    for (const mark of this.#marks)
      if (mark.at === at)
        this.#out.push(...markPieces(this.#c, mark, { within, mine, struck }, this.#out.at(-1)))
  }

  /** The calls go through the text from start to end, so the run is searched from where the last call ended. */
  #text(from: number, to: number, struck: readonly ProposalId[]): void {
    let at = from
    while (at < to) {
      while (this.#runs[this.#run]!.from + this.#runs[this.#run]!.text.length <= at) this.#run++
      const run = this.#runs[this.#run]!
      while ((this.#marks[this.#mark]?.at ?? Infinity) <= at) this.#mark++
      const mark = this.#marks[this.#mark]?.at ?? Infinity
      const end = Math.min(to, run.from + run.text.length, mark)
      const text = run.text.slice(at - run.from, end - run.from)
      this.#out.push({ kind: 'text', text, within: this.#around.within, struck, formats: run.formats })
      at = end
      if (at === mark) this.#marksAt(at, struck)
    }
  }
}
