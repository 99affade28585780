/** One paragraph of a document that was exported as JSON. */
interface Exported {
  readonly kind: string
  /** The steps of its number; the last one stands at the paragraph. */
  readonly path: readonly string[]
  readonly text: string
}

/**
 * Returns the paragraphs of a JSON export as a screen reads them, `3.We note …`, without spaces: people put spaces inside
 * their brackets, in print they stand outside.
 */
export function linesOf(json: string): string[] {
  const { paragraphs } = JSON.parse(json) as { readonly paragraphs: readonly Exported[] }
  return paragraphs.map(({ kind, path, text }) => {
    // A screen draws all separators alike.
    if (kind === 'separator') return '***'
    const step = path.at(-1)
    return squeezed(step === undefined || kind === 'heading' ? text : `${step}.${text}`)
  })
}

const squeezed = (text: string): string => text.replaceAll(/\s+/gu, '')

/** The same for a line of a screen: `3| We note …`. */
export const lineOf = (shown: string): string =>
  squeezed(shown.replace(/^\| /, '').replace(/^(.+?)\| /, '$1.'))
