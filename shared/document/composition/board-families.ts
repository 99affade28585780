import { belowIn, withWords } from '../../model/family.ts'
import type { ParagraphId, ProposalId } from '../../model/ids.ts'
import { openOnFamilies } from '../issue/families.ts'
import type { OutcomeDocument } from '../schema.ts'
import type { Block } from './projection.ts'

/** What open deletions and moves of paragraphs with everything below are about, by the ids of blocks. */
export interface Families {
  /** Of the first of a family: how many others there are. */
  readonly below: ReadonlyMap<string, number>
  readonly above: ReadonlyMap<string, readonly ProposalId[]>
}

type OnFamily = readonly [ProposalId, ParagraphId]

/**
 * Reads families for the board. As long as the blocks and the proposals are the same, the result is the same object, so
 * an update of words costs no more than looking up these proposals.
 */
export class FamilyReader {
  readonly #od: OutcomeDocument
  #blocks: readonly Block[] | null = null
  #open: readonly OnFamily[] = []
  #families: Families = { below: new Map(), above: new Map() }

  constructor(od: OutcomeDocument) {
    this.#od = od
  }

  read(blocks: readonly Block[]): Families {
    const open = [...openOnFamilies(this.#od)]
    if (blocks === this.#blocks && isSame(open, this.#open)) return this.#families
    this.#blocks = blocks
    this.#open = open
    this.#families = readFamilies(open, blocks)
    return this.#families
  }
}

function readFamilies(open: readonly OnFamily[], blocks: readonly Block[]): Families {
  const below = new Map<string, number>()
  const above = new Map<string, ProposalId[]>()
  const text = open.length > 0 ? blocks.filter((block) => block.proposal === null) : []
  for (const [head, proposals] of Map.groupBy(open, ([, paragraph]) => paragraph)) {
    const family = withWords(belowIn(text, head))
    below.set(head, family.length)
    for (const { id } of family) {
      const known = above.get(id) ?? []
      for (const [proposal] of proposals) known.push(proposal)
      above.set(id, known)
    }
  }
  return { below, above }
}

const isSame = (a: readonly OnFamily[], b: readonly OnFamily[]): boolean =>
  a.length === b.length && a.every(([id, head], i) => id === b[i]?.[0] && head === b[i][1])
