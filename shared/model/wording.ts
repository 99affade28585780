/** What a proposal says: the words that it asks to delete, and those that it proposes. Of a paragraph: its base text. */
export interface ProposedWords {
  /** Empty where nothing is to be deleted. */
  readonly struck: string
  readonly text: string
  /** Of a proposal: the number of the place where it stands (`placing.ts`); absent: 0. */
  readonly placing?: number
}

declare const fingerprint: unique symbol
/**
 * Stands for a wording: two that differ by nothing but spaces, punctuation and letter case, and stand in the same place,
 * have the same one, and nobody can find another wording for a given one. 22 characters of base 64url.
 */
export type Fingerprint = string & { readonly [fingerprint]: true }
