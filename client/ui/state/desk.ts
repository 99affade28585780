import { createContext, useContext } from 'react'
import type { CaretContext, Editor, Writing } from '#client/editor/contract.ts'
import type { Board, ViewMode } from '#shared/document/composition/board.ts'
import type { SendOutcome } from '#client/net/command-queue.ts'
import type { Command } from '#shared/model/command.ts'
import type { Basis } from '#shared/model/proposals/decision.ts'
import type { HostId, ParagraphId, ProposalId } from '#shared/model/ids.ts'
import type { Label } from '#shared/model/label.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Position } from '#shared/model/proposals/position.ts'
import type { Consequence } from '#shared/model/proposals/proposal.ts'
import type { Filter } from '../outline/filter.ts'
import type { StillThere } from './focus.ts'
import type { OpenDialog } from './open-dialog.ts'
import { bringIntoView, reveal } from './reveal.ts'
import type { Observable, Value } from '#client/observable.ts'
import { createValue } from '#client/observable.ts'
import { stopAfterRemoval, stopAt, stopsOf } from './walk.ts'

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
  /** The open proposals for what stands below a proposed paragraph or heading, in order. */
  readonly proposedBelow: (id: ProposalId) => readonly ProposalId[]
  /** The labels that a revision issued now would give. */
  readonly renumbered: () => ReadonlyMap<ParagraphId, Label>
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
export interface FocusRequest {
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
  readonly actor: Value<Actor>
  readonly board: Value<Board>
  readonly view: Value<ViewMode>
  readonly caret: Value<CaretContext>
  /** Whether typed words wait until the text can be written in. */
  readonly unwritten: Value<boolean>
  /** In whose name, and into which document, typed words become a proposal. */
  readonly writing: Value<Writing>
  readonly current: Observable<ProposalId | null>
  readonly hovered: Value<ProposalId | null>
  /** The bracket from which j and k go on when there is no current one, or it was taken off the table. */
  readonly resume: Value<ProposalId | null>
  readonly task: Value<Task | null>
  /** The basis stated for the next decisions; null for none. Kept until the page is closed. */
  readonly basis: Value<Basis | null>
  readonly focusWanted: Value<FocusRequest | null>
  /** The proposal whose menu is open on its card. */
  readonly rowMenu: Value<ProposalId | null>
  readonly busy: Value<ReadonlySet<HostId>>
  readonly notice: Value<Notice | null>
  readonly affected: Value<AffectedChoice | null>
  /** The sentence for screen readers to announce. */
  readonly said: Value<string>
  readonly panel: Value<Panel | null>
  /** The open dialog about a particular object. */
  readonly dialog: Value<OpenDialog | null>
  /** The paragraph whose menu is open. */
  readonly menu: Value<HostId | null>
  /** Which paragraphs the outline and the margin show. */
  readonly filter: Value<Filter>
  /** The paragraph last chosen or worked on. */
  readonly here: Value<HostId | null>
  /** The paragraphs that have changed since this person last marked the document as seen. */
  readonly changed: Value<ReadonlySet<HostId>>
  /** Increases whenever the text was laid out again. */
  readonly layout: Value<number>
  editor(): Editor | null
  mount(editor: Editor | null): void
  select(id: ProposalId | null, how?: Selecting): void
  /** Requests the keyboard focus for a proposal's card; null cancels a request. */
  wantFocus(id: ProposalId | null, still?: StillThere): void
  reveal(id: HostId): void
}

const EMPTY: Board = {
  title: '',
  language: null,
  front: [],
  blocks: [],
  options: [],
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
  const current = createValue<ProposalId | null>(null)
  const hovered = createValue<ProposalId | null>(null)
  const mark = () => editor?.setCurrent(hovered.get() ?? current.get())
  current.subscribe(mark)
  hovered.subscribe(mark)

  const desk: Desk = {
    port,
    pending: { decision: null, positions: new Map(), notices: 0 },
    actor: createValue(actor),
    board: createValue(EMPTY),
    view: createValue<ViewMode>('all'),
    caret: createValue<CaretContext>({ kind: 'none' }),
    unwritten: createValue(false),
    writing: createValue<Writing>({ onBehalfOf: null, space: null }),
    current,
    hovered,
    resume: createValue<ProposalId | null>(null),
    task: createValue<Task | null>(null),
    basis: createValue<Basis | null>(null),
    focusWanted: createValue<FocusRequest | null>(null),
    rowMenu: createValue<ProposalId | null>(null),
    busy: createValue<ReadonlySet<HostId>>(new Set()),
    notice: createValue<Notice | null>(null),
    affected: createValue<AffectedChoice | null>(null),
    said: createValue(''),
    panel: createValue<Panel | null>(null),
    dialog: createValue<OpenDialog | null>(null),
    menu: createValue<HostId | null>(null),
    filter: createValue<Filter>({ kind: 'everything' }),
    here: createValue<HostId | null>(null),
    changed: createValue<ReadonlySet<HostId>>(new Set()),
    layout: createValue(0),
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
  rememberNextStop(desk)

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

function rememberNextStop(desk: Desk): void {
  let before = desk.board.get()
  desk.board.subscribe(() => {
    const [was, now, id] = [before, desk.board.get(), desk.current.get()]
    before = now
    // No other bracket becomes current by itself: a key pressed at this moment would decide on it unseen.
    if (id !== null && stopAt(was, id) && !stopAt(now, id))
      desk.resume.set(stopAfterRemoval(stopsOf(was), id, now))
  })
}

export const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('useDesk needs a DeskContext above it')
  return desk
}
