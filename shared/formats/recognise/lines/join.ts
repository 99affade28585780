import { UNSPACED } from '../../../model/characters/unspaced.ts'

/** The letters of scripts without spaces between words, and the wide punctuation that stands among them. */
const WITHOUT_SPACE = `${UNSPACED}\\u3000-\\u303f\\uff00-\\uff60`
const ENDS_UNSPACED = new RegExp(`[${WITHOUT_SPACE}][,;:.)]?$`, 'u')
const BEGINS_UNSPACED = new RegExp(`^[${WITHOUT_SPACE}]`, 'u')

/** Returns what stands between two lines of one paragraph: a space, except in scripts that have none. */
export const gapBetween = (text: string, next: string): string =>
  text === '' || (ENDS_UNSPACED.test(text) && BEGINS_UNSPACED.test(next)) ? '' : ' '

/** How a line of a paragraph is joined to the text before it. */
export interface Joint {
  /** What stands between them. */
  readonly gap: string
  /** Whether a word is divided between them by a hyphen. */
  readonly hyphenated: boolean
  /** Whether that hyphen, the last character of the text before, is left out. */
  readonly drops: boolean
}

/** `tail`: the end of the text before; `broken`: whether it ended in a soft hyphen. */
export function jointBetween(tail: string, next: string, broken: boolean, vocabulary: Vocabulary): Joint {
  if (endsInHyphen(tail) && BROKEN.test(tail) && GOES_ON.test(next))
    return { gap: '', hyphenated: true, drops: dropsHyphen(tail, next, vocabulary) }
  return { gap: broken ? '' : gapBetween(tail, next), hyphenated: false, drops: false }
}

/** First parts of compound words, which keep their hyphen. */
const COMPOUNDS = new Set(
  `long short high low well ill self full half part all cross follow north south east west decision policy peace
  gender people country evidence rights results climate water land drug data time cost risk market need science human
  community nature zero first second third one two three four five middle late early large small medium non ex vice
  so ad then best better worst hard far fast fresh state world open post wide cost debt job food energy carbon`.split(
    /\s+/,
  ),
)
/** Beginnings of words that are not words of their own. */
const PREFIXES = new Set(
  `multi inter intra trans sub super pre re un dis mis co anti extra hyper micro macro bi tri uni de en em im in ir il
  con com per pro ab ac ad af ag al ap ob oc op sus`.split(/\s+/),
)

/**
 * The words of a draft in lower case, also those with hyphens. Words that a line end divides are not among them. Empty for a
 * draft without such words, since nobody asks then.
 */
export type Vocabulary = ReadonlySet<string>

export function vocabularyOf(lines: readonly { readonly text: string }[]): Vocabulary {
  const words = new Set<string>()
  if (!lines.some(({ text }) => endsInHyphen(text))) return words
  let divided = false
  for (const { text } of lines) {
    const last = endsInHyphen(text) ? BROKEN.exec(text.slice(-TAIL)) : null
    const whole = text.slice(
      divided ? (GOES_ON.exec(text)?.[0].length ?? 0) : 0,
      last ? -last[0].length : undefined,
    )
    for (const [word] of whole.matchAll(/\p{L}+(?:[-‐]\p{L}+)*/gu)) words.add(word.toLowerCase())
    divided = last !== null
  }
  return words
}

const TAIL = 40
const BROKEN = /(?<first>\p{L}+)[-‐]$/u
const endsInHyphen = (text: string): boolean => /[-‐]$/u.test(text.slice(-1))
const GOES_ON = /^\p{L}+/u

/**
 * Whether the hyphen between two lines belongs to the line break alone. It is left out only where the draft has the
 * word without it elsewhere, or where one of its parts is no word.
 */
function dropsHyphen(tail: string, next: string, vocabulary: Vocabulary): boolean {
  const first = BROKEN.exec(tail)?.groups?.['first']?.toLowerCase() ?? ''
  const second = (GOES_ON.exec(next)?.[0] ?? '').toLowerCase()
  if (/^\p{Lu}/u.test(next)) return false
  if (vocabulary.has(first + second)) return true
  if (vocabulary.has(`${first}-${second}`) || COMPOUNDS.has(first)) return false
  return PREFIXES.has(first) || !(vocabulary.has(first) || vocabulary.has(second))
}
