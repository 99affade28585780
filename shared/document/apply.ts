import * as Y from 'yjs'
import { STRETCHES, slicesOf } from './slices.ts'
import type { Steps } from './steps.ts'
import { noteChanges, noteTouched, withWhole } from './text/changes.ts'
import type { TextChanges } from './text/changes.ts'

/** Bytes of an update that are applied in one transaction; they take a few milliseconds. */
const SLICE = 16 * 1024

/**
 * Applies an update, which must not build on unknown items, and returns where it changed texts. A large one is applied in
 * several transactions, one in a step; the document must not be changed between them. `most`, `each`: bytes and deleted ranges of one transaction.
 */
export function* applyInSteps(
  doc: Y.Doc,
  update: Uint8Array,
  origin: unknown,
  most: number = SLICE,
  each: number = STRETCHES,
): Steps<TextChanges> {
  if (update.length <= most) return noteChanges(doc, () => Y.applyUpdate(doc, update, origin))
  const touched = new Set<Y.Text>()
  for (const slice of slicesOf(update, most, each)) {
    yield
    noteTouched(doc, () => Y.applyUpdate(doc, slice, origin), touched)
  }
  let changes: TextChanges = new Map()
  for (const text of touched) {
    yield
    changes = withWhole(changes, [text])
  }
  return changes
}
