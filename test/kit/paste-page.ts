import { linesOfHtml, withTable } from '#client/editor/paste/html-lines.ts'
import { randomHtml } from './random-html.ts'
import { Random } from './random.ts'

/** Words with the formats they are read with, and what stands apart from what. */
interface Reading {
  /** `w1`, `w2*` (emphasis), `w3**` (strong) …, in their order. */
  readonly words: readonly string[]
  /** What no space parts. */
  readonly tokens: readonly string[]
}

export interface Compared {
  readonly html: string
  readonly pasted: Reading
  readonly shown: Reading
}

/** What is pasted of a random document, and what this browser shows of it. Runs in a page. */
export function compare(seed: number): Compared {
  const random = new Random(seed)
  const html = withTable(randomHtml(random, 4 + random.int(40), false))
  const lines = linesOfHtml(new DOMParser().parseFromString(`<!doctype html>${html}`, 'text/html'))
  const words = lines.flat().flatMap(({ insert, attributes = {} }) => {
    const signs = (attributes.em ? '*' : '') + (attributes.strong ? '**' : '')
    return wordsOf(insert).map((word) => word + signs)
  })
  const text = lines.map((line) => line.map(({ insert }) => insert).join('')).join(' ')
  return { html, pasted: { words, tokens: tokensOf(text) }, shown: readShown(html) }
}

const wordsOf = (text: string): string[] => text.match(/w\d+/g) ?? []
const tokensOf = (text: string): string[] => text.split(/\s+/).filter((token) => token !== '')

/** What is no word of the text, though a browser shows it. */
const MARKING =
  'button, select, svg, del, [style*="mso-list:Ignore"], [style*="mso-element:footnote-list"], script, style, template'

function readShown(html: string): Reading {
  document.body.innerHTML = html
  for (const element of document.querySelectorAll(MARKING)) element.remove()
  const words: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const unseen: Text[] = []
  while (walker.nextNode()) {
    const node = walker.currentNode as Text
    const parent = node.parentElement!
    const { fontSize, fontStyle, fontWeight } = getComputedStyle(parent)
    if (fontSize === '0px' || isStruck(parent)) unseen.push(node)
    else if (parent.checkVisibility({ visibilityProperty: true })) {
      const signs = (fontStyle === 'italic' ? '*' : '') + (Number(fontWeight) >= 600 ? '**' : '')
      words.push(...wordsOf(node.data).map((word) => word + signs))
    }
  }
  for (const node of unseen) node.data = ''
  return { words, tokens: tokensOf(document.body.innerText) }
}

function isStruck(element: Element): boolean {
  for (let at: Element | null = element; at; at = at.parentElement)
    if (getComputedStyle(at).textDecorationLine.includes('line-through')) return true
  return false
}
