import { describe, expect, test } from 'vitest'
import { JOBS } from '#server/work/jobs.ts'
import { draftDigest } from '#shared/formats/recognise/corrections/draft-digest.ts'
import { readAnswers } from '#shared/formats/recognise/corrections/read-answers.ts'
import { readText } from '#shared/formats/text/read-text.ts'
import type { Answer } from '#shared/model/understanding.ts'
import { outline, utf8 } from '#test/kit/imported.ts'

/** The outline of a text with answers, levels in front: `1 2 (a): …` */
function read(text: string, ...answers: readonly Answer[]): string[] {
  const result = readText(utf8(text), { answers })
  if (!result.ok) throw new Error(result.message)
  const levels = result.draft.blocks.map(({ level }) => (level > 0 ? `${level} ` : ''))
  return outline(result.draft).map((line, i) => `${levels[i]}${line}`)
}

const refusal = (text: string, ...answers: readonly Answer[]): string => {
  const result = readText(utf8(text), { answers })
  return result.ok ? 'accepted' : `${result.code}: ${result.message}`
}

const DRAFT = [
  'Draft declaration',
  '',
  '1. We dig wells.',
  '2. We ask for:',
  '(a) spades;',
  '(b) buckets.',
  '',
  'Means of digging',
  '',
  '3. We end',
  '',
  'Page 2',
  '',
  'here and now.',
].join('\n')

function letterAndDraft(...answers: readonly Answer[]) {
  const result = readText(utf8(`A note.\n\nMore of it, with a stop.\n\n${DRAFT}`), { answers })
  if (!result.ok) throw new Error(result.message)
  return result.draft
}

function doubts(...answers: readonly Answer[]): readonly string[] {
  const result = readText(utf8('1. We dig.\n\nAnd more without a number.\n\n3. We end.'), { answers })
  return result.ok ? result.pieces.flatMap((piece) => piece.doubts.map(({ code }) => code)) : []
}

describe('23.1 each answer is applied as it was given', () => {
  test('without answers', () => {
    expect(read(DRAFT)).toEqual([
      '# Draft declaration',
      '1: We dig wells.',
      '2: We ask for:',
      '1 2 (a): spades;',
      '1 2 (b): buckets.',
      '# Means of digging',
      '3: We end here and now.',
    ])
  })

  test('kind: a heading becomes a paragraph, a paragraph a heading', () => {
    const changed = read(DRAFT, { at: 8, is: 'paragraph' }, { at: 3, is: 'heading' })
    expect(changed[1]).toBe('# 1. We dig wells.')
    expect(changed[5]).toMatch(/: Means of digging$/)
    expect(changed[6]).toBe('3: We end here and now.')
  })

  test('level: what is deeper counts below what is above it', () => {
    expect(read(DRAFT, { at: 6, level: 2 })[4]).toBe('2 2 (a) (b): buckets.')
    expect(read(DRAFT, { at: 6, level: 0 })[4]).toBe('(b): buckets.')
    expect(read(DRAFT, { at: 8, level: 1 })[5]).toBe('1 # Means of digging')
  })

  test('label: given, changed, taken away', () => {
    expect(read(DRAFT, { at: 3, label: '1 bis' })[1]).toBe('1 bis: We dig wells.')
    expect(read(DRAFT, { at: 8, label: 'Article 4' })[5]).toBe('# Article 4 Means of digging')
    expect(read(DRAFT, { at: 8, label: 'Article 4' })[6]).toBe('Article 4, paragraph 3: We end here and now.')
    expect(read(DRAFT, { at: 3, label: null })[1]).toBe('null: 1. We dig wells.')
    expect(read(DRAFT, { at: 5, label: '(c) bis' })[3]).toBe('1 2 (c) bis: spades;')
  })

  test('a join, and a division within a line', () => {
    expect(read(DRAFT, { at: 4, joins: true }).slice(1, 3)).toEqual([
      '1: We dig wells. 2. We ask for:',
      '1 1 (a): spades;',
    ])
    expect(read(DRAFT, { at: 3, column: 6, is: 'paragraph' }).slice(1, 3)).toEqual([
      '1: We',
      '1 null: dig wells.',
    ])
    expect(read(DRAFT, { at: 14, column: 5, level: 0 }).slice(6)).toEqual([
      '3: We end here',
      'null: and now.',
    ])
  })

  test('furniture is restored, and words become furniture', () => {
    expect(read(DRAFT, { at: 12, joins: true })[6]).toBe('3: We end Page 2 here and now.')
    expect(read(DRAFT, { at: 12, is: 'heading' }).slice(6)).toEqual([
      '3: We end',
      '# Page 2',
      'null: here and now.',
    ])
    expect(read(DRAFT, { at: 8, is: 'furniture' }).join()).not.toContain('Means')
  })

  test('front matter ends where a person says', () => {
    expect(letterAndDraft().front).toEqual(['A note.', 'More of it, with a stop.'])
    expect(letterAndDraft({ at: 3, is: 'paragraph' }).front).toEqual(['A note.'])
    expect(letterAndDraft({ at: 5, is: 'front' }).front).toEqual([
      'A note.',
      'More of it, with a stop.',
      'Draft declaration',
    ])
    expect(
      letterAndDraft({ at: 1, is: 'paragraph' })
        .blocks.slice(0, 2)
        .map(({ text }) => text),
    ).toEqual(['A note.', 'More of it, with a stop.'])
  })

  test('what is said to be right is no doubt any more', () => {
    expect(doubts()).toEqual(['no-title', 'unnumbered', 'number-missing'])
    expect(doubts({ at: 3, sure: true })).toEqual(['no-title', 'number-missing'])
    expect(doubts({ at: 5, sure: true }, { at: 3, joins: true })).toEqual(['no-title'])
  })
})

const TABLE = [
  'Draft on wells',
  '',
  '1. We dig:',
  '',
  '\tWells\tYear',
  'Orrin\t15\t2032',
  'Velland\t20\t2031',
].join('\n')

const row = (number: number, ...cells: readonly string[]) =>
  cells.map((words, i) => `${i === 0 ? 1 : 2} Table 1, row ${number}, column ${i + 1}: ${words}`)

describe('26.8 a row of a table', () => {
  test('is made paragraphs by an answer about its first words; what is below it is a table of its own', () => {
    expect(read(TABLE, { at: 6, is: 'paragraph' })).toEqual([
      '# Draft on wells',
      '1: We dig:',
      ...row(1, '', 'Wells', 'Year'),
      '1 null: Orrin',
      '1 null: 15',
      '1 null: 2032',
      ...row(1, 'Velland', '20', '2031').map((line) => line.replace('Table 1', 'Table 2')),
    ])
    expect(read(TABLE, { at: 5, is: 'heading' }).slice(2, 4)).toEqual(['# Wells', 'null: Year'])
    expect(read(TABLE, { at: 6, column: 6, is: 'furniture' })).not.toContain('1 null: 15')
    expect(read(TABLE, { at: 6, sure: true })).toEqual(read(TABLE))
    expect(read(TABLE, { at: 6, is: 'cell' })).toEqual(read(TABLE))
  })

  test.each<[Answer, string]>([
    [{ at: 6, level: 0 }, 'stands in a table, where it has no other label and no level'],
    [{ at: 3, is: 'cell' }, 'cannot be made a cell'],
  ])('%j is refused', (answer, reason) => {
    expect(refusal(TABLE, answer)).toContain(reason)
  })

  test('takes nothing that goes on with what stands before it', () => {
    expect(refusal(`${TABLE}\n\n2. We end.`, { at: 9, joins: true })).toContain('cannot be joined to a table')
  })
})

test('23.2 answers that cannot be applied are refused, each with its line', () => {
  expect(refusal(DRAFT, { at: 2, is: 'heading' })).toBe(
    'wrong-answers: Some answers cannot be applied. Line 2 has no words to answer about.',
  )
  expect(refusal(DRAFT, { at: 1, joins: true })).toContain('Line 1 cannot be joined')
  expect(refusal(DRAFT, { at: 3, column: 4, is: 'paragraph' })).toMatch(
    /Line 3 cannot be divided within a word \(column 4\)/,
  )
  expect(refusal(DRAFT, { at: 4, label: '?' })).toContain(
    'Line 4 cannot have “?” as the label of a paragraph',
  )
  expect(refusal(DRAFT, { at: 3, is: 'heading' }, { at: 4, is: 'front' })).toContain('Line 3 stands before')
})

test('23.2 answers of another shape are refused, each with its line or its place in the list', () => {
  const list = [
    { at: 3, is: 'heading', level: 0, label: null },
    { at: 4, column: 2, joins: true, sure: true },
  ]
  expect(readAnswers({ answers: list })).toEqual({ ok: true, answers: list, names: [] })
  expect(readAnswers(list)).toEqual({ ok: true, answers: list, names: [] })
  const names = [
    { written: 'Switz.', participant: 'che' },
    { written: 'secr.', participant: null },
  ]
  expect(readAnswers({ names })).toMatchObject({ names: [{ participant: 'CHE' }, { participant: null }] })
  expect(readAnswers({ names: [{ written: 'x' }] })).toMatchObject({ ok: false })
  expect(readAnswers('x')).toMatchObject({ code: 'wrong-answers' })
  expect(readAnswers({ answers: list, names: 'KEN' })).toMatchObject({ code: 'wrong-answers' })
  const many = Array.from({ length: 50_001 }, () => names[0])
  expect(readAnswers({ names: many })).toMatchObject({ code: 'wrong-answers' })
  expect(readAnswers({ names: [{ written: 'x'.repeat(9_000), participant: 'KEN' }] })).toMatchObject({
    message: expect.stringMatching(/^.{0,200}$/u),
  })
  const bad = [
    { at: 7, is: 'chapter' },
    { is: 'heading' },
    { at: 9, level: 99 },
    { at: 10, kind: 'heading' },
    null,
  ]
  expect(readAnswers(bad)).toMatchObject({
    message: [
      'Some answers are not valid.',
      'Line 7: “is” must be one of heading, paragraph, separator, cell, note, front, furniture.',
      'Answer 2: “at” (the line) must be a whole number.',
      'Line 9: “level” must be 8 or less.',
      'Line 10: has “kind”, which no answer has.',
      'Answer 5: must be an object.',
    ].join(' '),
  })
})

test('23.4 a draft is made as it was shown, or not at all', () => {
  const answers: readonly Answer[] = [{ at: 8, label: 'Article 4' }]
  const result = readText(utf8(DRAFT), { answers })
  if (!result.ok) throw new Error(result.message)
  const asked = (shown: string, given: unknown) => {
    const request = { from: 'x', file: Buffer.from(DRAFT).toString('base64'), answers: given, shown }
    return JOBS.import({ body: utf8(JSON.stringify(request)), now: 0 })
  }
  expect(asked(draftDigest(result.draft), answers)).toMatchObject({ ok: true, request: { from: 'x' } })
  expect(asked(draftDigest(result.draft), [])).toMatchObject({ ok: false, code: 'read-otherwise' })
  expect(asked('x', [{ at: 0 }])).toMatchObject({ ok: false, code: 'wrong-answers' })
})
