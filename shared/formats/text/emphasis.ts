import type { ComposedText, Piece } from '../../document/composition/compose.ts'

/** Writes emphasis as Markdown does, `*Recalling*` and `**shall**`, so that it is read again. */

/** Whether a text has emphasised words: then stars and underscores among its words must be told from marks. */
export const isEmphasised = (pieces: readonly Piece[]): boolean =>
  pieces.some((piece) => piece.kind === 'text' && piece.formats.length > 0)

/** The longest words that the reader takes for emphasised. */
const LONGEST = 400
const LITERAL = /[*_]|\\(?=[\\.\-*_[\](){}#>+!`|])/g
const LETTER_END = /[\p{L}\p{N}*_]$/u
const LETTER_START = /^[\p{L}\p{N}*_]/u

/**
 * Returns the pieces with the marks of emphasis in them. Words that are emphasised within a word are written without, since
 * they would not be read as such.
 */
export function withEmphasis(pieces: readonly Piece[]): Piece[] {
  const written = pieces.map((piece) =>
    piece.kind === 'text' ? { ...piece, text: piece.text.replace(LITERAL, String.raw`\$&`) } : piece,
  )
  for (let i = 0; i < written.length; i++) {
    const first = written[i]
    if (first?.kind !== 'text' || first.formats.length === 0) continue
    const end = endOfRun(written, i)
    const run = written.slice(i, end)
    const star = starOf(run, first, written[i - 1], written[end])
    if (star !== '') {
      written[i] = { ...first, text: first.text.replace(/^\s*/u, `$&${star}`) }
      const last = written[end - 1]
      if (last) written[end - 1] = { ...last, text: last.text.replace(/\s*$/u, `${star}$&`) }
    }
    i = end - 1
  }
  return written
}

const key = (piece: Piece | undefined): string =>
  piece?.kind === 'text' ? [piece.formats, piece.within, piece.struck].join(' ') : ''

/** Returns the index behind the pieces that are emphasised alike from `from` on, with the marks of footnotes among them. */
function endOfRun(pieces: readonly Piece[], from: number): number {
  let end = from + 1
  for (let next = pieces[end]; next; next = pieces[end]) {
    if (next.kind !== 'mark' && key(next) !== key(pieces[from])) break
    end++
  }
  return end
}

function starOf(
  run: readonly Piece[],
  { formats }: ComposedText,
  previous: Piece | undefined,
  next: Piece | undefined,
): string {
  const text = run.map((piece) => piece.text).join('')
  const words = text.trim()
  if (words === '' || words.length > LONGEST || /[*_]/.test(words)) return ''
  if (text.startsWith(words) && previous && LETTER_END.test(previous.text)) return ''
  if (text.endsWith(words) && next && LETTER_START.test(next.text)) return ''
  return formats.includes('strong') ? '**' : '*'
}
