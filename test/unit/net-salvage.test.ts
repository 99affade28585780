import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { Ledger } from '#client/net/unsent/ledger.ts'
import { salvage, withoutKnown, withoutOffered } from '#client/net/offline/salvage.ts'
import type { Salvaged } from '#client/net/offline/salvage.ts'
import { SalvageStore } from '#client/net/offline/salvage-store.ts'
import { addParagraph, addProposal, baseTextOf, contentOf, openDocument } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { Anchor, ProposalHead } from '#shared/model/proposals/proposal.ts'
import type { ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { paragraphId } from '#test/kit/fake-desk.ts'
import { FakeDisk } from '#test/kit/memory-store.ts'

const proposalId = (n: number): ProposalId => `q${String(n).padStart(16, '0')}` as ProposalId
const [P1, P2] = [paragraphId(1), paragraphId(2)]

const head = (quote = ''): ProposalHead => ({
  kind: 'text',
  by: 'KEN' as ParticipantId,
  person: 'W',
  createdAt: 0,
  paragraph: P1,
  quote,
})

/** A document of two paragraphs that the server has, and the ledger that says so. */
function opened(): { od: OutcomeDocument; ledger: Ledger } {
  const od = openDocument(new Y.Doc())
  addParagraph(od, { id: P1, kind: 'heading', order: 'a0', label: null }, 'Sustainable development')
  addParagraph(
    od,
    { id: P2, kind: 'paragraph', order: 'a1', label: { number: 3, suffix: 1 } },
    'We will end poverty.',
  )
  const ledger = new Ledger()
  ledger.add(Y.encodeStateAsUpdate(od.doc))
  return { od, ledger }
}

const point = (paragraph = P2): Anchor => ({ kind: 'point', host: paragraph, paragraph, at: null })
const range = (): Anchor => ({ kind: 'range', host: P2, paragraph: P2, start: [1, 1], end: [1, 2] })

test('words in base text are told by their paragraph and the words before them', () => {
  const { od, ledger } = opened()
  const text = baseTextOf(od, P2)
  text?.insert(8, 'finally ')
  text?.insert(text.length, ' Soon.')
  baseTextOf(od, P1)?.insert(0, 'On ')
  const pieces = salvage(od, ledger).map(({ paragraph, quote, text: words }) => ({ paragraph, quote, words }))
  expect(pieces).toEqual([
    { paragraph: 'On Sustainable development', quote: '', words: 'On ' },
    { paragraph: '3 bis', quote: 'We will ', words: 'finally ' },
    { paragraph: '3 bis', quote: 'We will finally end poverty.', words: ' Soon.' },
  ])
})

test('a new proposal is told by what it was on, also one that only deletes', () => {
  const { od, ledger } = opened()
  addProposal(od, proposalId(1), head('poverty'), range(), 'hunger')
  addProposal(od, proposalId(2), head('end'), range(), '')
  addProposal(od, proposalId(3), head(), point(), '')
  const pieces = salvage(od, ledger).map(({ paragraph, quote, text }) => ({ paragraph, quote, text }))
  expect(pieces).toEqual([
    { paragraph: '3 bis', quote: 'poverty', text: 'hunger' },
    { paragraph: '3 bis', quote: 'end', text: '' },
  ])
})

test('of a proposal that the server has, only the unsent words are salvaged', () => {
  const { od, ledger } = opened()
  addProposal(od, proposalId(1), head(), point(), 'and strengthen')
  ledger.add(Y.encodeStateAsUpdate(od.doc))
  contentOf(od, proposalId(1))?.insert(3, ' further')
  contentOf(od, proposalId(1))?.delete(0, 1)
  const pieces = salvage(od, ledger).map(({ quote, text }) => ({ quote, text }))
  expect(pieces).toEqual([{ quote: 'nd', text: ' further' }])
})

const offered = (text: string, id = 'a'): Salvaged => ({
  id,
  at: 1,
  code: 'closed',
  message: 'No.',
  pieces: [{ paragraph: '3', quote: '', text, runs: [{ client: 5, clock: 10, text }] }],
})

test('what reached the server after all is taken away, to the letter', () => {
  const ledger = new Ledger()
  ledger.raise(new Map([[5, 13]]))
  const left = withoutKnown(offered('abcdef'), ledger)
  expect(left?.pieces[0]).toMatchObject({ text: 'def', runs: [{ client: 5, clock: 13, text: 'def' }] })
  ledger.raise(new Map([[5, 16]]))
  expect(withoutKnown(offered('abcdef'), ledger)).toBe(null)
  ledger.raise(new Map([[6, 100]]))
  const untouched = offered('x'.repeat(20))
  expect(withoutKnown({ ...untouched }, new Ledger())?.pieces).toBe(untouched.pieces)
})

test('what another tab has put aside is not put aside twice', () => {
  const more: Salvaged = {
    ...offered('xabcdefy', 'b'),
    pieces: [
      {
        paragraph: '3',
        quote: '',
        text: 'xabcdefy',
        runs: [{ client: 5, clock: 9, text: 'xabcdefy' }],
      },
    ],
  }
  expect(withoutOffered(more, [offered('abcdef')])?.pieces[0]?.runs).toEqual([
    { client: 5, clock: 9, text: 'x' },
    { client: 5, clock: 16, text: 'y' },
  ])
  expect(withoutOffered(offered('abc'), [offered('abcdef')])).toBe(null)
})

test('the shelf keeps it over a reload, until it is dismissed', () => {
  const { storage, texts } = new FakeDisk()
  const shelf = new SalvageStore(storage, 'informals/d/p')
  expect(shelf.keep(offered('abc'))).toBe(true)
  expect(shelf.keep(offered('abc', 'again'))).toBe(true)
  const again = new SalvageStore(storage, 'informals/d/p')
  expect(again.salvaged.get()).toEqual([offered('abc')])
  expect(new SalvageStore(storage, 'informals/d/other').salvaged.get()).toEqual([])
  again.dismiss('a')
  expect(texts.size).toBe(0)
})

test('where nothing can be kept, it is offered until the tab is closed', () => {
  const full = { ...new FakeDisk().storage, set: () => false }
  const shelf = new SalvageStore(full, 'informals/d/p')
  expect(shelf.keep(offered('abc'))).toBe(false)
  expect(shelf.salvaged.get()).toEqual([offered('abc')])
})

test('14.13 words whose deletion was not taken are told, each once, until the server has deleted them after all', () => {
  const { od, ledger } = opened()
  const text = baseTextOf(od, P2)!
  od.doc.gc = false
  text.insert(0, 'Now ')
  text.delete(0, 2)
  text.delete(5, 5)
  const [written, deleted, ...others] = salvage(od, ledger)
  expect(others).toEqual([])
  expect(written).toMatchObject({ text: 'w ', quote: '' })
  expect(deleted).toMatchObject({ paragraph: '3 bis', text: '', quote: 'will ', runs: [] })
  const offer = { ...offered('', 'd'), pieces: [deleted!] }
  expect(withoutOffered(offer, [{ ...offer, id: 'e' }])).toBeNull()
  expect(withoutOffered(offer, [])).toBe(offer)
  expect(withoutKnown(offer, ledger)).toBe(offer)
  ledger.add(Y.encodeStateAsUpdate(od.doc))
  expect(withoutKnown(offer, ledger)).toBeNull()
})

test('words that were never in a text stay offered, whatever the server turns out to have', () => {
  const ledger = new Ledger()
  ledger.raise(new Map([[5, 100]]))
  const typed: Salvaged = {
    ...offered('and all'),
    pieces: [{ paragraph: '', quote: '', text: 'and all', runs: [] }],
  }
  expect(withoutKnown(typed, ledger)).toBe(typed)
  expect(withoutOffered(typed, [offered('and all')])).toBe(typed)
})
