/** Joins the class names that apply; a name that a stylesheet does not define is left out. */
export const classes = (...names: readonly (string | false | null | undefined)[]): string =>
  names.filter(Boolean).join(' ')
