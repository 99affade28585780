import { Clock, Flag, Minus, MoveHorizontal, Plus } from 'lucide-react'
import type { Position } from '#shared/model/position.ts'

const SIGNS = {
  support: Plus,
  oppose: Minus,
  reserve: Flag,
  flexible: MoveHorizontal,
  'come-back': Clock,
} as const satisfies Record<Position, unknown>

/** The sign of a position, of a distinct shape. Its word must be shown beside it or be its accessible name. */
export function PositionSign({ position }: { readonly position: Position }) {
  const Sign = SIGNS[position]
  return <Sign aria-hidden="true" />
}
