/**
 * The white space at both ends of a stretch of words between two signs. Print moves it out of brackets (`from [extreme –
 * US] poverty`), so an export says beside the text where it belongs.
 */
export interface WhiteSpace {
  readonly before: string
  readonly behind: string
}

/** `0`: none, `1`: a space before, `2`: behind, `3`: both. Else the characters by their numbers: `{a0.20,20}`. */
export const writeWhiteSpace = (all: readonly WhiteSpace[]): string =>
  all.every(({ before, behind }) => before === '' && behind === '') ? '' : all.map(writeOne).join('')

function writeOne({ before, behind }: WhiteSpace): string {
  const plain = [before, behind].every((space) => space === '' || space === ' ')
  return plain ? String(before.length + 2 * behind.length) : `{${numbers(before)}.${numbers(behind)}}`
}

const numbers = (space: string): string =>
  Array.from(space, (character) => character.charCodeAt(0).toString(16)).join(',')

/** Returns null when it was not written so. */
export function readWhiteSpace(written: string): readonly WhiteSpace[] | null {
  if (!/^(?:[0-3]|\{[\da-f,]*\.[\da-f,]*\})*$/u.test(written)) return null
  return [...written.matchAll(/[0-3]|\{([\da-f,]*)\.([\da-f,]*)\}/gu)].map(
    ([one, before, behind]): WhiteSpace => {
      if (before !== undefined && behind !== undefined)
        return { before: characters(before), behind: characters(behind) }
      const code = Number(one)
      return { before: code & 1 ? ' ' : '', behind: code & 2 ? ' ' : '' }
    },
  )
}

const characters = (codes: string): string =>
  codes === ''
    ? ''
    : codes
        .split(',')
        .map((code) => String.fromCharCode(Number.parseInt(code, 16)))
        .join('')
        .replaceAll(/\S/gu, '')

/** Hands out the white space of a block in the order of its stretches of words; none when it is not written. */
export class WhiteSpaceCursor {
  readonly #all: readonly WhiteSpace[]
  #next = 0

  constructor(all: readonly WhiteSpace[]) {
    this.#all = all
  }

  next(): WhiteSpace {
    return this.#all[this.#next++] ?? NONE
  }

  /** Whether there were as many stretches as the export says, if it says so. */
  get fits(): boolean {
    return this.#all.length === 0 || this.#all.length === this.#next
  }
}

const NONE: WhiteSpace = { before: '', behind: '' }
