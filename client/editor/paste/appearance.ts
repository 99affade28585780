/** How a browser would draw an element's words, as far as it decides which of them are pasted and with which emphasis. */
export interface Appearance {
  readonly em: boolean
  readonly strong: boolean
  /** Struck or deleted. True for everything within a struck element, whatever that declares itself. */
  readonly struck: boolean
  /** `visibility: hidden`. An element within may be visible again. */
  readonly hidden: boolean
  /** `font-size: 0`. An element within may have a size again. */
  readonly sizeless: boolean
  /** `collapse`: white space is one space. `keep`: all of it counts. `lines`: only line breaks count (`pre-line`). */
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

/** CSS properties: names in lower case, values without `!important`. */
export type Declarations = ReadonlyMap<string, string>

const ITALIC = /^(?:i|em|cite|dfn|var|address)$/
const BOLD = /^(?:b|strong)$/
const STRUCK = /^(?:s|strike)$/
const PREFORMATTED = /^(?:pre|listing|xmp|plaintext)$/

/**
 * Returns an element's appearance. `tag`: its name in lower case. `own`: what sheets and its `style` declare for it.
 * `around`: the appearance of its parent. A declaration overrides the tag, and the tag what is inherited; except that
 * nothing undoes `struck`.
 */
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

// Each of the following returns null when the declarations do not decide.

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
  // A relative size leaves a size of 0 at 0, so the parent decides.
  return /(?:em|%)$/i.test(size) && !/rem$/i.test(size) ? null : false
}

function spacesOf(own: Declarations): Appearance['spaces'] | null {
  const value = own.get('white-space') ?? own.get('white-space-collapse')
  if (value === undefined) return null
  if (/\bpre-line\b|\bpreserve-breaks\b/i.test(value)) return 'lines'
  if (/\b(?:pre|pre-wrap|break-spaces|preserve)\b/i.test(value)) return 'keep'
  return /\b(?:normal|nowrap|initial|collapse)\b/i.test(value) ? 'collapse' : null
}
