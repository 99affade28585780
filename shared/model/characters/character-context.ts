/**
 * Characters that are right only between certain others: joiners, variation selectors, tags, direction marks.
 * Each is judged by at most {@link REACH} UTF-16 units on either side, so judging a text takes time linear in
 * its length.
 */

/** What surrounds a character. Both sides are cut after {@link REACH} UTF-16 units. */
export interface Context {
  readonly left: string
  readonly right: string
  /** The character before `left`, '' at the start of the text; null when it is not known, which counts as right. */
  readonly before: string | null
  /** Whether more text may follow `right`. A joiner at its end is then trusted to get its letter. */
  readonly goesOn: boolean
  /**
   * Whether more text follows `right` in the same insertion. A direction mark at its end is then trusted to get
   * its letter.
   */
  readonly isCut?: boolean
  /**
   * What is known to follow `right`. A direction mark is judged by it; a joiner may still get a letter before
   * it.
   */
  readonly after?: string
}

/** In UTF-16 units. No rule looks farther. */
export const REACH = 64

/** Characters that {@link standsWell} judges. */
export const DEPENDENT =
  /[\u180b-\u180f]|[\ufe00-\ufe0f]|[\u2800\u{13430}-\u{1343f}\u{13441}\u{13442}]|[\u061c\u200c-\u200f\u{e0020}-\u{e007f}]|[\u{e0100}-\u{e01ef}]/u

const JOINER = /[\u200c\u200d]/
const MONGOLIAN_SELECTOR = /[\u180b-\u180f]/
const EMOJI_SELECTOR = /[\ufe0e\ufe0f]/
const SHORT_SELECTOR = /[\ufe00-\ufe0d]/
const TAG = /[\u{e0020}-\u{e007f}]/u

/** Letters, marks and digits of the scripts whose shapes joiners decide: cursive ones, and those with conjuncts. */
const JOINING =
  /(?![\u180b-\u180f])(?=[\p{L}\p{M}\p{Nd}])[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Nkoo}\p{scx=Mand}\p{scx=Adlm}\p{scx=Rohg}\p{scx=Phag}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}\p{scx=Java}\p{scx=Bali}\p{scx=Cakm}\p{scx=Newa}]/u

const PICTURE = /\p{ExtPict}/u
/** What an emoji may end with before a joiner: a pictograph, U+FE0F, or a skin tone. */
const EMOJI_END = /[\u{1f3fb}-\u{1f3ff}]|\p{ExtPict}|\ufe0f/u
const KEYCAP_BASE = /[0-9#*]/
const KEYCAP = '\u20e3'
const HAN = /\p{sc=Han}/u
const MONGOLIAN = /(?![\u180b-\u180f])\p{sc=Mong}/u
/** Scripts in which a selector below U+FE0E chooses a variant. */
const VARYING = /[\p{sc=Han}\p{sc=Mymr}\p{sc=Phag}]/u

const BRAILLE_BLANK = '\u2800'
const BRAILLE = /(?!\u2800)\p{sc=Brai}/u
const HIEROGLYPH_CONTROL = /[\u{13430}-\u{1343f}\u{13441}\u{13442}]/u
const HIEROGLYPH = /\p{sc=Egyp}/u

const BLACK_FLAG = '\u{1f3f4}'
/** The flags of England, Scotland and Wales, the only ones written with tags. */
const TAGGED_FLAGS = ['gbeng', 'gbsct', 'gbwls'].map((region) => {
  const tags = Array.from(region, (letter) => 0xe0000 + letter.charCodeAt(0))
  return BLACK_FLAG + String.fromCodePoint(...tags, 0xe007f)
})

/**
 * Whether a dependent character is right in this context:
 *
 * - a joiner: behind a letter of a joining script; U+200C also before one;
 * - U+200D: also between two emoji;
 * - a variation selector: behind a character that has variants; U+FE0F also behind a digit within a keycap;
 * - tags: within a complete flag;
 * - the Braille blank: behind a Braille cell; a hieroglyph control or blank: behind a hieroglyph;
 * - a direction mark: where it {@link changesNothing}.
 */
export function standsWell(character: string, context: Context): boolean {
  if (TAG.test(character)) return isInFlag(character, context)
  if (isDirectionMark(character)) return changesNothing(character, context)
  const left = context.left === '' ? context.before : lastOf(context.left)
  if (left === null) return true
  if (JOINER.test(character)) return joins(character, left, context)
  if (character === BRAILLE_BLANK) return BRAILLE.test(left)
  if (HIEROGLYPH_CONTROL.test(character)) return HIEROGLYPH.test(left)
  if (MONGOLIAN_SELECTOR.test(character)) return MONGOLIAN.test(left)
  if (EMOJI_SELECTOR.test(character))
    return KEYCAP_BASE.test(left) ? follows(context, KEYCAP) : PICTURE.test(left)
  return SHORT_SELECTOR.test(character) ? VARYING.test(left) : HAN.test(left)
}

function joins(joiner: string, left: string, context: Context): boolean {
  const invisible = joiner === '\u200c'
  if (JOINING.test(left)) return !invisible || follows(context, JOINING)
  return !invisible && EMOJI_END.test(left) && follows(context, PICTURE)
}

const follows = ({ right, goesOn }: Context, wanted: RegExp | string): boolean => {
  if (right === '') return goesOn
  const next = firstOf(right)
  return typeof wanted === 'string' ? next === wanted : wanted.test(next)
}

function isInFlag(tag: string, { left, right }: Context): boolean {
  const start = left.lastIndexOf(BLACK_FLAG)
  if (start < 0) return false
  const text = left.slice(start) + tag + right
  return TAGGED_FLAGS.some((flag) => left.length - start < flag.length && text.startsWith(flag))
}

const DIRECTION_MARK = /[\u061c\u200e\u200f]/
const LEFT_TO_RIGHT_MARK = '\u200e'

/** Letters of scripts that run from right to left, and the Arabic punctuation that counts as such. */
const RIGHT_LETTER =
  /[\u061b\u061d-\u061f]|(?=\p{L})[\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Samr}\p{sc=Mand}\p{sc=Adlm}\p{sc=Rohg}]/u
/** Letters of the scripts most used from left to right. */
const LEFT_LETTER =
  /(?=\p{L})[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}\p{sc=Armn}\p{sc=Geor}\p{sc=Deva}\p{sc=Beng}\p{sc=Thai}\p{sc=Ethi}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u
/** Spaces, punctuation without a direction, and accents, which take the direction of their base. */
export const NEUTRAL = /[\p{Zs}\p{Mn}!"&'()*;<=>?@[\\\]^_`{|}~\u00ab\u00bb\u2010-\u2027\u2039\u203a,.:/-]/u

export const isDirectionMark = (character: string): boolean => DIRECTION_MARK.test(character)

/**
 * U+200E, U+200F and U+061C act as invisible letters of a direction. Such a mark changes nothing when on both
 * sides the nearest letter has the mark's direction and only neutral characters lie between: these take that
 * direction anyway (Unicode Bidirectional Algorithm, N1). With a number, a letter of the other direction or the
 * end of the text on either side, it could change the order in which words are shown.
 */
function changesNothing(mark: string, context: Context): boolean {
  const { left, before, isCut = false, after = '' } = context
  const right = (context.right + after).slice(0, REACH)
  const letter = mark === LEFT_TO_RIGHT_MARK ? LEFT_LETTER : RIGHT_LETTER
  const leftward = Array.from(left).findLast(hasDirection)
  const rightward = Array.from(right).find(hasDirection)
  if (rightward === undefined ? !isCut || right.length >= REACH : !letter.test(rightward)) return false
  if (leftward !== undefined) return letter.test(leftward)
  return left.length < REACH && (before === null || letter.test(before))
}

const hasDirection = (character: string): boolean => !NEUTRAL.test(character)

/** Returns the last character of a text; '' for an empty text. */
export function lastOf(text: string): string {
  const end = text.slice(-2)
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(end) ? end : end.slice(-1)
}

/** Returns the first character of a text; '' for an empty text. */
export const firstOf = (text: string): string =>
  text === '' ? '' : String.fromCodePoint(text.codePointAt(0) ?? 0)
