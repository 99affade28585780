import { describe, expect, test } from 'vitest'
import { accepted } from '#test/kit/imported.ts'
import { writeBlock } from '#test/kit/bracketed.ts'

/** Reads numbered paragraphs under a title. Returns what their brackets say. */
function read(...paragraphs: readonly string[]): { blocks: string[]; warnings: string } {
  const { draft, warnings } = accepted(['Draft text on otters', ...paragraphs].join('\n\n'))
  return { blocks: draft.blocks.slice(1).map(writeBlock), warnings }
}

/** What the brackets of one paragraph say. */
const one = (text: string): string => read(`1. ${text}`, '2. We rest.').blocks[0] ?? ''

describe('21.1 brackets with names are proposals of those named', () => {
  test.each([
    ['We feed [hungry – US; G77 delete] otters.', 'We feed {+hungry |USA G77:oppose}otters.'],
    ['We feed [hungry - U.S.; G-77 & China to delete] otters.', 'We feed {+hungry |USA G77:oppose}otters.'],
    [
      'We feed [young – EU, JPN / old – United States] otters.',
      'We feed {+young |EU +JPN}{+old |USA}otters.',
    ],
    [
      'We feed otters [, as we can. -G77; US, Canada delete.]',
      'We feed otters{+, as we can.|G77 USA:oppose CAN:oppose}',
    ],
    ['We feed [the mothers of – Switz.] otters.', 'We feed {+the mothers of |CHE}otters.'],
    ['We feed [calm – Kenya on behalf of the Group of 77 and China] otters.', 'We feed {+calm |G77}otters.'],
    [
      'We feed [shared duties – US delete; G77 retain] otters.',
      'We feed {shared duties}{-USA G77:oppose} otters.',
    ],
    [
      'We feed [mean – EU, G77 retain / kind – US] otters.',
      'We feed {mean}{+kind|USA EU:oppose G77:oppose} otters.',
    ],
    ['We feed [mean / kind – US] otters.', 'We feed {mean}{+kind|USA} otters.'],
    ['We feed [calm] (EU) otters.', 'We feed {+calm |EU}otters.'],
    ['We feed [calm] (G77: delete) otters.', 'We feed {+calm |G77:oppose}otters.'],
    ['We feed [EU, Norway: calm] otters.', 'We feed {+calm |EU +NOR}otters.'],
    [
      'We feed [calm – EU to come back; CAN reserve] otters.',
      'We feed {+calm |EU:come-back CAN:reserve}otters.',
    ],
    [
      'We feed [calm – EU (except FRA); to withdraw if para 3 goes] otters.',
      'We feed {+calm |EU -FRA if para 3 goes}otters.',
    ],
    ['We feed [[big – EU] [small – JPN] river] otters.', 'We feed {+{+big |EU}{+small |JPN}river }otters.'],
  ])('%s', (source, expected) => {
    expect(one(source)).toBe(expected)
  })
})

describe('21.2 brackets without names are as received', () => {
  test.each([
    ['We feed otters [where possible].', 'We feed otters{+ where possible}.'],
    ['We [shall][should] feed otters.', 'We {+shall }{+should }feed otters.'],
    ['We [shall]/[should] feed otters.', 'We {+shall }{+should }feed otters.'],
    ['We [shall/should] feed otters.', 'We {+shall }{+should }feed otters.'],
    [
      'We feed the otter[s] and/or [fish and/or frogs] them.',
      'We feed the otter{+s} and/or {+fish and/or frogs }them.',
    ],
    ['[Option 1: We feed otters.] [We leave them.]', '{+Option 1: We feed otters. }{+We leave them.}'],
    [
      'We feed small otters of the islands [in the sea of many islands] (SIMI).',
      'We feed small otters of the islands {+in the sea of many islands }(SIMI).',
    ],
    ['From [22 April 2016] to [30] June.', 'From {+22 April 2016 }to {+30 }June.'],
  ])('%s', (source, expected) => {
    expect(one(source)).toBe(expected)
  })
})

describe('21.3 what stands in brackets and is no proposal stays in the words', () => {
  test.each([
    'We feed teh [sic] otters.',
    'We feed […] otters.',
    'We feed otters.[1]',
    'We feed [X] otters by [20XX].',
    'We feed [placeholder] otters.',
    'We feed otters [Note: to be checked].',
    'We feed them as in [A/77/L.5].',
  ])('%s', (source) => {
    expect(one(source)).toBe(source)
  })

  test('brackets without their other half, with a warning', () => {
    const { blocks, warnings } = read('1. We feed [hungry otters.', '2. We rest] at noon.', '3. We sleep.')
    expect(blocks).toEqual(['We feed [hungry otters.', 'We rest] at noon.', 'We sleep.'])
    expect(warnings).toContain('opened and not closed on line 3')
    expect(warnings).toContain('closed that was not opened on line 5')
  })
})

describe('21.4 a paragraph whose number stands in its bracket is proposed as a whole', () => {
  test.each([
    [
      ['1. We feed otters.', '[2. We rest.]'],
      ['We feed otters.', '{¶ We rest.}'],
    ],
    [
      ['1. We feed otters.', '[1 bis. We rest. – US]'],
      ['We feed otters.', '{¶ We rest.|USA}'],
    ],
    [
      [
        '1. We feed otters.',
        '[2. We rest [long] hours:',
        '(a) at noon;',
        '(b) at night. – EU]',
        '3. We play.',
      ],
      ['We feed otters.', '{¶ We rest {+long }hours:|EU}', '{¶ at noon;|EU}', '{¶ at night.|EU}', 'We play.'],
    ],
    [
      ['1. [We feed otters. – EU, JPN; G77 delete]', '2. We rest.'],
      ['{+We feed otters.|EU +JPN G77:oppose}', 'We rest.'],
    ],
  ])('%j', (source, expected) => {
    expect(read(...source).blocks).toEqual(expected)
  })
})

describe('21.5 marks are the status, the former number or the vacancy of a paragraph', () => {
  test.each([
    ['We feed otters. [Agreed ad ref]', 'We feed otters. (agreed-ad-ref)'],
    [
      'We feed otters. (Agreed, pending KEN, EU, placement to be decided)',
      'We feed otters. (agreed, pending KEN, pending EU, placement)',
    ],
    ['We feed otters. AGREED', 'We feed otters. (agreed)'],
    [
      'We feed otters. (Agreed in small group, 3 June)',
      'We feed otters. (agreed-ad-ref, in small group, 3 June)',
    ],
    ['We feed otters. (former para 18 bis)', 'We feed otters. (former 18 bis)'],
    [
      '(former Article 9, paragraph 2 (a)) We feed otters.',
      'We feed otters. (former Article 9, paragraph 2 (a))',
    ],
    ['[Deleted]', '(vacant)'],
    ['We feed otters. [… – EU reserve; CAN to come back]', 'We feed otters. {EU:reserve} {CAN:come-back}'],
  ])('%s', (source, expected) => {
    expect(one(source)).toBe(expected)
  })

  test('the number to which another was moved had that one before', () => {
    expect(read('1. [Moved to 2]', '2. We rest.').blocks).toEqual(['(vacant)', 'We rest. (former 1)'])
  })
})

test('21.6 requests are no words: to split, to move, to merge, to delete a paragraph, to reserve on it', () => {
  const { blocks } = read(
    '1. We feed otters. [NOR: split here] We rest.',
    '2. We play. [AUS, NZL: move after 3; G77 delete]',
    '3. We sleep. [KEN: delete paragraph; EU retain] [merge with 1 – KEN] [US: reserve]',
  )
  expect(blocks).toEqual([
    'We feed otters. We rest. {split @16|NOR}',
    'We play. {move #3|AUS +NZL G77:oppose}',
    'We sleep. {delete-paragraph|KEN EU:oppose} {join #1|KEN} {reservation|USA}',
  ])
})

describe('20.1 hostile brackets lose no word', () => {
  const [many, most] = [20_000, 190_000]
  test.each([
    ['nested', `${'[a '.repeat(many)}b${' c]'.repeat(many)}`],
    ['opened only', '['.repeat(most)],
    ['closed only', `x${']'.repeat(most)}`],
    ['of numbers that stand empty', '[Deleted] '.repeat(many).trim()],
    ['with a dash between all their words', `[x${' –'.repeat(many)} y]`],
  ])('%s', (_, source) => {
    const { draft } = accepted(`1. We feed otters.\n\n2. ${source}\n\n3. We rest.`)
    expect(draft.blocks.map(({ text }) => text)).toEqual(['We feed otters.', source, 'We rest.'])
  })

  test('nested deeper than proposals may be, what is inside stays words', () => {
    const inner = '[a '.repeat(100) + 'b' + ' c]'.repeat(100)
    const { warnings } = accepted(`1. We feed ${inner} otters.\n\n2. We rest.`)
    expect(warnings).toContain('nested too deep')
  })
})
