import type { ParagraphKind } from './paragraph.ts'

/** What is asked to find out what stands below what, of paragraphs in the order of the text. */
export interface Standing {
  readonly id: string
  readonly kind: ParagraphKind
  readonly level: number
}

/**
 * A paragraph and everything below it are a family: the paragraphs behind it of higher levels, up to the next of its own
 * level or a heading. Below a heading is its whole division, up to the next heading of its level or of one above it.
 */

/** Returns what stands below a paragraph or a heading, in order; empty when nothing does or it is not in the text. */
export function belowIn<T extends Standing>(text: readonly T[], id: string): readonly T[] {
  const at = text.findIndex((one) => one.id === id)
  return at < 0 ? [] : text.slice(at + 1, endOfFamily(text, at))
}

/** Returns the index behind the last one that stands below what is at an index. */
export function endOfFamily(text: readonly Standing[], at: number): number {
  const head = text[at]!
  let end = at + 1
  if (head.kind === 'separator') return end
  while (text[end] && isBelow(head, text[end]!)) end++
  // A line of asterisks at the end stands between two divisions.
  while (end > at + 1 && text[end - 1]!.kind === 'separator') end--
  return end
}

/** Footnotes stand behind the text, and below nothing. */
function isBelow(head: Standing, { kind, level }: Standing): boolean {
  if (kind === 'note') return false
  if (head.kind === 'heading') return kind !== 'heading' || level > head.level
  return kind === 'paragraph' && level > head.level
}

/** Of these, the ones that have words: lines of asterisks and vacant numbers are not counted, agreed or deleted. */
export const withWords = <T extends Standing & { readonly vacant: boolean }>(
  family: readonly T[],
): readonly T[] => family.filter(({ kind, vacant }) => kind !== 'separator' && !vacant)
