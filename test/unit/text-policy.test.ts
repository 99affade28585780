import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { baseTextOf, contentOf } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { plainText } from '#shared/document/text/anchor.ts'
import { describeFault, faultIn, stripPieces, stripText } from '#shared/model/text-policy.ts'
import { chair, delegation, Table } from '#test/kit/commanding.ts'

/** What may stand in no text, each with where it comes from. */
const FORBIDDEN: readonly (readonly [name: string, character: string])[] = [
  ['a bell', '\u0007'],
  ['delete', '\u007f'],
  ['an application command', '\u009f'],
  ['a line separator', '\u2028'],
  ['an embedding', '\u202a'],
  ['an override', '\u202e'],
  ['an isolate', '\u2066'],
  ['the end of an isolate', '\u2069'],
  ['a deprecated format character', '\u206c'],
  ['a zero-width space', '\u200b'],
  ['a word joiner', '\u2060'],
  ['an invisible times', '\u2062'],
  ['a byte order mark', '\ufeff'],
  ['a soft hyphen', '\u00ad'],
  ['a grapheme joiner', '\u034f'],
  ['a Hangul filler', '\u3164'],
  ['a halfwidth filler', '\uffa0'],
  ['a Khmer inherent vowel', '\u17b4'],
  ['an interlinear annotation', '\ufff9'],
  ['an object replacement', '\ufffc'],
  ['a noncharacter', '\ufdd0'],
  ['the last noncharacter', '\u{10ffff}'],
  ['a private character', '\ue000'],
  ['a private character of plane 16', '\u{100000}'],
  ['a language tag', '\u{e0001}'],
  ['a tag letter', '\u{e0041}'],
  ['a musical beam', '\u{1d173}'],
  ['a reserved ignorable', '\u{e0fff}'],
  ['half a pair', '\ud83d'],
  ['the other half', '\ude00'],
]

/** Behind Latin words and before them, all of these stand badly. */
const MISPLACED: readonly (readonly [name: string, text: string])[] = [
  ['a joiner between Latin letters', 'pay\u200dment'],
  ['a non-joiner between Latin letters', 'pay\u200cment'],
  ['two joiners', 'می\u200c\u200cخواهم'],
  ['a joiner at the beginning', '\u200dment'],
  ['a non-joiner at the end of a word', 'می\u200c خواهم'],
  ['a non-joiner at the end', 'می\u200c'],
  ['a joiner behind an emoji alone', '👩\u200d'],
  ['a selector behind a letter', 'a\ufe0f'],
  ['a selector behind a digit without a keycap', '1\ufe0f2'],
  ['two selectors', '❤\ufe0f\ufe0f'],
  ['a short selector behind a Latin letter', 'a\ufe00'],
  ['a long selector behind a Latin letter', 'a\u{e0100}'],
  ['a Mongolian selector behind a Latin letter', 'a\u180b'],
  ['tags behind a picture', '👩\u{e0067}\u{e0062}\u{e007f}'],
  ['tags of no flag', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0078}\u{e007f}'],
  ['a mark of the other direction between letters', 'a\u200fb'],
  ['a right-to-left mark before a number', 'סעיף\u200f 5'],
  ['a right-to-left mark behind a number', '5\u200f סעיף'],
  ['a right-to-left mark at the end', 'סעיף\u200f'],
  ['a right-to-left mark at the beginning', '\u200fסעיף'],
  ['a left-to-right mark behind punctuation of an Arabic word', 'كلمة\u200e كلمة'],
  ['an Arabic mark behind a Latin word', 'text\u061c نص'],
]

const GOOD: readonly (readonly [name: string, text: string])[] = [
  ['English', 'Heads of State – “we”, the peoples’; paragraph 3 (b) … 50 %'],
  ['French with no-break spaces', 'Décide\u202f: «\u00a0l’égalité\u00a0»'],
  ['Persian with non-joiners', 'می\u200cخواهم کتاب\u200cهای ۲۰\u200cساله'],
  ['an Arabic abbreviation in its final shape', '١٤٤٥ ه\u200d.'],
  ['Hindi with joiners', 'क्\u200dष और क्\u200cष'],
  ['Sinhala', 'ශ්\u200dරී ලංකා'],
  ['Bengali', 'র\u200d্যাব'],
  ['Arabic with vowel signs', 'مُحَمَّدٌ'],
  ['Hebrew with a right-to-left mark between words', 'שלום\u200f, עולם'],
  ['a left-to-right mark between words', 'one\u200e two'],
  ['an Arabic letter mark between Arabic words', 'نص\u061c نص'],
  ['Mongolian with a selector', 'ᠮᠣᠩᠭ\u180bᠣᠯ'],
  ['an ideographic variant', '葛\u{e0100}飾区'],
  ['a family', '👩\u200d👩\u200d👧'],
  ['a profession with a skin tone', '👩🏽\u200d⚕️'],
  ['a heart with its selector', '❤️ ☑︎'],
  ['a keycap', '1️⃣ #️⃣'],
  ['a flag of letters', '🇰🇪'],
  ['a flag of tags', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
  ['a pirate', '🏴\u200d☠️'],
  ['combining accents', 'a\u0301e\u0328\u0301'],
  ['a replacement character, which is seen', 'a \ufffd b'],
  ['a character of a later Unicode', '\u{1faff}\u{32000}'],
]

/** Fillers count as letters, but show nothing. */
const letters = (text: string): string => text.replace(/[^\p{L}\p{Nd}]|[\u3164\uffa0]/gu, '')

describe('16.1 characters that may stand in a text', () => {
  it.each(FORBIDDEN)('%s stands nowhere', (_name, character) => {
    for (const text of [character, `pay${character}ment`, `نص${character}نص`, `क${character}ष`]) {
      expect(faultIn(text, 'line')).toMatchObject({ index: text.indexOf(character) })
      expect(faultIn(text, 'lines')).not.toBeNull()
      expect(stripText(`x${character}y`, 'line').text.replace(' ', '')).toBe('xy')
    }
  })

  it.each(MISPLACED)('%s does not stand there', (_name, text) => {
    expect(faultIn(text, 'line')).not.toBeNull()
    const stripped = stripText(text, 'line')
    expect(stripped.removed).toBe(text.length - stripped.text.length)
    expect(stripped.removed).toBeGreaterThan(0)
    expect(faultIn(stripped.text, 'line')).toBeNull()
  })

  it.each(GOOD)('%s stands, and nothing of it is stripped', (_name, text) => {
    expect(faultIn(text, 'line')).toBeNull()
    expect(stripText(text, 'line')).toEqual({ text, removed: 0 })
  })

  it('line feeds and tabs stand only where a text has several lines', () => {
    expect(faultIn('one\n\ttwo', 'lines')).toBeNull()
    expect(faultIn('one\ntwo', 'line')).toMatchObject({ kind: 'line-break', index: 3 })
    expect(faultIn('one\r\ntwo', 'lines')).toMatchObject({ kind: 'line-break' })
    expect(stripText('one\r\n\ttwo', 'line')).toEqual({ text: 'one two', removed: 0 })
    expect(stripText('one\r\ntwo\u2029', 'lines').text).toBe('one\ntwo\n')
  })

  it('a part of a text is judged by what stands before it, and what may follow is taken on trust', () => {
    expect(faultIn('\u200c', 'line', { before: 'ی', goesOn: true })).toBeNull()
    expect(faultIn('\u200c', 'line', { before: 'ی', goesOn: false })).not.toBeNull()
    expect(faultIn('\u200c', 'line', { before: 'y', goesOn: true })).not.toBeNull()
    expect(faultIn('\u200c', 'line', { before: '', goesOn: true })).not.toBeNull()
    expect(faultIn('\u200cخواهم', 'line', { before: null, goesOn: true })).toBeNull()
    expect(faultIn('\ufe0f', 'line', { before: '❤', goesOn: true })).toBeNull()
  })

  it('pieces are judged as the parts of one text', () => {
    const pieces = [
      { insert: 'می\u200c' },
      { insert: 'خواهم', em: true },
      { insert: '\u200b' },
      { insert: 'x' },
    ]
    const stripped = stripPieces(pieces, { before: '', goesOn: false })
    expect(stripped).toEqual({ pieces: [pieces[0], pieces[1], pieces[3]], removed: 1 })
    expect(stripped.pieces[0]).toBe(pieces[0])
  })

  it('says what it is and where', () => {
    const fault = faultIn('BETA \u202eevif', 'line')
    expect(fault).toEqual({ kind: 'direction', index: 5, codePoint: 0x202e })
    expect(describeFault(fault!, 'a title')).toBe(
      'There is a mark that turns the direction of words (U+202E) in a title: leave it out.',
    )
  })

  it('what is stripped has no fault, is stripped once, and keeps all the rest', () => {
    const parts = [...FORBIDDEN, ...MISPLACED, ...GOOD].map(([, text]) => text)
    const some = fc.oneof(
      fc.constantFrom(...parts),
      fc.constantFrom('a', 'ی', 'ا', '👩', ' ', '\u200c', '\u200d', '\u200f', '1'),
    )
    const beside = fc.record({ before: fc.constantFrom(null, '', 'ی', 'a', '👩'), goesOn: fc.boolean() })
    fc.assert(
      fc.property(
        fc.array(some, { maxLength: 12 }),
        beside,
        fc.constantFrom('line', 'lines'),
        (texts, around, form) => {
          const text = texts.join('')
          const stripped = stripText(text, form, around)
          expect(faultIn(stripped.text, form, around)).toBeNull()
          expect(stripText(stripped.text, form, around)).toEqual({ text: stripped.text, removed: 0 })
          if (!faultIn(text, form, around)) expect(stripped.text).toBe(text)
          expect(letters(stripped.text)).toBe(letters(text))
        },
      ),
      { seed: 20261127, numRuns: 2_000 },
    )
  })

  it('takes time linear in the text, whatever stands in it', () => {
    for (const unit of ['\u200c', 'ا\u200f', '\u{1f3f4}\u{e0067}', '.\u200f', '\u202e'])
      expect(stripText(unit.repeat(50_000), 'line').text.length).toBeLessThan(200_001)
  })
})

it('16.2 a wording from before the policy goes in without what may not stand in it, and comes back as it was', () => {
  const table = new Table()
  const { od } = table
  const before = plainText(baseTextOf(od, table.paragraph(0))!)
  for (const [wording, put] of [
    [' be\u202eta\u200b', ' beta'],
    ['\u200cخواهم', '\u200cخواهم'],
  ] as const) {
    const id = table.propose(delegation('KEN'), wording)
    expect(table.refusal(chair, { kind: 'proposal-accept', proposal: id, seen: wording })).toBeNull()
    expect(plainText(baseTextOf(od, table.paragraph(0))!)).toBe(before + put)
    const disposition = wording === put ? 'accepted' : 'accepted-as-amended'
    expect(recordGet(od, `decision/${id}`)).toMatchObject({ disposition })
    expect(table.refusal(chair, { kind: 'decision-undo', proposal: id })).toBeNull()
    expect(plainText(baseTextOf(od, table.paragraph(0))!)).toBe(before)
    expect(plainText(contentOf(od, id)!)).toBe(wording)
  }
})
