import { EditorState, TextSelection } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import type * as Y from 'yjs'
import type { Board, ViewMode } from '#shared/document/composition/board.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import type { OutcomeDocument, PrivateSpace } from '#shared/document/schema.ts'
import { withSpaces } from '#shared/document/schema.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Caret, Presence } from '#shared/protocol/wire.ts'
import { sameCaret } from '#shared/protocol/wire.ts'
import { Aids } from './aids.ts'
import { Binding, FOLLOW } from './binding.ts'
import { bracketEnd, wordingEnd } from './brackets.ts'
import { clipboard } from './clipboard.ts'
import { Composition } from './composition.ts'
import { LOST, situationOf } from './context.ts'
import type { Editor, EditorOptions, Writing } from './contract.ts'
import { flushDomObserver } from './dom-observer.ts'
import { Highlight } from './highlight.ts'
import { keys } from './keys.ts'
import { RemoteCarets } from './remote-carets.ts'
import { patch } from './patch.ts'
import { publicCaret } from './public-caret.ts'
import type { Undo } from './undo.ts'
import type { Writer } from './rights.ts'
import { writerOf } from './rights.ts'
import { RoundWatch } from './round-watch.ts'
import { selectedIn } from './selected.ts'
import type { Selected } from './selected.ts'
import { createUndo } from './undo.ts'
import { DeferredInput, typeInto } from './deferred-input.ts'

/** Everything that hangs on one view of the text: it is made anew when the view or the person changes. */
interface Shown {
  readonly projection: Projection
  readonly binding: Binding
  readonly undo: Undo | null
  readonly editable: boolean
  /** As whom what is typed is written. */
  readonly writer: Writer
}

export function createEditor(options: EditorOptions): Editor {
  return new MountedEditor(options)
}

class MountedEditor implements Editor {
  readonly #options: EditorOptions
  /** The room's document, without private spaces. */
  #room: OutcomeDocument
  #od: OutcomeDocument
  #all: Projection
  #reader: BoardReader
  readonly #view: EditorView
  #actor: Actor
  #mode: ViewMode
  #readOnly = false
  #writing: Writing = { onBehalfOf: null, space: null }
  /** The origin of this person's own gestures, and what undo takes back. */
  readonly #origin = { kind: 'gesture' } as const
  #undo: Undo | null = null
  #destroyed = false
  readonly #highlight = new Highlight()
  readonly #rounds = new RoundWatch()
  readonly #aids = new Aids((tr, author) => this.#dispatch(tr, author))
  readonly #composition = new Composition(() => this.#composed())
  #shown: Shown
  #carets: RemoteCarets
  #present: readonly Presence[] = []
  #told: Caret | null = null
  #following = 0
  /** What the person does in the text while it cannot be written in. */
  #deferred: DeferredInput | null = null
  /** Whether the caret was ever put into the text. */
  #entered = false

  constructor(options: EditorOptions) {
    this.#options = options
    this.#actor = options.actor
    this.#mode = options.view
    this.#room = options.od
    this.#od = withSpaces(options.od, options.spaces ?? [])
    this.#all = this.#project()
    this.#reader = new BoardReader(this.#all)
    this.#watch()
    this.#shown = this.#show()
    this.#view = new EditorView(options.place, {
      state: this.#state(),
      editable: () => this.#shown.editable || this.#deferred !== null,
      dispatchTransaction: (tr) => this.#dispatch(tr),
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': 'Draft text',
        spellcheck: 'false',
        autocorrect: 'off',
        autocapitalize: 'off',
      },
      handleKeyDown: (_view, event) => this.#deferredNow()?.keyDown(event) ?? false,
      handleKeyPress: (_view, event) => this.#typed(event),
      handleDOMEvents: {
        keydown: () => this.#readSelection(),
        mousedown: () => this.#shown.binding.chooseShownPlace(),
        compositionstart: () => this.#compositionStarts(),
        compositionend: (_view, { data }) => this.#compositionEnds(data),
        focus: () => {
          this.#entered = true
          this.#moved()
        },
        blur: () => this.#blurred(),
      },
    })
    this.#carets = this.#attach()
    this.#rounds.changes(this.#shown.writer, this.#writing)
    this.#room.doc.on('beforeTransaction', this.#beforeChange)
  }

  board(): Board {
    return this.#reader.board()
  }

  setView(mode: ViewMode): void {
    if (mode !== this.#mode) this.#rebuild(mode, this.#actor)
  }

  setActor(actor: Actor): void {
    const { person, name, role, participant, alias } = this.#actor
    const same = actor.person === person && actor.role === role && actor.participant === participant
    if (same && actor.name === name && actor.alias === alias) return
    if (!same) this.#dropUndo()
    this.#rebuild(this.#mode, actor)
  }

  setWriting(writing: Writing): void {
    const { onBehalfOf, alias, space } = this.#writing
    this.#writing = writing
    if (writing.onBehalfOf === onBehalfOf && writing.alias === alias && writing.space === space) return
    this.#rebuild(this.#mode, this.#actor)
  }

  setSpaces(spaces: readonly PrivateSpace[]): void {
    const known = this.#od.spaces ?? []
    if (spaces.length === known.length && spaces.every(({ od }, i) => od === known[i]?.od)) return
    this.#showDocuments(this.#room, spaces)
  }

  settle(): void {
    this.#readSelection()
    this.#shown.binding.settle()
  }

  replaceDocument(room: OutcomeDocument): void {
    this.#room.doc.off('beforeTransaction', this.#beforeChange)
    room.doc.on('beforeTransaction', this.#beforeChange)
    this.#showDocuments(room, this.#od.spaces ?? [])
  }

  forgetRefused(): void {
    this.#undo?.forgetRefused()
  }

  #showDocuments(room: OutcomeDocument, spaces: readonly PrivateSpace[]): void {
    const former = this.#all
    this.#room = room
    this.#od = withSpaces(room, spaces)
    this.#all = this.#project()
    this.#reader = new BoardReader(this.#all)
    this.#watch()
    this.#undo = this.#undo?.carriedTo(this.#all) ?? null
    this.#rebuild(this.#mode, this.#actor)
    former.destroy()
    this.#options.onBoard()
  }

  setReadOnly(readOnly: boolean): void {
    if (readOnly === this.#readOnly) return
    this.#readOnly = readOnly
    this.#rebuild(this.#mode, this.#actor)
  }

  setPresence(present: readonly Presence[]): void {
    this.#present = present
    this.#carets.set(present)
  }

  undo(): boolean {
    this.#shown.binding.settle()
    return this.#shown.undo?.undo() ?? false
  }

  redo(): boolean {
    this.#shown.binding.settle()
    return this.#shown.undo?.redo() ?? false
  }

  focus(at?: ProposalId): void {
    const { doc } = this.#view.state
    const end = at && (wordingEnd(doc, at) ?? bracketEnd(doc, at))
    if (end) this.#view.dispatch(this.#view.state.tr.setSelection(TextSelection.create(doc, end)))
    this.#view.focus()
  }

  reveal(id: HostId): boolean {
    const element = this.#element(id)
    if (!element) return false
    element.scrollIntoView({ block: 'center', behavior: 'instant' })
    this.#highlight.reveal(id)
    return true
  }

  setCurrent(id: ProposalId | null): void {
    this.#highlight.setCurrent(id)
  }

  selected(): Selected | null {
    // Before anybody has been in the text, its selection is the start of it, which nobody chose.
    return this.#entered && !this.#shown.binding.lost
      ? selectedIn(this.#view.state, this.#shown.projection)
      : null
  }

  blockElement(id: HostId): HTMLElement | null {
    return this.#view.dom.querySelector<HTMLElement>(`.block[data-id="${CSS.escape(id)}"]`)
  }

  bracketElement(id: ProposalId): HTMLElement | null {
    return this.#view.dom.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)
  }

  destroy(): void {
    this.#room.doc.off('beforeTransaction', this.#beforeChange)
    this.#composition.destroy()
    cancelAnimationFrame(this.#following)
    this.#shown.binding.settle()
    this.#carets.destroy()
    this.#highlight.remove()
    this.#view.destroy()
    this.#dispose(this.#shown)
    this.#dropUndo()
    this.#all.destroy()
    this.#destroyed = true
  }

  #element(id: HostId): HTMLElement | null {
    return this.bracketElement(id as ProposalId) ?? this.blockElement(id)
  }

  #project(): Projection {
    return new Projection(this.#od, 'all', this.#options.actor.participant)
  }

  /** After the reader of the board, which has to know of a change before anybody asks for the board. */
  #watch(): void {
    this.#all.subscribe(({ beside }) => {
      if (beside) queueMicrotask(() => this.#checkWriter())
      this.#options.onBoard()
    })
  }

  get #writer(): Writer {
    return writerOf(this.#od, this.#actor, this.#writing)
  }

  /** The round may have become unattributed: what is typed from now on bears another name. */
  #checkWriter(): void {
    if (!this.#destroyed && this.#writer.participant !== this.#shown.writer.participant)
      this.#rebuild(this.#mode, this.#actor)
  }

  /** One order of steps for as long as it is the same person in the same documents, whatever the view. */
  #steps(): Undo {
    this.#undo ??= createUndo({ projection: this.#all, actor: this.#actor, origin: this.#origin })
    return this.#undo
  }

  #dropUndo(): void {
    this.#undo?.destroy()
    this.#undo = null
  }

  /** While the private space that is to be written in is not open, nothing is typed: it would be for all to see. */
  get #mayWrite(): boolean {
    const { space } = this.#writing
    const open = space === null || this.#od.spaces?.some(({ participant }) => participant === space)
    return !this.#readOnly && open === true
  }

  #show(former: Binding | null = null): Shown {
    const { random } = this.#options
    const od = this.#od
    const editable = this.#mayWrite && (this.#mode === 'all' || this.#mode === 'mine')
    const writer = this.#writer
    const { participant } = writer
    const projection = this.#mode === 'all' ? this.#all : new Projection(od, this.#mode, participant)
    const origin = this.#origin
    const { space = null } = writer
    const { onNotTyped } = this.#options
    const common = { projection, actor: writer, editable, space, random, origin }
    const binding = new Binding({ ...common, former, onNotTyped })
    const may = binding.operations !== null
    return { projection, binding, undo: may ? this.#steps() : null, editable: may, writer }
  }

  /** `former`: what was shown. What is shown still stays as it is, and the selection in it. */
  #state(former: EditorState | null = null): EditorState {
    const { binding, projection, undo } = this.#shown
    const { onTable, onNotTyped } = this.#options
    const paste: Binding['paste'] = (lines) => {
      const waiting = this.#deferredNow()
      if (!waiting) return this.#shown.binding.paste(lines)
      waiting.put(lines)
      return true
    }
    const plugins = [keys(binding, undo, onTable), clipboard(paste, onNotTyped), this.#aids.plugin()]
    const blocks = projection.blocks()
    if (former === null || blocks.length === 0)
      return EditorState.create({ doc: binding.drawer.document(), plugins })
    const { tr } = former
    patch(tr, binding.drawer, blocks, { structure: true, dirty: new Set(blocks.map(({ id }) => id)) }, null)
    return EditorState.create({ doc: tr.doc, selection: tr.selection, plugins })
  }

  #attach(): RemoteCarets {
    const { binding } = this.#shown
    const view = this.#view
    binding.attach({
      get state() {
        return view.state
      },
      get composing() {
        return view.composing
      },
      apply: (tr) => this.#apply(tr),
    })
    const carets = new RemoteCarets(view, binding, this.#options.place)
    carets.set(this.#present)
    this.#options.onLayout()
    return carets
  }

  #rebuild(mode: ViewMode, actor: Actor): void {
    this.#mode = mode
    this.#actor = actor
    // Drawn anew under it, an input method would lose its place: its end does this.
    if (this.#deferred?.composing) return
    this.#shown.binding.settle()
    this.#carets.destroy()
    const former = this.#shown
    const waited = this.#deferred
    const inText = this.#view.hasFocus() && (former.editable || waited !== null)
    this.#shown = this.#show(former.binding)
    const { editable } = this.#shown
    this.#deferred = inText && !editable ? (waited ?? this.#startDeferring()) : null
    this.#dispose(former)
    this.#view.updateState(this.#state(this.#view.state))
    this.#carets = this.#attach()
    if (this.#rounds.changes(this.#shown.writer, this.#writing)) this.#shown.binding.giveUpBracket()
    if (editable) waited?.replay()
    this.#options.onUnwritten?.(this.#deferred?.empty === false)
    this.#moved()
  }

  #startDeferring(): DeferredInput {
    return new DeferredInput({
      view: this.#view,
      binding: () => this.#shown.binding,
      onInput: () => {
        this.#options.onUnwritten?.(true)
        if (this.#readOnly) this.#options.onNotTyped?.('read-only', this.#deferred?.words())
      },
    })
  }

  #dispatch(tr: Transaction, author = this.#aids.authorOf(tr)): void {
    if (!this.#deferred?.take(tr)) this.#shown.binding.dispatch(tr, author)
  }

  #dispose({ projection, binding }: Shown): void {
    binding.destroy()
    if (projection !== this.#all) projection.destroy()
  }

  #apply(tr: Transaction): void {
    this.#view.updateState(this.#view.state.apply(tr))
    if (tr.getMeta(FOLLOW)) this.#follow()
    if (this.#shown.binding.held !== null && !this.#composition.going) this.#composition.finishSoon()
    if (tr.docChanged) {
      this.#carets.refresh()
      this.#options.onLayout()
    }
    if (tr.docChanged || tr.selectionSet) this.#moved()
  }

  /** With the next frame, when the browser lays the text out anyhow: asked for at once it would do so twice. */
  #follow(): void {
    cancelAnimationFrame(this.#following)
    this.#following = requestAnimationFrame(() => {
      if (this.#shown.binding.held === null)
        this.#view.updateState(this.#view.state.apply(this.#view.state.tr.scrollIntoView()))
    })
  }

  #moved(): void {
    // A caret that nobody sees says nothing, wherever others' words push it: its owner is at a card, or elsewhere.
    if (!this.#view.hasFocus()) return this.#options.onCaret({ kind: 'none' }, null)
    const { projection, binding, editable } = this.#shown
    const { context, proposal } = binding.lost
      ? LOST
      : situationOf(this.#view.state, projection, binding.writer, editable)
    this.#options.onCaret(context, proposal)
    this.#tellCaret(publicCaret(binding))
  }

  #blurred(): boolean {
    this.#shown.binding.settle()
    if (this.#deferred) this.#stopDeferring(this.#deferred)
    this.#options.onCaret({ kind: 'none' }, null)
    this.#tellCaret(null)
    return false
  }

  /** Only when it is another: that something is sent would itself tell that somebody writes. */
  #tellCaret(caret: Caret | null): void {
    if (sameCaret(caret, this.#told)) return
    this.#told = caret
    this.#options.onMove(caret)
  }

  /**
   * Where a click has put the caret the browser tells a moment later: a key before that, or others' change, would find it
   * where it was. A text that one only reads has a selection without the focus.
   */
  #readSelection(): boolean {
    if (!this.#composition.going && (this.#view.hasFocus() || !this.#view.editable))
      flushDomObserver(this.#view)
    return false
  }

  readonly #beforeChange = ({ local }: Y.Transaction): void => {
    if (!local) this.#readSelection()
  }

  /**
   * A key goes to where the caret is, and not to where the browser would put it: between two marked runs of text it
   * chooses one by itself, and it may be the wrong bracket. ProseMirror has seen to it that this is a character.
   */
  #typed({ charCode }: KeyboardEvent): boolean {
    const text = String.fromCodePoint(charCode)
    if (/[\p{Cc}]/u.test(text)) return false
    const waiting = this.#deferredNow()
    if (waiting) waiting.type(text)
    else typeInto(this.#view, text)
    return true
  }

  /** The person has left the text before it could be written in again. */
  #stopDeferring(waiting: DeferredInput): void {
    waiting.compositionEnds()
    this.#deferred = null
    if (!waiting.empty && !this.#readOnly) this.#options.onNotTyped?.('read-only', waiting.words())
    // Draws what the texts say, and makes the view ask again whether it may be edited.
    this.#rebuild(this.#mode, this.#actor)
  }

  /** Where what is done now waits, after what has just been composed. Null: the text takes it. */
  #deferredNow(): DeferredInput | null {
    if (this.#deferred) {
      this.#readSelection()
      this.#composition.finishNow()
    }
    return this.#deferred
  }

  #compositionStarts(): boolean {
    // It may be composed in the place of words that the input method has selected just now.
    this.#readSelection()
    this.#composition.start()
    this.#deferred?.compositionStarts()
    this.#shown.binding.holdForComposition()
    return false
  }

  #compositionEnds(text: string): boolean {
    this.#shown.binding.composed(text)
    this.#composition.end()
    return false
  }

  #composed(): void {
    if (this.#deferred?.compositionEnds()) this.#rebuild(this.#mode, this.#actor)
    else this.#shown.binding.settle()
  }
}
