import type { Label } from '../../../model/label.ts'
import type { Marker } from '../markers/marker.ts'
import type { Numeral } from '../markers/numerals.ts'
import type { OptionStyle } from '../markers/option.ts'

/** A list that is open: its last item, and how its marks are printed. */
export interface Frame {
  readonly key: string
  readonly label: Label | null
  readonly level: number
  readonly last: number
  /** How its words number the option that they begin with, when others may follow: `2. Option 1: …`. */
  readonly option?: OptionStyle
}

/** The lists within each other that are open at a place, from a main paragraph down. */
export class Frames {
  #open: readonly Frame[] = []

  get main(): Frame | undefined {
    return this.#open[0]
  }

  get top(): Frame | undefined {
    return this.#open.at(-1)
  }

  get depth(): number {
    return this.#open.length
  }

  /** Closes all lists and begins with `frame`, if one is given. */
  reset(...frames: readonly Frame[]): void {
    this.#open = frames
  }

  /** Puts an item in the place of the last one of its list, and closes the lists below. */
  replace(depth: number, frame: Frame): void {
    this.#open = [...this.#open.slice(0, depth), frame]
  }

  at(depth: number): Frame | undefined {
    return this.#open[depth]
  }

  /** Returns how deep the list is that an item of this mark continues, and what its numeral means; null if none. */
  continuedBy(marker: Marker): { readonly depth: number; readonly numeral: Numeral } | null {
    // A list whose signs change, a) and (c), is continued only where no other list of these signs is.
    for (const isAlike of [isOfList, isOfOtherSigns])
      for (let depth = this.#open.length - 1; depth >= 0; depth--) {
        const frame = this.#open[depth]
        const numeral =
          frame && marker.numerals.find((one) => isNext(frame, marker, one) && isAlike(frame, marker, one))
        if (numeral) return { depth, numeral }
      }
    return null
  }

  /** Returns how deep an item of this level stands: below all open lists that are less deep. */
  depthOfLevel(level: number): number {
    const at = this.#open.findIndex((frame) => frame.level >= level)
    return at < 0 ? this.#open.length : at
  }

  /** Returns how deep the last item is that begins with an option numbered in this way; -1 if none. */
  withOption(style: OptionStyle): number {
    return this.#open.findLastIndex(({ option }) => option === style)
  }

  /** Returns how deep the innermost option is that `follows` holds of; -1 if none. */
  optionBefore(follows: (label: Label | null) => boolean): number {
    return this.#open.findLastIndex(({ key, label }) => key === 'option' && follows(label))
  }

  /** How deep the innermost item with a decimal number is; -1 if none. */
  get numbered(): number {
    return this.#open.findLastIndex(
      ({ key }) => key.endsWith(' ') || key === 'PP' || key === 'OP' || key === 'dotted',
    )
  }

  /** The same for a list of this very kind of mark, whatever its number. */
  ofKind(key: string): number {
    return this.#open.findLastIndex((frame) => frame.key === key)
  }
}

export const keyOf = (marker: Marker, numeral: Numeral): string => `${marker.style} ${numeral.style ?? ''}`

/** Whether a number is the one behind the last of a list, or that one with a suffix. */
function isNext({ last }: Frame, { suffix, alt }: Marker, { number }: Numeral): boolean {
  return number === last + 1 || (suffix + alt > 0 && number === last)
}

/** Whether a mark is printed as those of a list are. */
function isOfList(frame: Frame, marker: Marker, numeral: Numeral): boolean {
  if (frame.key === keyOf(marker, numeral)) return true
  // Lists in Russian and Arabic go on with Latin letters: а), b).
  const [style, letters] = frame.key.split(' ')
  return style === marker.style && isAlphabet(letters) && isAlphabet(numeral.style)
}

/** The same but for the signs around its letters. */
function isOfOtherSigns(frame: Frame, { style }: Marker, numeral: Numeral): boolean {
  const [printed = '', letters] = frame.key.split(' ')
  return printed.startsWith('letter') && style.startsWith('letter') && letters === numeral.style
}

const isAlphabet = (style: string | undefined): boolean =>
  style === 'letter' || style === 'cyrillic' || style === 'arabic'

/** Returns what a numeral means at the start of a list: the first of a series if it can be, else the lowest number. */
export function firstMeaning(numerals: readonly Numeral[]): Numeral {
  const [lowest] = numerals.toSorted((a, b) => a.number - b.number)
  return lowest ?? { number: 0 }
}
