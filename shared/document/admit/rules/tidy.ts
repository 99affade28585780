import * as Y from 'yjs'
import type { Review } from '../review.ts'
import type { AdmissionCode } from '../verdict.ts'

/**
 * Allows anybody to delete redundant formats in any text. A stock Yjs client does this by itself after a remote
 * change, in whatever text it finds them, and sends it as its own work. It is allowed as long as no character
 * looks different.
 */
export function judgeTidying({ tidied }: Review): AdmissionCode | null {
  for (const [text, { gone, code }] of tidied) if (!looksTheSame(text, gone)) return code
  return null
}

/**
 * Collects a format that is deleted in a text which the actor may not write. Returns false when the item is no
 * such format.
 */
export function noteTidied({ tidied }: Review, item: Y.Item, code: AdmissionCode): boolean {
  const { parent, content } = item
  if (!(parent instanceof Y.Text) || !(content instanceof Y.ContentFormat)) return false
  const noted = tidied.get(parent)
  if (noted) noted.gone.add(item)
  else tidied.set(parent, { gone: new Set([item]), code })
  return true
}

function looksTheSame(text: Y.Text, gone: ReadonlySet<Y.Item>): boolean {
  const before = new Set<string>()
  const after = new Set<string>()
  for (let item = text._start; item; item = item.right) {
    if (item.deleted) continue
    const { content } = item
    if (content instanceof Y.ContentFormat) {
      apply(before, content)
      if (!gone.has(item)) apply(after, content)
    } else if (item.countable && !sameFormats(before, after)) return false
  }
  return true
}

/** The value of a format is true where it begins and null where it ends. */
function apply(formats: Set<string>, { key, value }: Y.ContentFormat): void {
  if (value === null) formats.delete(key)
  else formats.add(key)
}

const sameFormats = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((format) => b.has(format))
