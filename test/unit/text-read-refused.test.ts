import { describe, expect, test } from 'vitest'
import { readText } from '#shared/formats/text/read-text.ts'
import { accepted, labels, outline, refused, utf8 } from '#test/kit/imported.ts'

const numbered = (...numbers: (number | string)[]): string =>
  numbers.map((number, i) => `${number}. This is what is said in line ${i + 1}.`).join('\n')

function utf16(words: string, little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 + words.length * 2))
  view.setUint16(0, 0xfeff, little)
  for (let i = 0; i < words.length; i++) view.setUint16(2 + i * 2, words.charCodeAt(i), little)
  return new Uint8Array(view.buffer)
}

describe('20.8 numbers that do not count up are taken, and named with their lines', () => {
  test('gaps', () => {
    const { draft, warnings } = accepted(numbered(1, 2, 4, 5, 8, 9, 13))
    expect(draft.blocks).toHaveLength(7)
    expect(warnings).toContain('3, between 2 on line 2 and 4 on line 3')
    expect(warnings).toContain('6 and 7, between 5 on line 4 and 8 on line 5')
    expect(warnings).toContain('10 to 12, between 9 on line 6 and 13 on line 7')
  })

  test('repeats are alternatives', () => {
    const { draft, warnings } = accepted(numbered(1, 2, 3, 3, 5, 2))
    expect(labels(draft)).toEqual(['1', '2', '3', '3 alt', '5', '2 alt'])
    expect(warnings).toContain('3 on lines 3 and 4')
    expect(warnings).toContain('2 on lines 2 and 6')
  })

  test('a count that begins again without a heading', () => {
    const { draft, warnings } = accepted(numbered(1, 2, 3, 1, 2, 3, 4))
    expect(labels(draft)).toEqual(['1', '2', '3', '1 alt', '2 alt', '3 alt', '4'])
    expect(warnings).toContain('begin again without a heading at line 4')
  })

  test('numbers that go down', () => {
    const { draft, warnings } = accepted(numbered(1, 2, 4, 3, 5))
    expect(labels(draft)).toEqual(['1', '2', '4', '3', '5'])
    expect(warnings).toContain('3 (line 4) comes after 4 (line 3)')
  })
})

describe('texts without a draft', () => {
  test.each([
    ['Excellency,\n\nI thank you for your letter of\n9 November 2009.\n\nYours sincerely,\n\nA. Name'],
    ['Just a line.'],
    [
      'Dear colleagues,\n\nPlease bring:\n\n1. your text;\n2. your pen.\n\nI look forward to seeing all of you.\n\nYours sincerely,\n\nA. Name',
    ],
    ['9 November 2009\n10 November 2009\n'],
  ])('%j', (text) => {
    expect(refused(text).code).toBe('no-draft')
  })
})

describe('files that are not text', () => {
  test('empty, or nothing but spaces', () => {
    for (const text of ['', ' \r\n\t\n', '\ufeff']) expect(refused(text).code).toBe('empty')
  })

  test('too large', () => {
    const { code, message } = refused(new Uint8Array(20_000_000))
    expect(code).toBe('too-large')
    expect(message).toBe('The file has 20.0 MB; the limit is 5 MB.')
  })

  test('binary', () => {
    expect(refused(Uint8Array.from({ length: 4_000 }, (_, i) => (i * 7) % 256)).code).toBe('binary')
    expect(refused(utf8('%PDF-1.7 1. We begin.'))).toMatchObject({ code: 'binary' })
    expect(refused(Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0)).message).toContain('Word')
  })

  test('invalid UTF-8: byte and line are named', () => {
    const file = Uint8Array.of(...utf8('1. We begin.\n2. We d'), 0xe9, ...utf8('cide.'))
    const { code, message } = refused(file)
    expect(code).toBe('invalid-encoding')
    expect(message).toContain('byte 21, on line 2')
    for (const bytes of [
      [0xc0, 0xaf],
      [0xed, 0xa0, 0x80],
      [0xf5, 0x80, 0x80, 0x80],
      [0xe2, 0x82],
      [0x80],
      [0xe0, 0x80, 0x80],
    ])
      expect(refused(Uint8Array.of(...utf8('1. We begin '), ...bytes)).code).toBe('invalid-encoding')
  })
})

describe('byte order marks', () => {
  const text = '1. We begin – naïvely 𝄞.\r\n2. وننهي هنا.\r\n'
  const expected = ['1: We begin – naïvely 𝄞.', '2: وننهي هنا.']

  test('UTF-8', () => {
    expect(outline(accepted(`\ufeff${text}`).draft)).toEqual(expected)
  })

  test.each([true, false])('UTF-16, little-endian: %s', (little) => {
    const result = readText(utf16(text, little))
    expect(result.ok ? outline(result.draft) : result).toEqual(expected)
  })

  test('broken UTF-16 is refused', () => {
    const file = utf16(text, true)
    expect(refused(file.subarray(0, file.length - 1)).code).toBe('invalid-encoding')
    expect(refused(utf16('1. We \ud834 begin.', false)).message).toContain('line 1')
    expect(refused(utf16('1. We \udd1e begin.', true)).code).toBe('invalid-encoding')
  })
})

test('control characters are left out, and said', () => {
  const { draft, warnings } = accepted('1. We be\u0007gin \u202eand go on.\n2. We end.')
  expect(outline(draft)[0]).toBe('1: We begin and go on.')
  expect(warnings).toContain('2 characters that cannot be seen')
})

describe('texts beyond every draft', () => {
  test('more blocks than a document can have', () => {
    const { code, message } = refused(`1. We begin.\n\n${'A heading here\n\n'.repeat(10_001)}`)
    expect(code).toBe('too-large')
    expect(message).toContain('10002 paragraphs and headings; the limit is 10000')
  })

  test('a paragraph longer than any', () => {
    const { code, message } = refused(`1. We begin\n${'and go on, with these words.\n'.repeat(10_000)}`)
    expect(code).toBe('too-large')
    expect(message).toContain('Paragraph 1 has')
  })

  test('lists in warnings have an end', () => {
    const { warnings } = accepted(`1. We be\n${'gin and go on, and go-\n'.repeat(1_000)}`)
    expect(warnings).toContain('and 799 more end in a hyphen')
  })
})
