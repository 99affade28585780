import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { addProposal, contentOf, headOf } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { AdmissionCode } from '#shared/document/admit/verdict.ts'
import type { ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { FACILITATORS } from '#shared/model/participant.ts'
import type { Actor } from '#shared/model/participant.ts'
import { QUOTE_LIMIT } from '#shared/model/proposals/proposal.ts'
import { FACILITATOR, JAPAN, KENYA, OBSERVER, submit } from '#test/kit/admission-room.ts'
import {
  expectAdmitted,
  expectRefused,
  FIRST,
  FRESH,
  head,
  KENYAS,
  ME,
  pointAt,
  setScene,
  unitAt,
  wording,
  written,
} from '#test/kit/admission-scene.ts'
import { any, deleted, forge, string, type } from '#test/kit/forge.ts'
import type { RawStruct } from '#test/kit/forge.ts'

/** The five structs of a new proposal, as addProposal writes them; any of them can be put in another's place. */
const honestStructs = () => ({
  entry: type(1, { parent: 'proposals', key: FRESH }),
  head: any([head('KEN')], { parent: [ME, 0], key: 'head' }),
  content: type(2, { parent: [ME, 0], key: 'content' }),
  anchor: any([pointAt(FIRST)], { parent: 'anchors', key: FRESH }),
  text: string('new', { parent: [ME, 2] }),
  more: null,
})

function creation(
  change: Partial<Record<'entry' | 'head' | 'content' | 'anchor' | 'text' | 'more', RawStruct | null>> = {},
) {
  const structs = Object.values({ ...honestStructs(), ...change }).filter((struct) => struct !== null)
  return forge([{ client: ME, clock: 0, structs }])
}

const refuse = (update: Uint8Array, code: AdmissionCode, actor: Actor = KENYA) =>
  expectRefused(setScene(), actor, update, code)

test('the honest creation is admitted, and told', () => {
  const told = {
    ok: true,
    empty: false,
    claimed: [ME],
    created: [FRESH],
    anchored: [FRESH],
    revived: [],
    written: [],
    erased: [],
    quoted: new Set([]),
    repaired: [],
    unproved: new Map(),
    moved: new Map(),
  }
  expect(expectAdmitted(setScene(), KENYA, creation())).toEqual(told)
  expect(expectAdmitted(setScene(), KENYA, creation({ text: null }))).toEqual(told)
})

const make = (by: string) => (od: OutcomeDocument) => addProposal(od, FRESH, head(by), pointAt(FIRST), 'x')

test('a facilitator proposes in the name of the facilitators', () => {
  const scene = setScene()
  expectRefused(scene, FACILITATOR, written(scene.room, ME, make('KEN')), 'wrong-participant')
  expectAdmitted(scene, FACILITATOR, written(scene.room, ME, make(FACILITATORS)))
  const edit = written(scene.room, ME, (od) => contentOf(od, FRESH)!.insert(0, 'y'))
  expectRefused(scene, KENYA, edit, 'foreign-client')
})

test('an observer proposes nothing', () => refuse(creation(), 'not-allowed', OBSERVER))
test("in another participant's name", () => refuse(creation(), 'wrong-participant', JAPAN))

const part = (name: 'entry' | 'head' | 'content' | 'anchor', struct: RawStruct | null) =>
  creation({ [name]: struct })

describe('of another shape', () => {
  test('without an anchor', () => refuse(part('anchor', null), 'wrong-shape'))
  test('without a content', () => refuse(creation({ content: null, text: null }), 'wrong-shape'))
  test('without a head', () =>
    refuse(
      creation({ head: null, content: type(2, { parent: [ME, 0], key: 'content' }), text: null }),
      'wrong-shape',
    ))
  test.each([0, 2, 3, 4, 6])('the entry a type %i', (ref) =>
    refuse(part('entry', type(ref, { parent: 'proposals', key: FRESH })), 'wrong-shape'),
  )
  test('the entry a value', () =>
    refuse(part('entry', any([{}], { parent: 'proposals', key: FRESH })), 'wrong-shape'))
  test('the entry a deleted item', () =>
    refuse(part('entry', deleted(1, { parent: 'proposals', key: FRESH })), 'wrong-shape'))
  test.each([0, 1, 3, 4, 6])('the content a type %i', (ref) =>
    refuse(part('content', type(ref, { parent: [ME, 0], key: 'content' })), 'wrong-shape'),
  )
  test('the content a string', () =>
    refuse(part('content', any(['x'], { parent: [ME, 0], key: 'content' })), 'wrong-shape'))
  test('a third field', () =>
    refuse(creation({ more: any([1], { parent: [ME, 0], key: 'note' }) }), 'wrong-shape'))
  test('two heads', () =>
    refuse(creation({ more: any([head('KEN')], { parent: [ME, 0], key: 'head' }) }), 'wrong-shape'))
  test('a second head over the first', () =>
    refuse(creation({ more: any([head('KEN')], { origin: [ME, 1] }) }), 'wrong-shape'))
  test('two contents', () =>
    refuse(creation({ more: type(2, { parent: [ME, 0], key: 'content' }) }), 'wrong-shape'))
  test('a list part', () => refuse(creation({ more: string('x', { parent: [ME, 0] }) }), 'wrong-shape'))
  test('a head of two values', () =>
    refuse(part('head', any([head('KEN'), head('KEN')], { parent: [ME, 0], key: 'head' })), 'wrong-shape'))
  test('a map nested in the text', () =>
    refuse(creation({ text: type(1, { parent: [ME, 2] }) }), 'wrong-shape'))
  test('a proposal in a proposal', () =>
    refuse(creation({ more: type(1, { parent: [ME, 0], key: 'q00000000000other' }) }), 'wrong-shape'))
  test.each(['fresh', 'p00000000000fresh', 'q00000000000FRESH', '', '__proto__', `${FRESH} `])(
    'the id %j',
    (key) => refuse(part('entry', type(1, { parent: 'proposals', key })), 'wrong-shape'),
  )
  test('without a key', () => refuse(part('entry', type(1, { parent: 'proposals' })), 'wrong-shape'))
  test('its content deleted at once', () => {
    const update = written(setScene().room, ME, (od) => {
      addProposal(od, FRESH, head('KEN'), pointAt(FIRST), 'x')
      od.proposals.get(FRESH)!.delete('content')
    })
    // Its children are GC structs then.
    refuse(update, 'wrong-shape')
  })
  test.each([0, 1, 2])('its part %i deleted by the same update', (clock) => {
    const structs = Object.values(honestStructs()).filter((struct) => struct !== null)
    refuse(forge([{ client: ME, clock: 0, structs }], [[ME, [[clock, 1]]]]), 'not-allowed')
  })
})

const withHead = (value: unknown) => creation({ head: any([value], { parent: [ME, 0], key: 'head' }) })

describe('a head', () => {
  const { kind: _, ...withoutKind } = head('KEN')
  test.each<[string, unknown]>([
    ['that is null', null],
    ['that is a string', 'KEN'],
    ['that is a list', [head('KEN')]],
    ['without its kind', withoutKind],
    ['of another kind', { ...head('KEN'), kind: 'move' }],
    ['with a field too many', { ...head('KEN'), onBehalfOf: 'G77' }],
    ['by nobody', { ...head('KEN'), by: null }],
    ['by a list', { ...head('KEN'), by: ['KEN'] }],
    ['by a name with a line break', { ...head('KEN'), by: 'KEN\n' }],
    ['of a person with too long a name', { ...head('KEN'), person: 'x'.repeat(121) }],
    ['with too long a quote', { ...head('KEN'), quote: 'x'.repeat(QUOTE_LIMIT + 1) }],
    ['with a quote that is no string', { ...head('KEN'), quote: 1 }],
    ['made when it says so', { ...head('KEN'), createdAt: '2026' }],
    ['on no paragraph', { ...head('KEN'), paragraph: KENYAS }],
  ])('%s', (_name, value) => refuse(withHead(value), 'wrong-shape'))
  test.each([
    ['of a person with a line break', { ...head('KEN'), person: 'A\nB' }],
    ['of a person whose name turns its direction', { ...head('KEN'), person: 'Amb. \u202eSU' }],
  ])('%s', (_name, value) => refuse(withHead(value), 'forbidden-character'))
  test('on a paragraph that is not there', () =>
    refuse(withHead({ ...head('KEN'), paragraph: 'p000000000000000v' }), 'unknown-item'))
  test.each([
    ['nobody', {}],
    ['who it is', { person: KENYA.name }],
    ['no name', { person: '' }],
    ['when, within minutes', { createdAt: setScene().room.now - 200_000 }],
    ['when, by a clock a little ahead', { createdAt: setScene().room.now + 200_000 }],
  ])('15.2 that says of who wrote it and when %s: admitted, and completed by the server', (_name, claims) => {
    const scene = setScene()
    expectAdmitted(scene, KENYA, withHead({ ...head('KEN'), ...claims }))
    expect(headOf(scene.room.od, FRESH)).toMatchObject({ person: KENYA.name, createdAt: scene.room.now })
  })
  test.each([
    ['by another person', { person: 'Ambassador Wambui' }],
    ['forty days ago', { createdAt: setScene().room.now - 40 * 86_400_000 }],
    ['in an hour', { createdAt: setScene().room.now + 3_600_000 }],
    ['before time', { createdAt: -1 }],
    ['in 1970', { createdAt: 0 }],
    ['in the year 275760', { createdAt: 8.64e15 }],
    ['at no time', { createdAt: Number.NaN }],
    ['at the end of time', { createdAt: Infinity }],
    ['on words, though it is an insertion', { quote: 'words that never stood there' }],
  ])('15.2 15.3 that says it was made %s: refused', (_name, claims) =>
    refuse(withHead({ ...head('KEN'), ...claims }), 'untrue'),
  )
})

test('15.3 over more deleted characters than anybody reads: the server writes the quote', () => {
  const scene = setScene()
  const [start, end] = [unitAt(wording(scene), 0), unitAt(wording(scene), 1)]
  const gap = forge([
    { client: ME, clock: 0, structs: [deleted(2 ** 24 - 1, { origin: start, right: end })] },
  ])
  expectAdmitted(scene, KENYA, gap)
  const anchor = { kind: 'range', host: KENYAS, paragraph: FIRST, start, end } as const
  const update = written(scene.room, ME, (od) =>
    addProposal(od, FRESH, { ...head('KEN'), quote: 'of' }, anchor, ''),
  )
  expect(expectAdmitted(scene, KENYA, update).quoted).toEqual(new Set())
  expect(headOf(scene.room.od, FRESH)).toMatchObject({ quote: 'of' })
})

const again = (id: ProposalId, by: string) => (od: OutcomeDocument) => {
  od.proposals._map.delete(id)
  addProposal(od, id, head(by), pointAt(FIRST), 'again')
}

describe('an id, once used', () => {
  test('is not used again', () => {
    const scene = setScene()
    for (const actor of [KENYA, JAPAN]) {
      const update = written(scene.room, ME, again(KENYAS, actor.participant as ParticipantId))
      expectRefused(scene, actor, update, 'not-allowed')
    }
  })
  test('not even in the same update', () => {
    const twice = creation({ more: type(1, { parent: 'proposals', key: FRESH }) })
    refuse(twice, 'not-allowed')
    refuse(creation({ more: type(1, { origin: [ME, 0] }) }), 'not-allowed')
  })
  test('not even where the proposal was deleted (which nothing admits)', () => {
    const scene = setScene()
    scene.room.od.proposals.delete(KENYAS)
    expectRefused(scene, KENYA, written(scene.room, ME, again(KENYAS, 'KEN')), 'not-allowed')
  })
})

test('written and undone before it was sent: admitted, with a deleted anchor and wording', () => {
  const scene = setScene()
  const od = new Y.Doc()
  const update = written(scene.room, ME, (copy) => {
    addProposal(copy, FRESH, head('KEN'), pointAt(FIRST), 'x')
    contentOf(copy, FRESH)!.delete(0, 1)
    copy.anchors.delete(FRESH)
  })
  od.destroy()
  expect(expectAdmitted(scene, KENYA, update)).toMatchObject({ created: [FRESH] })
  expect(headOf(scene.room.od, FRESH)?.by).toBe('KEN')
  expect(scene.room.od.anchors.has(FRESH)).toBe(false)
  const back = written(scene.room, 9_000_002, (copy) => copy.anchors.set(FRESH, pointAt(FIRST)))
  expect(expectAdmitted(scene, KENYA, back)).toMatchObject({ created: [], anchored: [FRESH] })
})

test('a hundred proposals and their words in one update', () => {
  const scene = setScene()
  const update = written(scene.room, ME, (od) => {
    for (let i = 0; i < 100; i++)
      addProposal(
        od,
        `q0000000000000${String(i).padStart(3, '0')}` as ProposalId,
        head('KEN'),
        pointAt(FIRST),
        'x',
      )
  })
  expect(expectAdmitted(scene, KENYA, update).created).toHaveLength(100)
  expect(submit(scene.room, KENYA, update)).toMatchObject({ ok: true, empty: true, claimed: [], created: [] })
  expect(wording(scene).length).toBe(20)
})
