import type { BoardBlock } from '#shared/document/composition/board.ts'
import { isBlockKind } from '#shared/model/proposals/proposal.ts'
import { CARD_GAP } from './stack.ts'

/**
 * How much of each proposal the margin shows beside a paragraph. Cards that do not fit beside it shrink to one line
 * each (the current one is always shown in full). If even those do not fit, space is reserved under the paragraph.
 * The result depends only on the text and the paragraph's height, never on the measured cards, so that it cannot
 * oscillate.
 */
export interface Density {
  readonly slim: boolean
  /** Space under the paragraph, in CSS pixels. */
  readonly reserve: number
}

const OVERHANG = 72
const ROW = 34
const LINE = 20
const CHARACTERS_A_LINE = 42
const LINES_SHOWN = 3
const PADDING = 20
/** Estimated height of the line with positions, in CSS pixels. */
const STANCES = 22
/** Estimated height of the heading of a place with several competing proposals, in CSS pixels. */
const SET = 24
const SLIM_ROW = 30
const SLIM_PADDING = 10

export function densityOf(block: BoardBlock, height: number): Density {
  let full = 0
  let slim = 0
  for (const place of block.places) {
    const set = place.conflict ? SET : 0
    full += PADDING + CARD_GAP + set
    slim += SLIM_PADDING + CARD_GAP + set
    for (const row of place.rows) {
      const lines = Math.ceil((row.struck.length + row.text.length + 1) / CHARACTERS_A_LINE)
      full += ROW + LINE * Math.min(isBlockKind(row.head.kind) ? 1 : LINES_SHOWN, lines)
      if (row.positions.some(({ position }) => position !== null)) full += STANCES
      slim += SLIM_ROW
    }
  }
  if (full <= height) return { slim: false, reserve: 0 }
  // One or two cards are never shrunk; they may reach below a short paragraph.
  if (block.open <= 2) return { slim: false, reserve: Math.max(0, full - height - OVERHANG) }
  return { slim: true, reserve: Math.max(0, slim - height) }
}
