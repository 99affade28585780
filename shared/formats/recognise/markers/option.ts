/** How options are numbered: `Option 1`, `Option II` and `Option A` in one way, `Option (a)` in another. */
export type OptionStyle = 'letter' | 'number'

/** How a paragraph begins that is the first of several alternatives. */
const OPTION =
  /^[[(]*(?:option|alternative|opción|variante|вариант) ?(?:(?<letter>\(?[a-z]\))|\d|[IVX]|[A-H]\b)/iu

/** Returns how the option is numbered that a text begins with; null when it begins with none. */
export function optionStyle(text: string): OptionStyle | null {
  const match = OPTION.exec(text)
  if (!match) return null
  return match.groups?.['letter'] === undefined ? 'number' : 'letter'
}
