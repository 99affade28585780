import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { Encodings } from '#server/room/live/encodings.ts'
import { JOBS, type EncodedDocument } from '#server/work/jobs.ts'
import { decodeServerFrame } from '#shared/protocol/wire.ts'
import { Random } from '#test/kit/random.ts'

/** A document that is too large to be encoded at once. */
function large(random: Random) {
  const doc = new Y.Doc()
  doc.clientID = 1
  const words = Array.from({ length: 40_000 }, () => random.int(1e9).toString(36)).join(' ')
  doc.getText('text').insert(0, words)
  return doc
}

const read = (frames: readonly Uint8Array[]): string => {
  const doc = new Y.Doc()
  for (const frame of frames) {
    const told = decodeServerFrame(frame)
    if (told?.type === 'sync-step2' || told?.type === 'sync-update') Y.applyUpdate(doc, told.update)
  }
  return doc.getText('text').toJSON()
}

function changeOf(doc: Y.Doc, random: Random): Uint8Array {
  const text = doc.getText('text')
  const before = Y.encodeStateVector(doc)
  const at = random.int(text.length - 10)
  if (random.chance(0.3)) text.delete(at, 3)
  else text.insert(at, 'new')
  return Y.encodeStateAsUpdate(doc, before)
}

describe('a large document in bytes', () => {
  it.each([1, 2, 3])(
    'is what it was encoded to and what came since, whatever is made meanwhile (%i)',
    async (seed) => {
      const random = new Random(seed)
      const doc = large(random)
      const held: { asked: EncodedDocument; done: (whole: Uint8Array | null) => void }[] = []
      const away = (asked: EncodedDocument) =>
        new Promise<Uint8Array | null>((done) => held.push({ asked, done }))
      const encodings = new Encodings(Y.encodeStateAsUpdate(doc), [], { encode: away })
      for (let i = 0; i < 400; i++) {
        encodings.commit(changeOf(doc, random), doc)
        const frames = encodings.frames(doc, random.chance(0.1))
        if (!(frames instanceof Promise)) expect(read(frames)).toBe(doc.getText('text').toJSON())
        if (held.length > 0 && random.chance(0.2)) {
          const { asked, done } = held.shift()!
          done(random.chance(0.2) ? null : JOBS.encode(asked))
          await Promise.resolve()
        }
      }
      const { whole, tail } = encodings.current()
      const again = new Y.Doc()
      for (const update of [whole, ...tail]) Y.applyUpdate(again, update)
      expect(again.getText('text').toJSON()).toBe(doc.getText('text').toJSON())
    },
  )

  it('makes everybody wait for one encoding, and sends the same bytes to all', async () => {
    const random = new Random(4)
    const doc = large(random)
    let made = 0
    const encode = async (asked: EncodedDocument) => {
      made++
      return JOBS.encode(asked)
    }
    const encodings = new Encodings(Y.encodeStateAsUpdate(doc), [], { encode })
    for (let i = 0; i < 100; i++) encodings.commit(changeOf(doc, random), doc)
    const waiting = Array.from({ length: 50 }, async () => encodings.frames(doc, false))
    await Promise.all(waiting)
    const frames = Array.from({ length: 50 }, () => encodings.frames(doc, false))
    expect(made).toBe(1)
    expect(new Set(frames.map((each) => (Array.isArray(each) ? each[0] : null))).size).toBe(1)
  })
})
