import type { Declarations } from './appearance.ts'

/**
 * Whether an element is none of a pasted document's words, with all that it holds: a list marker, a reference to a note,
 * a note, a comment, a header, a control, the pronunciation above a word, or what no reader of the document sees. `tag`:
 * its name in lower case. `own`: what is declared for it. `hiddenToo`: whether `aria-hidden` counts as unseen.
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
    'textarea datalist title meta link map rp rt rtc colgroup xml img picture progress meter head annotation annotation-xml'
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

/** Whether it is a bracket, a name, a number or a row of asterisks that this product has drawn. */
const isOwnSign = (element: Element): boolean =>
  element.matches('span.sign[data-side], .block.separator, [data-informals-other]')

function isUnseen(element: Element, own: Declarations, hiddenToo: boolean): boolean {
  // A declared `display` overrides the attribute `hidden`.
  if (own.get('display') === 'none' || (element.hasAttribute('hidden') && !own.has('display'))) return true
  if (own.get('opacity') === '0') return true
  if (hiddenToo && element.getAttribute('aria-hidden') === 'true') return true
  if (hasClass(element, FOR_SCREEN_READERS)) return true
  const clipped = own.has('clip') || own.has('clip-path') || own.get('overflow') === 'hidden'
  return clipped && [own.get('width'), own.get('height'), own.get('max-height')].some(isNoSize)
}

const isNoSize = (size: string | undefined): boolean => size !== undefined && /^[01](?:px)?$/.test(size)

const FOR_SCREEN_READERS = /^(?:sr-only|visually-?hidden|screen-reader-text)$/i

/** Classes with which Word, LibreOffice and wikis mark what is not part of the text. */
const MARKING =
  /^(?:Mso(?:Footnote|Endnote|Comment)Reference|(?:Footnote|Endnote)(?:Ref|Reference)|msocomanchor|msocomtxt|msoDel|TrackChangeTextDeletion|sd(?:foot|end)note(?:anc|sym)|mw-editsection|footnotes|footnote-ref|footnote-back)$/i

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

/** Whether a text could be the mark of a note: `1`, `[a]`, `*`. */
export const isNoteMark = (text: string): boolean => NOTE_MARK.test(text)

function isNoteReference(link: Element): boolean {
  const target = targetOf(link)
  if (target === null || !isNoteMark(link.textContent ?? '')) return false
  return (
    TO_A_NOTE.test(target) || link.parentElement?.localName === 'sup' || link.querySelector('sup') !== null
  )
}

/** The fragment of a link's address, without `#`; null for none. Browsers copy the page's whole address before it. */
function targetOf(link: Element): string | null {
  const address = link.getAttribute('href') ?? ''
  const hash = address.indexOf('#')
  return hash < 0 ? null : address.slice(hash + 1)
}

const HOLDS_A_NOTE = /^(?:p|div|li|section|aside|dd)$/

/** Whether a block is a note: its first word is the link back to its mark. Looks at 64 nodes at most. */
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
