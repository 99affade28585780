import { isProposalId } from '#shared/model/ids.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import type { Desk } from '../../state/desk.ts'

/** What the pointer and the caret are on, read from the elements that the editor writes. */

/**
 * Marks a bracket's card while the pointer is on the bracket, and makes it current on a click on it or on its count.
 * Returns a function to stop.
 */
export function followPointer(place: HTMLElement, desk: Desk): () => void {
  const over = (event: Event) => desk.hovered.set(proposalAt(event.target))
  const leave = () => desk.hovered.set(null)
  const click = (event: MouseEvent) => point(desk, event)
  place.addEventListener('mouseover', over)
  place.addEventListener('mouseleave', leave)
  place.addEventListener('click', click)
  return () => {
    place.removeEventListener('mouseover', over)
    place.removeEventListener('mouseleave', leave)
    place.removeEventListener('click', click)
  }
}

function point(desk: Desk, event: MouseEvent): void {
  const proposal = proposalAt(event.target)
  const note = noteMarkAt(event.target)
  if (proposal) desk.select(proposal)
  if (note && proposal) scrollToBlock(note)
  else if (note) desk.reveal(note)
  if (proposal || note) return
  const id = gutterBlock(event.target, event.clientX)
  if (id === null) return
  const block = desk.board.get().blocks.find((candidate) => candidate.id === id)
  if (block?.kind === 'note' && block.open === 0) return scrollToMark(block.id)
  const first = block?.places[0]?.rows[0]
  if (first) desk.select(first.id, { focus: true })
}

function proposalAt(target: EventTarget | null): ProposalId | null {
  if (!(target instanceof Element)) return null
  const id = target.closest<HTMLElement>('[data-id]:not(.block)')?.dataset.id
  return isProposalId(id) ? id : null
}

/** The footnote, or the proposal for one, whose mark was clicked; null for none. */
function noteMarkAt(target: EventTarget | null): HostId | null {
  const mark = target instanceof Element ? target.closest<HTMLElement>('[data-side="note"]') : null
  return (mark?.dataset.id as HostId | undefined) ?? null
}

const scrollToBlock = (id: HostId): void =>
  document
    .querySelector(`.ProseMirror > .block[data-id="${CSS.escape(id)}"]`)
    ?.scrollIntoView({ block: 'center', behavior: 'instant' })

/** Scrolls to the mark of a footnote in the text. */
function scrollToMark(note: HostId): void {
  document
    .querySelector(`.ProseMirror [data-side="note"][data-id="${CSS.escape(note)}"]`)
    ?.scrollIntoView({ block: 'center', behavior: 'instant' })
}

/** The block whose gutter (number and count) was clicked; null for none. */
function gutterBlock(target: EventTarget | null, x: number): string | null {
  if (!(target instanceof HTMLElement) || !target.matches('.block')) return null
  const box = target.getBoundingClientRect()
  const { paddingLeft, paddingRight } = getComputedStyle(target)
  const inText = x >= box.left + parseFloat(paddingLeft) && x <= box.right - parseFloat(paddingRight)
  return inText ? null : (target.dataset.id ?? null)
}

/** The block that contains the caret; null for none. */
export function blockOfCaret(): HostId | null {
  const node = getSelection()?.anchorNode ?? null
  const element = node instanceof Element ? node : (node?.parentElement ?? null)
  return (element?.closest<HTMLElement>('.block')?.dataset.id as HostId | undefined) ?? null
}
