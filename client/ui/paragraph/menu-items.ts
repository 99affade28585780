import type { Board, BoardBlock } from '#shared/document/composition/board.ts'
import type { ParagraphId } from '#shared/model/ids.ts'
import { can } from '#shared/model/role.ts'
import type { Role } from '#shared/model/role.ts'
import { effectOfChoosing, optionAt } from '../options/options.ts'
import { strings } from '../strings.ts'
import { blocksBelow, isOfTable } from './below.ts'
import { indented, outdented } from './levels.ts'
import { isAgreedBlock, isStanding, statusOf } from './status.ts'

/** The items of a paragraph's menu. */

const words = strings.paragraph

export type MenuAct = keyof typeof words.do
export type MenuSection = keyof typeof words.section

export interface MenuEntry {
  readonly act: MenuAct
  readonly section: MenuSection
  readonly name: string
  /** Why it cannot be done now; null when it can. */
  readonly not: string | null
}

export interface MenuContext {
  readonly role: Role
  /** The block in which the caret stands, when it could be split there. */
  readonly caretIn: string | null
  readonly silence: boolean
  /** Whether the person drafts privately: what only the room can be asked for waits until that ends. */
  readonly drafting: boolean
}

export function menuOf(board: Board, block: BoardBlock, beholder: MenuContext): readonly MenuEntry[] {
  if (!isStanding(block)) return [entry('say', 'comments')]
  return [
    ...(can(beholder.role, 'decide') && !block.vacant
      ? [...choosing(board, block), ...deciding(board, block)]
      : []),
    ...(can(beholder.role, 'propose') && !block.vacant ? proposed(board, block, beholder) : []),
    ...(optionAt(board, block.id) ? [entry('say', 'options')] : []),
    ...(block.vacant ? [] : [entry('say', 'position')]),
    entry('say', 'comments'),
    entry('say', 'history'),
    ...(beholder.silence && can(beholder.role, 'propose') && !block.vacant ? [entry('say', 'break')] : []),
  ]
}

const entry = (section: MenuSection, act: MenuAct, not: string | null = null): MenuEntry => ({
  act,
  section,
  name: words.do[act],
  not,
})

/** The entry for a paragraph with everything below it, where something is. */
function entryBelow(
  board: Board,
  block: BoardBlock,
  { section, act, not }: Pick<MenuEntry, 'section' | 'act' | 'not'>,
): MenuEntry[] {
  const count = blocksBelow(board, block.id).length
  if (count === 0) return []
  const all = block.cell ? words.row : block.caption ? words.table : words.below
  return [{ section, act, not, name: all(words.do[act], count) }]
}

/** The choice of the option that the block belongs to, with what it takes off. */
function choosing(board: Board, block: BoardBlock): MenuEntry[] {
  const at = optionAt(board, block.id)
  if (!at) return []
  const { size, open, not } = effectOfChoosing(at.place, at.option)
  const name = strings.options.chooseHere(at.option.name, size, open)
  return [{ act: 'choose', section: 'decide', name, not }]
}

function deciding(board: Board, block: BoardBlock): MenuEntry[] {
  const status = statusOf(block)
  const not = whyNotAgreed(block)
  const family = [block, ...blocksBelow(board, block.id)]
  const notWhole = family.some((one) => whyNotAgreed(one) !== null) ? words.why.openBelow : null
  const whole = family.every(isAgreedBlock)
    ? []
    : entryBelow(board, block, { section: 'decide', act: 'agreeAdRefBelow', not: notWhole })
  const language = entry('decide', 'language')
  if (isAgreedBlock(block)) {
    const further = entry('decide', 'agree', not)
    return [further, ...whole, entry('decide', 'reopen'), language]
  }
  return [
    entry('decide', 'agreeAdRef', not),
    ...whole,
    entry('decide', 'agree', not),
    entry('decide', status === 'under-discussion' ? 'offFloor' : 'floor'),
    ...(block.kind === 'note' ? [entry('decide', 'placeNote')] : []),
    language,
  ]
}

/** What can be drafted as well as tabled. */
const DRAFTED: ReadonlySet<MenuAct> = new Set(['newBelow', 'newHeading'])

function proposed(
  board: Board,
  block: BoardBlock & { readonly id: ParagraphId },
  at: MenuContext,
): readonly MenuEntry[] {
  const entries = proposing(board, block, at)
  if (!at.drafting) return entries
  return entries.map((one) => (DRAFTED.has(one.act) ? one : { ...one, not: one.not ?? words.why.drafting }))
}

function proposing(
  board: Board,
  block: BoardBlock & { readonly id: ParagraphId },
  at: MenuContext,
): MenuEntry[] {
  const not = isAgreedBlock(block) ? words.why.agreed : null
  if (block.kind === 'note') return [entry('propose', 'delete', not), entry('propose', 'reserve', not)]
  if (isOfTable(block)) return proposingInTable(board, block, not)
  const isHere = at.caretIn === block.id
  const caret = isHere ? null : words.why.caret
  const next = nextParagraph(board, block.id) === null ? words.why.noNext : null
  const isAgreedBelow = blocksBelow(board, block.id).some(isAgreedBlock)
  const notBelow = not ?? (isAgreedBelow ? words.why.agreedBelow : null)
  return [
    entry('propose', 'delete', not),
    ...entryBelow(board, block, { section: 'propose', act: 'deleteBelow', not: notBelow }),
    ...(block.kind === 'heading' ? [] : [entry('propose', 'alternative', not), entry('propose', 'newBelow')]),
    entry('propose', 'newHeading'),
    entry('propose', 'newNote', not ?? (isHere ? null : words.why.noteCaret)),
    entry('propose', 'move', not),
    ...(block.kind === 'heading' ? [] : changesOfLevel(board, block, not)),
    ...(block.kind === 'heading'
      ? []
      : [entry('propose', 'split', not ?? caret), entry('propose', 'join', not ?? next)]),
    entry('propose', 'reserve', not),
  ]
}

/** A cell keeps its place in its table, and so does the caption. A row is deleted with its first cell. */
function proposingInTable(
  board: Board,
  block: BoardBlock & { readonly id: ParagraphId },
  not: string | null,
): MenuEntry[] {
  const isAgreedBelow = blocksBelow(board, block.id).some(isAgreedBlock)
  const notBelow = not ?? (isAgreedBelow ? words.why.agreedBelow : null)
  return [
    ...(block.cell ? [] : [entry('propose', 'delete', not)]),
    ...entryBelow(board, block, { section: 'propose', act: 'deleteBelow', not: notBelow }),
    entry('propose', 'reserve', not),
  ]
}

function changesOfLevel(
  board: Board,
  block: BoardBlock & { readonly id: ParagraphId },
  not: string | null,
): MenuEntry[] {
  const changes = [
    ['indent', indented(board, block.id), words.why.noParent],
    ['outdent', outdented(board, block.id), words.why.highest],
  ] as const
  return changes.flatMap(([act, change, why]) =>
    change === null && act === 'outdent'
      ? []
      : [entry('propose', act, not ?? (change === null ? why : null))],
  )
}

function whyNotAgreed({ open, openNotes, above }: BoardBlock): string | null {
  if (open + openNotes > 0) return words.why.open(open + openNotes)
  return above.length > 0 ? words.why.family : null
}

/** The paragraph that a merge would take in: the next one that is not vacant, and not beyond a heading. */
export function nextParagraph(board: Board, id: ParagraphId): ParagraphId | null {
  const at = board.blocks.findIndex((block) => block.id === id)
  for (const block of board.blocks.slice(at + 1)) {
    if (block.kind !== 'paragraph' || isOfTable(block)) return null
    if (isStanding(block) && !block.vacant) return block.id
  }
  return null
}
