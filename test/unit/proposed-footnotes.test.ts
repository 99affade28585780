import { describe, expect, test } from 'vitest'
import { Projection } from '#shared/document/composition/projection.ts'
import { openBracketsOn } from '#shared/document/agreement.ts'
import { decisionOf, headOf } from '#shared/document/schema.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { writeText, writeTextExport } from '#shared/formats/text/write-text.ts'
import type { ParagraphChange } from '#shared/model/command.ts'
import { judge, openRoom } from '#test/kit/admission-room.ts'
import { ME, written } from '#test/kit/admission-scene.ts'
import { accept, chair, decide, proposalOf, takeBack, text } from '#test/kit/deciding.ts'
import { facilitator, Room } from '#test/kit/drafting.ts'
import { accepted } from '#test/kit/imported.ts'
import { Random } from '#test/kit/random.ts'
import { noteBehind, unmarked } from '#test/kit/footnotes.ts'
import { ask, asked, numbered, splitBehind } from '#test/kit/paragraphs.ts'
import {
  deleteWords,
  insertAfter,
  ken,
  nor,
  putAfter,
  replaceWords,
  scene,
  shown,
  typeKeys,
} from '#test/kit/scene.ts'

const RULE = '__________'
const printed = (...blocks: string[]): string => blocks.join('\n\n')
const reeds = () => scene('We plant reeds¹ and rest.', 'We rest² again.', '¹ In spring.', '² At night.').room

/** A footnote of Kenya behind “rest” in the first paragraph. */
const onRest = (room: ReturnType<typeof reeds>) =>
  asked(room, noteBehind(room, numbered(room, '1'), 'rest', 'At noon.'))

describe('22.10 a delegation proposes a footnote', () => {
  test('its mark stands behind the word in a bracket with its name, and its text is a proposed footnote', () => {
    const room = reeds()
    onRest(room)
    expect(text(room)).toBe(
      printed(
        '1. We plant reeds¹ and rest[¹ᵇⁱˢ – KEN].',
        '2. We rest² again.',
        RULE,
        '¹ In spring.',
        '¹ᵇⁱˢ [At noon. – KEN]',
        '² At night.',
      ),
    )
  })

  test('a text without footnotes has its first one; behind the last the numbers go on', () => {
    const { room } = scene('We plant reeds.', 'We rest.')
    const one = numbered(room, '1')
    asked(room, noteBehind(room, one, 'reeds', 'Tall.'))
    asked(room, noteBehind(room, numbered(room, '2'), 'rest', 'Long.'))
    asked(room, noteBehind(room, one, 'We', 'All.'))
    expect(text(room)).toBe(
      printed(
        '1. We[⁰ – KEN] plant reeds[¹ – KEN].',
        '2. We rest[² – KEN].',
        RULE,
        '⁰ [All. – KEN]',
        '¹ [Tall. – KEN]',
        '² [Long. – KEN]',
      ),
    )
  })

  test('accepted it is a footnote like others; taken back it is proposed again', () => {
    const room = reeds()
    const note = onRest(room)
    expect(accept(room, note)).toMatchObject({ ok: true })
    expect(text(room)).toContain('1. We plant reeds¹ and rest¹ᵇⁱˢ.')
    expect(text(room)).toContain('¹ᵇⁱˢ At noon.')
    takeBack(room, note)
    expect(text(room)).toContain('and rest[¹ᵇⁱˢ – KEN].')
    expect(text(room)).toContain('¹ᵇⁱˢ [At noon. – KEN]')
    accept(room, note)
    room.command({ kind: 'revision-issue', note: '' }, chair)
    expect(text(room)).toContain('1. We plant reeds¹ and rest².')
    expect(text(room)).toContain('2. We rest³ again.')
  })

  test('not retained, or withdrawn, its mark goes with it', () => {
    for (const kind of ['proposal-not-retain', 'proposal-withdraw'] as const) {
      const room = reeds()
      const before = text(room)
      const actor = kind === 'proposal-withdraw' ? ken.actor : chair
      expect(room.command({ kind, proposal: onRest(room) }, actor)).toMatchObject({ ok: true })
      expect(text(room)).toBe(before)
    }
  })

  test('others amend it, and it is accepted with their words', () => {
    const room = reeds()
    const note = onRest(room)
    const ingrid = room.seat(nor)
    replaceWords(ingrid, 3, 'noon', 'dusk')
    room.settleDown()
    expect(text(room)).toContain(
      '¹ᵇⁱˢ [At [noon – NOR / dusk – NOR]. – KEN]'.replace('[noon – NOR /', '[noon /'),
    )
    accept(room, note)
    accept(room, proposalOf(ingrid, 'dusk'))
    expect(text(room)).toContain('¹ᵇⁱˢ At dusk.')
  })

  test('the mark stays with its word: in what is typed, split, merged, deleted and taken back', () => {
    const room = reeds()
    const fay = room.seat(facilitator('fay'))
    const note = onRest(room)
    room.settleDown()
    putAfter(fay, 0, 'rest')
    typeKeys(fay, 'ing')
    room.settleDown()
    expect(shown(fay)[0]).toContain('resting|[¹ᵇⁱˢ – KEN].')
    accept(room, asked(room, splitBehind(room, numbered(room, '1'), 'reeds')))
    expect(text(room)).toContain('1 bis. and resting[¹ᵇⁱˢ – KEN].')
    const amina = room.seat(ken)
    deleteWords(amina, 1, 'resting')
    room.settleDown()
    expect(text(room)).toContain('1 bis. and [resting[¹ᵇⁱˢ – KEN] – KEN delete].')
    const deletion = lastOpen(room)
    accept(room, deletion)
    expect(unmarked(room)).toEqual(['footnote 1 bis'])
    expect(text(room)).toContain('¹ᵇⁱˢ [At noon. – KEN]')
    takeBack(room, deletion)
    expect(unmarked(room)).toEqual([])
    accept(room, note)
    expect(text(room)).toContain('1 bis. and [resting¹ᵇⁱˢ – KEN delete].')
  })

  test('its mark may stand in a bracket, and goes into the text with it', () => {
    const room = reeds()
    const amina = room.seat(ken)
    insertAfter(amina, 0, 'reeds¹', ' and willows')
    room.settleDown()
    const willows = proposalOf(amina, ' and willows')
    const note = asked(room, noteBehind(room, willows, 'willows', 'Weeping.'), nor.actor)
    expect(text(room)).toContain('[and willows[¹ᵇⁱˢ – NOR] – KEN] and rest.')
    accept(room, note)
    expect(text(room)).toContain('[and willows¹ᵇⁱˢ – KEN] and rest.')
    accept(room, willows)
    expect(text(room)).toContain('reeds¹ and willows¹ᵇⁱˢ and rest.')
    takeBack(room, willows)
    decide(room, 'proposal-not-retain', willows)
    expect(unmarked(room)).toEqual(['footnote 1 bis'])
  })

  test('its paragraph is not agreed while it is open, and takes none once it is agreed', () => {
    const room = reeds()
    const paragraph = numbered(room, '1')
    const note = onRest(room)
    const agree = { kind: 'paragraph-status', paragraph, status: 'agreed-ad-ref' } as const
    expect(openBracketsOn(room.od, paragraph)).toEqual([note])
    expect(room.command(agree, chair)).toMatchObject({ code: 'open-brackets' })
    expect(openBracketsOn(room.od, numbered(room, '2'))).toEqual([])
    accept(room, note)
    expect(room.command(agree, chair)).toMatchObject({ ok: true })
    expect(refusedAs(room, noteBehind(room, paragraph, 'plant', 'Deep.'))).toBe('paragraph-agreed')
    expect(room.command({ kind: 'decision-undo', proposal: note }, chair)).toMatchObject({ ok: false })
  })

  test('it is shown in the clean text, and not in the base text', () => {
    const room = reeds()
    onRest(room)
    expect(writeText(room.od, 'clean')).toContain('and rest¹ᵇⁱˢ.')
    expect(writeText(room.od, 'base')).toContain('and rest.')
  })
})

test('22.6 22.10 an export of everything is read again with its proposed footnotes and struck marks', () => {
  const room = reeds()
  onRest(room)
  accept(room, asked(room, noteBehind(room, numbered(room, '1'), 'plant', 'Deep.')))
  asked(room, { kind: 'delete-paragraph', paragraph: numbered(room, 'footnote 2') })
  const again = new Room(new Random(1), accepted(writeTextExport(room.od, 'all', 0)).draft.blocks)
  expect(text(again)).toBe(text(room))
})

describe('22.11 where no mark may stand', () => {
  test('in a footnote, on a number that stands empty, behind no word, in a text that has ended', () => {
    const room = reeds()
    const note = numbered(room, 'footnote 1')
    expect(refusedAs(room, noteBehind(room, note, 'spring', 'No.'))).toBe('not-allowed')
    const proposed = onRest(room)
    expect(refusedAs(room, noteBehind(room, proposed, 'noon', 'No.'))).toBe('not-allowed')
    decide(room, 'proposal-not-retain', proposed)
    expect(refusedAs(room, noteBehind(room, proposed, 'noon', 'No.'))).toBe('gone')
    expect(
      refusedAs(room, { kind: 'note', host: numbered(room, '1'), at: [1, 1_000_000], text: 'No.' }),
    ).toBe('gone')
    expect(refusedAs(room, noteBehind(room, numbered(room, '1'), 'We', ' '))).toBe('invalid-text')
  })
})

test('22.11 its proponent does not put a proposed footnote behind another paragraph by an update', () => {
  const room = reeds()
  const note = onRest(room)
  const judged = { ...openRoom(), od: room.od, now: room.now() }
  const moved = (paragraph: ParagraphId) =>
    judge(
      judged,
      ken.actor,
      written(judged, ME, (od) => od.anchors.set(note, { kind: 'after', paragraph })),
    )
  expect(moved(numbered(room, '2'))).toMatchObject({ ok: false, code: 'wrong-shape' })
  expect(moved(numbered(room, '1'))).toMatchObject({ ok: true })
})

describe('22.12 a footnote that somebody asks to delete', () => {
  test('has its mark struck, with the name, until that is decided', () => {
    const room = reeds()
    const note = numbered(room, 'footnote 1')
    const deletion = asked(room, { kind: 'delete-paragraph', paragraph: note })
    expect(text(room)).toContain('We plant reeds[¹ – KEN delete] and rest.')
    expect(writeText(room.od, 'clean')).toContain('We plant reeds and rest.')
    decide(room, 'proposal-not-retain', deletion)
    expect(text(room)).toContain('We plant reeds¹ and rest.')
  })
})

test('22.1 two marks on one word are parted', () => {
  const room = reeds()
  accept(room, asked(room, noteBehind(room, numbered(room, '1'), 'reeds', 'Tall.')))
  expect(text(room)).toContain('We plant reeds¹ ¹ᵇⁱˢ and rest.')
})

test('a projection that was there before shows proposed footnotes as a new one does', () => {
  const room = reeds()
  const projection = new Projection(room.od)
  const check = () => {
    const fresh = new Projection(room.od)
    expect(drawn(projection)).toEqual(drawn(fresh))
    fresh.destroy()
  }
  const note = onRest(room)
  check()
  const sponsor = { kind: 'proposal-sponsor', proposal: note, stance: 'cosponsor' } as const
  room.command(sponsor, nor.actor)
  check()
  accept(room, note)
  check()
  const deletion = asked(room, { kind: 'delete-paragraph', paragraph: numbered(room, 'footnote 1 bis') })
  check()
  accept(room, deletion)
  check()
  takeBack(room, deletion)
  check()
  room.command({ kind: 'revision-issue', note: '' }, chair)
  check()
  projection.destroy()
})

/** The open proposal that was made last. */
function lastOpen({ od }: ReturnType<typeof reeds>): ProposalId {
  const open = ([...od.proposals.keys()] as ProposalId[]).filter((id) => !decisionOf(od, id))
  return open.sort((a, b) => (headOf(od, a)?.createdAt ?? 0) - (headOf(od, b)?.createdAt ?? 0)).at(-1)!
}

function refusedAs(room: ReturnType<typeof reeds>, change: ParagraphChange): string {
  const { result } = ask(room, change)
  return result.ok ? 'done' : result.code
}

const drawn = (one: Projection) =>
  one.blocks().map((block) =>
    one
      .composed(block)
      .pieces.map((piece) => piece.text)
      .join(''),
  )

describe('22.13 facilitators put a mark behind another word', () => {
  test('of a footnote that has lost its own, too; a revision then numbers them in order', () => {
    const room = reeds()
    const amina = room.seat(ken)
    deleteWords(amina, 0, ' reeds')
    room.settleDown()
    accept(room, lastOpen(room))
    expect(unmarked(room)).toEqual(['footnote 1'])
    expect(place(room, 'footnote 1', '2', 'again')).toMatchObject({ ok: true })
    expect(unmarked(room)).toEqual([])
    expect(text(room)).toContain('2. We rest² again¹.')
    room.command({ kind: 'revision-issue', note: '' }, chair)
    expect(text(room)).toContain('2. We rest¹ again².')
    expect(text(room)).toContain('¹ At night.\n\n² In spring.')
  })

  test('nobody else does, and not into or out of an agreed paragraph', () => {
    const room = reeds()
    expect(place(room, 'footnote 1', '2', 'again', ken.actor)).toMatchObject({ code: 'not-allowed' })
    expect(place(room, 'footnote 1', 'footnote 2', 'night')).toMatchObject({ code: 'not-allowed' })
    const agree = { kind: 'paragraph-status', paragraph: numbered(room, '2'), status: 'agreed' } as const
    expect(room.command(agree, chair)).toMatchObject({ ok: true })
    expect(place(room, 'footnote 1', '2', 'again')).toMatchObject({ code: 'paragraph-agreed' })
    expect(place(room, 'footnote 2', '1', 'plant')).toMatchObject({ code: 'paragraph-agreed' })
    expect(place(room, '1', '1', 'plant')).toMatchObject({ code: 'no-such-paragraph' })
  })
})

const place = (room: ReturnType<typeof reeds>, note: string, host: string, words: string, actor = chair) => {
  const {
    kind: _,
    text: _text,
    ...on
  } = noteBehind(room, numbered(room, host), words, 'x') as Extract<ParagraphChange, { kind: 'note' }>
  return room.command({ kind: 'note-place', note: numbered(room, note), ...on }, actor)
}
