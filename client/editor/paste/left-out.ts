import type { Declarations } from './appearance.ts'

/**
 * What stands in a pasted document beside its words: list markers, references to notes and the notes themselves,
 * comments, headers, controls, and what no reader of it sees.
 */
export function isLeftOut(element: Element, tag: string, own: Declarations, hiddenToo: boolean): boolean {
  if (NO_WORDS.has(tag) || /^(?:v|m):|^w:(?!sdt$)|^o:(?!p$)/.test(tag) || isOwnSign(element)) return true
  return (
    isUnseen(element, own, hiddenToo) ||
    isApplicationsOwn(element, own) ||
    ROLES.has(element.getAttribute('role') ?? '') ||
    (tag === 'a' && isNoteReference(element)) ||
    isNote(element, tag)
  )
}

const NO_WORDS = new Set(
  (
    'style script template noscript noframes iframe object embed applet svg canvas audio video button select input ' +
    'textarea datalist title meta link map rp colgroup xml img picture progress meter head annotation annotation-xml'
  ).split(' '),
)
const ROLES = new Set([
  'doc-noteref',
  'doc-backlink',
  'doc-endnotes',
  'doc-endnote',
  'doc-footnote',
  'separator',
])

/** A bracket, a name, a number or a row of asterisks as this product copies and draws them. */
const isOwnSign = (element: Element): boolean =>
  element.matches('span.sign[data-side], .block.separator, [data-informals-other]')

function isUnseen(element: Element, own: Declarations, hiddenToo: boolean): boolean {
  // A style of its own shows what the attribute would hide.
  if (own.get('display') === 'none' || (element.hasAttribute('hidden') && !own.has('display'))) return true
  if (own.get('opacity') === '0') return true
  if (hiddenToo && element.getAttribute('aria-hidden') === 'true') return true
  if (hasClass(element, FOR_SCREEN_READERS)) return true
  const clipped = own.has('clip') || own.has('clip-path') || own.get('overflow') === 'hidden'
  return clipped && [own.get('width'), own.get('height'), own.get('max-height')].some(isNoSize)
}

const isNoSize = (size: string | undefined): boolean => size !== undefined && /^[01](?:px)?$/.test(size)

const FOR_SCREEN_READERS = /^(?:sr-only|visually-?hidden|screen-reader-text)$/i

/** Classes of Word, LibreOffice and wikis for what is no word of the text. */
const MARKING =
  /^(?:Mso(?:Footnote|Endnote|Comment)Reference|(?:Footnote|Endnote)(?:Ref|Reference)|msocomanchor|msocomtxt|msoDel|sd(?:foot|end)note(?:anc|sym)|mw-editsection|footnotes|footnote-ref|footnote-back)$/i

function isApplicationsOwn(element: Element, own: Declarations): boolean {
  return (
    hasClass(element, MARKING) ||
    /\bignore\b/i.test(own.get('mso-list') ?? '') ||
    /^(?:footnote|endnote|comment)(?:-list)?$|^(?:header|footer)$/i.test(own.get('mso-element') ?? '') ||
    /^(?:comment|footnote|endnote)/i.test(own.get('mso-special-character') ?? '') ||
    own.has('mso-footnote-id') ||
    own.has('mso-endnote-id') ||
    /^all$/i.test(own.get('mso-hide') ?? '')
  )
}

function hasClass(element: Element, pattern: RegExp): boolean {
  const names = element.getAttribute('class')
  return names !== null && names.split(/\s+/).some((name) => pattern.test(name))
}

const NOTE_MARK = /^[\s[(]*(?:\d{1,3}|[a-z]|[ivxl]{1,5}|[*†‡§¶]{1,3}|n(?:ote)?\.? ?\d{1,3})[\])\s]*$/i
const TO_A_NOTE = /^(?:_?(?:ftn|edn)|ftnt|fn|sd(?:foot|end)note\d+sym|(?:cite_)?(?:foot|end)?note)/i
const BACK_FROM_A_NOTE =
  /^(?:_?(?:ftn|edn)_?ref|ftnt_ref|fnref|sd(?:foot|end)note\d+anc|(?:cite|note|footnote)[-_]?ref)/i

/** Words of a mark that leads to a note: `1`, `[a]`, `*`. */
export const isNoteMark = (text: string): boolean => NOTE_MARK.test(text)

function isNoteReference(link: Element): boolean {
  const target = targetOf(link)
  if (target === null || !isNoteMark(link.textContent ?? '')) return false
  return (
    TO_A_NOTE.test(target) || link.parentElement?.localName === 'sup' || link.querySelector('sup') !== null
  )
}

/** Where a link leads within a document; browsers copy the whole address of the page before it. */
function targetOf(link: Element): string | null {
  const address = link.getAttribute('href') ?? ''
  const hash = address.indexOf('#')
  return hash < 0 ? null : address.slice(hash + 1)
}

const HOLDS_A_NOTE = /^(?:p|div|li|section|aside|dd)$/

/** A note begins with the link that leads back to its mark. */
function isNote(element: Element, tag: string): boolean {
  if (!HOLDS_A_NOTE.test(tag)) return false
  let first: ChildNode | null = element.firstChild
  for (let steps = 0; first && steps < 64; steps++) {
    const isBlank = first.nodeType !== 1 && (first.nodeType !== 3 || (first.textContent ?? '').trim() === '')
    if (isBlank) first = first.nextSibling
    else if (first.nodeType !== 1) return false
    else if ((first as Element).localName === 'a')
      return BACK_FROM_A_NOTE.test(targetOf(first as Element) ?? '')
    else first = first.firstChild
  }
  return false
}
