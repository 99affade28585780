import { ENDS_CLAUSE } from '../lines/line.ts'
import { type OutlineState, counterKey } from './outline-state.ts'
import { isClauseOfPreamble } from '../lines/preamble.ts'
import { isOperative, isPreambular } from '../lines/resolution.ts'

/** How many characters at the end of a text say what kind of clause it is. */
const TAIL = 40

/** Reads a paragraph that begins with nothing of the kind. */
export function readUnmarked(state: OutlineState, text: string, index: number): void {
  const before = state.blocks.at(-1)?.kind
  if (state.zone === 'none' && before !== 'paragraph' && isClauseOfPreamble(text)) state.zone = 'preamble'
  if (state.zone === 'preamble' && readClause(state, text, index)) return
  const { main } = state.frames
  const counts =
    isOperative(text) || (main?.key === 'OP' && main.label?.unprinted === true && /^\p{Lu}/u.test(text))
  if (state.zone === 'operative' && !state.numbersFollow[index] && counts) {
    countClause(state, 'OP', text)
    return
  }
  if (state.plain) {
    const label = state.book.issue({ number: state.next('paragraphs'), suffix: 0, unprinted: true })
    state.pushMain(label, 'plain', text, label.number)
    return
  }
  const below = state.frames.main !== undefined && state.zone !== 'preamble'
  state.pushText(null, below ? (state.frames.main?.level ?? 0) + 1 : 0, text)
}

/** Reads a clause of a preamble that has no number; returns false when it is none. */
function readClause(state: OutlineState, text: string, index: number): boolean {
  const end = text.slice(-TAIL)
  const clause = /[,،，]["'”’»)\]]*(?: ?\p{Nd}{1,2})?$/u.test(end)
  if (clause || isPreambular(text) || !ENDS_CLAUSE.test(end)) {
    countClause(state, 'PP', text)
    return true
  }
  if (/[:：]$/u.test(end) && !isOperative(text)) return false
  if (state.numbersFollow[index]) return false
  countClause(state, 'OP', text)
  return true
}

function countClause(state: OutlineState, series: 'PP' | 'OP', text: string): void {
  const within = state.container()
  const number = state.next(counterKey(series, within))
  const label = state.book.issue({
    number,
    suffix: 0,
    series,
    unprinted: true,
    ...(within ? { within } : {}),
  })
  state.zone = series === 'PP' ? 'preamble' : 'operative'
  state.pushMain(label, series, text, number)
}
