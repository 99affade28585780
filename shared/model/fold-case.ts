/**
 * A text without letter case, by full folding: `ß` and `SS`, and every sigma, are alike. The dotless i is a letter of its own.
 */
export const foldCase = (text: string): string =>
  text
    .split('ı')
    .map((part) => part.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ'))
    .join('ı')
