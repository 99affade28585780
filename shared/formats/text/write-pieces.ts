import type { Piece } from '../../document/composition/compose.ts'

/**
 * Joins pieces to text. People type the space that separates a word from its neighbour inside their bracket; in
 * print it goes outside: `from [extreme – US] poverty`, not `from [extreme  – US]poverty`.
 */
export function writePieces(pieces: readonly Piece[]): string {
  let text = ''
  // Where the brackets begin that have been opened since the last character of text; -1 when there are none.
  let opened = -1
  // For each open bracket the space that its words ended with before the first of its signs.
  const spaces: string[] = []
  for (const piece of pieces) {
    if (piece.kind === 'sign' && piece.sign === 'gone')
      text += text.endsWith(' ') ? `${piece.text} ` : piece.text
    else if (piece.kind === 'sign') {
      if (piece.text === '[') {
        if (opened < 0) opened = text.length
        text += '['
        spaces.push('')
        continue
      }
      const trimmed = text.trimEnd()
      const sign = piece.sign === 'wording-start' ? piece.text.trimStart() : piece.text.trim()
      const parted = trimmed === '' || trimmed.endsWith('[') || sign.startsWith(']') ? '' : ' '
      const space = text.slice(trimmed.length)
      const closes = piece.sign !== 'request' && sign.endsWith(']')
      if (!closes && space !== '' && spaces.length > 0) spaces[spaces.length - 1] = space
      const kept = closes ? spaces.pop() : ''
      text = `${trimmed}${parted}${sign}${sign.endsWith(']') ? space || (kept ?? '') : ''}`
    } else if (piece.kind === 'mark') {
      text += piece.text
      continue
    } else if (opened < 0) text += piece.text + directionsLeftOpen(piece.text)
    else {
      const words = piece.text.trimStart()
      const space = piece.text.slice(0, piece.text.length - words.length)
      text = text.slice(0, opened) + space + text.slice(opened) + words + directionsLeftOpen(words)
    }
    opened = -1
  }
  return text
}

const ISOLATE = /[\u2066-\u2068]/u
const TURNING = /[\u202a-\u202e\u2066-\u2069]/gu

/**
 * Returns the characters that end the open changes of direction in `words`, so that the names behind them are
 * shown in place.
 */
function directionsLeftOpen(words: string): string {
  const open: string[] = []
  for (const [sign] of words.matchAll(TURNING)) {
    if (sign === '\u2069') open.length = open.includes(sign) ? open.lastIndexOf(sign) : open.length
    else if (sign !== '\u202c') open.push(ISOLATE.test(sign) ? '\u2069' : '\u202c')
    else if (open.at(-1) === sign) open.pop()
  }
  return open.toReversed().join('')
}
