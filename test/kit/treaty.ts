import { expect } from 'vitest'
import { baseTextOf, paragraphsInOrder } from '#shared/document/schema.ts'
import type { ParagraphChange } from '#shared/model/command.ts'
import type { ImportedBlock } from '#shared/model/import.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { Label } from '#shared/model/label.ts'
import { plainText } from '#shared/document/text/anchor.ts'
import { chair, delegation, Table } from './commanding.ts'
import { written } from './labels.ts'

/** A small treaty with articles, items below paragraphs and a list below an item. */

export const ken = delegation('KEN')
export const plain = (number: number, within?: Label): Label => ({
  number,
  suffix: 0,
  ...(within && { within }),
})
export const article = (number: number): Label => ({ division: 'article', ...plain(number) })
export const letter = (number: number, within: Label): Label => ({
  style: 'letter',
  ...plain(number, within),
})
export const heading = (label: Label | null, text: string): ImportedBlock => ({
  kind: 'heading',
  label,
  level: 0,
  text,
})
export const text = (label: Label | null, level: number, words: string): ImportedBlock => ({
  kind: 'paragraph',
  label,
  level,
  text: words,
})

export const TREATY = [
  heading(null, 'Convention on reeds'),
  heading(article(1), 'Purpose'),
  text(plain(1, article(1)), 0, 'Reeds are planted.'),
  text(plain(2, article(1)), 0, 'Each Party shall:'),
  text(letter(1, plain(2, article(1))), 1, 'plant them'),
  text(letter(2, plain(2, article(1))), 1, 'guard them, in particular'),
  text(null, 2, 'in lakes'),
  text(null, 2, 'in rivers'),
  heading(article(2), 'Means'),
  text(plain(1, article(2)), 0, 'Means are shared.'),
  text(plain(2, article(2)), 0, 'Reports are written.'),
]

export class Treaty extends Table {
  constructor() {
    super({ title: 'Convention on reeds', front: [], blocks: TREATY })
  }

  /** The paragraph or heading with these words. */
  at(words: string): ParagraphId {
    return paragraphsInOrder(this.od).find(({ id }) => plainText(baseTextOf(this.od, id)!).startsWith(words))!
      .id
  }

  labels(): (string | null)[] {
    return paragraphsInOrder(this.od)
      .filter(({ vacant }) => !vacant)
      .map(({ label }) => written(label))
  }

  accept(change: ParagraphChange): void {
    const proposal = this.ask(change)
    expect(this.refusal(chair, { kind: 'proposal-accept', proposal })).toBeNull()
  }

  ask(change: ParagraphChange): ProposalId {
    const proposal = newProposalId(this.bytes)
    expect(this.refusal(ken, { kind: 'paragraph-propose', proposal, change })).toBeNull()
    return proposal
  }
}
