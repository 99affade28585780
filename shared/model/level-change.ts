import { belowIn } from './family.ts'
import type { Standing } from './family.ts'

/** What a move is that leaves a paragraph where it stands and changes its level. */
export type LevelChange = 'indent' | 'outdent'

/** Where a move puts a paragraph. */
interface Destination {
  /** The paragraph that it is put behind, or first below; null for the beginning. */
  readonly other: string | null
  readonly under: boolean
  /** Whether everything below it moves along. */
  readonly below: boolean
}

/**
 * Returns whether a move indents or outdents a paragraph in its place; null when it would stand elsewhere, or on the same
 * level. `text`: the paragraphs of the text in order, without proposed ones.
 */
export function levelChange(
  text: readonly Standing[],
  id: string,
  { other, under, below }: Destination,
): LevelChange | null {
  const at = text.findIndex((one) => one.id === id)
  const moved = text[at]
  if (moved?.kind !== 'paragraph') return null
  const along = belowIn(text, id)
  if (!below && along.length > 0) return null
  const others = [...text.slice(0, at), ...text.slice(at + 1 + along.length)]
  const behind = others.findIndex((one) => one.id === other)
  const target = others[behind]
  if (target?.kind !== 'paragraph') return null
  const place = behind + 1 + (under ? 0 : belowIn(others, target.id).length)
  return place === at ? compareLevels(moved.level, target.level + (under ? 1 : 0)) : null
}

/** Returns which change leads from one level to another; null when they are the same. */
export const compareLevels = (from: number, to: number): LevelChange | null =>
  to > from ? 'indent' : to < from ? 'outdent' : null
