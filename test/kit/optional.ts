import { baseTextOf } from '#shared/document/schema.ts'
import { plainText } from '#shared/document/text/anchor.ts'
import { formatLabel } from '#shared/model/label.ts'
import { droppedFor, optionsIn } from '#shared/document/issue/options.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { Command } from '#shared/model/command.ts'
import type { ImportedBlock } from '#shared/model/import.ts'
import type { Label } from '#shared/model/label.ts'
import type { OptionSet } from '#shared/model/options.ts'
import type { ParagraphFacts } from '#shared/model/paragraph.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { article, heading, letter, plain, text } from './treaty.ts'

/** Texts with options of each kind, invented. */

export const option = (number: number, within?: Label): Label => ({
  division: 'option',
  ...plain(number, within),
})

const alternative = (number: number, alt: number): Label => ({ ...plain(number), alt })

const one = option(1, article(1))
const two = option(2, article(1))
const nested = (number: number): Label => ({ ...option(number, plain(2, one)), style: 'letter' })

/** Options in an article, the first with options of one of its paragraphs; the last a paragraph alone. */
const IN_AN_ARTICLE = [
  heading(article(1), 'Reeds'),
  heading(one, ''),
  text(plain(1, one), 0, 'Reeds are planted.'),
  text(plain(2, one), 0, 'Each Party shall:'),
  text(letter(1, plain(2, one)), 1, 'plant them'),
  text(nested(1), 1, 'in lakes'),
  text(nested(2), 1, 'in rivers'),
  heading(two, ''),
  text(null, 0, 'Reeds are left alone.'),
  text(option(3, article(1)), 0, 'No text'),
  heading(article(2), 'Means'),
  text(plain(1, article(2)), 0, 'Means are shared.'),
]

/** Alternatives of a paragraph, one with a heading over it and one with items below it. */
const OF_A_PARAGRAPH = [
  text(plain(1), 0, 'We welcome reeds.'),
  text(plain(2), 0, 'We plant them.'),
  heading(null, 'As others have it'),
  text(alternative(2, 1), 0, 'We shall:'),
  text(letter(1, alternative(2, 1)), 1, 'leave them alone'),
  text(alternative(2, 2), 0, 'We count them.'),
  text(plain(3), 0, 'We rest.'),
]

/** Options of several paragraphs below headings without numbers. */
const BELOW_HEADINGS = [
  text(plain(1), 0, 'We welcome reeds.'),
  heading(null, 'Option 1'),
  text(plain(2), 0, 'We plant them.'),
  text(plain(3), 0, 'We guard them.'),
  heading(null, 'Option 2'),
  text(alternative(2, 1), 0, 'We leave them.'),
  text(alternative(3, 1), 0, 'We look at them.'),
  text(plain(4), 0, 'We rest.'),
]

export const OPTIONAL: readonly (readonly ImportedBlock[])[] = [IN_AN_ARTICLE, OF_A_PARAGRAPH, BELOW_HEADINGS]

/** The command that chooses an option as it stands now. */
export function choosing(proposal: ProposalId, set: OptionSet<ParagraphFacts>, head: ParagraphId): Command {
  return { kind: 'option-choose', proposal, option: head, dropped: droppedFor(set, head).map(({ id }) => id) }
}

/** The options of each place, each by its blocks: their full references, or their words where they have none. */
export const optionsRead = (od: OutcomeDocument): string[][] =>
  optionsIn(od).map((set) => set.map(({ blocks }) => blocks.map((block) => nameIn(od, block)).join(' | ')))

const nameIn = (od: OutcomeDocument, { id, label }: ParagraphFacts): string =>
  label ? formatLabel(label) : plainText(baseTextOf(od, id)!)
