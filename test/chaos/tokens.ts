const LETTERS = ['a', 'r', 'k', 's', 'o'] as const
const LENGTH = 6
/** Coprime to their number, and far from a power of it: tokens that follow each other differ in most letters. */
const STRIDE = 7_919

/**
 * Words that occur nowhere else, made of the letters that decide and take positions outside the text: one that does
 * not reach the text does harm that is seen.
 */
export class Tokens {
  #next = 0

  /** Two tokens never overlap: each begins and ends with a letter that stands nowhere in its middle. */
  fresh(): string {
    let number = (this.#next++ * STRIDE) % LETTERS.length ** LENGTH
    let middle = ''
    for (let i = 0; i < LENGTH; i++) {
      middle += LETTERS[number % LETTERS.length]
      number = Math.floor(number / LETTERS.length)
    }
    return `q${middle}z`
  }
}

/** Every token in a text, in order. */
export const tokensIn = (text: string): string[] => text.match(/q[arkso]{6}z/g) ?? []
