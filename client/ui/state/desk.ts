import { createContext, useContext } from 'react'
import type { CaretContext, Editor, Writing } from '#client/editor/contract.ts'
import type { Board, ViewMode } from '#shared/document/composition/board.ts'
import type { SendOutcome } from '#client/net/command-queue.ts'
import type { Command } from '#shared/model/command.ts'
import type { Basis } from '#shared/model/decision.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Position } from '#shared/model/position.ts'
import type { Consequence } from '#shared/model/proposal.ts'
import type { Filter } from '../outline/filter.ts'
import type { StillThere } from './focus.ts'
import type { OpenDialog } from './open-dialog.ts'
import { bringIntoView, reveal } from './reveal.ts'
import type { ReadableStore, Store } from './store.ts'
import { createStore } from './store.ts'
import { instead, stopAt, stopsOf } from './walk.ts'

/** The state of one person's screen: the board, the current bracket, open panels, messages and pending commands. */

export type Panel =
  | 'commands'
  | 'search'
  | 'shortcuts'
  | 'import'
  | 'invite'
  | 'history'
  | 'name'
  | 'merge'
  | 'proposal-history'

/** A form that is open on a card. */
export interface Task {
  readonly kind: 'reword' | 'part' | 'condition' | 'supersede'
  readonly proposal: ProposalId
}

export interface Notice {
  readonly key: number
  readonly tone: 'done' | 'refused'
  readonly text: string
  /** The decided proposal that Undo of this message would take back; null for none. */
  readonly undo: ProposalId | null
}

/** The proposals that a decision has affected, until the person has chosen for each or put it off. */
export interface AffectedChoice {
  readonly cause: string
  /** The proposal that was decided. */
  readonly by: ProposalId
  readonly items: readonly Consequence[]
}

export interface DeskPort {
  readonly execute: (command: Command) => Promise<SendOutcome>
  readonly now: () => number
  readonly newProposal: () => ProposalId
  /** Remembers the focus now, for an action that may move it later; see focus.ts. */
  readonly noteFocus: () => StillThere
  /** What would become of other proposals if this one were accepted now. */
  readonly consequences: (id: ProposalId) => readonly Consequence[]
}

export interface Selecting {
  /** Scroll the text to its bracket. */
  readonly reveal?: boolean
  /** Move the keyboard focus to its card. */
  readonly focus?: boolean
  /** The focus when the person requested it; absent: now. */
  readonly still?: StillThere
}

/** A card that takes the focus as soon as it is drawn, if the focus is still where it was on request. */
export interface FocusWish {
  readonly id: ProposalId
  readonly still: StillThere
}

/** What was sent and is not answered yet, or not on the board yet. */
export interface Pending {
  /** The last decision sent, until it is answered. */
  decision: Promise<unknown> | null
  /** Positions sent, until the board shows them. The next key toggles these and not the ones still shown. */
  readonly positions: Map<HostId, Position | null>
  /** Number of messages shown so far, from which each message gets its own number. */
  notices: number
}

export interface Desk {
  readonly port: DeskPort
  readonly pending: Pending
  readonly actor: Store<Actor>
  readonly board: Store<Board>
  readonly view: Store<ViewMode>
  readonly caret: Store<CaretContext>
  /** Whether typed words wait until the text can be written in. */
  readonly unwritten: Store<boolean>
  /** In whose name, and into which document, typed words become a proposal. */
  readonly writing: Store<Writing>
  readonly current: ReadableStore<ProposalId | null>
  readonly hovered: Store<ProposalId | null>
  /** The bracket from which j and k go on after the current one was taken off the table. */
  readonly resume: Store<ProposalId | null>
  readonly task: Store<Task | null>
  /** The basis stated for the next decisions; null for none. Kept until the page is closed. */
  readonly basis: Store<Basis | null>
  readonly focusWanted: Store<FocusWish | null>
  /** The proposal whose menu is open on its card. */
  readonly rowMenu: Store<ProposalId | null>
  readonly busy: Store<ReadonlySet<HostId>>
  readonly notice: Store<Notice | null>
  readonly affected: Store<AffectedChoice | null>
  /** The sentence for screen readers to announce. */
  readonly said: Store<string>
  readonly panel: Store<Panel | null>
  /** The open dialog about a particular object. */
  readonly dialog: Store<OpenDialog | null>
  /** The paragraph whose menu is open. */
  readonly menu: Store<HostId | null>
  /** Which paragraphs the outline and the margin show. */
  readonly filter: Store<Filter>
  /** The paragraph last chosen or worked on. */
  readonly here: Store<HostId | null>
  /** The paragraphs that have changed since this person last marked the document as seen. */
  readonly changed: Store<ReadonlySet<HostId>>
  /** Increases whenever the text was laid out again. */
  readonly layout: Store<number>
  editor(): Editor | null
  mount(editor: Editor | null): void
  select(id: ProposalId | null, how?: Selecting): void
  /** Requests the keyboard focus for a proposal's card; null cancels a request. */
  wantFocus(id: ProposalId | null, still?: StillThere): void
  reveal(id: HostId): void
}

const EMPTY: Board = {
  title: '',
  front: [],
  blocks: [],
  open: 0,
  decided: [],
  revisions: [],
  silences: [],
  meetings: [],
  policy: null,
  comments: [],
}

export function createDesk(actor: Actor, port: DeskPort): Desk {
  let editor: Editor | null = null
  const current = createStore<ProposalId | null>(null)
  const hovered = createStore<ProposalId | null>(null)
  const mark = () => editor?.setCurrent(hovered.get() ?? current.get())
  current.subscribe(mark)
  hovered.subscribe(mark)

  const desk: Desk = {
    port,
    pending: { decision: null, positions: new Map(), notices: 0 },
    actor: createStore(actor),
    board: createStore(EMPTY),
    view: createStore<ViewMode>('all'),
    caret: createStore<CaretContext>({ kind: 'none' }),
    unwritten: createStore(false),
    writing: createStore<Writing>({ onBehalfOf: null, space: null }),
    current,
    hovered,
    resume: createStore<ProposalId | null>(null),
    task: createStore<Task | null>(null),
    basis: createStore<Basis | null>(null),
    focusWanted: createStore<FocusWish | null>(null),
    rowMenu: createStore<ProposalId | null>(null),
    busy: createStore<ReadonlySet<HostId>>(new Set()),
    notice: createStore<Notice | null>(null),
    affected: createStore<AffectedChoice | null>(null),
    said: createStore(''),
    panel: createStore<Panel | null>(null),
    dialog: createStore<OpenDialog | null>(null),
    menu: createStore<HostId | null>(null),
    filter: createStore<Filter>({ kind: 'everything' }),
    here: createStore<HostId | null>(null),
    changed: createStore<ReadonlySet<HostId>>(new Set()),
    layout: createStore(0),
    editor: () => editor,
    mount(next) {
      editor = next
      if (!next) return
      desk.board.set(next.board())
      mark()
    },
    select(id, how = {}) {
      if (desk.task.get()?.proposal !== id) desk.task.set(null)
      current.set(id)
      if (id === null) return
      if (how.reveal) show(id, bringIntoView)
      if (how.focus) desk.wantFocus(id, how.still)
    },
    wantFocus(id, still = port.noteFocus()) {
      desk.focusWanted.set(id && { id, still })
    },
    reveal: (id) => show(id, reveal),
  }
  rememberWhereToGoOn(desk)

  const show = (id: HostId, how: Show) => editor && showOrItsParagraph(editor, desk.board.get(), id, how)
  return desk
}

type Show = (editor: Editor, id: HostId) => boolean

/** Reveals a bracket, or its paragraph when the view does not show the bracket. */
function showOrItsParagraph(editor: Editor, board: Board, id: HostId, how: Show): void {
  if (how(editor, id)) return
  const stop = stopAt(board, id as ProposalId)
  if (stop) how(editor, stop.block.id)
}

function rememberWhereToGoOn(desk: Desk): void {
  let before = desk.board.get()
  desk.board.subscribe(() => {
    const [was, now, id] = [before, desk.board.get(), desk.current.get()]
    before = now
    // No other bracket becomes current by itself: a key pressed at this moment would decide on it unseen.
    if (id !== null && stopAt(was, id) && !stopAt(now, id)) desk.resume.set(instead(stopsOf(was), id, now))
  })
}

export const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('useDesk needs a DeskContext above it')
  return desk
}
