import type { Effect, MovedAnchor, Run } from '../../model/decision.ts'
import type { HostId } from '../../model/ids.ts'
import type { Anchor, ItemId } from '../../model/proposal.ts'
import { sameAnchor } from '../text/anchor.ts'
import { noteRenewed } from './renewed.ts'
import type { OutcomeDocument } from '../schema.ts'
import { entriesOf, recordSet } from '../records.ts'
import { itemInRuns, offsetInRuns, runsLength } from '../text/wording.ts'

/**
 * Replaces character identities throughout the document. Yjs cannot revive a deleted character, so taking a
 * decision back inserts copies: `fresh` in place of `old`, of the same length and in the same order.
 *
 * Rewritten are the anchors of all proposals, open or decided; the effects that decisions record, so that those decisions
 * can be taken back too; and the present identities of words that left a text. Private drafts and carets are not in the
 * shared document. They are mapped when they are read, by `renewed/<host>`: see `renewed.ts`.
 */
export function renew(od: OutcomeDocument, host: HostId, old: readonly Run[], fresh: readonly Run[]): void {
  if (runsLength(old) === 0) return
  noteRenewed(od, host, old, fresh)
  const renewed = (item: ItemId): ItemId => {
    const offset = offsetInRuns(old, item)
    return (offset === null ? null : itemInRuns(fresh, offset)) ?? item
  }
  for (const [id, decision] of entriesOf(od, 'decision')) {
    const effect = renewEffect(decision.effect, renewed)
    if (JSON.stringify(effect) !== JSON.stringify(decision.effect))
      recordSet(od, `decision/${id}`, { ...decision, effect })
  }
  for (const [id, departed] of entriesOf(od, 'returned')) {
    const now = departed.map((words) => ({ ...words, become: renewRuns(words.become, renewed) }))
    if (JSON.stringify(now) !== JSON.stringify(departed)) recordSet(od, `returned/${id}`, now)
  }
  for (const [id, anchor] of od.anchors.entries()) {
    const now = renewAnchor(anchor, renewed)
    if (!sameAnchor(now, anchor)) od.anchors.set(id, now)
  }
}

type Renewed = (item: ItemId) => ItemId

function renewEffect(effect: Effect, renewed: Renewed): Effect {
  switch (effect.kind) {
    case 'none':
    case 'merged-into':
    case 'paragraph-moved':
      return effect
    case 'paragraph-vacated':
      return { ...effect, deletedRuns: renewRuns(effect.deletedRuns, renewed) }
    case 'paragraph-split':
    case 'paragraphs-joined':
    case 'paragraph-added':
    case 'merged':
  }
  const renewMoved = ({ proposal, from, to }: MovedAnchor): MovedAnchor => ({
    proposal,
    from: renewAnchor(from, renewed),
    to: renewAnchor(to, renewed),
  })
  const carried = effect.carried.map(renewMoved)
  const inserted = renewRuns(effect.inserted, renewed)
  if (effect.kind === 'paragraph-added') return { ...effect, inserted, carried }
  const deletedRuns = renewRuns(effect.deletedRuns, renewed)
  if (effect.kind !== 'merged') return { ...effect, inserted, carried, deletedRuns }
  return {
    ...effect,
    inserted,
    carried,
    deletedRuns,
    anchor: renewAnchor(effect.anchor, renewed),
    stepped: effect.stepped.map(renewMoved),
  }
}

function renewAnchor(anchor: Anchor, renewed: Renewed): Anchor {
  if (anchor.kind === 'range') return { ...anchor, start: renewed(anchor.start), end: renewed(anchor.end) }
  if (anchor.kind === 'point' && anchor.at) return { ...anchor, at: renewed(anchor.at) }
  return anchor
}

function renewRuns(runs: readonly Run[], renewed: Renewed): Run[] {
  const next: Run[] = []
  for (const [client, clock, length] of runs) {
    for (let i = 0; i < length; i++) {
      const [to, at] = renewed([client, clock + i])
      const last = next.at(-1)
      if (last && last[0] === to && last[1] + last[2] === at)
        next[next.length - 1] = [to, last[1], last[2] + 1]
      else next.push([to, at, 1])
    }
  }
  return next
}
