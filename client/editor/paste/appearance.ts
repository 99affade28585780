/** What a browser would do with an element's words, as far as it decides which of them are pasted and how. */
export interface Appearance {
  readonly em: boolean
  readonly strong: boolean
  /** Struck or deleted: a line through words goes through all that they enclose. */
  readonly struck: boolean
  /** `visibility`; words in it may be visible again. */
  readonly hidden: boolean
  /** `font-size: 0`; words in it may have a size again. */
  readonly sizeless: boolean
  /** `lines`: spaces are collapsed, line breaks are kept (`white-space: pre-line`). */
  readonly spaces: 'collapse' | 'keep' | 'lines'
}

export const PLAIN: Appearance = {
  em: false,
  strong: false,
  struck: false,
  hidden: false,
  sizeless: false,
  spaces: 'collapse',
}

/** CSS properties by their names in small letters, values without `!important`. */
export type Declarations = ReadonlyMap<string, string>

const ITALIC = /^(?:i|em|cite|dfn|var|address)$/
const BOLD = /^(?:b|strong)$/
const STRUCK = /^(?:s|strike)$/
const PREFORMATTED = /^(?:pre|listing|xmp|plaintext)$/

/** An element's appearance, from that of what encloses it, its tag and its own declarations. */
export function appearanceOf(tag: string, own: Declarations, around: Appearance): Appearance {
  return {
    em: isItalic(own) ?? (ITALIC.test(tag) || around.em),
    strong: isBold(own, around.strong) ?? (BOLD.test(tag) || around.strong),
    struck: around.struck || isStruck(tag, own),
    hidden: isHidden(own.get('visibility')) ?? around.hidden,
    sizeless: isSizeless(own.get('font-size')) ?? around.sizeless,
    spaces: spacesOf(own) ?? (PREFORMATTED.test(tag) ? 'keep' : around.spaces),
  }
}

function isItalic(own: Declarations): boolean | null {
  const value = own.get('font-style') ?? own.get('font')
  if (value === undefined) return null
  if (/\b(?:italic|oblique)\b/i.test(value)) return true
  if (/^(?:inherit|unset|revert)$/i.test(value)) return null
  return own.has('font-style') ? false : null
}

function isBold(own: Declarations, around: boolean): boolean | null {
  const weight = own.get('font-weight')
  if (weight === undefined) return /(?:^|\s)(?:bold|[6-9]00)\s/i.test(own.get('font') ?? '') ? true : null
  if (/^(?:inherit|unset)$/i.test(weight)) return around
  if (/^(?:bold|bolder)$/i.test(weight)) return true
  if (/^(?:normal|lighter|initial)$/i.test(weight)) return false
  const number = Number.parseInt(weight, 10)
  return Number.isNaN(number) ? null : number >= 600
}

function isStruck(tag: string, own: Declarations): boolean {
  if (tag === 'del') return true
  const line = `${own.get('text-decoration') ?? ''} ${own.get('text-decoration-line') ?? ''}`
  if (/line-through/i.test(line)) return true
  return STRUCK.test(tag) && !/\bnone\b/i.test(line)
}

function isHidden(visibility: string | undefined): boolean | null {
  if (visibility === undefined) return null
  if (/^(?:hidden|collapse)$/i.test(visibility)) return true
  return /^(?:visible|initial)$/i.test(visibility) ? false : null
}

function isSizeless(size: string | undefined): boolean | null {
  if (size === undefined) return null
  if (/^0*\.?0*(?:px|pt|em|rem|%)?$/i.test(size) && size.includes('0')) return true
  // A part of nothing is nothing.
  return /(?:em|%)$/i.test(size) && !/rem$/i.test(size) ? null : false
}

function spacesOf(own: Declarations): Appearance['spaces'] | null {
  const value = own.get('white-space') ?? own.get('white-space-collapse')
  if (value === undefined) return null
  if (/\bpre-line\b|\bpreserve-breaks\b/i.test(value)) return 'lines'
  if (/\b(?:pre|pre-wrap|break-spaces|preserve)\b/i.test(value)) return 'keep'
  return /\b(?:normal|nowrap|initial|collapse)\b/i.test(value) ? 'collapse' : null
}
