import type { Board, BoardBlock } from '#shared/document/composition/board.ts'
import type { ParagraphId } from '#shared/model/ids.ts'
import { can } from '#shared/model/role.ts'
import type { Role } from '#shared/model/role.ts'
import { strings } from '../strings.ts'
import { isAgreedBlock, isStanding, statusOf } from './status.ts'

/** The items of a paragraph's menu. */

const words = strings.paragraph

export type MenuAct = keyof typeof words.do
export type MenuSection = keyof typeof words.section

export interface MenuEntry {
  readonly act: MenuAct
  readonly section: MenuSection
  /** Why it cannot be done now; null when it can. */
  readonly not: string | null
}

export interface MenuContext {
  readonly role: Role
  /** The block in which the caret stands, when it could be split there. */
  readonly caretIn: string | null
  readonly silence: boolean
}

export function menuOf(board: Board, block: BoardBlock, beholder: MenuContext): readonly MenuEntry[] {
  if (!isStanding(block)) return [entry('say', 'comments')]
  return [
    ...(can(beholder.role, 'decide') && !block.vacant ? deciding(block) : []),
    ...(can(beholder.role, 'propose') && !block.vacant ? proposing(board, block, beholder) : []),
    ...(block.vacant ? [] : [entry('say', 'position')]),
    entry('say', 'comments'),
    entry('say', 'history'),
    ...(beholder.silence && can(beholder.role, 'propose') && !block.vacant ? [entry('say', 'break')] : []),
  ]
}

const entry = (section: MenuSection, act: MenuAct, not: string | null = null): MenuEntry => ({
  act,
  section,
  not,
})

function deciding(block: BoardBlock): MenuEntry[] {
  const status = statusOf(block)
  const not = block.open > 0 ? words.why.open(block.open) : null
  if (isAgreedBlock(block)) {
    const further = entry('decide', 'agree', not)
    return [further, entry('decide', 'reopen')]
  }
  return [
    entry('decide', 'agreeAdRef', not),
    entry('decide', 'agree', not),
    entry('decide', status === 'under-discussion' ? 'offFloor' : 'floor'),
  ]
}

function proposing(
  board: Board,
  block: BoardBlock & { readonly id: ParagraphId },
  at: MenuContext,
): MenuEntry[] {
  const not = isAgreedBlock(block) ? words.why.agreed : null
  const caret = at.caretIn === block.id ? null : words.why.caret
  const next = nextParagraph(board, block.id) === null ? words.why.noNext : null
  return [
    entry('propose', 'delete', not),
    entry('propose', 'alternative', not),
    entry('propose', 'move', not),
    entry('propose', 'split', not ?? caret),
    entry('propose', 'join', not ?? next),
    entry('propose', 'reserve', not),
  ]
}

/** The paragraph that a merge would take in: the next one that is not vacant, and not beyond a heading. */
export function nextParagraph(board: Board, id: ParagraphId): ParagraphId | null {
  const at = board.blocks.findIndex((block) => block.id === id)
  for (const block of board.blocks.slice(at + 1)) {
    if (block.kind !== 'paragraph') return null
    if (isStanding(block) && !block.vacant) return block.id
  }
  return null
}
