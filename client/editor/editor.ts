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
import { Aids } from './input/aids.ts'
import { Binding } from './binding.ts'
import { bracketEnd, wordingEnd } from './draw/brackets.ts'
import { clipboard } from './paste/clipboard.ts'
import { Composition } from './input/composition.ts'
import { LOST, situationOf } from './rights/context.ts'
import type { Editor, EditorOptions, Writing } from './contract.ts'
import { Operations } from './operations.ts'
import { flushDomObserver } from './input/dom-observer.ts'
import { Highlight } from './draw/highlight.ts'
import { keys } from './input/keys.ts'
import { RemoteCarets } from './carets/remote-carets.ts'
import { patch } from './draw/patch.ts'
import { publicCaret } from './carets/public-caret.ts'
import type { Undo } from './undo.ts'
import type { Writer } from './rights/rights.ts'
import { writerOf } from './rights/rights.ts'
import { RoundWatch } from './rights/round-watch.ts'
import { selectedIn } from './carets/selected.ts'
import type { Selected } from './carets/selected.ts'
import type { Shown } from './shown.ts'
import { textAttributes } from './draw/grid.ts'
import { FOLLOW } from './surface.ts'
import { createUndo } from './undo.ts'
import { DeferredInput, typeInto } from './input/deferred-input.ts'

export function createEditor(options: EditorOptions): Editor {
  return new MountedEditor(options)
}

class MountedEditor implements Editor {
  readonly #options: EditorOptions
  /** The room's document without private spaces; `#od` is the same with them. */
  #room: OutcomeDocument
  #od: OutcomeDocument
  #all: Projection
  #reader: BoardReader
  readonly #view: EditorView
  #actor: Actor
  #mode: ViewMode
  #readOnly = false
  #writing: Writing = { onBehalfOf: null, space: null }
  /** Transaction origin of this person's gestures; undo takes back what has it. */
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
  #sentCaret: Caret | null = null
  #following = 0
  /** Collects what the person does in the text while it cannot be written in; null while it can. */
  #deferred: DeferredInput | null = null
  /** Whether the person has ever put the caret into the text. */
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
      attributes: textAttributes,
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

  draftBlock(...[after, block, words]: Parameters<Editor['draftBlock']>): ProposalId | null {
    const { participant, space } = this.#writer
    if (!space || participant === null || !this.#mayWrite) return null
    this.#steps()
    const { random, onNotTyped } = this.#options
    const writer = { ...this.#writer, participant }
    return new Operations(this.#all, writer, random, this.#origin, onNotTyped).newBlock(after, block, words)
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
    // Before the text was entered, the selection is its start, which nobody has chosen.
    return this.#entered && !this.#shown.binding.lost
      ? selectedIn(this.#view.state, this.#shown.projection)
      : null
  }

  blockElement(id: HostId): HTMLElement | null {
    return this.#view.dom.querySelector<HTMLElement>(`.block[data-id="${CSS.escape(id)}"]`)
  }

  bracketElement(id: ProposalId): HTMLElement | null {
    return this.#view.dom.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]:not([data-side="note"])`)
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

  /** The projection of everything, which the board is read from, whatever view is shown. */
  #project(): Projection {
    return new Projection(this.#od, 'all', this.#options.actor.participant)
  }

  /** Call after `#reader` was made: it must learn of a change before `onBoard` makes anybody ask for the board. */
  #watch(): void {
    this.#all.subscribe(({ beside }) => {
      if (beside) queueMicrotask(() => this.#checkWriter())
      this.#options.onBoard()
    })
  }

  get #writer(): Writer {
    return writerOf(this.#od, this.#actor, this.#writing)
  }

  /** Rebuilds when the attribution policy has changed the name under which typed text is written. */
  #checkWriter(): void {
    if (!this.#destroyed && this.#writer.participant !== this.#shown.writer.participant)
      this.#rebuild(this.#mode, this.#actor)
  }

  /** The undo steps. They are kept as long as the person is the same, over changes of the view. */
  #steps(): Undo {
    this.#undo ??= createUndo({ projection: this.#all, actor: this.#actor, origin: this.#origin })
    return this.#undo
  }

  #dropUndo(): void {
    this.#undo?.destroy()
    this.#undo = null
  }

  /** False while the chosen private space is not open, because typed text would then be written into the room. */
  get #mayWrite(): boolean {
    const { space } = this.#writing
    const open = space === null || this.#od.spaces?.some(({ participant }) => participant === space)
    return !this.#readOnly && open === true
  }

  /** Builds what one view needs. `former`: the binding shown before, whose caret is kept. */
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

  /** The editor state of `#shown`. With `former`, unchanged blocks and the selection are kept. */
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

  /** Replaces what is shown after a change of view, person, name or documents. Keeps focus, caret and held input. */
  #rebuild(mode: ViewMode, actor: Actor): void {
    this.#mode = mode
    this.#actor = actor
    // Redrawing would disturb a running composition. Its end calls this again.
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

  /** Takes every transaction of the view, from ProseMirror or from an aid. */
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

  /** Scrolls to the caret with the next frame, so that the browser lays the text out only once. */
  #follow(): void {
    cancelAnimationFrame(this.#following)
    this.#following = requestAnimationFrame(() => {
      if (this.#shown.binding.held === null)
        this.#view.updateState(this.#view.state.apply(this.#view.state.tr.scrollIntoView()))
    })
  }

  /** The selection, or what typing would do there, may have changed: tells `onCaret` and `onMove`. */
  #moved(): void {
    // Without focus there is no caret to report, although others' changes may move the selection.
    if (!this.#view.hasFocus()) return this.#options.onCaret({ kind: 'none' }, null)
    const { projection, binding, editable } = this.#shown
    const { context, proposal } = binding.lost
      ? LOST
      : situationOf(this.#view.state, projection, binding.writer, editable)
    this.#options.onCaret(context, proposal)
    this.#sendCaret(publicCaret(binding))
  }

  #blurred(): boolean {
    this.#shown.binding.settle()
    if (this.#deferred) this.#stopDeferring(this.#deferred)
    this.#options.onCaret({ kind: 'none' }, null)
    this.#sendCaret(null)
    return false
  }

  /** Reports the public caret if it has changed. A repeated report would show others that its owner is active. */
  #sendCaret(caret: Caret | null): void {
    if (sameCaret(caret, this.#sentCaret)) return
    this.#sentCaret = caret
    this.#options.onMove(caret)
  }

  /**
   * Reads the selection from the DOM now. The browser reports it with a delay, and a key or a remote change in between
   * would still find the former one. A text for reading has a selection without focus.
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
   * Inserts a typed character at the selection of the state. Left to the browser, it could be put into the other of two
   * adjacent marked runs, and so into the wrong bracket. ProseMirror calls this for characters only.
   */
  #typed({ charCode }: KeyboardEvent): boolean {
    const text = String.fromCodePoint(charCode)
    if (/[\p{Cc}]/u.test(text)) return false
    const waiting = this.#deferredNow()
    if (waiting) waiting.type(text)
    else typeInto(this.#view, text)
    return true
  }

  /** Ends deferring because the text has lost the focus: words that still wait are reported as not typed. */
  #stopDeferring(waiting: DeferredInput): void {
    waiting.compositionEnds()
    this.#deferred = null
    if (!waiting.empty && !this.#readOnly) this.#options.onNotTyped?.('read-only', waiting.words())
    // Redraws, and makes the view evaluate `editable` again.
    this.#rebuild(this.#mode, this.#actor)
  }

  /** Where input must wait now, behind a composition that has just ended; null when the text can be written in. */
  #deferredNow(): DeferredInput | null {
    if (this.#deferred) {
      this.#readSelection()
      this.#composition.finishNow()
    }
    return this.#deferred
  }

  #compositionStarts(): boolean {
    // The input method may just have selected the words that it composes over.
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

  /** A composition is finished: writes it down. */
  #composed(): void {
    if (this.#deferred?.compositionEnds()) this.#rebuild(this.#mode, this.#actor)
    else this.#shown.binding.settle()
  }
}
