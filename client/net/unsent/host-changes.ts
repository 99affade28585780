import * as Y from 'yjs'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { HostId } from '#shared/model/ids.ts'
import type { ClockRange } from '#shared/document/updates.ts'
import { overlap, structsBetween } from '#shared/document/updates.ts'
import { uniteRanges } from './clock-ranges.ts'
import type { Ledger } from './ledger.ts'
import type { LeftOut } from './unsent.ts'
import { unsentDeletes, unsentSections } from './unsent.ts'

/**
 * The unsent work in one paragraph or proposal: its words, and for a proposal also its creation and its anchor. It is
 * sent or rejected as a whole, because its structs refer to each other. `host` is null for items that are in no host.
 */
export interface HostChanges {
  readonly host: HostId | null
  readonly structs: Map<number, ClockRange[]>
  readonly deletes: Map<number, ClockRange[]>
}

/** Everything that is beyond the ledger, grouped by host: paragraphs first, then proposals in the order of creation. */
export function unsentByHost(od: OutcomeDocument, ledger: Ledger): HostChanges[] {
  const changes = new Map<HostId | null, HostChanges>()
  const changesOf = (item: Y.Item): HostChanges => {
    const host = hostOf(od, item)
    const one = changes.get(host) ?? { host, structs: new Map(), deletes: new Map() }
    changes.set(host, one)
    return one
  }
  for (const { client, from, to } of unsentSections(od.doc, ledger))
    for (const [item, range] of itemsIn(od.doc, client, from, to)) add(changesOf(item).structs, client, range)
  for (const [client, ranges] of unsentDeletes(od.doc, ledger))
    for (const { clock, len } of ranges)
      for (const [item, range] of itemsIn(od.doc, client, clock, clock + len))
        add(changesOf(item).deletes, client, range)
  return [...changes.values()].sort((a, b) => rank(od, a) - rank(od, b))
}

/** The union of several changes, in the form in which {@link writeUnsent} leaves it out. */
export const leftOut = (changes: readonly HostChanges[]): LeftOut => ({
  structs: uniteRanges(changes.map((one) => one.structs)),
  deletes: uniteRanges(changes.map((one) => one.deletes)),
})

const rank = (od: OutcomeDocument, { host }: HostChanges): number =>
  Number(host === null || !od.paragraphs.has(host))

/** The items that hold these clocks, each with the clocks that it holds. */
function* itemsIn(doc: Y.Doc, client: number, from: number, to: number): Generator<[Y.Item, ClockRange]> {
  for (const struct of structsBetween(doc, client, from, to)) {
    if (!(struct instanceof Y.Item)) continue
    const clock = Math.max(from, struct.id.clock)
    yield [struct, { clock, len: Math.min(to, struct.id.clock + struct.length) - clock }]
  }
}

function add(to: Map<number, ClockRange[]>, client: number, range: ClockRange): void {
  const ranges = to.get(client)
  if (ranges) ranges.push(range)
  else to.set(client, [range])
}

/** The paragraph or proposal that an item belongs to; null for none. */
function hostOf(od: OutcomeDocument, item: Y.Item): HostId | null {
  const { parent, parentSub } = item
  const roots: readonly unknown[] = [od.proposals, od.anchors, od.paragraphs]
  if (roots.includes(parent)) return parentSub as HostId | null
  const holder = parent instanceof Y.AbstractType ? parent._item : null
  return holder === null ? null : hostOf(od, holder)
}

/** Whether the document holds an item where the server has a void (a GC struct), or a void where it has an item. */
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
