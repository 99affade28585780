import type { Line } from './line-writer.ts'

/**
 * Returns plain text as lines, one for each paragraph. Empty lines, marks of quoted mail and markers of lists are left
 * out; lines that were broken at one width are joined (see {@link isWrapped}). A text of a single line keeps the spaces
 * at its edges, because it is pasted into a sentence; one of spaces alone is one space.
 */
export function plainLines(text: string): Line[] {
  const source = text.split(/\r\n?|[\n\f\v\u0085\u2028\u2029]/u)
  const lines = unwrapped(unquoted(source)).filter((line) => line.trim() !== '')
  if (lines.length === 0) return source.length === 1 && text !== '' ? [[{ insert: ' ' }]] : []
  const words = lines.map((line) => line.replace(BULLET, '').replaceAll(OTHER_SPACES, ' '))
  if (source.length === 1) return [[{ insert: words[0]! }]]
  return words.map((line, i) => [{ insert: i === 0 ? line.trimEnd() : line.trim() }])
}

/** A run of spaces that holds a tab or a space at which a line may not break; replaced by one space. */
const OTHER_SPACES = /[ ]*[\t\u00a0\u2007\u202f][ \t\u00a0\u2007\u202f]*/gu
/**
 * A list's marker as word processors write it: a bullet, or a number with a tab behind it. A number is of digits, of one
 * letter (twice after z), or Roman up to 39: `Note.` before a tab is a word.
 */
const BULLET =
  /^\s*(?:[•▪◦‣●○\uf0a7\uf0b7][ \t\u00a0]+|(?:[·o§–-]|\(?(?:\d{1,3}|([a-z])\1?|(?=[ivx])x{0,3}(?:i[xv]|v?i{0,3}))[.)])\t+)/iu

/** The lines without the `>` of quoted mail, if each line with words has one; else unchanged. */
function unquoted(lines: readonly string[]): readonly string[] {
  const filled = lines.filter((line) => line.trim() !== '')
  if (filled.length === 0 || !filled.every((line) => line.startsWith('>'))) return lines
  return lines.map((line) => line.replace(/^(?:> ?)+/, ''))
}

/** The lines with each wrapped block (lines between two empty ones) joined into one, and an empty line behind each block. */
function unwrapped(lines: readonly string[]): string[] {
  const out: string[] = []
  let block: string[] = []
  for (const line of [...lines, '']) {
    if (line.trim() !== '') block.push(line)
    else {
      out.push(...(isWrapped(block) ? [block.map((part) => part.trim()).join(' ')] : block), '')
      block = []
    }
  }
  return out
}

/** The widths at which mail and printed pages are broken into lines, in UTF-16 units. */
const NARROWEST = 45
const WIDEST = 110

/**
 * Whether a block is one paragraph that was broken into lines of one width: no line could have taken the next one's
 * first word, and at some break a sentence goes on.
 */
function isWrapped(block: readonly string[]): boolean {
  const lines = block.map((line) => line.trim())
  const width = Math.max(...lines.map((line) => line.length))
  if (lines.length < 2 || width < NARROWEST || width > WIDEST) return false
  let goesOn = false
  for (const [i, line] of lines.slice(0, -1).entries()) {
    const next = lines[i + 1]!
    if (BULLET.test(block[i + 1]!) || line.length + 1 + next.split(/\s/, 1)[0]!.length <= width) return false
    goesOn ||= /[\p{L}\p{N},]$/u.test(line) && /^\p{Ll}/u.test(next)
  }
  return goesOn
}
