import { idsBelow } from '#shared/document/issue/families.ts'
import { itemAt, plainText } from '#shared/document/text/anchor.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { baseTextOf, paragraphsInOrder } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { CommandResult, ParagraphChange } from '#shared/model/command.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { delegate } from './drafting.ts'
import type { Room } from './drafting.ts'
import type { Random } from './random.ts'

/** Proposals on paragraphs as such, in a drafting room. */

const KEN = delegate('amina', 'KEN').actor

/** The paragraph of this number as it stands now. */
export function numbered(room: Room, label: string): ParagraphId {
  const projection = new Projection(room.od)
  const found = projection.blocks().find((block) => block.label === label)
  projection.destroy()
  if (!found) throw new Error(`there is no paragraph ${label}`)
  return found.id as ParagraphId
}

export function ask(
  room: Room,
  change: ParagraphChange,
  actor: Actor = KEN,
): { readonly proposal: ProposalId; readonly result: CommandResult } {
  const proposal = newProposalId((length) => room.random.bytes(length))
  return { proposal, result: room.command({ kind: 'paragraph-propose', proposal, change }, actor) }
}

export function asked(room: Room, change: ParagraphChange, actor: Actor = KEN): ProposalId {
  const { proposal, result } = ask(room, change, actor)
  if (!result.ok) throw new Error(result.message)
  return proposal
}

/** Split behind these words. */
export function splitBehind(room: Room, paragraph: ParagraphId, words: string): ParagraphChange {
  const base = baseTextOf(room.od, paragraph)!
  const at = itemAt(base, plainText(base).indexOf(words) + words.length - 1)!
  return { kind: 'split', paragraph, at }
}

/** A paragraph as an accepted deletion leaves it: a number that stands empty. */
export function leaveEmpty(od: OutcomeDocument, paragraph: ParagraphId): void {
  const text = baseTextOf(od, paragraph)!
  text.delete(0, text.length)
  od.paragraphs.get(paragraph)!.set('vacant', true)
}

/** A deletion or a move of something with everything below it; null where nothing governs anything. */
export function changeOfFamily({ od, random: r }: Pick<Room, 'od' | 'random'>): ParagraphChange | null {
  const shown = paragraphsInOrder(od)
  const heads = shown.filter(({ id }) => idsBelow(od, id).length > 0)
  if (heads.length === 0) return null
  const { id: paragraph } = r.pick(heads)
  if (r.chance(0.4)) return { kind: 'delete-paragraph', paragraph, below: true }
  return { kind: 'move', paragraph, after: r.chance(0.2) ? null : r.pick(shown).id, below: true }
}

/** A paragraph below this one, or a heading behind it. */
export const someNewBlock = (r: Random, paragraph: ParagraphId): ParagraphChange => ({
  kind: 'paragraph',
  paragraph,
  text: 'words of a new block',
  block: r.chance(0.5)
    ? { kind: 'paragraph', under: true }
    : { kind: 'heading', level: r.int(2), ...(r.chance(0.5) ? { division: 'article' } : {}) },
})

/** Mostly with everything below the paragraph, when something is. */
export const someBelow = (
  { od, random }: Pick<Room, 'od' | 'random'>,
  paragraph: ParagraphId,
): { below?: true } => (idsBelow(od, paragraph).length > 0 && random.chance(0.7) ? { below: true } : {})

/** Something that may be asked of some paragraph; it may be refused. */
export function someChange({ random: r, od }: Room): ParagraphChange {
  const shown = paragraphsInOrder(od)
  // The first is asked about more often, since that may govern others.
  const index = r.chance(0.3) ? 0 : r.int(shown.length)
  const paragraph = shown[index]!.id
  const text = baseTextOf(od, paragraph)!
  const below = someBelow({ od, random: r }, paragraph)
  switch (r.int(7)) {
    case 6:
      return someNewBlock(r, paragraph)
    case 0:
      return r.chance(0.3)
        ? { kind: 'reservation', paragraph }
        : { kind: 'delete-paragraph', paragraph, ...below }
    case 1:
      return { kind: 'alternative', paragraph, text: 'another text' }
    case 2:
      return { kind: 'move', paragraph, after: r.chance(0.2) ? null : r.pick(shown).id, ...below }
    case 3:
      return { kind: 'join', paragraph, next: (shown[index + 1] ?? shown[index])!.id }
    case 5: {
      const at = text.length > 0 ? itemAt(text, r.int(text.length)) : null
      return at
        ? { kind: 'note', host: paragraph, at, text: 'a note' }
        : { kind: 'delete-paragraph', paragraph }
    }
    default: {
      const at = text.length > 0 ? itemAt(text, r.int(text.length)) : null
      return at ? { kind: 'split', paragraph, at } : { kind: 'delete-paragraph', paragraph }
    }
  }
}
