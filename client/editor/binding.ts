import type { Node } from 'prosemirror-model'
import type { EditorState, Transaction } from 'prosemirror-state'
import { TextSelection } from 'prosemirror-state'
import type { Changes, Projection } from '#shared/document/composition/projection.ts'
import type { HostId, ParticipantId, ProposalId, RandomBytes } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import { headOf } from '#shared/document/schema.ts'
import type { TextPiece } from '#shared/model/proposals/decision.ts'
import { lengthOf, plain } from '#shared/document/text/wording.ts'
import { Caret } from './carets/caret.ts'
import type { OnNotTyped } from './contract.ts'
import type { Change } from './input/change.ts'
import { changeOf } from './input/change.ts'
import { difference } from './draw/difference.ts'
import { Drawer } from './draw/draw.ts'
import { HeldBlock } from './input/held.ts'
import type { BlockRange } from './locate.ts'
import { blocksIn, childById, keepInBlock, positionOf, stepOverSigns } from './locate.ts'
import type { CaretTarget } from './operations.ts'
import { Operations } from './operations.ts'
import { isPatched, patch } from './draw/patch.ts'
import { covered, idOf, placeAt } from './places.ts'
import type { Writer } from './rights/rights.ts'
import { accessTo, isAgreedTo } from './rights/rights.ts'
import type { Author, Cause, Surface } from './surface.ts'
import { CAUSE, FOLLOW } from './surface.ts'
import type { Replacement } from './input/whole-words.ts'
import { wholeWords, widened } from './input/whole-words.ts'

export interface BindingOptions {
  readonly projection: Projection
  readonly actor: Writer
  /** False in views that are for reading; then the binding has no operations. */
  readonly editable: boolean
  /** The private space into which new proposals are written; null or absent: the room. */
  readonly space?: ParticipantId | null
  readonly random: RandomBytes
  /** The binding shown before, whose caret is taken over. */
  readonly former?: Binding | null
  /** Origin of this person's Yjs transactions; by default an object of the binding's own. */
  readonly origin?: object
  /** Called when typed words could not be written into the text. */
  readonly onNotTyped?: OnNotTyped | undefined
}

/**
 * Binds a ProseMirror document to the composed text.
 *
 *     a key → ProseMirror's transaction → operations on Yjs types → the block composed anew
 *             └ kept when it leads to the composed text (nearly always), else replaced by the difference
 *     a remote transaction → the blocks it touched composed anew → the difference, the caret kept by item ids
 *
 * Invariants:
 *
 * - After every task the shown document is exactly the composed text, except a paragraph that is held while an input
 *   method composes in it. Shown text is never read back, except the difference that a composition made.
 * - Nothing is written into a text to which the writer has no access; words that cannot be written are reported.
 * - The caret keeps the item ids beside it. Remote changes never move it to other characters.
 * - While the caret is lost (its paragraph is gone) nothing is typed.
 */
export class Binding {
  readonly projection: Projection
  /** The origin of this person's own transactions: what undo takes back. */
  readonly origin: object
  readonly operations: Operations | null
  readonly drawer: Drawer
  readonly #writer: Writer
  readonly #caret: Caret
  readonly #onNotTyped: OnNotTyped
  readonly #unsubscribe: () => void
  #surface: Surface | null = null
  #held: HeldBlock | null = null
  /** Changes that are not drawn yet: whether blocks came, went or moved, and the ids of changed blocks. */
  #structure = false
  #dirty = new Set<string>()
  /** Whether own operations are running, after which the caller draws. */
  #working = false
  /** Words typed since the caret was lost. */
  #strayWords = ''
  /** Words typed into an agreed paragraph since the caret was put there. */
  #rejectedWords = ''
  /** Numbers of ProseMirror's transactions that were kept and that were replaced. */
  readonly counts = { kept: 0, replaced: 0 }

  constructor(options: BindingOptions) {
    const { projection, actor, editable, space = null, random, origin, onNotTyped, former } = options
    this.projection = projection
    this.origin = origin ?? { kind: 'gesture' }
    this.#writer = { ...actor, space }
    const { participant } = actor
    this.drawer = new Drawer(projection, participant)
    this.operations =
      participant !== null && editable
        ? new Operations(projection, { ...actor, participant, space }, random, this.origin, onNotTyped)
        : null
    this.#caret = new Caret(projection, former ? former.#caret : null)
    this.#onNotTyped = onNotTyped ?? (() => {})
    this.#unsubscribe = projection.subscribe((changes) => this.#onChanges(changes))
  }

  get writer(): Writer {
    return this.#writer
  }

  /** The own selection as item ids, for others' screens; null when it is lost or in no text. */
  places(): ReturnType<Caret['places']> {
    return this.#caret.places()
  }

  /** Whether the caret has lost its place, so that nothing can be typed until the person chooses another. */
  get lost(): boolean {
    return this.#caret.lost
  }

  /**
   * Gives up a caret in a bracket after a change of the attribution policy: typing on would reveal whose bracket it
   * is.
   */
  giveUpBracket(): void {
    if (isProposalId(this.#caret.host)) this.#caret.giveUp()
  }

  /** Takes the shown position as chosen by the person, when the caret was lost. */
  chooseShownPlace(): void {
    if (this.#surface && this.#caret.lost) this.#caret.remember(this.#surface.state)
  }

  /** The present selection, or the range between two positions, kept by item ids; see {@link goTo}. */
  mark(from?: number, to = from): Caret {
    const caret = new Caret(this.projection, this.#caret)
    const state = this.#surface?.state
    if (state && from !== undefined)
      caret.remember({ doc: state.doc, selection: TextSelection.create(state.doc, from, to) })
    return caret
  }

  /** Moves the selection to a place from {@link mark}, of this binding or of one before it. */
  goTo(place: Caret): void {
    const surface = this.#surface
    if (!surface) return
    const { tr } = surface.state
    new Caret(this.projection, place).restore(tr)
    if (tr.selectionSet) this.#applySelection(surface, tr)
  }

  /** Connects the view, and restores the caret in it. */
  attach(surface: Surface): void {
    this.#surface = surface
    if (!this.#caret.known) return this.#caret.remember(surface.state)
    const { tr } = surface.state
    this.#caret.restore(tr)
    if (tr.selectionSet) surface.apply(tr)
  }

  destroy(): void {
    this.#unsubscribe()
    this.#surface = null
  }

  /** Id of the paragraph that is held for a composition; null when none is. */
  get held(): HostId | null {
    return this.#held?.id ?? null
  }

  /** Takes every transaction of the view. A correction by an aid becomes a proposal of whole words. */
  dispatch(tr: Transaction, author: Author = 'hand'): void {
    const surface = this.#surface
    if (!surface) return
    if (!tr.docChanged) {
      this.#applySelection(surface, tr)
      return
    }
    const change = changeOf(surface.state.doc, tr)
    // Nothing can be written: an empty transaction makes the view show the same text again.
    if (!change || !this.operations) surface.apply(surface.state.tr)
    else if (this.#caret.lost) this.#refuseStray(surface, change.lines)
    else if ((surface.composing || this.#held) && this.#compose(surface, tr, change)) return
    else this.#gesture(surface, tr, author === 'aid' ? this.#corrected(surface.state, change) : change)
  }

  /** Reports why words cannot be written. For an agreed paragraph all words typed since the caret was put there. */
  #explainRejection(
    operations: Operations,
    job: Pick<BlockRange, 'block' | 'from'>,
    pieces: readonly TextPiece[],
  ): void {
    operations.explainRejection(job)
    if (!isAgreedTo(this.projection, this.#writer, placeAt(job.block, job.from).host)) return
    this.#rejectedWords += plain(pieces)
    this.#onNotTyped('agreed', this.#rejectedWords)
  }

  /** Reports words that are typed while the caret is lost. */
  #refuseStray(surface: Surface, lines: readonly (readonly TextPiece[])[]): void {
    this.#strayWords += lines.map(plain).join(' ')
    this.#onNotTyped(this.#caret.givenUp ? 'renamed' : 'gone', this.#strayWords)
    surface.apply(surface.state.tr)
  }

  /** Proposes a new paragraph for each line after the caret's paragraph. False when that is not possible. */
  newParagraph(lines: readonly (readonly TextPiece[])[] = [[]]): boolean {
    this.settle()
    const surface = this.#surface
    const operations = this.operations
    if (!surface || !operations || this.#caret.lost) return false
    const { $from } = surface.state.selection
    if (!$from.parent.isTextblock || !this.#mayPropose(idOf($from.parent))) return false
    const wish = this.#work(() => {
      let last: ProposalId | null = null
      for (const line of lines) last = operations.newParagraph(idOf($from.parent), line) ?? last
      return last
    })
    if (!wish) return false
    this.#redraw(surface, { host: wish, index: this.#lengthOf(wish), lean: 'left' })
    return true
  }

  #lengthOf(id: ProposalId): number {
    return this.projection.proposals.get(id)?.content.length ?? 0
  }

  /** Takes back an own, empty new paragraph (Backspace at its start). False when the caret is in no such paragraph. */
  takeBack(): boolean {
    this.settle()
    const surface = this.#surface
    const block = surface?.state.selection.$from.parent
    const proposal = block && this.projection.proposals.get(idOf(block) as ProposalId)
    if (!surface || !proposal || !this.operations || this.#caret.lost) return false
    const { operations } = this
    if (!this.#work(() => operations.takeBack(proposal.id))) return false
    const host = proposal.head.paragraph
    this.#redraw(surface, { host, index: Number.MAX_SAFE_INTEGER, lean: 'right' })
    return true
  }

  /**
   * Pastes the first line in place of the selection and the others as new paragraphs. False when nothing was pasted.
   */
  paste(lines: readonly (readonly TextPiece[])[]): boolean {
    this.settle()
    const surface = this.#surface
    if (!surface || !this.operations) return false
    if (this.#caret.lost) {
      this.#refuseStray(surface, lines)
      return false
    }
    const { from, to } = surface.state.selection
    const [first = [], ...others] = lines
    if (lines.length === 0) return false
    this.#gesture(surface, null, { from, to, lines: [first] })
    return others.length === 0 || this.newParagraph(others)
  }

  /** Holds the caret's paragraph, because an input method begins to compose in it. */
  holdForComposition(): void {
    this.settle()
    const selection = this.#surface?.state.selection
    const block = selection?.$from.parent
    if (!selection || !block?.isTextblock || !this.operations || this.#caret.lost) return
    this.#held = new HeldBlock(this.projection.od, block)
    if (!selection.empty && selection.$from.sameParent(selection.$to))
      this.#held.selected = { from: selection.$from.parentOffset, to: selection.$to.parentOffset }
  }

  /** Notes the text that a composition ended with. It may include words that stood there before. */
  composed(text: string): void {
    if (this.#held) this.#held.text = text
  }

  /** Ends holding: the composed difference becomes operations, and changes by others are shown. */
  settle(): void {
    const held = this.#held
    const surface = this.#surface
    if (!held || !surface) return
    const { parent } = surface.state.selection.$head
    const away = !parent.isTextblock || idOf(parent) !== held.id
    const caretBefore = this.#shownCaret(surface)
    let wish: CaretTarget | null = null
    const block = childById(surface.state.doc, held.id)
    const change = block && difference(held.written.content, block.content)
    if (block && change && this.operations) {
      const { operations } = this
      const insert = block.textBetween(change.from, change.toB)
      const pieces = insert === '' ? [] : [{ insert }]
      const composed = this.#composed(held, { from: change.from, to: change.toA, pieces })
      const edit = { block: held.written, ...composed, backwards: true, carry: held.carry }
      // The paragraph may have been agreed meanwhile: report the words to their author.
      if (composed.pieces.length > 0 && !operations.canInsert(edit))
        this.#explainRejection(operations, edit, composed.pieces)
      wish = this.#work(() => operations.edit(edit))
    } else if (caretBefore) {
      const { host, index } = caretBefore
      wish = { host, index: held.carry(host, index), lean: 'left' }
    }
    this.#held = null
    this.#dirty.add(held.id)
    // The caret is already in another paragraph, and stays there.
    if (away) this.#caret.remember(surface.state)
    this.#redraw(surface, away ? null : wish)
  }

  /** Widens a composed change to the selection that it replaced and to whole words, or to the word that it composed again. */
  #composed({ written, selected, text }: HeldBlock, change: Replacement): Replacement {
    if (!this.#proposes(written, change)) return change
    const { from, to, pieces } = change
    if (selected && selected.from <= from && selected.to >= to) {
      const words = wholeWords(written, change)
      const range = { from: Math.min(selected.from, words.from), to: Math.max(selected.to, words.to) }
      return { ...range, pieces: widened(written, range.from, range.to, change) }
    }
    const anew = to > from ? pieces.length > 0 || text !== '' : lengthOf(pieces) < text.length
    return anew ? wholeWords(written, change) : change
  }

  /** Widens a correction, which ProseMirror reports as the differing letters, to whole words. */
  #corrected({ doc }: EditorState, change: Change): Change {
    const { from, to, lines } = change
    const [$from, $to] = [doc.resolve(from), doc.resolve(to)]
    const { parent } = $from
    if (lines.length !== 1 || !parent.isTextblock || !$from.sameParent($to)) return change
    const letters = { from: $from.parentOffset, to: $to.parentOffset, pieces: lines[0]! }
    if (!this.#proposes(parent, letters)) return change
    const { pieces, ...words } = wholeWords(parent, letters)
    return { from: $from.start() + words.from, to: $from.start() + words.to, lines: [pieces] }
  }

  /** Whether a replacement becomes a proposal. Only those are widened; direct changes stay as small as possible. */
  #proposes(block: Node, { from }: Replacement): boolean {
    return accessTo(this.projection, this.#writer, placeAt(block, from).host) === 'propose'
  }

  #shownCaret(surface: Surface) {
    const { $head } = surface.state.selection
    return $head.parent.isTextblock ? placeAt($head.parent, $head.parentOffset) : null
  }

  /**
   * Whether a new paragraph may be proposed after this one; also after an agreed one, whose words it leaves alone.
   */
  #mayPropose(block: HostId): boolean {
    const { projection } = this
    return accessTo(projection, this.#writer, block) !== 'none' || isAgreedTo(projection, this.#writer, block)
  }

  /** Runs own operations. Their changes are collected in `#structure` and `#dirty`; the caller draws them. */
  #work<T>(run: () => T): T {
    this.#working = true
    try {
      return run()
    } finally {
      this.#working = false
    }
  }

  /** Draws changes that did not come from own operations, and restores the caret. */
  #onChanges({ structure, blocks, transaction }: Changes): void {
    this.#structure ||= structure
    for (const id of blocks) this.#dirty.add(id)
    const surface = this.#surface
    if (this.#working || !surface) return
    const tr = this.#patched(surface)
    if (this.#held) keepInBlock(tr, surface.state, this.#held.id)
    else this.#caret.restore(tr)
    if (transaction.local && this.#caret.lost) this.#goOnBefore(tr)
    this.#strayWords = this.#caret.lost ? this.#strayWords : ''
    if (tr.docChanged || tr.selectionSet)
      surface.apply(tr.setMeta(CAUSE, 'remote' satisfies Cause).setMeta('origin', transaction.origin))
  }

  /** After undo took away the new paragraph with the caret, puts the caret at the end of the paragraph before it. */
  #goOnBefore(tr: Transaction): void {
    const { host } = this.#caret
    const head = host && isProposalId(host) ? headOf(this.projection.od, host) : undefined
    const wish = head && ({ host: head.paragraph, index: Number.MAX_SAFE_INTEGER, lean: 'right' } as const)
    const pos = wish ? positionOf(this.projection, tr.doc, wish) : null
    if (pos !== null) this.#remember(tr.setSelection(TextSelection.create(tr.doc, pos)))
  }

  /** A transaction that draws the collected changes. Changes of a held block stay collected. */
  #patched(surface: Surface): Transaction {
    const { tr } = surface.state
    const held = this.#held?.id ?? null
    const changes = { structure: this.#structure, dirty: this.#dirty }
    patch(tr, this.drawer, this.projection.blocks(), changes, held)
    const pending = held !== null && this.#dirty.has(held)
    // A held block that was removed disappears only when the composition ends, so the structure is drawn again then.
    this.#structure &&= held !== null
    this.#dirty = new Set(pending && held ? [held] : [])
    return tr
  }

  #applySelection(surface: Surface, tr: Transaction): void {
    if (tr.selectionSet) {
      this.#rejectedWords = ''
      stepOverSigns(tr, surface.state.selection.head)
      if (!this.#held) this.#remember(tr)
    }
    surface.apply(tr)
  }

  /** Call before the transaction is applied, because listeners of the view ask for the caret. */
  #remember(tr: Transaction): void {
    this.#strayWords = ''
    this.#caret.remember(tr)
  }

  /** Turns a change of the view into operations, and shows their outcome. `tr`: kept if it leads to the same text. */
  #gesture(surface: Surface, tr: Transaction | null, change: Change): void {
    const operations = this.operations!
    const { state } = surface
    const jobs = blocksIn(state.doc, change.from, change.to)
    const [first = [], ...others] = change.lines
    const backwards = !(
      state.selection.empty &&
      change.to > change.from &&
      state.selection.from === change.from
    )
    const taking = first.length > 0 ? jobs.findIndex((job) => operations.canInsert(job)) : 0
    if (taking >= 0) this.#rejectedWords = ''
    else if (jobs[0]) this.#explainRejection(operations, jobs[0], first)
    const wish = this.#work(() =>
      operations.transact(() => {
        const carets = jobs.map((job, i) =>
          operations.edit({ ...job, pieces: i === taking ? first : [], backwards }),
        )
        return carets[taking] ?? carets[0] ?? null
      }),
    )
    if (others.some((line) => line.length > 0)) {
      this.#redraw(surface, wish)
      this.newParagraph(others)
    } else if (tr && jobs.length === 1 && this.#isAsComposed(surface, tr)) {
      this.counts.kept++
      this.#structure = false
      this.#dirty.clear()
      this.#remember(tr)
      surface.apply(tr.setMeta(CAUSE, 'local' satisfies Cause))
    } else this.#redraw(surface, wish)
  }

  /** Whether ProseMirror's own transaction leads to exactly the composed text, so that it can be kept. */
  #isAsComposed({ state }: Surface, { doc }: Transaction): boolean {
    if (this.#structure) return false
    return isPatched(state.doc, doc, this.drawer, this.projection.blocks(), this.#dirty)
  }

  /** Draws the collected changes and puts the caret at `wish`, or back to where it was. */
  #redraw(surface: Surface, wish: CaretTarget | null): void {
    this.counts.replaced++
    const tr = this.#patched(surface)
    const pos = wish && positionOf(this.projection, tr.doc, wish)
    if (pos === null) this.#caret.restore(tr)
    else this.#remember(tr.setSelection(TextSelection.create(tr.doc, pos)))
    surface.apply(tr.setMeta(CAUSE, 'local' satisfies Cause).setMeta(FOLLOW, true))
  }

  /**
   * Takes one step of a composition. In text that the person may change directly it is written at once; elsewhere it
   * waits for the end. Input between the end and {@link settle} is part of it. False when the change leaves the held
   * block.
   */
  #compose(surface: Surface, tr: Transaction, change: Change): boolean {
    const $from = surface.state.doc.resolve(change.from)
    const $to = surface.state.doc.resolve(change.to)
    const block = $from.parent
    if (!block.isTextblock || !$from.sameParent($to)) return false
    const held = (this.#held ??= new HeldBlock(this.projection.od, block))
    if (held.id !== idOf(block)) return false
    const start = placeAt(block, $from.parentOffset)
    const hosts = [...covered(block, $from.parentOffset, $to.parentOffset).ranges.keys()]
    const direct =
      accessTo(this.projection, this.#writer, start.host) === 'direct' &&
      hosts.every((host) => host === start.host) &&
      this.operations!.canInsertUnchanged(
        start.host,
        held.carry(start.host, start.index),
        change.lines[0] ?? [],
      )
    if (!direct || held.deferred) held.deferred = true
    else this.#writeThrough(held, block, $from.parentOffset, $to.parentOffset, change)
    surface.apply(tr.setMeta(CAUSE, 'composing' satisfies Cause))
    if (!held.deferred) held.written = childById(surface.state.doc, held.id) ?? held.written
    return true
  }

  /** Writes one step of a composition, and records it so that {@link HeldBlock.carry} stays right. */
  #writeThrough(held: HeldBlock, block: Node, from: number, to: number, change: Change): void {
    const operations = this.operations!
    const pieces = change.lines[0] ?? []
    const { host, index } = placeAt(block, from)
    this.#work(() => operations.edit({ block, from, to, pieces, backwards: true, carry: held.carry }))
    const range = covered(block, from, to).ranges.get(host)
    const inserted = pieces.reduce((sum, piece) => sum + piece.insert.length, 0)
    held.record(host, index, range ? range.end - range.start : 0, inserted)
    this.#dirty.add(held.id)
  }
}
