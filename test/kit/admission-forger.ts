import * as Y from 'yjs'
import { decisionOf, headOf, hostText } from '#shared/document/schema.ts'
import { anchorAt, resolveAnchor, sameAnchor } from '#shared/document/text/anchor.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { isOnWords } from '#shared/model/proposals/proposal.ts'
import type { Anchor, WordAnchor } from '#shared/model/proposals/proposal.ts'
import { submit } from './admission-room.ts'
import type { Room } from './admission-room.ts'
import { written } from './admission-scene.ts'
import type { Random } from './random.ts'

/** Not in any text that people write here: nothing that is typed so was ever brought back. */
const TYPED = '0123456789'

/**
 * Somebody puts another's proposal elsewhere, whose characters all stand: on other words as they are, or, in the same update, on
 * words typed in the place of those that it stands on. Returns what became of it, null when there was nothing to move.
 * Throws when it stands elsewhere afterwards.
 */
export function forgeMove(room: Room, actor: Actor, random: Random): 'refused' | 'put back' | null {
  const target = someoneElses(room, actor, random)
  if (!target) return null
  const { id, anchor } = target
  const retypes = random.chance(0.5)
  const update = written(room, 1 + random.int(2 ** 31), (od) => {
    const text = hostText(od, anchor.host)!
    const span = resolveAnchor(od, anchor)!
    if (retypes) {
      const before = random.chance(0.5)
      text.delete(span.start, Math.max(1, span.end - span.start))
      text.insert(before ? span.start : random.int(text.length + 1), TYPED)
    }
    // An empty range is a point, and another host is another matter.
    const least = anchor.kind === 'range' ? 1 : 0
    const from = random.int(text.length + 1 - least)
    const to = from + least + (least === 0 ? 0 : random.int(text.length - from))
    od.anchors.set(id, anchorAt(od, anchor.host, anchor.paragraph, from, to))
  })
  const verdict = submit(room, actor, update)
  if (!verdict.ok) return 'refused'
  if (!sameAnchor(room.od.anchors.get(id)!, anchor))
    throw new Error(`${actor.name} has moved ${id}: ${JSON.stringify([anchor, room.od.anchors.get(id)])}`)
  return 'put back'
}

function someoneElses(
  { od }: Room,
  { participant }: Actor,
  random: Random,
): { readonly id: ProposalId; readonly anchor: WordAnchor } | null {
  const found: { id: ProposalId; anchor: WordAnchor }[] = []
  for (const [id, anchor] of od.anchors.entries() as Iterable<[string, Anchor]>) {
    if (!isProposalId(id) || !isOnWords(anchor) || decisionOf(od, id)) continue
    const { by, via } = headOf(od, id)!
    const text = hostText(od, anchor.host)
    if (by === participant || via === participant || !text || text.length < 2) continue
    const ends = anchor.kind === 'point' ? [anchor.at] : [anchor.start, anchor.end]
    const stands = ends.every(
      (item) => item && !Y.getItem(od.doc.store, Y.createID(item[0], item[1])).deleted,
    )
    if (stands && resolveAnchor(od, anchor)) found.push({ id, anchor })
  }
  return found.length === 0 ? null : random.pick(found)
}
