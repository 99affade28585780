import type { BoardBlock } from '#shared/document/composition/board.ts'
import type { HostId } from '#shared/model/ids.ts'
import { isAgreedBlock, isStanding } from '../paragraph/status.ts'

/** How far the paragraphs below a heading are agreed. */
export interface SectionCount {
  readonly agreed: number
  readonly all: number
  /** The number of open brackets in them. */
  readonly open: number
}

const NONE: SectionCount = { agreed: 0, all: 0, open: 0 }

/**
 * Returns the counts by heading, those of its subheadings included; none for a heading without paragraphs. It adds up what each block
 * says of itself, in one pass: some microseconds for 450 paragraphs.
 */
export function sectionCounts(blocks: readonly BoardBlock[]): ReadonlyMap<HostId, SectionCount> {
  const counts = new Map<HostId, SectionCount>()
  let above: BoardBlock[] = []
  for (const block of blocks) {
    if (block.kind === 'heading') above = [...above.filter(({ level }) => level < block.level), block]
    if (block.kind !== 'paragraph' || !isStanding(block) || block.vacant) continue
    for (const { id } of above) {
      const { agreed, all, open } = counts.get(id) ?? NONE
      counts.set(id, {
        agreed: agreed + Number(isAgreedBlock(block)),
        all: all + 1,
        open: open + block.open,
      })
    }
  }
  return counts
}

export const isSameCount = (a: SectionCount | undefined, b: SectionCount | undefined): boolean =>
  a?.agreed === b?.agreed && a?.all === b?.all && a?.open === b?.open
