import { wordsOf } from '../../text/streamline.ts'

/**
 * Checks that `text` is a part of the proposed wording: its words are words of the wording, in the same order;
 * punctuation may differ. Returns the text with the spaces that the wording has at its ends, or null when it
 * holds other words or another order.
 */
export function partOf(proposed: string, text: string): string | null {
  if (!isInOrder(wordsOf(proposed), wordsOf(text))) return null
  const words = text.trim()
  if (words === '') return ''
  const before = proposed.length - proposed.trimStart().length
  return proposed.slice(0, before) + words + proposed.slice(proposed.trimEnd().length)
}

/** Whether a part has fewer words than the proposed wording. */
export const leavesWordsOut = (proposed: string, part: string): boolean =>
  wordsOf(part).length < wordsOf(proposed).length

function isInOrder(all: readonly string[], some: readonly string[]): boolean {
  let found = 0
  for (const word of all) if (word === some[found]) found++
  return found === some.length
}
