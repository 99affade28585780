/** Titles and names are looked at as readers see them. */

/** Nothing in it that a reader could call by: spaces, marks and punctuation only. */
export const looksBlank = (text: string): boolean => !/[\p{L}\p{N}]/u.test(text)
