/**
 * What a proposal says: the words that it asks to delete and those that it proposes. For a paragraph: its base
 * text.
 */
export interface ProposedWords {
  /** Empty when nothing is to be deleted. */
  readonly struck: string
  readonly text: string
  /** For a proposal: the number of its place (`placing.ts`); absent means 0. */
  readonly placing?: number
}

declare const fingerprint: unique symbol
/**
 * A hash that stands for a wording. Two wordings have the same fingerprint when they differ only by spaces, punctuation
 * and letter case and are in the same place. Nobody can construct another wording for a given fingerprint. 22 characters
 * of base 64url.
 */
export type Fingerprint = string & { readonly [fingerprint]: true }
