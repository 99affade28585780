import type { Declarations } from './appearance.ts'

/**
 * What style sheets inside a pasted document say of its elements: Excel and Apple's applications strike words out by
 * a class alone. Only properties that decide which words are pasted are read, and rules for a medium are not.
 */
export class StyleSheets {
  readonly #declared = new Map<Element, Map<string, string>>()

  constructor(document: Document) {
    const rules = Array.from(document.querySelectorAll('style'), ({ textContent }) => rulesOf(textContent))
      .flat()
      .slice(0, RULES)
    // The more exact rule wins; of equally exact ones the later.
    for (const { selector, declarations } of rules.sort((a, b) => a.weight - b.weight))
      for (const element of matching(document, selector)) this.#declare(element, declarations)
  }

  /** What holds for an element: what the sheets say, and over it what its own `style` says. */
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

/** So many rules that concern words have a sense; more are somebody's attempt to make pasting slow. */
const RULES = 500
const NONE: Declarations = new Map()
const CONCERNS_WORDS =
  /^(?:font|font-style|font-weight|font-size|text-decoration|text-decoration-line|display|visibility|white-space|mso-hide)$/

interface Rule {
  readonly selector: string
  readonly weight: number
  readonly declarations: Declarations
}

function rulesOf(css: string): Rule[] {
  const text = css.replaceAll(/\/\*[\s\S]*?\*\//g, ' ').replaceAll(/<!--|-->/g, ' ')
  const rules: Rule[] = []
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('{', at)
    if (open < 0) break
    const close = endOfBlock(text, open)
    // What ends with a semicolon before it is a statement (`@import …;`).
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

function endOfBlock(text: string, open: number): number {
  let depth = 0
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{') depth++
    else if (text[i] === '}' && --depth === 0) return i
  }
  return text.length
}

function weightOf(selector: string): number {
  const count = (pattern: RegExp): number => selector.match(pattern)?.length ?? 0
  return count(/#/g) * 10_000 + count(/[.[]|:(?!:)/g) * 100 + count(/(?:^|[\s>+~])[a-z]/gi)
}

function matching(document: Document, selector: string): Iterable<Element> {
  try {
    return document.querySelectorAll(selector)
  } catch {
    // A selector that this browser does not know: no element is styled by it here either.
    return []
  }
}

/** Reads `name: value; …`. A semicolon in quotation marks or brackets parts nothing. */
export function declarationsOf(style: string): Map<string, string> {
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
