import * as Y from 'yjs'
import type { LocalAdmission } from '#client/net/unsent/rebase-unsent.ts'
import { Ledger } from '#client/net/unsent/ledger.ts'
import { FROM_SERVER } from '#client/net/origins.ts'
import { keepOwnDeletions } from '#client/net/unsent/own-deletions.ts'
import { recordSet } from '#shared/document/records.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { addParagraph, openDocument } from '#shared/document/schema.ts'
import { encodeState } from '#shared/document/updates.ts'
import type { ParagraphId, PersonId } from '#shared/model/ids.ts'
import { FACILITATORS } from '#shared/model/participant.ts'
import { paragraphId } from './fake-desk.ts'

/** The facilitator whose client it is. */
export const judged: LocalAdmission = {
  actor: { person: 'chair' as PersonId, name: 'Orsolya', role: 'facilitator', participant: FACILITATORS },
  elsewhere: false,
  now: 1,
}

export const newDoc = (): Y.Doc => keepOwnDeletions(new Y.Doc())

export interface Joined {
  readonly server: OutcomeDocument
  /** The client's document. */
  readonly od: OutcomeDocument
  readonly ledger: Ledger
  /** The client gets to know all that the server has. */
  readonly hear: () => void
}

/** A server's document with these paragraphs, and a client that holds it. */
export function joined(texts: readonly string[]): Joined {
  const server = openDocument(new Y.Doc())
  for (const [i, text] of texts.entries()) {
    const label = { number: i + 1, suffix: 0 }
    addParagraph(server, { id: paragraphId(i + 1), kind: 'paragraph', order: `a${i}`, label }, text)
  }
  const od = openDocument(newDoc())
  const ledger = new Ledger()
  const hear = () => {
    const update = encodeState(server.doc, Y.encodeStateVector(od.doc))
    Y.applyUpdate(od.doc, update, FROM_SERVER)
    ledger.add(update)
  }
  hear()
  return { server, od, ledger, hear }
}

/** The paragraph is agreed; by a facilitator, at no time in particular. */
export const agree = (od: OutcomeDocument, paragraph: ParagraphId): void =>
  recordSet(od, `status/${paragraph}`, {
    status: 'agreed',
    by: FACILITATORS,
    person: '',
    at: 1,
    pending: [],
    placement: false,
    earlier: [],
  })
