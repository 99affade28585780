import { describe, expect, test } from 'vitest'
import { accepted, labels, outline } from '#test/kit/imported.ts'

const lines = (...all: string[]): string => all.join('\n')
const read = (text: string): string[] => outline(accepted(text).draft)

/** Lines with two columns of words. */
const page = (left: readonly string[], right: readonly string[]): string[] =>
  left.map((text, i) => text.padEnd(34) + (right[i] ?? ''))

describe('two columns', () => {
  const LEFT = ['1. We welcome the', 'pools that lie along the', 'shore and the crabs', 'that live in them.']
  const RIGHT = [
    '2. We count the stars of',
    'the sea in spring, when',
    'the water is low and',
    'nobody is swimming.',
  ]
  const READ = [
    '# Draft text on tide pools',
    '1: We welcome the pools that lie along the shore and the crabs that live in them.',
    '2: We count the stars of the sea in spring, when the water is low and nobody is swimming.',
  ]

  test('20.10 the left one is read first', () => {
    expect(read(lines('Draft text on tide pools', '', ...page(LEFT, RIGHT)))).toEqual(READ)
  })

  test('20.10 on every page anew', () => {
    const next = page(
      ['3. We leave the shells', 'where they are, so that', 'others who come after', 'us can find them.'],
      ['4. We come back when', 'the tide has turned and', 'the moon is over the', 'bay.'],
    )
    const text = lines('Draft text on tide pools', '', ...page(LEFT, RIGHT), '', `\f${lines(...next)}`)
    expect(read(text)).toEqual([
      ...READ,
      '3: We leave the shells where they are, so that others who come after us can find them.',
      '4: We come back when the tide has turned and the moon is over the bay.',
    ])
  })

  test('20.10 a paragraph and its number, a table and a list stay as they are', () => {
    const text = lines(
      'Draft text on tide pools',
      '',
      ...LEFT.map((line, i) => (i === 0 ? line.replace('1. ', '1.      ') : `        ${line}`)),
      '',
      '2. We count:',
      '',
      'Crabs        in spring',
      'Stars        in summer',
      'Shells       in autumn',
      'Weeds        in winter',
    )
    expect(read(text).slice(1)).toEqual([
      READ[1],
      '2: We count:',
      'Table 1, row 1, column 1: Crabs',
      'Table 1, row 1, column 2: in spring',
      'Table 1, row 2, column 1: Stars',
      'Table 1, row 2, column 2: in summer',
      'Table 1, row 3, column 1: Shells',
      'Table 1, row 3, column 2: in autumn',
      'Table 1, row 4, column 1: Weeds',
      'Table 1, row 4, column 2: in winter',
    ])
  })
})

describe('marks', () => {
  test.each([
    ['a word before them', 'Paragraph 1. We begin.\n\nPara 2: We go on.\n\nparagraph 2 bis. We rest.'],
    ['the sign of a section', '§ 1 We begin.\n\n§ 2. We go on.\n\n§2 bis We rest.'],
    ['a bracket around the number', '[1.] We begin.\n\n[2.] We go on.\n\n[2 bis.] We rest.'],
    ['a suffix in brackets', '1. We begin.\n\n2. We go on.\n\n2 (bis). We rest.'],
  ])('20.11 %s', (_, text) => {
    expect(read(text)).toEqual(['1: We begin.', '2: We go on.', '2 bis: We rest.'])
  })

  test('20.11 a colon, in a draft that has no other numbers', () => {
    const three = '1: We begin.\n\n2: We go on.\n\n3: We rest.'
    expect(read(three)).toEqual(['1: We begin.', '2: We go on.', '3: We rest.'])
    expect(read(`1. We watch.\n\n2. We count.\n\n${three}`)).not.toContain('3: We rest.')
  })

  test('20.11 a word that is of a sentence is none', () => {
    expect(read('1. We delete\n\nparagraph 4 of the text.\n\n2. We rest.')).toEqual([
      '1: We delete paragraph 4 of the text.',
      '2: We rest.',
    ])
  })

  test('20.11 letters and Roman numbers number a draft that has no others', () => {
    expect(labels(accepted('(a) We begin.\n\n(b) We go on.\n\n(c) We rest.').draft)).toEqual([
      '(a)',
      '(b)',
      '(c)',
    ])
    expect(labels(accepted('i. We begin.\n\nii. We go on.\n\niii. We rest.').draft)).toEqual([
      '(i)',
      '(ii)',
      '(iii)',
    ])
  })

  test('20.11 the suffix of a Chinese article may stand apart', () => {
    expect(
      labels(accepted('第一条 目的\n\n一、我们开始。\n\n第一条 之二 范围\n\n一、我们休息。').draft)[2],
    ).toBe('第一条之二')
  })
})

describe('numbered headings', () => {
  test('20.12 above numbers that go on', () => {
    const text = '1. Tides\n\n1. We watch them.\n\n2. We note them.\n\n2. Crabs\n\n3. We count them.'
    expect(read(text)).toEqual([
      '# 1. Tides',
      '1: We watch them.',
      '2: We note them.',
      '# 2. Crabs',
      '3: We count them.',
    ])
  })

  test('20.12 above numbers that begin again', () => {
    const text = '1. Tides\n\n1. We watch them.\n\n2. We note them.\n\n2. Crabs\n\n1. We count them.'
    expect(labels(accepted(text).draft)).toEqual([
      'Section 1',
      'Section 1, paragraph 1',
      'Section 1, paragraph 2',
      'Section 2',
      'Section 2, paragraph 1',
    ])
  })

  test('20.12 a rule below a line makes it a heading, and the title is the highest', () => {
    const { draft } = accepted(
      'Tide pools\n==========\n\nTides\n-----\n\n1. We watch them.\n\nCrabs\n-----\n\n2. We count them.',
    )
    expect(draft.title).toBe('Tide pools')
    expect(outline(draft)).toEqual([
      '# Tide pools',
      '# Tides',
      '1: We watch them.',
      '# Crabs',
      '2: We count them.',
    ])
  })
})

test('20.8 many lines with one doubt are named in one sentence', () => {
  const items = ['Tides rise.', 'Tides fall.', 'Crabs walk.', 'Shells stay.'].map((text) => `${text}\n\n`)
  const { warnings } = accepted(`1. We watch.\n\n${items.join('')}2. We rest.`)
  expect(warnings).toContain('Lines 3, 5, 7, 9 have no number; each stands as a paragraph of its own.')
})

describe('around a draft', () => {
  test('20.13 what stands below it: when it was signed and by whom', () => {
    const text = '1. We begin.\n\n2. We rest.\n\nDone at Ostrava, this day.\n\nFor the Ministers:\nAda Person'
    expect(read(text).slice(2)).toEqual([
      'null: Done at Ostrava, this day.',
      'null: For the Ministers:',
      'null: Ada Person',
    ])
    expect(accepted(text).draft.blocks.at(-1)?.level).toBe(0)
  })

  test('20.13 the head and the signature of a mail', () => {
    const text = lines(
      '-----Original Message-----',
      'From: Secretariat',
      'Subject: text',
      '',
      'Draft text on tides',
      '',
      '1. We begin.',
      '',
      '2. We rest.',
      '',
      '-- ',
      'The Secretariat',
      'Tel. 555',
    )
    const { draft, warnings } = accepted(text)
    expect(draft.title).toBe('Draft text on tides')
    expect(outline(draft)).toEqual(['# Draft text on tides', '1: We begin.', '2: We rest.'])
    expect(warnings).toContain('signature of a mail')
  })

  test('20.13 a table of contents is front matter', () => {
    const text =
      'Draft text on tides\n\nContents\n\nI. Tides ..... 2\nII. Crabs ..... 3\n\nI. Tides\n\n1. We watch.\n\nII. Crabs\n\n2. We count.'
    const { draft } = accepted(text)
    expect(draft.title).toBe('Draft text on tides')
    expect(outline(draft)).toEqual(['# I. Tides', '1: We watch.', '# II. Crabs', '2: We count.'])
  })

  test('20.7 a symbol with a revision interrupts no sentence', () => {
    expect(read('1. We watch the tides and the\n\nA/CONF.9/L.1/Rev.1\n\ncrabs.\n\n2. We rest.')).toEqual([
      '1: We watch the tides and the crabs.',
      '2: We rest.',
    ])
  })

  test.each([
    ['Recordando su resolución,\n\nReconociendo las mareas,\n\n1. Decide observarlas;', ['PP1', 'PP2', '1']],
    [
      'Rappelant sa résolution,\n\nConsciente des marées,\n\n1. Décide de les observer ;',
      ['PP1', 'PP2', '1'],
    ],
    ['Recalling the tides,\n\nNoting the crabs,\n\nDecides to count them.', ['PP1', 'PP2', 'OP1']],
  ])('20.2 a preamble needs nobody who speaks: %j', (text, expected) => {
    expect(labels(accepted(text).draft)).toEqual(expected)
  })

  test('20.3 an annex without a number is a division as one with a number', () => {
    const text =
      '1. We watch.\n\n2. We rest.\n\nAnnex\n\nList of tides\n\n1. Spring tides.\n\nAnnex II\n\n1. Crabs.'
    expect(labels(accepted(text).draft)).toEqual([
      '1',
      '2',
      'Annex 1',
      '',
      'Annex 1, paragraph 1',
      'Annex II',
      'Annex II, paragraph 1',
    ])
  })
})
