import { describe, expect, test } from 'vitest'
import { formatLabel } from '#shared/model/label.ts'
import { accepted, outline } from '#test/kit/imported.ts'

const AROUND = ['Draft text on ponds', '', '1. We sow what follows:', '']
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

const CASE = ['Country | Ponds | Year', 'Brolund | 200 | 2041', 'Monte Orra | 270 | 2042']

describe('26.4 tables are read, cell by cell, however a source sets them', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['with tabs', ['Country\tPonds\tYear', 'Brolund\t200\t2041', 'Monte Orra\t270\t2042'], CASE],
    [
      'with two columns and three rows',
      ['Country\tPonds', 'Brolund\t200', 'Monte Orra\t270'],
      ['Country | Ponds', 'Brolund | 200', 'Monte Orra | 270'],
    ],
    [
      'with several tabs to reach a column',
      ['Country\t\tPonds\tYear', 'Brolund\t\t200\t2041', 'Monte Orra\t270\t2042'],
      CASE,
    ],
    [
      'with tabs and cells without words',
      ['Country\tPonds\tYear', 'Brolund\t\t2041', 'Monte Orra\t270\t'],
      ['Country | Ponds | Year', 'Brolund |  | 2041', 'Monte Orra | 270 | '],
    ],
    [
      'in columns two spaces apart',
      ['Country     Ponds  Year', 'Brolund       200  2041', 'Monte Orra    270  2042'],
      CASE,
    ],
    [
      'in columns with cells without words',
      [
        'Country      Ponds     Year',
        'Brolund                2041',
        '             270       2042',
        'Marr         75',
      ],
      ['Country | Ponds | Year', 'Brolund |  | 2041', ' | 270 | 2042', 'Marr | 75 | '],
    ],
    [
      'in columns with a blank line between rows',
      ['Country      Ponds     Year', '', 'Brolund      200       2041', '', 'Monte Orra   270       2042'],
      CASE,
    ],
    [
      'in columns below a line',
      [
        'Country      Ponds     Year',
        '---------------------------',
        'Brolund      200       2041',
        'Monte Orra   270       2042',
      ],
      ['= Country | Ponds | Year', ...CASE.slice(1)],
    ],
    [
      'in columns below divided lines',
      [
        '==========  =====  ====',
        'Country     Ponds  Year',
        '==========  =====  ====',
        'Brolund     200    2041',
        'Monte Orra  270    2042',
        '==========  =====  ====',
      ],
      ['= Country | Ponds | Year', ...CASE.slice(1)],
    ],
    [
      'as Markdown has them',
      [
        '| Country | Ponds | Year |',
        '|:--|:-:|--:|',
        '| Brolund | 200 | 2041 |',
        '| Monte Orra | 270 | 2042 |',
      ],
      ['= Country | Ponds | Year', ...CASE.slice(1)],
    ],
    ['between pipes alone', CASE, CASE],
    ['with pipes among the words', [String.raw`| a \| b | c |`, '| d | |'], ['a | b | c', 'd | ']],
    [
      'with pipes and a rule, and none at the ends',
      ['Country | Ponds', '--------+------', 'Brolund | 200'],
      ['= Country | Ponds', 'Brolund | 200'],
    ],
    [
      'in boxes, with cells over several lines',
      [
        '+---------+-------------+------+',
        '| Country | What        | Year |',
        '+=========+=============+======+',
        '| Brolund | Ponds along | 2041 |',
        '|         | the bank    |      |',
        '+---------+-------------+------+',
        '| Marr    |             | 2042 |',
        '+---------+-------------+------+',
      ],
      ['= Country | What | Year', 'Brolund | Ponds along the bank | 2041', 'Marr |  | 2042'],
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
        'Brolund      Ponds along the      2041',
        '             northern bank',
        'Monte Orra   Willows              2042',
      ],
      [
        'Country | What is planted | Year',
        'Brolund | Ponds along the northern bank | 2041',
        'Monte Orra | Willows | 2042',
      ],
    ],
    [
      'between pipes with rows without words',
      ['| Country | Reeds |', '|---|---|', '|  |  |', '| Velland | 200 |', '|  |  |'],
      ['= Country | Reeds', ' | ', 'Velland | 200', ' | '],
    ],
    [
      'between pipes, the first row without words',
      ['|  |  |', '| Velland | 200 |', '|  |  |'],
      [' | ', 'Velland | 200', ' | '],
    ],
    ['between pipes without a head', ['|  |  |', '|---|---|', '| Velland | 200 |'], ['Velland | 200']],
    [
      'between pipes, with a figure or a symbol alone in its row',
      ['| 200 |  |', '|  | A/79/12 |', '|  | 3 |'],
      ['200 | ', ' | A/79/12', ' | 3'],
    ],
    ['between pipes, a figure alone', ['| 200 |  |'], ['200 | ']],
  ])('%s', (_, lines, expected) => {
    expect(rows(...lines)).toEqual(expected)
  })

  test.each<[string, readonly string[], string]>([
    ['in its line', ['Table 3. Ponds by country', ''], 'Table 3: Ponds by country'],
    ['in the line below', ['TABLE II', 'Ponds by country', ''], 'Table II: Ponds by country'],
    ['without a title', ['Table 1', ''], 'Table 1: '],
    [
      'over two lines',
      ['Table 1: Ponds and willows of all countries and of', 'their rivers', ''],
      'Table 1: Ponds and willows of all countries and of their rivers',
    ],
    ['in brackets', ['[Table 1. Ponds – KEN]', ''], 'Table 1: [Ponds – KEN]'],
  ])('a caption stands over its table: %s', (_, caption, expected) => {
    expect(rows(...caption, 'Country\tPonds', 'Brolund\t200')[0]).toBe(expected)
  })

  test('tables without a caption are counted, and take no number that a caption prints', () => {
    const table = ['a\tb\tc', 'd\te\tf', '']
    expect(rows('Table 1. Ponds', '', ...table, '1 bis. And:', '', ...table)).toEqual([
      'Table 1: Ponds',
      'a | b | c',
      'd | e | f',
      'a | b | c',
      'd | e | f',
    ])
    const { blocks } = read(...table, '1 bis. And:', '', 'Table 1. Ponds', '', ...table)
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
    const { blocks } = read('| Country | Ponds |', '|---|---|', '| *Brolund* | [200 – base / 250 – KEN] |')
    const [, , , , cell, figure] = blocks
    expect(cell?.formats).toEqual([{ from: 0, to: 7, format: 'em' }])
    expect(figure?.bracketed?.base).toBe('200')
  })

  test('figures and years in brackets are proposals, but not the figure of a note behind a word', () => {
    const { blocks } = read('| Velland[1] | [40][45] | [2030] |', '| Serra Alta | [300] | 2032 |')
    const cells = blocks.filter(({ label }) => label?.series === 'column')
    expect(cells.map(({ bracketed }) => bracketed?.proposals.length ?? 0)).toEqual([0, 2, 1, 0, 1, 0])
  })
})

describe('26.5 no table is', () => {
  test.each<[string, readonly string[]]>([
    ['a list set with tabs', ['(a)\tponds;', '(b)\twillows;', '(c)\tsedges.']],
    ['words with labels beside them', ['Venue:\tRoom 4', 'Date:\t3 June', 'Time:\tten']],
    [
      'paragraphs whose numbers stand apart',
      ['1\tWe plant the ponds', '2\tWe water the ponds', '3\tWe guard the ponds'],
    ],
    [
      'a sentence with wide spaces',
      ['We plant.  We rest, and we', 'water.  Then we go home in', 'peace.  All is well then.'],
    ],
    ['a line with a stroke', ['We plant ponds | and willows.']],
  ])('%s', (_, lines) => {
    expect(rows(...lines)).toEqual([])
  })

  test('names below a text', () => {
    const signed = [
      '3. We end.',
      '',
      'Done at Brolund on 3 June 2041',
      '',
      'A. Marr\tB. Alta\tC. Orrin',
      'Ambassador\tAmbassador\tMinister',
    ]
    expect(outline(read(...signed)).filter((line) => line.startsWith('Table'))).toEqual([])
    const { draft } = accepted(
      'Draft text on ponds\n\n1. We plant.\n\n2. We rest.\n\nA. Marr\tB. Alta\nChair\tVice-Chair\nBrolund\tOrrin',
    )
    expect(outline(draft).filter((line) => line.startsWith('Table'))).toEqual([])
  })
})

test('26.5 a line that begins with two hundred thousand spaces is no rule of a table, and is looked through once', () => {
  const { draft } = accepted(`Draft text\n\n1. We plant.\n\n2. We rest.\n\n${' '.repeat(200_000)}at noon.\n`)
  expect(draft.blocks.map(({ text }) => text).join(' ')).toContain('at noon.')
})
