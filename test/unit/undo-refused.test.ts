import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { createUndo } from '#client/editor/undo.ts'
import { rebaseUnsent } from '#client/net/unsent/rebase-unsent.ts'
import { unsentUpdate } from '#client/net/unsent/unsent.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { recordDelete } from '#shared/document/records.ts'
import { addProposal, baseTextOf } from '#shared/document/schema.ts'
import { anchorAt, resolveAnchor } from '#shared/document/text/anchor.ts'
import type { ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { FACILITATORS } from '#shared/model/participant.ts'
import { paragraphId } from '#test/kit/fake-desk.ts'
import { agree, joined, judged, newDoc } from '#test/kit/joined.ts'

// What was refused is taken out of the document in place, under the steps that can be undone.

const P1 = paragraphId(1)
const Q1 = 'q00000000000fresh' as ProposalId
const KEN = 'KEN' as ParticipantId

/** A client, and what it can undo. */
function joinedWithUndo() {
  const { server, od, ledger, hear } = joined(['We will act now.'])
  const send = () => {
    const update = unsentUpdate(od.doc, ledger)
    if (!update) return
    Y.applyUpdate(server.doc, update)
    ledger.add(update)
  }
  const origin = {}
  const projection = new Projection(od, 'all', FACILITATORS)
  const undo = createUndo({ projection, actor: judged.actor, origin, captureTimeout: 0 })
  const by = (run: () => void) => od.doc.transact(run, origin)
  const isRefused = () => {
    const on = rebaseUnsent(od, ledger, newDoc, judged)
    expect(on?.od).toBe(od)
    undo.forgetRefused()
    return on!.rejected.length
  }
  const text = () => baseTextOf(od, P1)!
  return { server, od, hear, send, undo, by, isRefused, text, ledger }
}

test('words whose deletion was refused, and that somebody else deletes later, are not brought back by undo', () => {
  const { server, hear, undo, by, isRefused, text } = joinedWithUndo()
  by(() => text().delete(3, 5))
  agree(server, P1)
  hear()
  expect(isRefused()).toBe(1)
  expect(text().toJSON()).toBe('We will act now.')
  recordDelete(server, `status/${P1}`)
  baseTextOf(server, P1)!.delete(3, 5)
  hear()
  undo.undo()
  expect(text().toJSON()).toBe('We act now.')
})

test('after an undo that was refused, others’ brackets stay on their words, and the words can be brought back', () => {
  const { server, od, hear, send, undo, by, isRefused, text } = joinedWithUndo()
  by(() => text().insert(0, 'X'))
  const head = { kind: 'text', by: KEN, paragraph: P1, quote: 'will' } as const
  addProposal(od, Q1, head, anchorAt(od, P1, P1, 4, 8), 'shall')
  send()
  hear()
  by(() => text().delete(4, 4))
  send()
  hear()
  undo.undo()
  expect(text().toJSON()).toBe('XWe will act now.')
  agree(server, P1)
  hear()
  expect(isRefused()).toBeGreaterThan(0)
  recordDelete(server, `status/${P1}`)
  hear()
  const anchor = od.anchors.get(Q1)
  undo.undo()
  expect(text().toJSON()).toBe('We  act now.')
  expect(od.anchors.get(Q1)).toEqual(anchor)
  expect(resolveAnchor(od, od.anchors.get(Q1)!)).not.toBe(null)
})

test.each([1, 2 ** 31])(
  'a race about an anchor is undone in place, whoever wins it (client %i)',
  (client) => {
    const { server, od, hear, send, isRefused } = joinedWithUndo()
    od.doc.clientID = 1_000
    server.doc.clientID = client
    const head = { kind: 'text', by: FACILITATORS, paragraph: P1, quote: 'will' } as const
    addProposal(od, Q1, head, anchorAt(od, P1, P1, 3, 7), 'shall')
    send()
    hear()
    od.anchors.set(Q1, anchorAt(od, P1, P1, 3, 11))
    server.anchors.set(Q1, anchorAt(server, P1, P1, 8, 11))
    hear()
    // In place: the very document goes on, and its anchor resolves.
    isRefused()
    expect(resolveAnchor(od, od.anchors.get(Q1)!)).not.toBe(null)
  },
)
