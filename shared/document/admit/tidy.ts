import * as Y from 'yjs'
import type { Review } from './review.ts'
import type { AdmissionCode } from './verdict.ts'

/**
 * After a remote change a stock Yjs client deletes formats that have become redundant, in whatever text it finds them,
 * and sends that as its own work: merely to follow a formatted text is to write to it. So anybody may delete formats,
 * as long as no character looks any different.
 */
export function judgeTidying({ tidied }: Review): AdmissionCode | null {
  for (const [text, { gone, code }] of tidied) if (!looksTheSame(text, gone)) return code
  return null
}

/** Notes a format of a text that the actor may not write to; false when it is none. */
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

/** A format's value is true, or null where it ends. */
function apply(formats: Set<string>, { key, value }: Y.ContentFormat): void {
  if (value === null) formats.delete(key)
  else formats.add(key)
}

const sameFormats = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((format) => b.has(format))
