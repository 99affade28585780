import { describe, expect, test } from 'vitest'
import { formatLabel } from '#shared/model/label.ts'
import { accepted, outline } from '#test/kit/imported.ts'

const AROUND = ['Draft text on reeds', '', '1. We plant as follows:', '']
const BEHIND = ['', '2. We rest.', '']

const read = (...lines: readonly string[]) => accepted([...AROUND, ...lines, ...BEHIND].join('\n')).draft

/** The rows of the tables, the cells between strokes; `=` before a head. Behind a caption its number. */
function rows(...lines: readonly string[]): string[] {
  const found: string[] = []
  for (const { label, text, header } of read(...lines).blocks) {
    if (label?.division === 'table') found.push(`${formatLabel(label)}: ${text}`)
    if (label?.series !== 'column') continue
    if (label.number === 1) found.push(header ? `= ${text}` : text)
    else found[found.length - 1] += ` | ${text}`
  }
  return found
}

const CASE = ['Country | Reeds | Year', 'Velland | 200 | 2031', 'Serra Alta | 150 | 2032']

describe('26.4 tables are read, cell by cell, however a source sets them', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['with tabs', ['Country\tReeds\tYear', 'Velland\t200\t2031', 'Serra Alta\t150\t2032'], CASE],
    [
      'with two columns and three rows',
      ['Country\tReeds', 'Velland\t200', 'Serra Alta\t150'],
      ['Country | Reeds', 'Velland | 200', 'Serra Alta | 150'],
    ],
    [
      'with several tabs to reach a column',
      ['Country\t\tReeds\tYear', 'Velland\t\t200\t2031', 'Serra Alta\t150\t2032'],
      CASE,
    ],
    [
      'with tabs and cells without words',
      ['Country\tReeds\tYear', 'Velland\t\t2031', 'Serra Alta\t150\t'],
      ['Country | Reeds | Year', 'Velland |  | 2031', 'Serra Alta | 150 | '],
    ],
    [
      'in columns two spaces apart',
      ['Country     Reeds  Year', 'Velland       200  2031', 'Serra Alta    150  2032'],
      CASE,
    ],
    [
      'in columns with cells without words',
      [
        'Country      Reeds     Year',
        'Velland                2031',
        '             150       2032',
        'Marr         75',
      ],
      ['Country | Reeds | Year', 'Velland |  | 2031', ' | 150 | 2032', 'Marr | 75 | '],
    ],
    [
      'in columns with a blank line between rows',
      ['Country      Reeds     Year', '', 'Velland      200       2031', '', 'Serra Alta   150       2032'],
      CASE,
    ],
    [
      'in columns below a line',
      [
        'Country      Reeds     Year',
        '---------------------------',
        'Velland      200       2031',
        'Serra Alta   150       2032',
      ],
      ['= Country | Reeds | Year', ...CASE.slice(1)],
    ],
    [
      'in columns below divided lines',
      [
        '==========  =====  ====',
        'Country     Reeds  Year',
        '==========  =====  ====',
        'Velland     200    2031',
        'Serra Alta  150    2032',
        '==========  =====  ====',
      ],
      ['= Country | Reeds | Year', ...CASE.slice(1)],
    ],
    [
      'as Markdown has them',
      [
        '| Country | Reeds | Year |',
        '|:--|:-:|--:|',
        '| Velland | 200 | 2031 |',
        '| Serra Alta | 150 | 2032 |',
      ],
      ['= Country | Reeds | Year', ...CASE.slice(1)],
    ],
    ['between pipes alone', CASE, CASE],
    ['with pipes among the words', [String.raw`| a \| b | c |`, '| d | |'], ['a | b | c', 'd | ']],
    [
      'with pipes and a rule, and none at the ends',
      ['Country | Reeds', '--------+------', 'Velland | 200'],
      ['= Country | Reeds', 'Velland | 200'],
    ],
    [
      'in boxes, with cells over several lines',
      [
        '+---------+-------------+------+',
        '| Country | What        | Year |',
        '+=========+=============+======+',
        '| Velland | Reeds along | 2031 |',
        '|         | the bank    |      |',
        '+---------+-------------+------+',
        '| Marr    |             | 2032 |',
        '+---------+-------------+------+',
      ],
      ['= Country | What | Year', 'Velland | Reeds along the bank | 2031', 'Marr |  | 2032'],
    ],
    [
      'in drawn boxes',
      ['┌────┬────┐', '│ A  │ B  │', '├────┼────┤', '│ a1 │ b1 │', '└────┴────┘'],
      ['= A | B', 'a1 | b1'],
    ],
    [
      'with cells that go on below themselves',
      [
        'Country      What is planted      Year',
        'Velland      Reeds along the      2031',
        '             northern bank',
        'Serra Alta   Willows              2032',
      ],
      [
        'Country | What is planted | Year',
        'Velland | Reeds along the northern bank | 2031',
        'Serra Alta | Willows | 2032',
      ],
    ],
  ])('%s', (_, lines, expected) => {
    expect(rows(...lines)).toEqual(expected)
  })

  test.each<[string, readonly string[], string]>([
    ['in its line', ['Table 3. Reeds by country', ''], 'Table 3: Reeds by country'],
    ['in the line below', ['TABLE II', 'Reeds by country', ''], 'Table II: Reeds by country'],
    ['without a title', ['Table 1', ''], 'Table 1: '],
    [
      'over two lines',
      ['Table 1: Reeds and willows of all countries and of', 'their rivers', ''],
      'Table 1: Reeds and willows of all countries and of their rivers',
    ],
    ['in brackets', ['[Table 1. Reeds – KEN]', ''], 'Table 1: [Reeds – KEN]'],
  ])('a caption stands over its table: %s', (_, caption, expected) => {
    expect(rows(...caption, 'Country\tReeds', 'Velland\t200')[0]).toBe(expected)
  })

  test('tables without a caption are counted, and take no number that a caption prints', () => {
    const table = ['a\tb\tc', 'd\te\tf', '']
    expect(rows('Table 1. Reeds', '', ...table, '1 bis. And:', '', ...table)).toEqual([
      'Table 1: Reeds',
      'a | b | c',
      'd | e | f',
      'a | b | c',
      'd | e | f',
    ])
    const { blocks } = read(...table, '1 bis. And:', '', 'Table 1. Reeds', '', ...table)
    const numbers = blocks.flatMap(({ label }) =>
      label?.series === 'column' && label.number === 1 ? formatLabel(label) : [],
    )
    expect(numbers.map((label) => label.split(',', 1)[0])).toEqual([
      'Table 2',
      'Table 2',
      'Table 1',
      'Table 1',
    ])
  })

  test('brackets, marks of notes and emphasis in cells are read as elsewhere', () => {
    const { blocks } = read('| Country | Reeds |', '|---|---|', '| *Velland* | [200 – base / 250 – KEN] |')
    const [, , , , cell, figure] = blocks
    expect(cell?.formats).toEqual([{ from: 0, to: 7, format: 'em' }])
    expect(figure?.bracketed?.base).toBe('200')
  })
})

describe('26.5 no table is', () => {
  test.each<[string, readonly string[]]>([
    ['a list set with tabs', ['(a)\treeds;', '(b)\twillows;', '(c)\tsedges.']],
    ['words with labels beside them', ['Venue:\tRoom 4', 'Date:\t3 June', 'Time:\tten']],
    [
      'paragraphs whose numbers stand apart',
      ['1\tWe plant the reeds', '2\tWe water the reeds', '3\tWe guard the reeds'],
    ],
    [
      'a sentence with wide spaces',
      ['We plant.  We rest, and we', 'water.  Then we go home in', 'peace.  All is well then.'],
    ],
    ['a line with a stroke', ['We plant reeds | and willows.']],
  ])('%s', (_, lines) => {
    expect(rows(...lines)).toEqual([])
  })

  test('names below a text', () => {
    const signed = [
      '3. We end.',
      '',
      'Done at Velland on 3 June 2031',
      '',
      'A. Marr\tB. Alta\tC. Orrin',
      'Ambassador\tAmbassador\tMinister',
    ]
    expect(outline(read(...signed)).filter((line) => line.startsWith('Table'))).toEqual([])
    const { draft } = accepted(
      'Draft text on reeds\n\n1. We plant.\n\n2. We rest.\n\nA. Marr\tB. Alta\nChair\tVice-Chair\nVelland\tOrrin',
    )
    expect(outline(draft).filter((line) => line.startsWith('Table'))).toEqual([])
  })
})
