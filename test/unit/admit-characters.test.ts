import { describe, expect, test } from 'vitest'
import { plainText } from '#shared/document/text/anchor.ts'
import { addProposal, baseTextOf, contentOf } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { FACILITATOR, KENYA, SECRETARY } from '#test/kit/admission-room.ts'
import {
  base,
  expectAdmitted,
  expectRefused,
  FIRST,
  FRESH,
  head,
  KENYAS,
  ME,
  pointAt,
  setScene,
  wording,
  written,
} from '#test/kit/admission-scene.ts'
import { BAD_CHARACTERS } from '#test/kit/characters.ts'

const OTHER = 9_000_002
const made = (more: object, text: string) => (od: OutcomeDocument) =>
  addProposal(od, FRESH, { ...head('KEN'), ...more }, pointAt(FIRST), text)
const offer = (more: object, text: string): Uint8Array => written(setScene().room, ME, made(more, text))
const typed = (text: string) => (od: OutcomeDocument) => baseTextOf(od, FIRST)!.insert(3, text)
const worded = (text: string) => (od: OutcomeDocument) => contentOf(od, KENYAS)!.insert(3, text)

describe('16.2 characters that read as nothing are not admitted', () => {
  test.each(BAD_CHARACTERS)('in base text or in a wording: %j', (character) => {
    for (const text of [character, `a${character}b`, `${character}${character} five`]) {
      expectRefused(setScene(), FACILITATOR, written(setScene().room, ME, typed(text)), 'forbidden-character')
      expectRefused(setScene(), KENYA, written(setScene().room, ME, worded(text)), 'forbidden-character')
    }
  })

  test('in a new proposal, its person or its quote', () => {
    for (const character of BAD_CHARACTERS) {
      expectRefused(setScene(), KENYA, offer({}, `a${character}b`), 'forbidden-character')
      expectRefused(setScene(), KENYA, offer({ person: `A${character}na` }, 'x'), 'forbidden-character')
      expectRefused(setScene(), KENYA, offer({ quote: `A${character}na` }, 'x'), 'forbidden-character')
    }
    expectAdmitted(setScene(), KENYA, offer({ person: KENYA.name }, 'می\u200cخواهم'))
  })

  test('a joiner, a selector or a mark where nothing needs it', () => {
    for (const text of [
      '\u200c',
      '\u200d',
      '\ufe0f',
      '\u200f',
      '\u061c',
      'a\u200db',
      'א\u200f 5',
      '\u200e 5',
    ])
      expectRefused(setScene(), SECRETARY, written(setScene().room, ME, typed(text)), 'forbidden-character')
  })
})

describe('16.2 what honest people type is admitted', () => {
  test.each([
    ['Persian', 'می\u200cخواهم کتاب\u200cهای'],
    ['Hindi', 'क्\u200dष और क्\u200cष'],
    ['Hebrew with a mark between words', 'שלום\u200f, עולם'],
    ['a family', '👩\u200d👩\u200d👧'],
    ['a flag of tags', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
  ])('%s, at once and key by key', (name, text) => {
    const scene = setScene()
    expectAdmitted(scene, FACILITATOR, written(scene.room, ME, typed(text)))
    if (name.startsWith('a f') || name.startsWith('Heb')) return
    Array.from(text).forEach((key, i) => {
      const at = Array.from(text).slice(0, i).join('').length
      const update = written(scene.room, OTHER, (od) => contentOf(od, KENYAS)!.insert(at, key))
      expectAdmitted(scene, KENYA, update)
    })
    expect(plainText(wording(scene)).startsWith(text)).toBe(true)
  })

  test('a joiner behind a letter that is bold, or that a colleague has deleted meanwhile', () => {
    const scene = setScene()
    expectAdmitted(
      scene,
      FACILITATOR,
      written(scene.room, ME, (od) => {
        baseTextOf(od, FIRST)!.insert(0, 'می ')
        baseTextOf(od, FIRST)!.format(0, 2, { strong: true })
      }),
    )
    const bold = written(scene.room, OTHER, (od) => baseTextOf(od, FIRST)!.insert(2, '\u200c', {}))
    const late = written(scene.room, OTHER + 1, (od) => baseTextOf(od, FIRST)!.insert(2, '\u200cخ'))
    expectAdmitted(scene, SECRETARY, bold)
    expectAdmitted(
      scene,
      FACILITATOR,
      written(scene.room, ME, (od) => baseTextOf(od, FIRST)!.delete(0, 2)),
    )
    expectAdmitted(scene, { ...SECRETARY }, late)
    expect(plainText(base(scene)).startsWith('\u200c')).toBe(true)
  })
})
