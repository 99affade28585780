import { foldCase } from '#shared/model/characters/fold-case.ts'

/**
 * Folds text for searching. Case and accents are ignored. All quotes and apostrophes become one character, and so do
 * all hyphens and dashes, and each run of spaces. Spaces at the beginning, before closing punctuation, around dashes and
 * inside « » are removed, as are invisible characters.
 *
 * `origins`, when given, receives for each UTF-16 unit of the result the index in `text` of what it came from.
 */
export function fold(text: string, origins?: number[]): string {
  const units: string[] = []
  let index = 0
  let afterOpening = true
  for (const character of text) {
    const entry = entryOf(character)
    if (entry.closes && units.at(-1) === ' ') {
      units.pop()
      origins?.pop()
    }
    for (const unit of entry.folded) {
      if (unit === ' ' && (afterOpening || units.at(-1) === ' ')) continue
      units.push(unit)
      origins?.push(index)
      afterOpening = false
    }
    if (character === '«' || entry.folded === DASHED) afterOpening = true
    index += character.length
  }
  return units.join('')
}

const CLOSING = /[.,;:!?)»،؛؟]/
const QUOTE = /['"`´‘’‚‛“”„‟«»‹›′″ʹʺʼ＇＂]/
const DASH = /[\p{Pd}\u2212]/u
const DASHED = '-'
const SPACE = /\s/
/** Joiners, direction marks, soft hyphens, and the Arabic tatweel. */
const UNSEEN = /[\u00ad\u0640\p{Cf}]/u
/** Accents of Latin, Greek and Cyrillic, and vowel signs of Arabic and Hebrew. Other marks make different letters. */
const ACCENTS =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g
/** Letters without a decomposition, and how people type them. */
const PLAIN: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

interface Entry {
  readonly folded: string
  /** Whether spaces before it are removed. */
  readonly closes: boolean
}

const known = new Map<string, Entry>()

function entryOf(character: string): Entry {
  const before = known.get(character)
  if (before !== undefined) return before
  const now = { folded: foldCharacter(character), closes: CLOSING.test(character) || DASH.test(character) }
  known.set(character, now)
  return now
}

function foldCharacter(character: string): string {
  if (QUOTE.test(character)) return "'"
  if (DASH.test(character)) return DASHED
  if (SPACE.test(character)) return ' '
  if (UNSEEN.test(character)) return ''
  const lower = foldCase(character)
  return PLAIN[lower] ?? lower.normalize('NFKD').replace(ACCENTS, '').toLowerCase()
}
