import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { loadLive } from '#server/room/live/live.ts'
import { differenceBetween } from '#server/store/snapshot.ts'
import type { DocumentWork } from '#server/work/document-work.ts'
import { JOBS } from '#server/work/jobs.ts'
import { contentOf } from '#shared/document/schema.ts'
import { encodeState } from '#shared/document/updates.ts'
import type { DocumentId, ProposalId } from '#shared/model/ids.ts'
import { bigDocument } from '#test/kit/big-document.ts'
import { Random } from '#test/kit/random.ts'

const ID = 'document' as DocumentId

/** A snapshot of some 300 KB, and behind it an update that writes a word and one that deletes it. */
function stored() {
  const od = bigDocument(new Random(2), { paragraphs: 30, proposals: 200, positions: 3, words: 6_000 })
  const snapshot = encodeState(od.doc)
  const tail: Uint8Array[] = []
  od.doc.on('update', (update: Uint8Array) => tail.push(update))
  const [first] = od.proposals.keys()
  const content = contentOf(od, first as ProposalId)!
  const clock = Y.getState(od.doc.store, od.doc.clientID)
  content.insert(0, 'former')
  content.delete(0, 6)
  const store = {
    load: () =>
      Promise.resolve({
        entry: { id: ID, title: '', createdAt: 1, sequence: 3 },
        snapshot,
        snapshotSequence: 1,
        tail,
        claims: [],
      }),
    recentUpdates: () => Promise.resolve(tail),
  }
  return { od, store, snapshot, word: [od.doc.clientID, clock] as const }
}

const away: DocumentWork = {
  encode: (document) => Promise.resolve(JOBS.encode(document)),
  slice: (updates, most) => Promise.resolve(JOBS.slice({ updates, most })),
}

/** What it resolves to, and how often the process did something else meanwhile. */
async function withTurns<T>(run: () => Promise<T>): Promise<{ result: T; turns: number }> {
  let [turns, going] = [0, true]
  const turn = () => {
    turns++
    if (going) setImmediate(turn)
  }
  setImmediate(turn)
  const result = await run()
  going = false
  return { result, turns }
}

describe('a large document', () => {
  it('is loaded whole, while the process does what else there is', async () => {
    const { od, store, snapshot } = stored()
    expect(snapshot.length).toBeGreaterThan(150_000)
    const { result: live, turns } = await withTurns(() => loadLive(store, ID, away))
    expect(differenceBetween(live!.od.doc, od.doc)).toBeNull()
    expect(live).toMatchObject({ sequence: 3, snapshotSequence: 1 })
    expect(turns).toBeGreaterThanOrEqual(Math.floor(snapshot.length / 65_536))
  })

  it('is loaded all the same where it could not be cut up', async () => {
    const { od, store } = stored()
    const live = await loadLive(store, ID, { ...away, slice: () => Promise.resolve(null) })
    expect(differenceBetween(live!.od.doc, od.doc)).toBeNull()
  })

  it('knows what the words said that were deleted lately', async () => {
    const { store, word } = stored()
    const live = await loadLive(store, ID, away)
    expect(live!.former.at(word)).toMatchObject({ unit: 'f' })
  })
})
