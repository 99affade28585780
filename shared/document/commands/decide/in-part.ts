import { wordsOf } from '../../text/streamline.ts'

/**
 * A text that is a part of a proposed wording: its words are words of the wording, in their order, and at least as much
 * punctuation as a person likes. At its ends it gets the space that the wording has there. Null: it says more, or in
 * another order.
 */
export function partOf(proposed: string, text: string): string | null {
  if (!isInOrder(wordsOf(proposed), wordsOf(text))) return null
  const words = text.trim()
  if (words === '') return ''
  const before = proposed.length - proposed.trimStart().length
  return proposed.slice(0, before) + words + proposed.slice(proposed.trimEnd().length)
}

export const leavesWordsOut = (proposed: string, part: string): boolean =>
  wordsOf(part).length < wordsOf(proposed).length

function isInOrder(all: readonly string[], some: readonly string[]): boolean {
  let found = 0
  for (const word of all) if (word === some[found]) found++
  return found === some.length
}
