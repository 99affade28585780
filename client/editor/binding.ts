import type { Node } from 'prosemirror-model'
import type { EditorState, Transaction } from 'prosemirror-state'
import { TextSelection } from 'prosemirror-state'
import type { Changes, Projection } from '#shared/document/composition/projection.ts'
import type { HostId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import { headOf } from '#shared/document/schema.ts'
import type { ParticipantId, ProposalId, RandomBytes } from '#shared/model/ids.ts'
import type { TextPiece } from '#shared/model/decision.ts'
import { lengthOf } from '#shared/document/text/wording.ts'
import { Caret } from './caret.ts'
import type { OnNotTyped } from './contract.ts'
import type { Change } from './change.ts'
import { changeOf } from './change.ts'
import { difference } from './difference.ts'
import { Drawer } from './draw.ts'
import { HeldBlock } from './held.ts'
import type { BlockRange } from './locate.ts'
import { blocksIn, childById, keepInBlock, positionOf, stepOverSigns } from './locate.ts'
import type { CaretWish } from './operations.ts'
import { Operations } from './operations.ts'
import { patch } from './patch.ts'
import { covered, idOf, placeAt } from './places.ts'
import type { Writer } from './rights.ts'
import { plain } from '#shared/document/text/wording.ts'
import { accessTo, isAgreedTo } from './rights.ts'
import type { Replacement } from './whole-words.ts'
import { wholeWords, widened } from './whole-words.ts'

/** What the binding needs of a ProseMirror view; tests give it a state and nothing else. */
export interface Surface {
  readonly state: EditorState
  readonly composing: boolean
  /** Applies a transaction as it is. */
  apply(tr: Transaction): void
}

export interface BindingOptions {
  readonly projection: Projection
  readonly actor: Writer
  /** False in views that are for reading. */
  readonly editable: boolean
  /** The private space that is written in; null or absent: what is typed is tabled. */
  readonly space?: ParticipantId | null
  readonly random: RandomBytes
  /** What was shown before: the caret stays where it was in it. */
  readonly former?: Binding | null
  /** Of this person's own transactions; absent: one of the binding's own. */
  readonly origin?: object
  /** What was typed is not in the text. */
  readonly onNotTyped?: OnNotTyped | undefined
}

/** How a transaction came about, for whoever watches them. */
export type Cause = 'local' | 'remote' | 'composing'
export const CAUSE = 'informals-cause'
/** Set on what the window should follow the caret for. */
export const FOLLOW = 'informals-follow'

/** Set on what a person did with keys. */
export const BY_HAND = 'informals-by-hand'
/** Who wrote something: the person, letter by letter or over what she selected; or a program that corrects her words. */
export type Author = 'hand' | 'aid'

/**
 * Binds a ProseMirror document to the composed text.
 *
 *     a key → ProseMirror's transaction → operations on Yjs types → the block composed anew
 *             └ kept as it is when both agree (nearly always), else replaced by the difference
 *     a remote transaction → the blocks it touched composed anew → the difference, the caret kept by identity
 *
 * Both happen at once, in the same task: the shown document is never behind the texts, except for a paragraph that is
 * held while an input method composes in it.
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
  #structure = false
  #dirty = new Set<string>()
  #working = false
  /** What was typed since the caret has lost its place. */
  #stray = ''
  /** What was typed into an agreed paragraph since the caret was put there. */
  #untaken = ''
  /** How many transactions were kept as they were, and how many were replaced. */
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

  /** The own selection as others may be shown it. */
  places(): ReturnType<Caret['places']> {
    return this.#caret.places()
  }

  /** Nothing is left of the paragraph that the caret was in: what is typed is not written. */
  get lost(): boolean {
    return this.#caret.lost
  }

  /** The round has changed: what was typed on in a bracket would tell whose it is. So a place must be chosen anew. */
  giveUpBracket(): void {
    if (isProposalId(this.#caret.host)) this.#caret.giveUp()
  }

  /** The person has put the caret where it is shown. */
  chooseShownPlace(): void {
    if (this.#surface && this.#caret.lost) this.#caret.remember(this.#surface.state)
  }

  /** A place by the identities of its characters: the selection, or what stands between two positions. */
  mark(from?: number, to = from): Caret {
    const caret = new Caret(this.projection, this.#caret)
    const state = this.#surface?.state
    if (state && from !== undefined)
      caret.remember({ doc: state.doc, selection: TextSelection.create(state.doc, from, to) })
    return caret
  }

  /** Puts the selection to a place that {@link mark} told, here or in what was shown before. */
  goTo(place: Caret): void {
    const surface = this.#surface
    if (!surface) return
    const { tr } = surface.state
    new Caret(this.projection, place).restore(tr)
    if (tr.selectionSet) this.#applySelection(surface, tr)
  }

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

  /** The held paragraph's id, while an input method composes. */
  get held(): HostId | null {
    return this.#held?.id ?? null
  }

  /** Every transaction of the view comes here. What an aid corrects in others' text becomes a proposal of whole words. */
  dispatch(tr: Transaction, author: Author = 'hand'): void {
    const surface = this.#surface
    if (!surface) return
    if (!tr.docChanged) {
      this.#applySelection(surface, tr)
      return
    }
    const change = changeOf(surface.state.doc, tr)
    // Nothing that may be written: the view is told to show what it showed.
    if (!change || !this.operations) surface.apply(surface.state.tr)
    else if (this.#caret.lost) this.#refuseStray(surface, change.lines)
    else if ((surface.composing || this.#held) && this.#compose(surface, tr, change)) return
    else this.#gesture(surface, tr, author === 'aid' ? this.#corrected(surface.state, change) : change)
  }

  /** A burst of keys does not stop in the moment in which the paragraph is agreed: all of it is told. */
  #explainRejection(
    operations: Operations,
    job: Pick<BlockRange, 'block' | 'from'>,
    pieces: readonly TextPiece[],
  ): void {
    operations.explainRejection(job)
    if (!isAgreedTo(this.projection, this.#writer, placeAt(job.block, job.from).host)) return
    this.#untaken += plain(pieces)
    this.#onNotTyped('agreed', this.#untaken)
  }

  #refuseStray(surface: Surface, lines: readonly (readonly TextPiece[])[]): void {
    this.#stray += lines.map(plain).join(' ')
    this.#onNotTyped(this.#caret.givenUp ? 'renamed' : 'gone', this.#stray)
    surface.apply(surface.state.tr)
  }

  /** Proposes a new paragraph for each line, after the one with the caret. */
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

  /** Backspace at the start of an own new paragraph that is empty. */
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

  /** Pastes: the first line in place of the selection, the others as new paragraphs. */
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

  holdForComposition(): void {
    this.settle()
    const selection = this.#surface?.state.selection
    const block = selection?.$from.parent
    if (!selection || !block?.isTextblock || !this.operations || this.#caret.lost) return
    this.#held = new HeldBlock(this.projection.od, block)
    if (!selection.empty && selection.$from.sameParent(selection.$to))
      this.#held.selected = { from: selection.$from.parentOffset, to: selection.$to.parentOffset }
  }

  /** A composition has ended with this text, of which some may have stood there before. */
  composed(text: string): void {
    if (this.#held) this.#held.text = text
  }

  /** The composition is over: what it came to becomes operations, and what was held back is shown. */
  settle(): void {
    const held = this.#held
    const surface = this.#surface
    if (!held || !surface) return
    const { parent } = surface.state.selection.$head
    const away = !parent.isTextblock || idOf(parent) !== held.id
    const caretBefore = this.#shownCaret(surface)
    let wish: CaretWish | null = null
    const block = childById(surface.state.doc, held.id)
    const change = block && difference(held.written.content, block.content)
    if (block && change && this.operations) {
      const { operations } = this
      const insert = block.textBetween(change.from, change.toB)
      const pieces = insert === '' ? [] : [{ insert }]
      const composed = this.#composed(held, { from: change.from, to: change.toA, pieces })
      const edit = { block: held.written, ...composed, backwards: true, carry: held.carry }
      // The paragraph was agreed meanwhile: its author is told the words.
      if (composed.pieces.length > 0 && !operations.takes(edit))
        this.#explainRejection(operations, edit, composed.pieces)
      wish = this.#work(() => operations.edit(edit))
    } else if (caretBefore) {
      const { host, index } = caretBefore
      wish = { host, index: held.carry(host, index), lean: 'left' }
    }
    this.#held = null
    this.#dirty.add(held.id)
    // Whoever has gone on elsewhere meanwhile is not called back.
    if (away) this.#caret.remember(surface.state)
    this.#redraw(surface, away ? null : wish)
  }

  /** What a composition has come to: it replaces what was selected, and where it went over a word anew, the word. */
  #composed({ written, selected, text }: HeldBlock, change: Replacement): Replacement {
    if (!this.#proposes(written, change)) return change
    const { from, to, pieces } = change
    if (selected && selected.from <= from && selected.to >= to)
      return { ...selected, pieces: widened(written, selected.from, selected.to, change) }
    const anew = to > from ? pieces.length > 0 || text !== '' : lengthOf(pieces) < text.length
    return anew ? wholeWords(written, change) : change
  }

  /** A correction, which ProseMirror reads as the letters that differ. */
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

  /** Whether a replacement becomes a proposal; what is written directly changes no more than it must. */
  #proposes(block: Node, { from }: Replacement): boolean {
    return accessTo(this.projection, this.#writer, placeAt(block, from).host) === 'propose'
  }

  #shownCaret(surface: Surface) {
    const { $head } = surface.state.selection
    return $head.parent.isTextblock ? placeAt($head.parent, $head.parentOffset) : null
  }

  #mayPropose(block: HostId): boolean {
    // After an agreed paragraph a new one may be proposed: that is none of its words.
    const { projection } = this
    return accessTo(projection, this.#writer, block) !== 'none' || isAgreedTo(projection, this.#writer, block)
  }

  /** Runs own operations; their changes are collected, and drawn by whoever called. */
  #work<T>(run: () => T): T {
    this.#working = true
    try {
      return run()
    } finally {
      this.#working = false
    }
  }

  #onChanges({ structure, blocks, transaction }: Changes): void {
    this.#structure ||= structure
    for (const id of blocks) this.#dirty.add(id)
    const surface = this.#surface
    if (this.#working || !surface) return
    const tr = this.#patched(surface)
    if (this.#held) keepInBlock(tr, surface.state, this.#held.id)
    else this.#caret.restore(tr)
    if (transaction.local && this.#caret.lost) this.#goOnBefore(tr)
    this.#stray = this.#caret.lost ? this.#stray : ''
    if (tr.docChanged || tr.selectionSet)
      surface.apply(tr.setMeta(CAUSE, 'remote' satisfies Cause).setMeta('origin', transaction.origin))
  }

  /** Whoever took her own new paragraph back goes on at the end of the one that it was put after. */
  #goOnBefore(tr: Transaction): void {
    const { host } = this.#caret
    const head = host && isProposalId(host) ? headOf(this.projection.od, host) : undefined
    const wish = head && ({ host: head.paragraph, index: Number.MAX_SAFE_INTEGER, lean: 'right' } as const)
    const pos = wish ? positionOf(this.projection, tr.doc, wish) : null
    if (pos !== null) this.#remember(tr.setSelection(TextSelection.create(tr.doc, pos)))
  }

  #patched(surface: Surface): Transaction {
    const { tr } = surface.state
    const held = this.#held?.id ?? null
    const changes = { structure: this.#structure, dirty: this.#dirty }
    patch(tr, this.drawer, this.projection.blocks(), changes, held)
    const pending = held !== null && this.#dirty.has(held)
    // A held block that is no more goes when the composition ends.
    this.#structure &&= held !== null
    this.#dirty = new Set(pending && held ? [held] : [])
    return tr
  }

  #applySelection(surface: Surface, tr: Transaction): void {
    if (tr.selectionSet) {
      this.#untaken = ''
      stepOverSigns(tr, surface.state.selection.head)
      if (!this.#held) this.#remember(tr)
    }
    surface.apply(tr)
  }

  /** Before it is shown: whoever is told of it asks where the caret is. */
  #remember(tr: Transaction): void {
    this.#stray = ''
    this.#caret.remember(tr)
  }

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
    const taking = first.length > 0 ? jobs.findIndex((job) => operations.takes(job)) : 0
    if (taking >= 0) this.#untaken = ''
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
    } else if (tr && jobs.length === 1 && this.#agrees(surface, tr)) {
      this.counts.kept++
      this.#structure = false
      this.#dirty.clear()
      this.#remember(tr)
      surface.apply(tr.setMeta(CAUSE, 'local' satisfies Cause))
    } else this.#redraw(surface, wish)
  }

  /** Whether ProseMirror's own transaction leads to exactly the composed text. */
  #agrees(surface: Surface, tr: Transaction): boolean {
    if (this.#structure || tr.doc.childCount !== surface.state.doc.childCount) return false
    const blocks = this.projection.blocks()
    let touched = 0
    for (let i = 0; i < tr.doc.childCount; i++) {
      const node = tr.doc.child(i)
      const dirty = this.#dirty.has(idOf(node))
      if (node === surface.state.doc.child(i)) {
        if (dirty) return false
        continue
      }
      touched++
      const block = blocks[i]
      if (!block || block.id !== idOf(node) || !this.drawer.block(block).eq(node)) return false
    }
    return touched > 0
  }

  #redraw(surface: Surface, wish: CaretWish | null): void {
    this.counts.replaced++
    const tr = this.#patched(surface)
    const pos = wish && positionOf(this.projection, tr.doc, wish)
    if (pos === null) this.#caret.restore(tr)
    else this.#remember(tr.setSelection(TextSelection.create(tr.doc, pos)))
    surface.apply(tr.setMeta(CAUSE, 'local' satisfies Cause).setMeta(FOLLOW, true))
  }

  /**
   * Writes a composition through where the text is the person's own; elsewhere it waits for its end. What is typed in
   * the moment between that end and {@link settle} belongs to it: the shown text is not yet what the texts are.
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
      this.operations!.takesWhole(start.host, held.carry(start.host, start.index), change.lines[0] ?? [])
    if (!direct || held.deferred) held.deferred = true
    else this.#writeThrough(held, block, $from.parentOffset, $to.parentOffset, change)
    surface.apply(tr.setMeta(CAUSE, 'composing' satisfies Cause))
    if (!held.deferred) held.written = childById(surface.state.doc, held.id) ?? held.written
    return true
  }

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
