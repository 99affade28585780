import * as Y from 'yjs'
import { expect, it } from 'vitest'
import { applyInSteps } from '#shared/document/apply.ts'
import { finish } from '#shared/document/steps.ts'
import { plainText } from '#shared/document/text/anchor.ts'
import type { Stranded } from '#shared/model/characters/stranded.ts'
import { strandedBeside } from '#shared/model/characters/stranded.ts'
import { histories } from '#test/kit/histories.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const JOINED = 'می\u200cخواهم '
const WORDS = 'many words '.repeat(20)

const textOf = (doc: Y.Doc): Y.Text => doc.getText('words')

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  textOf(copy)
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

/** A few joined words far from each other. */
function started(random: Random): Y.Doc {
  const doc = new Y.Doc()
  textOf(doc).insert(0, WORDS)
  for (let joined = random.int(4); joined >= 0; joined--)
    textOf(doc).insert(textOf(doc).length, JOINED + WORDS)
  return doc
}

/** Parts a joiner from its letter, or changes words anywhere. */
function change(text: Y.Text, random: Random): void {
  const joiners = [...plainText(text).matchAll(/\u200c/g)].map(({ index }) => index)
  const at = random.int(text.length)
  if (random.chance(0.4) && joiners.length > 0) text.insert(random.pick(joiners) + random.int(2), 'x')
  else if (random.chance(0.3)) text.delete(at, Math.min(text.length - at, 1 + random.int(60)))
  else text.insert(at, random.pick(['x', WORDS]))
}

/** What is stranded after the update, of which `most` bytes are applied in one transaction; nothing else was stranded before. */
function strandedAfter(doc: Y.Doc, update: Uint8Array, most: number): Stranded {
  const changes = finish(applyInSteps(doc, update, null, most, 1))
  return strandedBeside(plainText(textOf(doc)), changes.get(textOf(doc)) ?? [])
}

const starts = ({ spans, incomplete }: Stranded): number[] => [
  ...spans.map(({ start }) => start),
  ...incomplete,
]

it('16.20 what an update strands is found also when the update is applied in slices', () => {
  const count = histories(1)
  let found = 0
  for (const seed of seedsUpTo(count)) {
    const random = new Random(seed)
    const before = started(random)
    const author = copyOf(before)
    for (let changes = random.int(6); changes >= 0; changes--) change(textOf(author), random)
    const update = Y.encodeStateAsUpdate(author, Y.encodeStateVector(before))
    const atOnce = starts(strandedAfter(copyOf(before), update, update.length))
    const inSlices = starts(strandedAfter(copyOf(before), update, 1))
    expect(inSlices, `seed ${seed}`).toEqual(expect.arrayContaining(atOnce))
    found += atOnce.length
  }
  expect(found).toBeGreaterThanOrEqual(count / 3)
})
