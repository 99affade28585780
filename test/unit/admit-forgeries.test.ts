import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { addParagraph, addProposal, baseTextOf, contentOf } from '#shared/document/schema.ts'
import { recordSet } from '#shared/document/records.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { ParagraphId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { CONTENT_LIMIT } from '#shared/model/proposals/proposal.ts'
import type { AdmissionCode } from '#shared/document/admit/verdict.ts'
import {
  change,
  decide,
  FACILITATOR,
  JAPAN,
  KENYA,
  KENYA_TOO,
  OBSERVER,
  SECRETARY,
} from '#test/kit/admission-room.ts'
import {
  base,
  expectAdmitted,
  expectRefused,
  FIRST,
  head,
  itemOf,
  KENYAS,
  ME,
  pointAt,
  SECOND,
  setScene,
  unitAt,
  wording,
  written,
} from '#test/kit/admission-scene.ts'
import { any, binary, deleted, embed, forge, format, string, subDocument, type } from '#test/kit/forge.ts'
import type { RawStruct } from '#test/kit/forge.ts'

/** What an actor's own client would send after a change that no honest one makes. */
function attempt(actor: Actor, code: AdmissionCode, run: (od: OutcomeDocument) => void): void {
  const scene = setScene()
  expectRefused(scene, actor, written(scene.room, ME, run), code)
}

const outsiders = [JAPAN, KENYA, OBSERVER].map((actor) => [actor.name, actor] as const)
const holders = [FACILITATOR, SECRETARY].map((actor) => [actor.role, actor] as const)

describe.each(outsiders)('base text, by %s who has no right to it', (_, actor) => {
  test('inserted', () => attempt(actor, 'not-allowed', (od) => baseTextOf(od, FIRST)!.insert(3, 'not ')))
  test('appended', () => attempt(actor, 'not-allowed', (od) => baseTextOf(od, FIRST)!.insert(0, 'Not: ')))
  test('deleted', () => attempt(actor, 'not-allowed', (od) => baseTextOf(od, FIRST)!.delete(3, 4)))
  test('formatted', () =>
    attempt(actor, 'not-allowed', (od) => baseTextOf(od, FIRST)!.format(3, 4, { em: true })))
  test('given an attribute', () =>
    attempt(actor, 'not-allowed', (od) => baseTextOf(od, FIRST)!.setAttribute('x', 1)))
})

describe.each(holders)('base text, by the %s', (_, actor) => {
  test('edited, deleted, formatted: admitted', () => {
    const scene = setScene()
    const update = written(scene.room, ME, (od) => {
      baseTextOf(od, FIRST)!.insert(3, 'a🌍b')
      baseTextOf(od, FIRST)!.delete(0, 2)
      baseTextOf(od, SECOND)!.format(0, 4, { em: true, strong: null })
    })
    expect(expectAdmitted(scene, actor, update)).toMatchObject({
      claimed: [ME],
      created: [],
      anchored: [],
      revived: [],
      written: [],
      erased: [],
    })
  })
  test('of a removed paragraph', () => {
    const scene = setScene()
    change(scene.room, () => scene.room.od.paragraphs.get(SECOND)!.set('removed', true))
    const update = written(scene.room, ME, (od) => baseTextOf(od, SECOND)!.insert(0, 'x'))
    expectRefused(scene, actor, update, 'closed')
    const erasing = written(scene.room, ME, (od) => baseTextOf(od, SECOND)!.delete(0, 2))
    expectRefused(scene, actor, erasing, 'closed')
  })
  test('with an unknown format', () =>
    attempt(actor, 'wrong-shape', (od) => baseTextOf(od, FIRST)!.format(0, 3, { color: true })))
  test('with a format of another value', () =>
    attempt(actor, 'wrong-shape', (od) => baseTextOf(od, FIRST)!.format(0, 3, { em: 'yes' })))
  test('with an embed', () =>
    attempt(actor, 'wrong-shape', (od) => baseTextOf(od, FIRST)!.insertEmbed(0, { image: 'x' })))
  test('with a type inside', () =>
    attempt(actor, 'wrong-shape', (od) => baseTextOf(od, FIRST)!.insertEmbed(0, new Y.Map())))
  test('with an attribute of the text', () =>
    attempt(actor, 'wrong-shape', (od) => baseTextOf(od, FIRST)!.setAttribute('x', 1)))
  test.each(['\n', '\t', '\u0000', '\u007f', '\u0085', '\u2028', '\u2029'])(
    'with the character %j',
    (character) =>
      attempt(actor, 'forbidden-character', (od) => baseTextOf(od, FIRST)!.insert(0, `a${character}b`)),
  )
})

const everybody = [FACILITATOR, SECRETARY, KENYA, KENYA_TOO, JAPAN, OBSERVER].map(
  (actor) => [actor.name, actor] as const,
)

const kenyas = (od: OutcomeDocument) => od.proposals.get(KENYAS)!

describe.each(everybody)('what the server alone writes, by %s', (_, actor) => {
  const not = (run: (od: OutcomeDocument) => void) => () => attempt(actor, 'not-allowed', run)
  test(
    'a decision',
    not((od) => od.record.set(`decision/${KENYAS}`, { disposition: 'accepted' })),
  )
  test(
    'a position',
    not((od) => od.record.set(`position/${KENYAS}/JPN`, 'support')),
  )
  test(
    'the title',
    not((od) => recordSet(od, 'title', 'Mine')),
  )
  test(
    'the title, deleted',
    not((od) => od.record.delete('title')),
  )
  test(
    'a label',
    not((od) => od.record.set(`label/${KENYAS}`, {})),
  )
  test(
    'a new paragraph',
    not((od) => {
      const facts = {
        id: 'p0000000000fresh0' as ParagraphId,
        kind: 'paragraph',
        order: 'z',
        label: null,
      } as const
      addParagraph(od, facts, 'New')
    }),
  )
  test(
    'a field of a paragraph',
    not((od) => od.paragraphs.get(FIRST)!.set('order', 'z')),
  )
  test(
    'a new field of a paragraph',
    not((od) => od.paragraphs.get(FIRST)!.set('removed', true)),
  )
  test(
    'a field of a paragraph, deleted',
    not((od) => od.paragraphs.get(FIRST)!.delete('label')),
  )
  test(
    'a paragraph, deleted',
    not((od) => od.paragraphs.delete(FIRST)),
  )
  test(
    'the text of a paragraph, replaced',
    not((od) => od.paragraphs.get(FIRST)!.set('text', new Y.Text('x'))),
  )
  test(
    'the text of a paragraph, deleted',
    not((od) => od.paragraphs.get(FIRST)!.delete('text')),
  )
  test(
    'a head, overwritten',
    not((od) => kenyas(od).set('head', head('KEN'))),
  )
  test(
    'a head, deleted',
    not((od) => kenyas(od).delete('head')),
  )
  test(
    'a content, replaced',
    not((od) => kenyas(od).set('content', new Y.Text('x'))),
  )
  test(
    'a content, deleted',
    not((od) => kenyas(od).delete('content')),
  )
  test(
    'another field of a proposal',
    not((od) => kenyas(od).set('note', 'x')),
  )
  test(
    'a proposal, deleted',
    not((od) => od.proposals.delete(KENYAS)),
  )
  test(
    'a proposal, replaced',
    not((od) => addProposal(od, KENYAS, head(actor.participant ?? 'KEN'), pointAt(FIRST), '')),
  )
  test(
    'all roots, cleared',
    not((od) => {
      for (const root of [od.paragraphs, od.proposals, od.anchors, od.record]) root.clear()
    }),
  )
})

describe.each([JAPAN, FACILITATOR, SECRETARY, OBSERVER].map((actor) => [actor.name, actor] as const))(
  "Kenya's wording, by %s",
  (_, actor) => {
    test('inserted', () => attempt(actor, 'not-allowed', (od) => contentOf(od, KENYAS)!.insert(2, 'x')))
    test('deleted', () => attempt(actor, 'not-allowed', (od) => contentOf(od, KENYAS)!.delete(2, 3)))
    test('formatted', () =>
      attempt(actor, 'not-allowed', (od) => contentOf(od, KENYAS)!.format(0, 2, { em: true })))
  },
)

const own = (...structs: readonly RawStruct[]) => forge([{ client: ME, clock: 0, structs }])

describe("a delegation's own wording", () => {
  test.each([KENYA, KENYA_TOO].map((actor) => [actor.name, actor] as const))(
    '%s writes it: admitted',
    (_, actor) => {
      const scene = setScene()
      const update = written(scene.room, ME, (od) => {
        const text = contentOf(od, KENYAS)!
        text.insert(2, 'ü')
        text.format(0, 4, { strong: true })
        text.delete(1, 2)
      })
      expectAdmitted(scene, actor, update)
    },
  )
  test('after a decision', () => {
    const scene = setScene()
    expect(decide(scene.room, { kind: 'proposal-not-retain', proposal: KENYAS }).ok).toBe(true)
    expectRefused(
      scene,
      KENYA,
      written(scene.room, ME, (od) => contentOf(od, KENYAS)!.insert(0, 'x')),
      'closed',
    )
    expectRefused(
      scene,
      KENYA,
      written(scene.room, ME, (od) => contentOf(od, KENYAS)!.delete(0, 1)),
      'closed',
    )
    expectRefused(
      scene,
      KENYA,
      written(scene.room, ME, (od) => od.anchors.delete(KENYAS)),
      'closed',
    )
    expect(decide(scene.room, { kind: 'decision-undo', proposal: KENYAS }).ok).toBe(true)
    expectAdmitted(
      scene,
      KENYA,
      written(scene.room, ME, (od) => contentOf(od, KENYAS)!.insert(0, 'x')),
    )
  })
  test('beyond its length limit; shorter is admitted', () => {
    const scene = setScene()
    const { length } = wording(scene)
    const grown = (by: number) =>
      written(scene.room, ME, (od) => contentOf(od, KENYAS)!.insert(1, 'x'.repeat(by)))
    expectRefused(scene, KENYA, grown(CONTENT_LIMIT - length + 1), 'oversize')
    expectAdmitted(scene, KENYA, grown(CONTENT_LIMIT - length))
    const more = written(scene.room, ME, (od) => contentOf(od, KENYAS)!.insert(1, 'y'))
    expectRefused(scene, KENYA, more, 'oversize')
    const instead = written(scene.room, ME, (od) => {
      contentOf(od, KENYAS)!.delete(1, 5)
      contentOf(od, KENYAS)!.insert(1, 'y'.repeat(5))
    })
    expectAdmitted(scene, KENYA, instead)
  })
  test.each<[string, (where: Omit<RawStruct, 'ref' | 'body'>) => RawStruct]>([
    ['an embed', (where) => embed(where)],
    ['a sub-document', (where) => subDocument(where)],
    ['binary', (where) => binary(where)],
    ['a map', (where) => type(1, where)],
    ['a text', (where) => type(2, where)],
    ['an XML element', (where) => type(3, where)],
    ['a value', (where) => any(['x'], where)],
    ['a format of no value', (where) => format('em', '""', where)],
    ['a format of an unknown name', (where) => format('__proto__', 'true', where)],
  ])('holding %s', (_, make) => {
    const scene = setScene()
    expectRefused(scene, KENYA, own(make({ origin: unitAt(wording(scene), 2) })), 'wrong-shape')
    expectRefused(scene, KENYA, own(make({ parent: itemOf(wording(scene)) })), 'wrong-shape')
  })
  test('under a key of the text', () => {
    const scene = setScene()
    expectRefused(scene, KENYA, own(string('x', { parent: itemOf(wording(scene)), key: 'x' })), 'wrong-shape')
  })
  test('a surrogate pair is never cut: by an insertion, a deletion or an anchor', () => {
    const scene = setScene()
    expectAdmitted(
      scene,
      KENYA,
      written(scene.room, scene.kenya, (od) => contentOf(od, KENYAS)!.insert(0, 'a🌍b')),
    )
    const high = unitAt(wording(scene), 1)
    const low = unitAt(wording(scene), 2)
    expectRefused(scene, KENYA, own(string('x', { origin: high, right: low })), 'wrong-shape')
    expectRefused(scene, KENYA, own(string('x', { right: low })), 'wrong-shape')
    expectRefused(scene, KENYA, own(deleted(1, { origin: high })), 'wrong-shape')
    for (const half of [high, low])
      expectRefused(scene, KENYA, forge([], [[half[0], [[half[1], 1]]]]), 'wrong-shape')
    expectAdmitted(scene, KENYA, forge([], [[high[0], [[high[1], 2]]]]))
  })
})

describe('roots', () => {
  test('an unknown one', () => {
    const scene = setScene()
    const update = forge([{ client: ME, clock: 0, structs: [string('x', { parent: 'notes' })] }])
    for (const [, actor] of everybody) expectRefused(scene, actor, update, 'unknown-root')
  })
  test.each(['', '__proto__', 'constructor', 'Paragraphs', 'toString'])('one called %j', (parent) => {
    const update = forge([{ client: ME, clock: 0, structs: [string('x', { parent })] }])
    expectRefused(setScene(), FACILITATOR, update, 'unknown-root')
  })
  test('a thousand of them', () => {
    const structs = Array.from({ length: 1000 }, (_, i) => any([i], { parent: `root${i}`, key: 'k' }))
    expectRefused(setScene(), KENYA, forge([{ client: ME, clock: 0, structs }]), 'unknown-root')
  })
  test.each([
    ['paragraphs', 'not-allowed'],
    ['record', 'not-allowed'],
    ['anchors', 'not-allowed'],
    ['proposals', 'wrong-shape'],
  ] as const)('%s written to as a list', (parent, code) => {
    const update = forge([{ client: ME, clock: 0, structs: [string('x', { parent })] }])
    expectRefused(setScene(), FACILITATOR, update, code)
    expectRefused(setScene(), OBSERVER, update, 'not-allowed')
  })
  test('proposals used as a text', () => {
    const doc = new Y.Doc()
    doc.clientID = ME
    doc.getText('proposals').insert(0, 'x')
    expectRefused(setScene(), KENYA, Y.encodeStateAsUpdate(doc), 'wrong-shape')
  })
})

test('base text is the same for everybody whatever its place: the second paragraph by its own type', () => {
  const scene = setScene()
  const update = forge([
    { client: ME, clock: 0, structs: [string('x', { parent: itemOf(base(scene, SECOND)) })] },
  ])
  expectRefused(scene, KENYA, update, 'not-allowed')
  expectAdmitted(scene, FACILITATOR, update)
})
