import { Drawer } from '#client/editor/draw/draw.ts'
import { offsetsOf, placeAt, signAround } from '#client/editor/places.ts'
import { isAgreedTo } from '#client/editor/rights/rights.ts'
import { plainText, resolveAnchor } from '#shared/document/text/anchor.ts'
import { characterNow, placeIn } from '#shared/document/follow/character.ts'
import { isLiveHost, isOpen } from '#shared/document/open.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { anchorOf, baseTextOf, contentOf, isTabled } from '#shared/document/schema.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { ItemId } from '#shared/model/proposals/proposal.ts'
import { DEPTH_LIMIT, isOnWords } from '#shared/model/proposals/proposal.ts'
import type { Drafter } from '#test/kit/drafting.ts'

/** What must be true of every editor, whatever happened; and where things are in one. */

/** Typed at a caret: into that very text, or into an own bracket that stands there. */
export function checkPlace(
  drafter: Drafter,
  before: { host: HostId; index: number },
  after: { host: HostId; index: number },
) {
  if (after.host === before.host) {
    if (after.index !== before.index + 1)
      throw new Error(`typed at ${before.index}, found at ${after.index - 1}`)
    return
  }
  const anchor = drafter.projection.proposals.get(after.host as ProposalId)?.anchor
  const span = anchor && resolveAnchor(drafter.od, anchor)
  if (!anchor || !isOnWords(anchor) || anchor.host !== before.host || !span)
    throw new Error('typed text went into another text')
  if (before.index !== span.start && before.index !== span.end)
    throw new Error('typed text went to another place')
}

/** The shown text is what a composition from nothing gives. */
export function checkIncremental(drafter: Drafter): void {
  const fresh = new Projection(drafter.od, drafter.view, drafter.binding.writer.participant)
  const doc = new Drawer(fresh, drafter.binding.writer.participant).document()
  fresh.destroy()
  if (!doc.eq(drafter.state.doc))
    throw new Error(`incremental differs from full\n${doc.toString()}\n${drafter.state.doc.toString()}`)
  doc.check()
}

/** Every offset outside signs is a place in some text, and that place leads back to it. */
export function checkPlaces(drafter: Drafter): void {
  drafter.state.doc.forEach((block) => {
    if (!block.isTextblock) return
    for (let offset = 0; offset <= block.content.size; offset++) {
      if (signAround(block, offset)) continue
      const { host, index } = placeAt(block, offset)
      const at = offsetsOf(block, host, index)
      if (!at || at.left > offset || at.right < offset)
        throw new Error(`offset ${offset} is lost in ${block.toString()}`)
      const length = (isProposalId(host) ? contentOf(drafter.od, host) : baseTextOf(drafter.od, host))!.length
      if (index > length) throw new Error('a place beyond its text')
    }
  })
}

/** Written through into what was decided meanwhile, or tabled: the server will refuse it. */
export function isUnsent({ od, outbox, beside }: Drafter, character: string): boolean {
  const copies = beside
    .filter((seat) => seat.outbox.length > 0)
    .flatMap((seat) =>
      ([...seat.od.proposals.keys()] as ProposalId[])
        .filter((id) => od.proposals.has(id) || isTabled(seat.od, id))
        .map((id) => contentOf(seat.od, id)!),
    )
  const closed = outbox.length === 0 ? [] : ([...od.proposals.keys()] as ProposalId[])
  const contents = closed.filter((id) => !isLiveHost(od, id)).map((id) => contentOf(od, id)!)
  return [...contents, ...copies].some((content) => plainText(content).includes(character))
}

/** In an open bracket inside one that was closed or taken back: it is among those that have lost their place. */
export function isDisplaced({ od, projection }: Drafter, character: string): boolean {
  const hasLost = (id: HostId, steps: number): boolean => {
    if (!isProposalId(id) || steps > DEPTH_LIMIT) return false
    const anchor = anchorOf(od, id)
    if (!isOpen(od, id) || !anchor) return true
    return isOnWords(anchor) && hasLost(anchor.host, steps + 1)
  }
  return [...projection.proposals.all()].some(
    ({ anchor, content }) =>
      anchor && isOnWords(anchor) && hasLost(anchor.host, 0) && plainText(content).includes(character),
  )
}

/** A selection that begins in an agreed paragraph; what it covers there stays. */
export function isInAgreedBlock(drafter: Drafter, pos: number): boolean {
  const { doc } = drafter.state
  // Where everything is selected, it begins before the first paragraph.
  const $pos = doc.resolve(Math.min(Math.max(pos, 1), doc.content.size))
  if (!$pos.parent.isTextblock) return false
  const { host } = placeAt($pos.parent, $pos.parentOffset)
  return isAgreedTo(drafter.projection, drafter.binding.writer, host)
}

/** Beside the character before a place, or the one behind it, wherever they are shown now. */
export function besideNow(
  drafter: Drafter,
  host: HostId,
  item: ItemId | null,
  next: ItemId | null,
): { host: HostId; index: number }[] {
  const found: { host: HostId; index: number }[] = []
  for (const [character, back] of [
    [item, 0],
    [next, 1],
  ] as const) {
    if (character === null) continue
    const now = characterNow(drafter.od, { host, item: character })
    const at = now.item && isShown(drafter, now.host) ? placeIn(drafter.od, now.host, now.item) : null
    if (now.exact && at?.visible) found.push({ host: now.host, index: at.end - back })
  }
  return found
}

export function isShown(drafter: Drafter, host: HostId): boolean {
  let shown = false
  drafter.state.doc.forEach((node) => {
    if (offsetsOf(node, host, 0)) shown = true
  })
  return shown
}
