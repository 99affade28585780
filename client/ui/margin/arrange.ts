import type { BoardBlock } from '#shared/document/composition/board.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import { densityOf } from './density.ts'
import type { Density } from './density.ts'
import { CARD_GAP, stack } from './stack.ts'
import type { StackItem } from './stack.ts'

/** Measures brackets and cards, and positions the cards. All measuring is done before any writing to the page. */

export interface Arrangement {
  readonly densities: ReadonlyMap<HostId, Density>
  /** The lower edge of the lowest card, in CSS pixels from the top of the text. */
  readonly bottom: number
}

interface StackedCard {
  readonly element: HTMLElement
  readonly item: StackItem
  readonly pinned: boolean
}

/** Pixels between two paragraphs, which cards may use too. */
const BETWEEN = 16

/** The last position of each bracket; a card that fades has no bracket any more. */
export type LastTops = Map<string, number>

export function arrange(
  margin: HTMLElement,
  elements: readonly HTMLElement[],
  blocks: ReadonlyMap<HostId, BoardBlock>,
  current: ProposalId | null,
  lastTops: LastTops,
): Arrangement {
  const origin = margin.getBoundingClientRect().top
  const cards = cardsByBlock(margin)
  const densities = new Map<HostId, Density>()
  const standing: StackedCard[] = []
  for (const element of elements) {
    const block = blocks.get(element.dataset.id as HostId)
    if (!block) continue
    const edges = element.getBoundingClientRect()
    const density = densityOf(block, edges.height + BETWEEN)
    densities.set(block.id, density)
    const slot = {
      slotStart: edges.top - origin - 2,
      slotEnd: edges.bottom - origin + BETWEEN + density.reserve - CARD_GAP,
    }
    const own = (cards.get(block.id) ?? []).map((card) =>
      measure(card, element, origin, slot, current, lastTops),
    )
    standing.push(...own.sort((a, b) => a.item.top - b.item.top))
  }
  const tops = stack(
    standing.map(({ item }) => item),
    standing.findIndex(({ pinned }) => pinned),
  )
  let bottom = 0
  standing.forEach(({ element, item }, i) => {
    const top = tops[i] ?? 0
    move(element, top)
    bottom = Math.max(bottom, top + item.height)
  })
  return { densities, bottom }
}

function cardsByBlock(margin: HTMLElement): Map<string, HTMLElement[]> {
  const cards = new Map<string, HTMLElement[]>()
  for (const element of margin.querySelectorAll<HTMLElement>(':scope > [data-place]')) {
    const block = element.dataset.block ?? ''
    const list = cards.get(block)
    if (list) list.push(element)
    else cards.set(block, [element])
  }
  return cards
}

function measure(
  element: HTMLElement,
  text: HTMLElement,
  origin: number,
  slot: { readonly slotStart: number; readonly slotEnd: number },
  current: ProposalId | null,
  lastTops: LastTops,
): StackedCard {
  const key = element.dataset.place ?? ''
  const bracket = text.querySelector(`[data-id="${CSS.escape(key)}"]`)?.getClientRects()[0]
  // The card's first line of text stands level with the bracket's.
  const top = bracket ? bracket.top - origin - 4 : (lastTops.get(key) ?? slot.slotStart)
  let pinned = false
  for (const row of element.querySelectorAll<HTMLElement>('[data-row]')) {
    lastTops.set(row.dataset.row ?? '', top)
    pinned ||= row.dataset.row === current
  }
  return { element, item: { top, height: element.offsetHeight, ...slot }, pinned }
}

function move(element: HTMLElement, top: number): void {
  element.style.transform = `translateY(${Math.round(top)}px)`
  // The first position is set without a transition, later ones with it.
  if (element.dataset.placed === undefined) requestAnimationFrame(() => (element.dataset.placed = ''))
}
