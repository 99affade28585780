import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { baseTextOf, contentOf } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { plainText } from '#shared/document/text/anchor.ts'
import { describeFault, faultIn, stripPieces, stripText } from '#shared/model/characters/text-policy.ts'
import { FORBIDDEN, GOOD, MISPLACED } from '#test/kit/characters.ts'
import { chair, delegation, Table } from '#test/kit/commanding.ts'

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

  it('16.19 up to 30 marks stand on one character, however they come in between', () => {
    for (const base of ['a', 'ا', 'क', ''])
      for (const n of [30, 31, 200]) {
        const text = `${base}${'\u0301'.repeat(n)} b${'\u0302'.repeat(3)}`
        expect(faultIn(text, 'line') === null, `${n} on ${base}`).toBe(n <= 30)
        const kept = Math.min(n, 30)
        expect(stripText(text, 'line')).toEqual({
          text: `${base}${'\u0301'.repeat(kept)} b${'\u0302'.repeat(3)}`,
          removed: n - kept,
        })
      }
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
