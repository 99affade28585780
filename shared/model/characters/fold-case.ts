/**
 * Returns a text without letter case, by full case folding: `ß` equals `SS`, and all forms of sigma are equal.
 * The dotless i stays a letter of its own.
 */
export const foldCase = (text: string): string =>
  text
    .split('ı')
    .map((part) => part.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ'))
    .join('ı')
