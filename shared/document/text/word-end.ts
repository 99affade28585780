import { hasUnspaced } from '../../model/characters/unspaced.ts'

const WORD = /[\p{L}\p{M}\p{N}]/u

/** Whether a character is part of a word of a script that has spaces between words. */
const isLetter = (character: string | undefined): boolean =>
  character !== undefined && WORD.test(character) && !hasUnspaced(character)

/** Returns the end of the word in which an offset of a text is. */
export function wordEndIn(text: string, offset: number): number {
  let end = offset
  while (isLetter(text[end - 1]) && isLetter(text[end])) end++
  return end
}
