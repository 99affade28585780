import { describe, expect, test } from 'vitest'
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
    const draft = (...answers: Answer[]) => {
      const result = readText(utf8(`A note.\n\nMore of it, with a stop.\n\n${DRAFT}`), { answers })
      if (!result.ok) throw new Error(result.message)
      return result.draft
    }
    expect(draft().front).toEqual(['A note.', 'More of it, with a stop.'])
    expect(draft({ at: 3, is: 'paragraph' }).front).toEqual(['A note.'])
    expect(draft({ at: 5, is: 'front' }).front).toEqual([
      'A note.',
      'More of it, with a stop.',
      'Draft declaration',
    ])
    expect(
      draft({ at: 1, is: 'paragraph' })
        .blocks.slice(0, 2)
        .map(({ text }) => text),
    ).toEqual(['A note.', 'More of it, with a stop.'])
  })

  test('what is said to be right is no doubt any more', () => {
    const doubts = (...answers: Answer[]) => {
      const result = readText(utf8('1. We dig.\n\nAnd more without a number.\n\n3. We end.'), { answers })
      return result.ok ? result.pieces.flatMap((piece) => piece.doubts.map(({ code }) => code)) : []
    }
    expect(doubts()).toEqual(['no-title', 'unnumbered', 'number-missing'])
    expect(doubts({ at: 3, sure: true })).toEqual(['no-title', 'number-missing'])
    expect(doubts({ at: 5, sure: true }, { at: 3, joins: true })).toEqual(['no-title'])
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
