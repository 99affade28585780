import * as Y from 'yjs'
import { anchorAt } from '#shared/document/text/anchor.ts'
import { addProposal, contentOf, hostText, paragraphsInOrder } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { newProposalId, type ProposalId, type RandomBytes } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'

/** What a delegation's editor does to the document, without an editor. */

/**
 * An insertion at the end of the numbered paragraph of this index, in one transaction. `now`: as the server has completed
 * it; absent: as a client writes it.
 */
export function proposeInsertion(
  od: OutcomeDocument,
  actor: Actor,
  index: number,
  text: string,
  random: RandomBytes,
  now?: number,
): ProposalId {
  if (actor.participant === null) throw new Error('an observer proposes nothing')
  const paragraph = numbered(od)[index]
  if (!paragraph) throw new Error(`there is no paragraph ${index}`)
  const end = hostText(od, paragraph.id)?.length ?? 0
  const anchor = anchorAt(od, paragraph.id, paragraph.id, end, end)
  const id = newProposalId(random)
  const head = {
    kind: 'text' as const,
    by: actor.participant,
    paragraph: paragraph.id,
    quote: '',
  }
  const whole = now === undefined ? head : { ...head, person: actor.name, createdAt: now }
  od.doc.transact(() => addProposal(od, id, whole, anchor, text))
  return id
}

/** Types at the end of a proposal's wording. */
export function typeInto(od: OutcomeDocument, id: ProposalId, text: string): void {
  const content = contentOf(od, id)
  if (!content) throw new Error(`there is no proposal ${id}`)
  content.insert(content.length, text)
}

/** A forgery for a delegation, a day's work for a facilitator. */
export function typeIntoBase(od: OutcomeDocument, index: number, text: string): void {
  const paragraph = numbered(od)[index]
  const base = paragraph && hostText(od, paragraph.id)
  if (!base) throw new Error(`there is no paragraph ${index}`)
  base.insert(0, text)
}

export const wording = (od: OutcomeDocument, id: ProposalId): string => contentOf(od, id)?.toJSON() ?? ''

const numbered = (od: OutcomeDocument) => paragraphsInOrder(od).filter((facts) => facts.label !== null)

/** The updates that a change makes, as a provider sees them. */
export function updatesOf(doc: Y.Doc, change: () => void): Uint8Array[] {
  const updates: Uint8Array[] = []
  const listen = (update: Uint8Array) => updates.push(update)
  doc.on('update', listen)
  change()
  doc.off('update', listen)
  return updates
}
