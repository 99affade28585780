import type { Appearance } from './appearance.ts'
import { PLAIN, appearanceOf } from './appearance.ts'
import { isLeftOut, isNoteMark } from './left-out.ts'
import type { Line } from './line-writer.ts'
import { LineWriter } from './line-writer.ts'
import { StyleSheets } from './stylesheet.ts'

/**
 * Returns the words of a document that was copied elsewhere, one line for each paragraph, with emphasis; no lines when
 * it has no words. The document is parsed and not shown, so nothing in it runs or is loaded; it is not changed. Never
 * throws, whatever the document holds.
 */
export function linesOfHtml(document: Document): Line[] {
  const lines = new Walk(document, true).lines()
  // A page with an open dialogue hides the rest of itself from screen readers (`aria-hidden`): read again with that.
  return lines.length > 0 ? lines : new Walk(document, false).lines()
}

/**
 * Returns the source with a table around rows and cells that were copied without theirs; any other source unchanged.
 * An HTML parser would drop the tags of such rows, and their words would run together.
 */
export function withTable(html: string): string {
  const first = /<(?:t[rdh]|tbody|thead|tfoot|colgroup)[\s>]/i.exec(html)
  if (!first || /<table[\s>]/i.test(html.slice(0, first.index))) return html
  const end = Math.max(...['</tr>', '</td>', '</th>', '</tbody>'].map((tag) => endOf(html, tag)), first.index)
  return `${html.slice(0, first.index)}<table>${html.slice(first.index, end)}</table>${html.slice(end)}`
}

/** The offset behind the last occurrence of a closing tag; -1 for none. */
const endOf = (html: string, tag: string): number => {
  const at = html.toLowerCase().lastIndexOf(tag)
  return at < 0 ? -1 : at + tag.length
}

/** Levels of nested elements that are read; what is deeper is left out. Browsers' own parsers stop at 512. */
const DEEPEST = 800

const BLOCKS = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol optgroup option p plaintext ' +
    'pre search section summary table tbody tfoot thead ul xmp'
  ).split(' '),
)

type Layout = 'block' | 'inline' | 'row' | 'cell'

/** What a node takes over from its parents. */
interface Around {
  readonly appearance: Appearance
  /** Whether the parent is a flex or grid container, whose children are each a block of their own. */
  readonly flex: boolean
  readonly depth: number
}

/**
 * One walk over a document, in its order, which writes its words to a {@link LineWriter}.
 *
 * Invariants: a block ends the line before it and its own line. Nothing before a `StartFragment` comment and nothing
 * after an `EndFragment` comment is kept. `#marker` is 0 outside of list items.
 */
class Walk {
  readonly #body: Element
  readonly #sheets: StyleSheets
  readonly #hiddenToo: boolean
  readonly #writer = new LineWriter()
  readonly #slice: { readonly first: Element | null; readonly last: Element | null }
  /** Whether the walk is within a passage for programs without lists, notes or comments: `<![if !supportLists]>`. */
  #fallback = false
  /** Whether the walk has passed the comment that ends what was copied. */
  #over = false
  /** UTF-16 units of a list item's marker that are still to be left out. */
  #marker = 0

  constructor(document: Document, hiddenToo: boolean) {
    this.#body = document.body
    this.#sheets = new StyleSheets(document)
    this.#hiddenToo = hiddenToo
    this.#slice = ownSlice(document)
  }

  lines(): Line[] {
    const spaces = this.#slice.first ? 'keep' : 'collapse'
    this.#children(this.#body, { appearance: { ...PLAIN, spaces }, flex: false, depth: 0 })
    return this.#writer.finish()
  }

  #children(parent: Node, around: Around): void {
    for (let node = parent.firstChild; node && !this.#over; node = node.nextSibling) {
      if (node.nodeType === 1) this.#element(node as Element, around)
      else if (node.nodeType === 3) this.#text(node.nodeValue ?? '', around.appearance)
      else if (node.nodeType === 8) this.#comment((node.nodeValue ?? '').trim())
    }
  }

  #comment(text: string): void {
    if (text === 'StartFragment') {
      this.#writer.restart()
      this.#fallback = false
    } else if (text === 'EndFragment') this.#over = true
    else if (/^\[if !support(?:Lists|Footnotes|Annotations|EmptyParas)\]/i.test(text)) this.#fallback = true
    else if (/^<?!?\[endif\]/i.test(text)) this.#fallback = false
  }

  #text(text: string, appearance: Appearance): void {
    const passed = Math.min(this.#marker, text.length)
    this.#marker -= passed
    if (this.#fallback || appearance.struck || appearance.hidden || appearance.sizeless) return
    const formats = (['em', 'strong'] as const).filter((format) => appearance[format])
    this.#writer.text(text.slice(passed), formats, appearance.spaces)
  }

  #element(element: Element, around: Around): void {
    const tag = element.nodeName.toLowerCase()
    const own = this.#sheets.of(element)
    if (around.depth > DEEPEST || isLeftOut(element, tag, own, this.#hiddenToo)) {
      if (this.#marker > 0) this.#marker -= Math.min(this.#marker, (element.textContent ?? '').length)
      return
    }
    if (tag === 'br') {
      if (!this.#fallback && !around.appearance.struck) this.#writer.break()
      return
    }
    const raised = tag === 'sup' || own.get('vertical-align') === 'super'
    if (raised && isReference(element.textContent ?? '', this.#writer.before)) return
    const display = own.get('display')
    const layout = layoutOf(tag, display, around.flex)
    const inside: Around = {
      appearance: appearanceOf(tag, own, around.appearance),
      flex: /flex|grid/.test(display ?? ''),
      depth: around.depth + 1,
    }
    if (layout === 'inline') return this.#children(element, inside)
    if (layout === 'block') return this.#block(element, /^l\d/i.test(own.get('mso-list') ?? ''), inside)
    if (layout === 'row') this.#writer.startRow()
    this.#children(element, inside)
    if (layout === 'row') this.#writer.endRow()
    else this.#writer.endCell()
  }

  #block(element: Element, isListItem: boolean, inside: Around): void {
    if (element !== this.#slice.first) this.#writer.end()
    if (isListItem) this.#marker = markerOf(element)
    this.#children(element, inside)
    this.#marker = 0
    this.#fallback = false
    if (element !== this.#slice.last && !this.#over) this.#writer.end()
  }
}

/**
 * For what was copied from this editor: its first and its last block, each null when the whole block was copied. Both null
 * for anything else. The words of such a block join the paragraph into which they are pasted.
 */
function ownSlice(document: Document): { first: Element | null; last: Element | null } {
  const first = document.querySelector('[data-pm-slice]')
  const [, start, end] = /^(\d+) (\d+)/.exec(first?.getAttribute('data-pm-slice') ?? '') ?? []
  if (!first) return { first: null, last: null }
  const last = first.parentElement?.lastElementChild ?? first
  return { first: start === '0' ? null : first, last: end === '0' ? null : last }
}

function layoutOf(tag: string, display: string | undefined, inFlex: boolean): Layout {
  if (tag === 'tr') return 'row'
  if (tag === 'td' || tag === 'th') return 'cell'
  if (display !== undefined) {
    const value = display.toLowerCase()
    if (value === 'table-row') return 'row'
    if (value === 'table-cell') return 'cell'
    if (value.startsWith('inline') || value === 'contents') return inFlex ? 'block' : 'inline'
    if (/^(?:block|flex|grid|list-item|flow-root|table|table-caption|-webkit-box)\b/.test(value))
      return 'block'
  }
  return inFlex || BLOCKS.has(tag) ? 'block' : 'inline'
}

const NUMBER_OR_BULLET =
  /^[ \t\r\n]*(?:\(?(?:\d{1,3}|[a-z]{1,5})(?:\.\d{1,3})*[.)]?|[·•▪◦‣●○§o–—\uf000-\uf0ff-])(?:[ \t\r\n]*\u00a0)+[ \t\r\n]*/i

/** The length, in UTF-16 units, of the marker in front of the words of a list item of Word; 0 for none. */
function markerOf(element: Element): number {
  return NUMBER_OR_BULLET.exec(element.textContent ?? '')?.[0].length ?? 0
}

const MEASURE = /(?:met(?:re|er)s?|feet|foot|inch(?:es)?|miles?|yards?)$/i

/**
 * Whether raised figures lead to a note. `before`: the words in front of them. They do behind a sentence or a word of at
 * least four letters; they do not behind a measure or a short sign (m², CO₂).
 */
function isReference(mark: string, before: string): boolean {
  if (!isNoteMark(mark) || !/^[\s[(]*(?:\d{1,3}|[*†‡§¶]+)/.test(mark)) return false
  if (/^\s*[[(*†‡§¶]/.test(mark)) return true
  return /[.,;:!?)\]”’»"']$/.test(before) || (/\p{L}{4,}$/u.test(before) && !MEASURE.test(before))
}
