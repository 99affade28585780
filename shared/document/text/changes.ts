import * as Y from 'yjs'
import { isUnusual } from '../../model/characters/text-policy.ts'
import type { TextSpan } from '../../model/characters/stranded.ts'
import { LOOKED_AT } from '../../model/characters/stranded.ts'
import { plainText } from './anchor.ts'

/**
 * The texts in which something changed beside an unusual character (one that the text policy judges by its
 * neighbours), with the spans that changed, in offsets after the change.
 */
export type TextChanges = ReadonlyMap<Y.Text, readonly TextSpan[]>

/**
 * Runs `run`, which makes one transaction on the document, and returns where it changed texts beside unusual
 * characters, together with the `earlier` changes, which transactions just before it made. A text of these that the
 * transaction changes anywhere counts as changed from start to end, because the earlier offsets no longer hold.
 */
export function noteChanges(doc: Y.Doc, run: () => void, earlier: TextChanges = new Map()): TextChanges {
  const changes = new Map(earlier)
  const listen = (transaction: Y.Transaction) => {
    for (const [type, keys] of transaction.changed)
      if (type instanceof Y.Text && earlier.has(type)) changes.set(type, whole(type))
      else if (type instanceof Y.Text) {
        const spans = changedSpans(new Y.YTextEvent(type, transaction, keys))
        const words = plainText(type)
        const isBeside = ({ start, end }: TextSpan) =>
          isUnusual(words.slice(Math.max(0, start - LOOKED_AT), end + LOOKED_AT))
        if (spans.some(isBeside)) changes.set(type, spans)
      }
  }
  doc.once('afterTransaction', listen)
  try {
    run()
  } finally {
    doc.off('afterTransaction', listen)
  }
  return changes
}

const whole = (text: Y.Text): readonly TextSpan[] => [{ start: 0, end: text.length }]

/** Adds the texts that the change has created, as changed from start to end: Yjs has no events for new types. */
export function withNew(changes: TextChanges, made: readonly Y.Text[]): TextChanges {
  const unusual = made.filter((text) => isUnusual(plainText(text)))
  if (unusual.length === 0) return changes
  return new Map([...changes, ...unusual.map((text) => [text, whole(text)] as const)])
}

function changedSpans({ delta }: Y.YTextEvent): TextSpan[] {
  const spans: TextSpan[] = []
  let at = 0
  for (const { retain = 0, insert, delete: deleted } of delta) {
    const length = typeof insert === 'string' ? insert.length : 0
    if (length > 0 || deleted !== undefined) spans.push({ start: at, end: at + length })
    at += retain + length
  }
  return spans
}
