import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { Ledger } from '#client/net/unsent/ledger.ts'
import { salvage } from '#client/net/offline/salvage.ts'
import { addParagraph, addProposal, baseTextOf, contentOf, openDocument } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { paragraphId, seededDoc } from '#test/kit/fake-desk.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

interface Typing {
  readonly random: Random
  readonly od: OutcomeDocument
  readonly ledger: Ledger
  /** Signs of one's own that the server has not acknowledged. */
  readonly unsent: Set<string>
  next: number
}

function texts(od: OutcomeDocument): Y.Text[] {
  const base = [...od.paragraphs.keys()].map((id) => baseTextOf(od, id as ParagraphId))
  const proposed = [...od.proposals.keys()].map((id) => contentOf(od, id as ProposalId))
  return [...base, ...proposed].filter((text) => text !== undefined)
}

function signs(typing: Typing): string {
  let made = ''
  for (let i = 1 + typing.random.int(5); i > 0; i--) made += String.fromCharCode(0xe000 + typing.next++)
  for (const sign of made) typing.unsent.add(sign)
  return made
}

function own(typing: Typing): void {
  const { random, od } = typing
  const text = random.pick(texts(od))
  const dice = random.int(10)
  if (dice < 6) text.insert(random.int(text.length + 1), signs(typing))
  else if (dice < 8 && text.length > 0) text.delete(random.int(text.length), 1)
  else if (dice < 9 && text.length > 2) text.format(random.int(text.length - 2), 2, { em: true })
  else {
    const paragraph = paragraphId(1)
    const head = {
      kind: 'text',
      by: 'KEN' as ParticipantId,
      paragraph,
      quote: '',
    } as const
    const id = newProposalId((length) => random.bytes(length))
    addProposal(od, id, head, { kind: 'point', host: paragraph, paragraph, at: null }, signs(typing))
  }
}

/** The server has it all now; or somebody else writes into it. */
function others(typing: Typing): void {
  const { random, od, ledger } = typing
  if (random.chance(0.3)) {
    ledger.add(Y.encodeStateAsUpdate(od.doc))
    typing.unsent.clear()
    return
  }
  const other = seededDoc(() => random.next())
  const state = new Y.Doc()
  Y.applyUpdate(state, Y.encodeStateAsUpdate(od.doc))
  Y.applyUpdate(other, Y.encodeStateAsUpdate(state))
  const text = random.pick(texts(openDocument(other)))
  const before = Y.encodeStateVector(other)
  text.insert(random.int(text.length + 1), 'others')
  const update = Y.encodeStateAsUpdate(other, before)
  Y.applyUpdate(od.doc, update, 'net')
  ledger.raise(Y.parseUpdateMeta(update).to)
}

test('every visible sign of one’s own that is not acknowledged is salvaged, once, and nothing else', () => {
  let salvaged = 0
  for (const seed of seedsUpTo(1_000)) {
    const random = new Random(seed)
    const od = openDocument(seededDoc(() => random.next()))
    addParagraph(od, { id: paragraphId(1), kind: 'paragraph', order: 'a0', label: null }, 'base')
    addParagraph(od, { id: paragraphId(2), kind: 'heading', order: 'a1', label: null }, '')
    const ledger = new Ledger()
    ledger.add(Y.encodeStateAsUpdate(od.doc))
    const typing: Typing = { random, od, ledger, unsent: new Set(), next: 0 }
    for (let i = 0; i < 30; i++) (random.chance(0.8) ? own : others)(typing)
    const visible = texts(od)
      .map((text) => text.toJSON())
      .join('')
    const expected = Array.from(visible)
      .filter((sign) => typing.unsent.has(sign))
      .sort()
    const pieces = salvage(od, ledger)
    expect(Array.from(pieces.map((piece) => piece.text).join('')).sort(), `seed ${seed}`).toEqual(expected)
    for (const piece of pieces) expect(visible, `seed ${seed}`).toContain(piece.text)
    salvaged += expected.length
  }
  expect(salvaged).toBeGreaterThan(5_000)
})
