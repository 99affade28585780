import { Clock, Flag, Minus, MoveHorizontal, Plus } from 'lucide-react'
import type { Position } from '#shared/model/position.ts'

const SIGNS = {
  support: Plus,
  oppose: Minus,
  reserve: Flag,
  flexible: MoveHorizontal,
  'come-back': Clock,
} as const satisfies Record<Position, unknown>

/** A shape of its own for each position; the word stands beside it or is said in its place. */
export function PositionSign({ position }: { readonly position: Position }) {
  const Sign = SIGNS[position]
  return <Sign aria-hidden="true" />
}
