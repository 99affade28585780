import type { Board, BoardBlock } from '#shared/document/composition/board.ts'
import type { ParagraphChange } from '#shared/model/command.ts'
import { isParagraphId, isProposalId, newProposalId } from '#shared/model/ids.ts'
import type { HostId, ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { levelChange } from '#shared/model/level-change.ts'
import type { LevelChange } from '#shared/model/level-change.ts'
import { can } from '#shared/model/role.ts'
import { submit, send, onBehalf, randomBytes } from '../state/send.ts'
import type { Desk } from '../state/desk.ts'
import { notify } from '../state/notify.ts'
import { blocksById, stopAt } from '../state/walk.ts'
import { blockOfCaret } from '../document/text/pointed.ts'
import { chooseOption } from '../options/choose.ts'
import { optionAt } from '../options/options.ts'
import { strings } from '../strings.ts'
import { blocksBelow, idsBelow, isOfText } from './below.ts'
import { indented, outdented } from './levels.ts'
import type { Move } from './levels.ts'
import { nextParagraph } from './menu-items.ts'
import type { MenuAct } from './menu-items.ts'
import { isAgreedBlock, isStanding, referenceOf, referenceOfAll, statusOf } from './status.ts'

const words = strings.paragraph

/** Performs an item of a paragraph's menu, directly or by opening a dialog. */
export function performOn(desk: Desk, block: BoardBlock, act: MenuAct): void {
  desk.here.set(block.id)
  if (act === 'comments') return desk.dialog.set({ kind: 'comments', on: block.id })
  if (!isParagraphId(block.id)) return
  const paragraph = block.id
  switch (act) {
    case 'agreeAdRef':
      return setStatus(desk, block, paragraph, 'agreed-ad-ref')
    case 'floor':
      return setStatus(desk, block, paragraph, 'under-discussion')
    case 'offFloor':
      return setStatus(desk, block, paragraph, 'open')
    case 'indent':
      return changeLevel(desk, block, indented(desk.board.get(), paragraph))
    case 'outdent':
      return changeLevel(desk, block, outdented(desk.board.get(), paragraph))
    case 'agreeAdRefBelow':
      return agreeAll(desk, block, paragraph)
    case 'deleteBelow':
      return deleteAll(desk, block, paragraph)
    case 'delete':
      return void proposeNow(
        desk,
        { kind: 'delete-paragraph', paragraph },
        words.done.delete(referenceOf(block)),
      )
    case 'reserve':
      return void proposeNow(desk, { kind: 'reservation', paragraph }, words.done.reserve(referenceOf(block)))
    case 'split':
      return split(desk, block, paragraph)
    case 'join':
      return join(desk, block, paragraph)
    case 'language':
      return desk.dialog.set({ kind: 'language', paragraph })
    case 'placeNote':
      return placeNote(desk, block, paragraph)
    case 'newNote':
      return openNewNote(desk)
    case 'choose':
      return choose(desk, paragraph)
    case 'history':
      return desk.dialog.set({ kind: 'paragraph-history', paragraph })
    case 'break':
      return desk.dialog.set({ kind: 'silence-break', paragraphs: [paragraph] })
    case 'agree':
    case 'reopen':
    case 'move':
    case 'alternative':
    case 'newBelow':
    case 'newHeading':
    case 'position':
    case 'options':
      return desk.dialog.set({ kind: act, paragraph })
  }
}

function setStatus(
  desk: Desk,
  block: BoardBlock,
  paragraph: ParagraphId,
  status: 'open' | 'under-discussion' | 'agreed-ad-ref',
): void {
  const { done } = words
  const said =
    status === 'open'
      ? done.offFloor(referenceOf(block))
      : status === 'under-discussion'
        ? done.floor(referenceOf(block))
        : done.agreed(referenceOf(block), status)
  void send(desk, { kind: 'paragraph-status', paragraph, status }, { done: said })
}

function choose(desk: Desk, paragraph: ParagraphId): void {
  const at = optionAt(desk.board.get(), paragraph)
  if (at) void chooseOption(desk, at.place, at.option)
}

const wholeName = (desk: Desk, block: BoardBlock): string =>
  referenceOfAll(block, blocksBelow(desk.board.get(), block.id).length)

function agreeAll(desk: Desk, block: BoardBlock, paragraph: ParagraphId): void {
  const below = idsBelow(desk.board.get(), paragraph)
  const done = words.done.agreed(wholeName(desk, block), 'agreed-ad-ref')
  void send(desk, { kind: 'paragraph-status', paragraph, status: 'agreed-ad-ref', below }, { done })
}

function changeLevel(desk: Desk, block: BoardBlock, change: Move | null): void {
  if (change === null) return notify(desk, words.why.noParent, 'refused')
  const name = change.below ? wholeName(desk, block) : referenceOf(block)
  void proposeNow(desk, change, words.done[natureOfMove(desk, change)](name))
}

/** A move that leaves the paragraph in its place is named as a change of its level. */
export function natureOfMove(desk: Desk, { paragraph, after, under, below }: Move): LevelChange | 'move' {
  const text = desk.board.get().blocks.filter(isOfText)
  const to = { other: after, under: under === true, below: below === true }
  return levelChange(text, paragraph, to) ?? 'move'
}

function deleteAll(desk: Desk, block: BoardBlock, paragraph: ParagraphId): void {
  const change = { kind: 'delete-paragraph', paragraph, below: true } as const
  void proposeNow(desk, change, words.done.delete(wholeName(desk, block)))
}

/**
 * Proposes something and shows its new card. Null when it was done, otherwise the sentence why not. While the person drafts
 * privately, a new block is a draft; anything else would be seen by the room and is refused.
 */
export async function propose(desk: Desk, change: ParagraphChange, done: string): Promise<string | null> {
  const { space } = desk.writing.get()
  if (space !== null) return change.kind === 'paragraph' ? draft(desk, change, space) : words.drafted.onlyRoom
  const proposal = newProposalId(randomBytes)
  const command = { kind: 'paragraph-propose', proposal, change, ...onBehalf(desk) } as const
  const refused = await submit(desk, command, done)
  if (refused === null) showCard(desk, proposal)
  return refused
}

type NewBlockChange = Extract<ParagraphChange, { kind: 'paragraph' }>

function draft(desk: Desk, { paragraph, block, text }: NewBlockChange, space: ParticipantId): string | null {
  const proposal = desk.editor()?.draftBlock(paragraph, block, text) ?? null
  if (proposal === null) return words.drafted.refused
  notify(desk, words.drafted.done(space))
  showCard(desk, proposal)
  return null
}

/** A focus on another card moves to the new one: keys are about the card that has the focus. */
function showCard(desk: Desk, proposal: ProposalId): void {
  const focus = document.activeElement?.closest('[data-row]') != null
  if (stopAt(desk.board.get(), proposal)) desk.select(proposal, { reveal: true, focus })
}

async function proposeNow(desk: Desk, change: ParagraphChange, done: string): Promise<void> {
  const refused = await propose(desk, change, done)
  if (refused !== null) notify(desk, refused, 'refused')
}

function split(desk: Desk, block: BoardBlock, paragraph: ParagraphId): void {
  const selected = desk.editor()?.selected() ?? null
  if (selected?.host !== paragraph || selected.before === null)
    return notify(desk, words.why.caret, 'refused')
  const change = { kind: 'split', paragraph, at: selected.before } as const
  void proposeNow(desk, change, words.done.split(referenceOf(block)))
}

/** Puts the mark of a footnote behind the selected words, or at the caret. */
function placeNote(desk: Desk, block: BoardBlock, note: ParagraphId): void {
  const behind = desk.editor()?.selected() ?? null
  if (behind?.last == null) return notify(desk, words.newNote.chooseFirst, 'refused')
  const { host, last: at } = behind
  void send(desk, { kind: 'note-place', note, host, at }, { done: words.done.placeNote(referenceOf(block)) })
}

/** Opens the dialog for a footnote behind the selected words, or at the caret. */
export function openNewNote(desk: Desk): void {
  if (!can(desk.actor.get().role, 'propose')) return notify(desk, words.newNote.observer, 'refused')
  if (desk.writing.get().space !== null) return notify(desk, words.newNote.drafting, 'refused')
  const behind = desk.editor()?.selected() ?? null
  if (behind?.last == null) return notify(desk, words.newNote.chooseFirst, 'refused')
  desk.dialog.set({ kind: 'new-note', behind })
}

function join(desk: Desk, block: BoardBlock, paragraph: ParagraphId): void {
  const next = nextParagraph(desk.board.get(), paragraph)
  if (next === null) return notify(desk, words.why.noNext, 'refused')
  void proposeNow(desk, { kind: 'join', paragraph, next }, words.done.join(referenceOf(block)))
}

/** The paragraph that a key is about: that of the focus, the caret or the current bracket, or the one chosen last. */
export function targetParagraph(desk: Desk): HostId | null {
  const board = desk.board.get()
  const focused = document.activeElement?.closest<HTMLElement>('[data-gutter]')?.dataset.gutter
  const stop = stopAt(board, desk.current.get())
  const candidates = [focused, focusedInText() ? blockOfCaret() : null, stop?.block.id, desk.here.get()]
  return candidates.find((id): id is HostId => isBlock(board, id)) ?? null
}

const isWithWords = (kind: BoardBlock['kind'] | undefined): boolean =>
  kind === 'paragraph' || kind === 'heading'

const focusedInText = (): boolean => document.activeElement?.closest('.ProseMirror') !== null

const isBlock = (board: Board, id: string | null | undefined): id is HostId =>
  isWithWords(blocksById(board).get(id as HostId)?.kind)

/** Opens the menu of the paragraph that is meant. */
export function openParagraphMenu(desk: Desk): void {
  const id = targetParagraph(desk) ?? desk.board.get().blocks.find(({ kind }) => kind === 'paragraph')?.id
  if (!id) return notify(desk, words.noCurrent, 'refused')
  const element = desk.editor()?.blockElement(id)
  const top = element?.getBoundingClientRect().top ?? -1
  if (top < 60 || top > innerHeight - 120) desk.reveal(id)
  desk.menu.set(id)
}

/** For the key f: gives the floor to the paragraph that is meant, or takes it from it. */
export function toggleFloor(desk: Desk): void {
  if (!can(desk.actor.get().role, 'decide'))
    return notify(desk, strings.decided.notAllowed(can(desk.actor.get().role, 'propose')), 'refused')
  const block = blocksById(desk.board.get()).get(targetParagraph(desk) as HostId)
  if (!block || !isStanding(block)) return notify(desk, words.noCurrent, 'refused')
  if (isAgreedBlock(block)) return notify(desk, words.why.agreedFloor, 'refused')
  performOn(desk, block, statusOf(block) === 'under-discussion' ? 'offFloor' : 'floor')
}

/** Comments on the bracket at the caret or of the focused card, else on the paragraph. */
export function openComments(desk: Desk): void {
  const row = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row
  const current = isProposalId(row) ? row : desk.current.get()
  const on = current !== null && stopAt(desk.board.get(), current) ? current : targetParagraph(desk)
  if (on === null) return notify(desk, words.noCurrent, 'refused')
  desk.dialog.set({ kind: 'comments', on })
}
