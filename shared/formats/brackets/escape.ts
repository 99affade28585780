/**
 * Signs of the notation that stand among the words of an export are written in full width, so that they are not read as
 * brackets, or as strokes between alternatives.
 */

const STROKE = /(?<=^|\s)\/(?=\s|$)/gu

/** `inBracket`: whether the words stand in a bracket, where a stroke between spaces divides alternatives. */
export function escapeSigns(words: string, inBracket: boolean): string {
  const apart = words.replaceAll('[', '\uff3b').replaceAll(']', '\uff3d')
  return inBracket ? apart.replaceAll(STROKE, '\uff0f') : apart
}

export const unescapeSigns = (words: string): string =>
  words.replaceAll('\uff3b', '[').replaceAll('\uff3d', ']').replaceAll('\uff0f', '/')
