/**
 * Which characters may stand in a text that somebody writes: a wording, base text, a comment, a title, a name, an
 * import. A text must read as it is stored: nothing in it is invisible, turns the direction of other words, or means
 * something to one program only. The functions are pure and the same on both sides: the client strips what is forbidden, the
 * server refuses it.
 *
 *     never       controls, direction overrides and isolates, zero-width spaces, fillers, soft hyphens, interlinear
 *                 annotations, noncharacters, private use, halves of surrogate pairs, a musical note that shows nothing
 *     in a place  what a script or an emoji needs: joiners, variation selectors, the tags of three flags, the blank of
 *                 Braille, the controls and blanks of hieroglyphs; direction marks where they change nothing ({@link standsWell})
 *     so many     combining marks on one character: {@link MARKS_LIMIT}
 *
 * Ranges are given by number, or by properties that the Unicode Standard never changes, so that a browser and a server
 * of different Unicode versions agree. Unassigned characters that print may be newer than the server: they are allowed.
 */
import type { Context } from './character-context.ts'
import { DEPENDENT, REACH, isDirectionMark, lastOf, standsWell } from './character-context.ts'

/** `line`: no line breaks and no tabs. `lines`: line feeds and tabs may stand in it. */
export type TextForm = 'line' | 'lines'

type FaultKind = 'marks' | 'half' | 'line-break' | 'control' | 'direction' | 'invisible' | 'undefined'

/** A forbidden character and where it is. */
export interface TextFault {
  readonly kind: FaultKind
  /** In UTF-16 units. */
  readonly index: number
  readonly codePoint: number
}

/** What is known of the text around a part of a longer text. */
export type Beside = Pick<Context, 'before' | 'goesOn' | 'isCut' | 'after'>

const WHOLE: Beside = { before: '', goesOn: false }

/** Characters that must be looked at. Most texts have none. */
const UNUSUAL =
  /[\u034f\p{Cc}\ufe00-\ufe0f\p{Cs}\p{Co}\p{NChar}\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffc\u{13430}-\u{1343f}\u{13441}\u{13442}\u{1bca0}-\u{1bca3}\u{1d159}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/u

const EACH_UNUSUAL = new RegExp(UNUSUAL.source, 'gu')

/**
 * The limit of the Stream-Safe Text Format in Unicode Standard Annex 15. No writing system comes near it, and
 * programs that normalise text need not hold more.
 */
export const MARKS_LIMIT = 30
/** Marks with a joiner between them still count as one pile. */
const PILE = /(?:[\u200c\u200d]?\p{M}){31}/u
const PILES = /(?:[\u200c\u200d]?\p{M}){31,}/gu
const MARK = /\p{M}/u

const LINE_BREAK = /[\n\v\f\r\x85\u2028\u2029]/
const CONTROL = /[\p{Cc}\ufff9-\ufffc]/u
const TURNING = /[\u202a-\u202e\u2066-\u206f]/
const UNDEFINED = /[\p{Co}\p{NChar}\ufff0-\ufff8]/u

/** Returns false when every character of the text is allowed anywhere. */
export const isUnusual = (text: string): boolean => UNUSUAL.test(text) || PILE.test(text)

/** Returns the first forbidden character of a text, or null when there is none. */
export function faultIn(text: string, form: TextForm, beside: Beside = WHOLE): TextFault | null {
  const pile = pileIn(text)
  for (const { 0: character, index } of text.matchAll(EACH_UNUSUAL)) {
    if (pile && pile.index < index) break
    const left = text.slice(Math.max(0, index - REACH), index)
    const end = index + character.length
    const kind = faultOf(character, form, { ...beside, left, right: text.slice(end, end + REACH) })
    if (kind) return { kind, index, codePoint: character.codePointAt(0) ?? 0 }
  }
  return pile
}

/** Returns the first combining mark beyond the limit. */
function pileIn(text: string): TextFault | null {
  const pile = PILE.exec(text)
  if (!pile) return null
  const last = lastOf(pile[0])
  const index = pile.index + pile[0].length - last.length
  return { kind: 'marks', index, codePoint: last.codePointAt(0) ?? 0 }
}

/** Returns what is wrong with an unusual character, or null. */
function faultOf(character: string, form: TextForm, context: Context): FaultKind | null {
  if (form === 'lines' && (character === '\n' || character === '\t')) return null
  if (!DEPENDENT.test(character)) return kindOf(character)
  if (standsWell(character, context)) return null
  return isDirectionMark(character) ? 'direction' : 'invisible'
}

function kindOf(character: string): FaultKind {
  if (!character.isWellFormed()) return 'half'
  if (LINE_BREAK.test(character)) return 'line-break'
  if (CONTROL.test(character)) return 'control'
  if (TURNING.test(character)) return 'direction'
  return UNDEFINED.test(character) ? 'undefined' : 'invisible'
}

export interface Stripped {
  readonly text: string
  /** How many characters were removed, in UTF-16 units. Line breaks and tabs that were replaced do not count. */
  readonly removed: number
}

/** Removes the forbidden characters of a text. {@link faultIn} then finds none, given the same `beside`. */
export function stripText(text: string, form: TextForm, beside: Beside = WHOLE): Stripped {
  if (!isUnusual(text)) return { text, removed: 0 }
  const laid = layOut(text, form)
  let kept = withoutForbidden(laid, form)
  // Removing what separates two piles of marks can make one pile that is too large, so this is repeated.
  do kept = withoutMisplaced(withoutPiles(kept), form, beside)
  while (PILE.test(kept))
  return { text: kept, removed: laid.length - kept.length }
}

/** Removes the marks that are too many on one character. */
const withoutPiles = (text: string): string =>
  text.replace(PILES, (pile) => {
    let marks = 0
    return Array.from(pile, (character) =>
      MARK.test(character) && ++marks > MARKS_LIMIT ? '' : character,
    ).join('')
  })

/** Replaces line breaks and tabs by what the form allows. */
const layOut = (text: string, form: TextForm): string =>
  form === 'line'
    ? text.replace(/[\t\n\v\f\r\x85\u2028\u2029]+/g, ' ')
    : text.replace(/\r\n|[\v\f\r\x85\u2028\u2029]/g, '\n')

/** Removes what is allowed nowhere. */
const withoutForbidden = (text: string, form: TextForm): string =>
  text.replace(EACH_UNUSUAL, (character) => {
    const layout = form === 'lines' && (character === '\n' || character === '\t')
    return layout || DEPENDENT.test(character) ? character : ''
  })

/** Removes misplaced characters from left to right; each is judged by what was kept before it. */
function withoutMisplaced(text: string, form: TextForm, beside: Beside): string {
  const kept: string[] = []
  let left = ''
  let done = 0
  for (const { 0: character, index } of text.matchAll(EACH_UNUSUAL)) {
    const end = index + character.length
    const between = text.slice(done, index)
    left = between.length < REACH ? (left + between).slice(-REACH) : between.slice(-REACH)
    kept.push(between)
    done = end
    if (faultOf(character, form, { ...beside, left, right: text.slice(end, end + REACH) })) continue
    kept.push(character)
    left += character
  }
  kept.push(text.slice(done))
  return kept.join('')
}

/** The same for a list of pieces; each is judged as a part of the whole text. */
export function stripPieces<P extends { readonly insert: string }>(
  pieces: readonly P[],
  { before, goesOn }: Beside,
): { readonly pieces: readonly P[]; readonly removed: number } {
  const kept: P[] = []
  let removed = 0
  let left = before
  pieces.forEach((piece, i) => {
    const stripped = stripText(piece.insert, 'line', {
      before: left,
      goesOn: goesOn || i < pieces.length - 1,
    })
    removed += stripped.removed
    if (stripped.text === '') return
    kept.push(stripped.text === piece.insert ? piece : { ...piece, insert: stripped.text })
    left = lastOf(stripped.text)
  })
  return { pieces: kept, removed }
}

const NAMES: Record<FaultKind, string> = {
  marks: `one of more than ${MARKS_LIMIT} marks on one letter`,
  half: 'half a character',
  'line-break': 'a line break',
  control: 'a control character',
  direction: 'a mark that turns the direction of words',
  invisible: 'an invisible character',
  undefined: 'a character that no standard defines',
}

/** Returns one sentence for a person. `what` names the text: "a title". */
export function describeFault({ kind, codePoint }: TextFault, what: string): string {
  const code = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
  return `There is ${NAMES[kind]} (${code}) in ${what}: leave it out.`
}

/**
 * A character that is visible by itself. Unassigned ones count, because they may be newer than the server's
 * Unicode.
 */
const SEEN = /(?!\p{DI})[^\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{M}\u2800\u{1d159}\u{13441}\u{13442}]/u

/**
 * Whether nothing in a text can be seen: spaces, marks without a letter, fillers and the like. Such a text
 * counts as empty.
 */
export const looksBlank = (text: string): boolean => !SEEN.test(text)

/** Whether a title or a name has no letter and no digit by which it could be called. */
export const isUnspeakable = (text: string): boolean =>
  looksBlank(text) || !/(?!\p{DI})[\p{L}\p{N}]/u.test(text)
