/** Composes a bridging text from the wordings of several proposals. */

export interface Inserted {
  readonly text: string
  /** The caret's offset afterwards, behind what was inserted. */
  readonly caret: number
}

/** Replaces a selection by words, with a space added where they would touch other words. */
export function insertWords(text: string, start: number, end: number, wording: string): Inserted {
  const words = wording.trim()
  const before = text.slice(0, start)
  const after = text.slice(end)
  const lead = before === '' || /\s$/.test(before) || /^[,.;:)]/.test(words) ? '' : ' '
  const trail = after === '' || /^[\s,.;:)]/.test(after) ? '' : ' '
  const put = before + lead + words
  return { text: put + trail + after, caret: put.length }
}

/**
 * The bridging text with the spaces by which the wordings that it replaces stand apart from what is around them: the first
 * one's in front, the last one's behind.
 */
export function spacedAs(text: string, wordings: readonly string[]): string {
  const words = text.trim()
  if (words === '') return ''
  const filled = wordings.filter((wording) => wording.trim() !== '')
  const lead = /^\s/.test(filled[0] ?? '') && !/^[,.;:)]/.test(words) ? ' ' : ''
  const trail = /\s$/.test(filled.at(-1) ?? '') ? ' ' : ''
  return lead + words + trail
}
