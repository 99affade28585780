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
 * characters.
 */
export function noteChanges(doc: Y.Doc, run: () => void): TextChanges {
  const changes = new Map<Y.Text, readonly TextSpan[]>()
  noteTexts(doc, run, (text, event) => {
    const spans = changedSpans(event)
    const words = plainText(text)
    const isBeside = ({ start, end }: TextSpan) =>
      isUnusual(words.slice(Math.max(0, start - LOOKED_AT), end + LOOKED_AT))
    if (spans.some(isBeside)) changes.set(text, spans)
  })
  return changes
}

/** Runs `run`, which makes one transaction on the document, and adds the texts that it changed to `touched`. */
export function noteTouched(doc: Y.Doc, run: () => void, touched: Set<Y.Text>): void {
  noteTexts(doc, run, (text) => touched.add(text))
}

function noteTexts(doc: Y.Doc, run: () => void, note: (text: Y.Text, event: Y.YTextEvent) => void): void {
  const listen = (transaction: Y.Transaction) => {
    for (const [type, keys] of transaction.changed)
      if (type instanceof Y.Text) note(type, new Y.YTextEvent(type, transaction, keys))
  }
  doc.once('afterTransaction', listen)
  try {
    run()
  } finally {
    doc.off('afterTransaction', listen)
  }
}

const whole = (text: Y.Text): readonly TextSpan[] => [{ start: 0, end: text.length }]

/**
 * Adds those of the texts that have an unusual character, as changed from start to end. For texts of which it is not known
 * where they changed: those that the change has created, for Yjs has no events for new types, and those that several
 * transactions have changed, each of which moves what the one before it changed.
 */
export function withWhole(changes: TextChanges, texts: Iterable<Y.Text>): TextChanges {
  const unusual = [...texts].filter((text) => isUnusual(plainText(text)))
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
