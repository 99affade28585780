import type { Node } from 'prosemirror-model'
import type * as Y from 'yjs'
import { anchorAt, plainText, resolveAnchor } from '#shared/document/text/anchor.ts'
import type { TextPiece } from '#shared/model/proposals/decision.ts'
import type { HostPlace } from '#shared/document/follow/caret-place.ts'
import { forward } from '#shared/document/follow/forward.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { isChapeau } from '#shared/model/paragraph.ts'
import {
  addProposal,
  anchorOf,
  baseTextOf,
  documentsOf,
  holderOf,
  hostText,
} from '#shared/document/schema.ts'
import { takesBehind } from '#shared/document/tables.ts'
import { insertPieces, lengthOf, piecesBetween, plain } from '#shared/document/text/wording.ts'
import type { Projection } from '#shared/document/composition/projection.ts'
import type { HostId, ParagraphId, ParticipantId, ProposalId, RandomBytes } from '#shared/model/ids.ts'
import { isProposalId, newProposalId } from '#shared/model/ids.ts'
import { lastOf } from '#shared/model/characters/character-context.ts'
import type { AskedBlock } from '#shared/model/proposals/proposal.ts'
import { CONTENT_LIMIT, cutQuote, isOnWords } from '#shared/model/proposals/proposal.ts'
import { withStranded } from '#shared/model/characters/stranded.ts'
import { stripPieces, stripText } from '#shared/model/characters/text-policy.ts'
import type { OnNotTyped } from './contract.ts'
import type { OwnSpan } from './rights/own.ts'
import { ownSpans } from './rights/own.ts'
import { livePlace } from './live-place.ts'
import { covered, placeAt, signOf } from './places.ts'
import type { Access, Writer } from './rights/rights.ts'
import { accessTo, isLeaving, isSaidBy, isTooDeep, spaceFor } from './rights/rights.ts'

/** Each UTF-16 unit with its formats, for comparing wordings that are divided into pieces differently. */
const unitsOf = (pieces: readonly TextPiece[]): string =>
  JSON.stringify(
    pieces.flatMap(({ insert, attributes = {} }) =>
      insert.split('').map((unit) => [unit, Object.keys(attributes).sort()]),
    ),
  )

/** Context for stripping a quote: it is cut out of a text, so the characters beside it do not count. */
const CUT_OUT = { before: null, goesOn: true }

/** Where the caret should be put. `lean`: on which side of the bracket signs that stand at this index. */
export interface CaretTarget {
  readonly host: HostId
  readonly index: number
  readonly lean: 'left' | 'right'
}

/** One gesture in one shown paragraph: the range between two offsets is replaced by pieces. */
export interface Edit {
  readonly block: Node
  readonly from: number
  readonly to: number
  readonly pieces: readonly TextPiece[]
  /** Whether a deletion leaves the caret at the left of what was struck (Backspace) or at the right (Delete). */
  readonly backwards: boolean
  /** Maps an index in a text as it is shown to one in the text as it is. They differ while a block is held. */
  readonly carry?: (host: HostId, index: number) => number
}

const SAME = (_host: HostId, index: number): number => index

interface HostRange {
  readonly host: HostId
  readonly start: number
  readonly end: number
  readonly access: Access
}

/**
 * Turns gestures into operations on the Yjs types that the person may write to.
 *
 * Invariants:
 *
 * - Text with `direct` access is changed. On text with `propose` access a proposal is made or extended. Other text is
 *   never touched.
 * - A proposal is made in the private space that is written in, or in the room if none is; never in the other one.
 * - Adjacent gestures of one person make one bracket, not one for each key.
 * - Words that cannot be written (too long, too deep, paragraph gone, forbidden characters) are reported.
 * - The outcome must be admitted by the server, which applies the same rules.
 */
export class Operations {
  readonly #projection: Projection
  readonly #writer: Writer
  readonly #me: ParticipantId
  readonly #random: RandomBytes
  readonly #origin: object
  readonly #onNotTyped: OnNotTyped

  constructor(
    projection: Projection,
    writer: Writer & { readonly participant: ParticipantId },
    random: RandomBytes,
    origin: object,
    onNotTyped: OnNotTyped = () => {},
  ) {
    this.#onNotTyped = onNotTyped
    this.#projection = projection
    this.#writer = writer
    this.#me = writer.participant
    this.#random = random
    this.#origin = origin
  }

  /** Runs `run` in one transaction of each document (the room's and the private spaces'), with this person's origin. */
  transact<T>(run: () => T): T {
    const within = documentsOf(this.#projection.od).reduceRight<() => T>(
      (inner, { doc }) =>
        () =>
          doc.transact(inner, this.#origin),
      run,
    )
    return within()
  }

  /** Does a gesture, and returns where the caret should go. */
  edit(edit: Edit): CaretTarget {
    return this.transact(() => this.#edit(edit))
  }

  /** Whether words typed over this range can be written: where it begins, or else in place of something in it. */
  canInsert({ block, from, to, carry = SAME }: Omit<Edit, 'pieces' | 'backwards'>): boolean {
    const { host, index } = placeAt(block, from)
    const writer = this.#writerFor(host)
    const here = livePlace(this.#projection, host, carry(host, index))
    if (here && accessTo(this.#projection, writer, here.host) !== 'none') return true
    return this.#ranges(writer, block, from, to, carry).length > 0
  }

  /** Reports why words typed here cannot be written, if brackets are too deep; other reasons the caller knows. */
  explainRejection({ block, from }: Pick<Edit, 'block' | 'from'>): void {
    const { host } = placeAt(block, from)
    this.#sayIfTooDeep(this.#writerFor(host), host)
  }

  #sayIfTooDeep(writer: Writer, host: HostId): void {
    if (isTooDeep(this.#projection, writer, host)) this.#onNotTyped('too-deep')
  }

  /**
   * Proposes a new paragraph with this wording after the block's paragraph. Null when it is too long or has no place.
   */
  newParagraph(block: HostId, typed: readonly TextPiece[]): ProposalId | null {
    const pieces = this.#strip(typed, '')
    const proposals = this.#projection.proposals
    const of = isProposalId(block) ? proposals.get(block) : undefined
    const after = isProposalId(block) ? (of?.anchor ?? of?.head)?.paragraph : block
    if (!after || !takesBehind(this.#projection.od, after)) return null
    if (lengthOf(pieces) > CONTENT_LIMIT) {
      this.#onNotTyped('too-long')
      return null
    }
    const under = of === undefined && this.#isChapeauOfItems(after)
    const kind = under ? ({ kind: 'paragraph', under } as const) : undefined
    return this.#addBlock(spaceFor(this.#projection, this.#writer, block), after, pieces, kind)
  }

  /** Proposes a block of this kind behind a paragraph. Null when the words are too long or nothing may stand there. */
  newBlock(after: ParagraphId, block: AskedBlock, words: string): ProposalId | null {
    const pieces = this.#strip([{ insert: words }], '')
    if (!takesBehind(this.#projection.od, after) || lengthOf(pieces) === 0) return null
    if (lengthOf(pieces) > CONTENT_LIMIT) {
      this.#onNotTyped('too-long')
      return null
    }
    return this.#addBlock(spaceFor(this.#projection, this.#writer, after), after, pieces, block)
  }

  #addBlock(
    space: ParticipantId | null,
    after: ParagraphId,
    pieces: readonly TextPiece[],
    block: AskedBlock | undefined,
  ): ProposalId {
    return this.transact(() => {
      const id = newProposalId(this.#random)
      const head = {
        kind: 'paragraph',
        ...this.#head(after, space),
        quote: '',
        ...(block && { block }),
      } as const
      const content = addProposal(this.#in(space), id, head, { kind: 'after', paragraph: after }, '')
      insertPieces(content, 0, pieces)
      return id
    })
  }

  /** Whether a paragraph ends in a colon and others are below it: what is begun behind its words is the first of these. */
  #isChapeauOfItems(id: ParagraphId): boolean {
    const { od } = this.#projection
    const text = baseTextOf(od, id)
    if (!text || !isChapeau(plainText(text))) return false
    const shown = this.#projection.blocks().filter(({ proposal }) => proposal === null)
    const at = shown.findIndex((block) => block.id === id)
    const [own, next] = [shown[at], shown[at + 1]]
    return own !== undefined && next?.kind === 'paragraph' && next.level > own.level
  }

  /**
   * Takes back an own new paragraph without words, by deleting its anchor: without anchor and words it is not shown.
   * False when it has words or amendments, or is not the person's own.
   */
  takeBack(id: ProposalId): boolean {
    const proposal = this.#projection.proposals.get(id)
    if (!proposal || proposal.content.length > 0) return false
    if (accessTo(this.#projection, this.#writer, id) !== 'direct') return false
    if (this.#projection.proposals.on(id).length > 0) return false
    this.transact(() => holderOf(this.#projection.od, id).anchors.delete(id))
    return true
  }

  /** The document of a private space, or the room's for null. Throws when the space is not open. */
  #in(space: ParticipantId | null): OutcomeDocument {
    const { od } = this.#projection
    if (space === null) return od
    const opened = od.spaces?.find(({ participant }) => participant === space)
    // Falling back to the room would publish what is private.
    if (!opened) throw new Error(`the private space of ${space} is not open`)
    return opened.od
  }

  #head(paragraph: ParagraphId, space: ParticipantId | null) {
    const { via } = this.#writer
    const common = { by: space ?? this.#me, paragraph }
    return via === undefined || space !== null ? common : { ...common, via }
  }

  #text(host: HostId): Y.Text {
    const text = hostText(this.#projection.od, host)
    if (!text) throw new Error(`no text behind ${host}`)
    return text
  }

  /** The writer for input into a host as it was shown. Words meant for a draft stay private, even if it is gone now. */
  #writerFor(seen: HostId): Writer {
    return { ...this.#writer, space: spaceFor(this.#projection, this.#writer, seen) }
  }

  #edit({ block, from, to, pieces, backwards, carry = SAME }: Edit): CaretTarget {
    const seen = placeAt(block, from)
    const writer = this.#writerFor(seen.host)
    const struck = this.#ranges(writer, block, from, to, carry)
    const live = livePlace(this.#projection, seen.host, carry(seen.host, seen.index))
    if (!live) return this.#rejectAsGone(seen, pieces)
    const [first, second] = struck
    if (first && !second && to - from === first.end - first.start && this.#isSame(first, pieces))
      return { host: first.host, index: first.end, lean: 'right' }
    const here = this.#start(writer, live, struck)
    let at = here.index
    let caret: CaretTarget = { host: here.host, index: at, lean: 'left' }
    if (to > from && struck.length === 0 && pieces.length === 0) return besideSign(block, from, to, backwards)
    let target: ProposalId | null = null
    for (const range of struck) {
      if (range.access === 'direct') {
        const start = this.#delete(range, pieces)
        if (range.host === here.host) at = Math.min(at, start)
        if (range.host === here.host) caret = { ...caret, index: at }
        continue
      }
      const proposal = this.#strike(writer, range)
      if (range.host !== here.host) continue
      target = proposal
      caret = backwards
        ? { host: range.host, index: range.start, lean: 'left' }
        : { host: range.host, index: range.end, lean: 'right' }
    }
    if (pieces.length > 0) {
      if (target) caret = this.#append(target, pieces)
      else caret = this.#insert(writer, block, from, { host: here.host, index: at }, pieces)
    }
    return this.#leaveEmptied(caret)
  }

  /** Whether to put these pieces in place of a range would ask for nothing but the words that stand there. */
  #isSame({ host, access, start, end }: HostRange, pieces: readonly TextPiece[]): boolean {
    if (access !== 'propose') return false
    const text = this.#text(host)
    const { pieces: kept } = stripPieces(pieces, {
      before: lastOf(plainText(text).slice(0, start)),
      goesOn: true,
    })
    return unitsOf(piecesBetween(text, start, end)) === unitsOf(kept)
  }

  /** Deletes a range, and the joiners beside it that would be stranded without its letters. Returns where it began. */
  #delete({ host, start, end }: HostRange, put: readonly TextPiece[]): number {
    const text = this.#text(host)
    const words = plainText(text)
    const span = withStranded(words, { start, end }, plain(put))
    text.delete(span.start, span.end - span.start)
    return span.start
  }

  /** Reports words whose paragraph is gone. */
  #rejectAsGone({ host, index }: HostPlace, pieces: readonly TextPiece[]): CaretTarget {
    if (pieces.length > 0) this.#onNotTyped('gone', plain(pieces))
    return { host, index, lean: 'left' }
  }

  /**
   * Where typed words go: the start of the range, or if nothing may be written there, the first text that is changed.
   */
  #start(writer: Writer, here: HostPlace, [first]: readonly HostRange[]): HostPlace {
    if (!first || accessTo(this.#projection, writer, here.host) !== 'none') return here
    return { host: first.host, index: first.start }
  }

  /**
   * The ranges of a selection in texts that the writer may change or propose on; those to change directly come first.
   */
  #ranges(
    writer: Writer,
    block: Node,
    from: number,
    to: number,
    carry: (host: HostId, index: number) => number,
  ): HostRange[] {
    if (to <= from) return []
    const { ranges, whole } = covered(block, from, to)
    const skipped = new Set<HostId>(whole.filter((id) => accessTo(this.#projection, writer, id) !== 'direct'))
    const found: HostRange[] = []
    for (const [host, { start, end }] of ranges) {
      const access = accessTo(this.#projection, writer, host)
      // Another's bracket that lies wholly within the selection is left alone; it is decided on its own.
      if (access === 'none' || (access === 'propose' && skipped.has(host))) continue
      const range = { host, start: carry(host, start), end: carry(host, end), access }
      if (range.end > range.start) found.push(range)
    }
    return found.sort((a, b) => Number(a.access === 'propose') - Number(b.access === 'propose'))
  }

  /** Proposes the deletion of a range. Own deletions that touch it are merged with it into one bracket. */
  #strike(writer: Writer, { host, start, end }: HostRange): ProposalId | null {
    const own = this.#own(writer, host).filter((span) => span.range && span.end > span.start)
    const around = own.find((span) => span.start <= start && span.end >= end)
    if (around) return around.proposal.id
    const touching = own.filter((span) => span.start <= end && span.end >= start)
    const first = touching[0]
    if (!first) return this.#propose(writer, host, start, end)
    const from = Math.min(start, ...touching.map((span) => span.start))
    const to = Math.max(end, ...touching.map((span) => span.end))
    const paragraph = first.proposal.anchor!.paragraph
    const { od } = this.#projection
    const { anchors } = holderOf(od, first.proposal.id)
    anchors.set(first.proposal.id, anchorAt(od, host, paragraph, from, to))
    for (const { proposal } of touching.slice(1)) {
      // The first bracket covers its words now. It stays only if it has a wording or amendments of its own.
      if (proposal.content.length === 0 && this.#projection.proposals.on(proposal.id).length === 0)
        anchors.delete(proposal.id)
    }
    return first.proposal.id
  }

  /** The writer's own brackets on a host, in the document that is written in (the room or a private space). */
  #own(writer: Writer, host: HostId): OwnSpan[] {
    const space = spaceFor(this.#projection, writer, host)
    const said = space === null ? writer : { participant: space }
    const { od } = this.#projection
    const isOwn = (id: ProposalId): boolean => isSaidBy(od, id, said) && !isLeaving(od, id)
    return ownSpans(this.#projection, host, isOwn, space)
  }

  /** Makes a text proposal on a range of a host, with an empty wording. Null when the host is not shown. */
  #propose(writer: Writer, host: HostId, start: number, end: number): ProposalId | null {
    const { od, proposals } = this.#projection
    const block = proposals.blockOf(host)
    if (!block) return null
    const paragraph = isProposalId(block) ? proposals.get(block)!.head.paragraph : block
    const id = newProposalId(this.#random)
    const quote = cutQuote(plainText(this.#text(host)).slice(start, end))
    const space = spaceFor(this.#projection, writer, host)
    const head = {
      kind: 'text',
      ...this.#head(paragraph, space),
      quote: stripText(quote, 'line', CUT_OUT).text,
    } as const
    addProposal(this.#in(space), id, head, anchorAt(od, host, paragraph, start, end), '')
    return id
  }

  #append(id: ProposalId, pieces: readonly TextPiece[]): CaretTarget {
    return this.#put(id, this.#text(id).length, pieces)
  }

  /** Inserts pieces into a text that may be changed directly. */
  #put(host: HostId, at: number, typed: readonly TextPiece[]): CaretTarget {
    const text = this.#text(host)
    const pieces = this.#strip(typed, lastOf(plainText(text).slice(0, at)))
    if (text.length + lengthOf(pieces) > CONTENT_LIMIT) {
      this.#onNotTyped('too-long')
      return { host, index: at, lean: 'left' }
    }
    insertPieces(text, at, pieces)
    return { host, index: at + lengthOf(pieces), lean: 'left' }
  }

  /**
   * The pieces without characters that may stand in no text, given the character before; reports if some were
   * removed.
   */
  #strip(pieces: readonly TextPiece[], before: string): readonly TextPiece[] {
    const stripped = stripPieces(pieces, { before, goesOn: true })
    if (stripped.removed > 0) this.#onNotTyped('left-out')
    return stripped.pieces
  }

  /** Whether pieces can be inserted there without removing any character. */
  canInsertUnchanged(host: HostId, at: number, pieces: readonly TextPiece[]): boolean {
    const before = lastOf(plainText(this.#text(host)).slice(0, at))
    return stripPieces(pieces, { before, goesOn: true }).removed === 0
  }

  /** Inserts pieces: directly, into an own bracket beside, or as a new proposal. */
  #insert(
    writer: Writer,
    block: Node,
    offset: number,
    { host, index: at }: HostPlace,
    pieces: readonly TextPiece[],
  ): CaretTarget {
    const access = accessTo(this.#projection, writer, host)
    if (access === 'none') {
      this.#sayIfTooDeep(writer, host)
      return { host, index: at, lean: 'left' }
    }
    if (access === 'direct') return this.#put(host, at, pieces)
    const joined = this.#adjacent(writer, block, offset, host, at)
    if (joined) return this.#put(joined.id, joined.at, pieces)
    // Checked before the proposal is made, so that no empty bracket is left behind.
    if (lengthOf(pieces) > CONTENT_LIMIT) {
      this.#onNotTyped('too-long')
      return { host, index: at, lean: 'left' }
    }
    if (this.#strip(pieces, '').length === 0) return { host, index: at, lean: 'left' }
    const id = this.#propose(writer, host, at, at)
    return id ? this.#put(id, 0, pieces) : { host, index: at, lean: 'left' }
  }

  /** An own bracket at this place into which typed words go, and the index in it; null when there is none. */
  #adjacent(
    writer: Writer,
    block: Node,
    offset: number,
    host: HostId,
    at: number,
  ): { id: ProposalId; at: number } | null {
    const own = this.#own(writer, host)
    const ranges = own.filter((span) => span.range && span.end > span.start)
    const closing = ranges.find((span) => span.end === at) ?? own.find((span) => isPointAt(span, at))
    const after = signOf(block.childAfter(offset).node)
    if (after?.side === 'wording-start') {
      const opening = own.find((span) => span.proposal.id === after.id && isPointAt(span, at))
      if (opening) return { id: opening.proposal.id, at: 0 }
    }
    const start = ranges.find((span) => span.start === at && span.proposal.content.length === 0)
    const joined = closing ?? start
    return joined ? { id: joined.proposal.id, at: joined.proposal.content.length } : null
  }

  /** An emptied bracket is not shown any more, so a caret in it is moved to where the bracket stood. */
  #leaveEmptied(caret: CaretTarget): CaretTarget {
    if (!isProposalId(caret.host)) return caret
    const proposal = this.#projection.proposals.get(caret.host)
    const placed = anchorOf(this.#projection.od, caret.host)
    const anchor = placed && forward(this.#projection.od, placed)
    if (!proposal || !anchor || !isOnWords(anchor) || proposal.content.length > 0) return caret
    if (this.#projection.proposals.on(caret.host).length > 0) return caret
    const span = resolveAnchor(this.#projection.od, anchor)
    return span ? { host: anchor.host, index: span.end, lean: 'left' } : caret
  }
}

const isPointAt = (span: OwnSpan, at: number): boolean => span.start === span.end && span.start === at

/** The caret after a deletion that covers only signs: nothing is deleted, and the caret steps over them. */
function besideSign(block: Node, from: number, to: number, backwards: boolean): CaretTarget {
  const { host, index } = placeAt(block, backwards ? from : to)
  return { host, index, lean: backwards ? 'left' : 'right' }
}
