import type { Effect, MovedAnchor, Run } from '../../model/proposals/decision.ts'
import type { HostId } from '../../model/ids.ts'
import type { Anchor } from '../../model/proposals/proposal.ts'
import { anchoredTo } from '../open.ts'
import { Copies } from './copies.ts'
import { noteRenewed } from './renewed.ts'
import type { OutcomeDocument } from '../schema.ts'
import { entriesOf, recordSet } from '../records.ts'
import { runsLength } from '../text/wording.ts'

/**
 * Replaces character identities throughout the document. Yjs cannot revive a deleted character, so taking a
 * decision back inserts copies: `fresh` in place of `old`, of the same length and in the same order.
 *
 * Rewritten are the anchors of all proposals, open or decided; the effects that decisions record, so that those decisions
 * can be taken back too; and the present identities of words that left a text. Private drafts and carets are not in the
 * shared document. They are mapped when they are read, by `renewed/<host>`: see `renewed.ts`.
 */
export function renew(od: OutcomeDocument, host: HostId, old: readonly Run[], fresh: readonly Run[]): void {
  renewAll(od, [{ host, old, fresh }])
}

/** Characters of one host and the copies that take their place. */
export interface Renewed {
  readonly host: HostId
  readonly old: readonly Run[]
  readonly fresh: readonly Run[]
}

/** {@link renew} for several hosts at once: what decisions record is gone through once. */
export function renewAll(od: OutcomeDocument, all: readonly Renewed[]): void {
  const copied = all.filter((one) => runsLength(one.old) > 0)
  if (copied.length === 0) return
  for (const one of copied) noteRenewed(od, one.host, one.old, one.fresh)
  const renewal = new Copies(
    copied.flatMap((one) => one.old),
    copied.flatMap((one) => one.fresh),
  )
  for (const [id, decision] of entriesOf(od, 'decision')) {
    const effect = renewEffect(decision.effect, renewal)
    if (effect !== decision.effect) recordSet(od, `decision/${id}`, { ...decision, effect })
  }
  for (const [id, departed] of entriesOf(od, 'returned')) {
    const now = mapped(departed, (words) => changed(words, { become: renewal.runs(words.become) }))
    if (now !== departed) recordSet(od, `returned/${id}`, now)
  }
  for (const id of copied.flatMap(({ host }) => [...anchoredTo(od, host)])) {
    const anchor = od.anchors.get(id)
    const now = anchor && renewAnchor(anchor, renewal)
    if (now && now !== anchor) od.anchors.set(id, now)
  }
}

/** Returns the value with these fields; the same object when it has them already, by identity. */
function changed<T extends object>(value: T, fields: Partial<T>): T {
  const same = Object.entries(fields).every(([name, field]) => value[name as keyof T] === field)
  return same ? value : { ...value, ...fields }
}

/** `map` of an array; the same array when nothing in it changed, by identity. */
function mapped<T>(values: readonly T[], map: (value: T) => T): readonly T[] {
  const now = values.map(map)
  return now.every((value, index) => value === values[index]) ? values : now
}

function renewEffect(effect: Effect, renewal: Copies): Effect {
  const runs = (of: readonly Run[]): readonly Run[] => renewal.runs(of)
  switch (effect.kind) {
    case 'none':
    case 'merged-into':
    case 'paragraph-moved':
      return effect
    case 'family-changed':
      return changed(effect, {
        parts: mapped(effect.parts, (part) => renewEffect(part, renewal) as typeof part),
      })
    case 'paragraph-vacated':
      return changed(effect, { deletedRuns: runs(effect.deletedRuns) })
    case 'paragraph-split':
    case 'paragraphs-joined':
    case 'paragraph-added':
    case 'merged':
  }
  const renewMoved = (moved: MovedAnchor): MovedAnchor =>
    changed(moved, { from: renewAnchor(moved.from, renewal), to: renewAnchor(moved.to, renewal) })
  const carried = mapped(effect.carried, renewMoved)
  const inserted = runs(effect.inserted)
  if (effect.kind === 'paragraph-added') return changed(effect, { inserted, carried })
  const deletedRuns = runs(effect.deletedRuns)
  if (effect.kind !== 'merged') return changed(effect, { inserted, carried, deletedRuns })
  const anchor = renewAnchor(effect.anchor, renewal)
  return changed(effect, {
    inserted,
    carried,
    deletedRuns,
    anchor,
    stepped: mapped(effect.stepped, renewMoved),
  })
}

function renewAnchor(anchor: Anchor, renewal: Copies): Anchor {
  if (anchor.kind === 'range')
    return changed(anchor, { start: renewal.item(anchor.start), end: renewal.item(anchor.end) })
  return anchor.kind === 'point' && anchor.at ? changed(anchor, { at: renewal.item(anchor.at) }) : anchor
}
