import * as Y from 'yjs'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { HostId } from '#shared/model/ids.ts'
import type { Stretch } from '#shared/document/updates.ts'
import { overlap, structsBetween } from '#shared/document/updates.ts'
import { joinStretches } from './delete-ranges.ts'
import type { Ledger } from './ledger.ts'
import type { LeftOut } from './unsent.ts'
import { unsentDeletes, unsentSections } from './unsent.ts'

/**
 * The unsent work in one paragraph or on one proposal: its words, and a proposal's anchor and creation too. It is sent or
 * put aside as a whole, since its structs name each other. `host` is null for what stands nowhere in the document.
 */
export interface Unit {
  readonly host: HostId | null
  readonly structs: Map<number, Stretch[]>
  readonly deletes: Map<number, Stretch[]>
}

/** All that the server is not known to have, paragraphs first, then proposals as they were begun. */
export function unsentUnits(od: OutcomeDocument, ledger: Ledger): Unit[] {
  const units = new Map<HostId | null, Unit>()
  const unitOf = (item: Y.Item): Unit => {
    const host = hostOf(od, item)
    const unit = units.get(host) ?? { host, structs: new Map(), deletes: new Map() }
    units.set(host, unit)
    return unit
  }
  for (const { client, from, to } of unsentSections(od.doc, ledger))
    for (const [item, stretch] of itemsIn(od.doc, client, from, to))
      add(unitOf(item).structs, client, stretch)
  for (const [client, stretches] of unsentDeletes(od.doc, ledger))
    for (const { clock, len } of stretches)
      for (const [item, stretch] of itemsIn(od.doc, client, clock, clock + len))
        add(unitOf(item).deletes, client, stretch)
  return [...units.values()].sort((a, b) => rank(od, a) - rank(od, b))
}

/** What all of them hold together. */
export const leftOut = (units: readonly Unit[]): LeftOut => ({
  structs: joinStretches(units.map((unit) => unit.structs)),
  deletes: joinStretches(units.map((unit) => unit.deletes)),
})

const rank = (od: OutcomeDocument, { host }: Unit): number =>
  Number(host === null || !od.paragraphs.has(host))

/** The items that hold these clocks, each with those of them that it holds. */
function* itemsIn(doc: Y.Doc, client: number, from: number, to: number): Generator<[Y.Item, Stretch]> {
  for (const struct of structsBetween(doc, client, from, to)) {
    if (!(struct instanceof Y.Item)) continue
    const clock = Math.max(from, struct.id.clock)
    yield [struct, { clock, len: Math.min(to, struct.id.clock + struct.length) - clock }]
  }
}

function add(to: Map<number, Stretch[]>, client: number, stretch: Stretch): void {
  const stretches = to.get(client)
  if (stretches) stretches.push(stretch)
  else to.set(client, [stretch])
}

/** The paragraph or the proposal that an item is part of. */
function hostOf(od: OutcomeDocument, item: Y.Item): HostId | null {
  const { parent, parentSub } = item
  const roots: readonly unknown[] = [od.proposals, od.anchors, od.paragraphs]
  if (roots.includes(parent)) return parentSub as HostId | null
  const holder = parent instanceof Y.AbstractType ? parent._item : null
  return holder === null ? null : hostOf(od, holder)
}

/** Whether a document shows what the server has as void, or has as void what the server shows. */
export function isOutdated(doc: Y.Doc, ledger: Ledger): boolean {
  for (const [client, structs] of doc.store.clients) {
    const voids = ledger.voids().get(client) ?? []
    const known = ledger.clock(client)
    for (const { clock, len } of voids)
      if (!itemsIn(doc, client, clock, Math.min(clock + len, Y.getState(doc.store, client))).next().done)
        return true
    for (const struct of structs) {
      if (struct.id.clock >= known) break
      if (!(struct instanceof Y.GC)) continue
      const [from, to] = [struct.id.clock, Math.min(known, struct.id.clock + struct.length)]
      const shared = overlap(voids, from, to).reduce((sum, { len }) => sum + len, 0)
      if (shared < to - from) return true
    }
  }
  return false
}
