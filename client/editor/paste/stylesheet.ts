import type { Declarations } from './appearance.ts'

/**
 * The style sheets inside a pasted document, which are needed because Excel and Apple's applications strike words out by
 * a class alone. Of their rules only those properties are read that decide which words are pasted, and none within an
 * at-rule (`@media`). A rule that cannot be read is left out; nothing throws.
 */
export class StyleSheets {
  readonly #declared = new Map<Element, Map<string, string>>()

  constructor(document: Document) {
    const rules = Array.from(document.querySelectorAll('style'), ({ textContent }) => rulesOf(textContent))
      .flat()
      .slice(0, RULES)
    // The rule of higher specificity overrides; of equal ones the later.
    for (const { selector, declarations } of rules.sort((a, b) => a.weight - b.weight))
      for (const element of matching(document, selector)) this.#declare(element, declarations)
  }

  /** The declarations for an element: those of the sheets, overridden by those of its own `style`. Not inherited ones. */
  of(element: Element): Declarations {
    const own = element.getAttribute('style')
    const sheets = this.#declared.get(element)
    if (own === null) return sheets ?? NONE
    const declared = declarationsOf(own)
    return sheets ? new Map([...sheets, ...declared]) : declared
  }

  #declare(element: Element, declarations: Declarations): void {
    const known = this.#declared.get(element) ?? new Map<string, string>()
    for (const [name, value] of declarations) known.set(name, value)
    this.#declared.set(element, known)
  }
}

/** Most rules that are applied, the first ones. Each costs a search of the document, so their number bounds the time. */
const RULES = 500
const NONE: Declarations = new Map()
const CONCERNS_WORDS =
  /^(?:font|font-style|font-weight|font-size|text-decoration|text-decoration-line|display|visibility|white-space|mso-hide)$/

interface Rule {
  readonly selector: string
  readonly weight: number
  readonly declarations: Declarations
}

/** The rules of a sheet outside of at-rules, one for each selector, in their order. */
function rulesOf(css: string): Rule[] {
  const text = css.replaceAll(/\/\*[\s\S]*?\*\//g, ' ').replaceAll(/<!--|-->/g, ' ')
  const rules: Rule[] = []
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('{', at)
    if (open < 0) break
    const close = endOfBlock(text, open)
    // A statement before the selector ends with a semicolon (`@import …;`).
    const prelude = text.slice(at, open).split(';').at(-1)!.trim()
    if (!prelude.startsWith('@')) {
      const all = declarationsOf(text.slice(open + 1, close))
      const declarations = new Map([...all].filter(([name]) => CONCERNS_WORDS.test(name)))
      if (declarations.size > 0)
        for (const selector of prelude.split(','))
          rules.push({ selector: selector.trim(), weight: weightOf(selector), declarations })
    }
    at = close + 1
  }
  return rules
}

/** The offset of the brace that closes the one at `open`; the text's length when none does. */
function endOfBlock(text: string, open: number): number {
  let depth = 0
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{') depth++
    else if (text[i] === '}' && --depth === 0) return i
  }
  return text.length
}

/** The specificity of a selector as one number: ids × 10,000, classes × 100, elements × 1. */
function weightOf(selector: string): number {
  const count = (pattern: RegExp): number => selector.match(pattern)?.length ?? 0
  return count(/#/g) * 10_000 + count(/[.[]|:(?!:)/g) * 100 + count(/(?:^|[\s>+~])[a-z]/gi)
}

function matching(document: Document, selector: string): Iterable<Element> {
  try {
    return document.querySelectorAll(selector)
  } catch {
    // The browser does not know this selector, so it would style no element by it either.
    return []
  }
}

/**
 * Reads `name: value; …`. Names are in lower case, values without `!important`; of equal names the last counts. A
 * semicolon in quotation marks or brackets does not end a value.
 */
function declarationsOf(style: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const part of partsOf(style)) {
    const colon = part.indexOf(':')
    const name = part.slice(0, colon).trim().toLowerCase()
    const value = part
      .slice(colon + 1)
      .replace(/!\s*important/i, '')
      .trim()
    if (colon > 0 && value !== '') found.set(name, value)
  }
  return found
}

function partsOf(style: string): string[] {
  const parts: string[] = []
  let start = 0
  let quote = ''
  let brackets = 0
  for (let i = 0; i < style.length; i++) {
    const character = style[i]!
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '(') brackets++
    else if (character === ')') brackets = Math.max(0, brackets - 1)
    else if (character === ';' && brackets === 0) {
      parts.push(style.slice(start, i))
      start = i + 1
    }
  }
  return [...parts, style.slice(start)]
}
