import { describe, expect, test } from 'vitest'
import { accepted, outline } from '#test/kit/imported.ts'

const read = (...lines: readonly string[]): string[] => outline(accepted(lines.join('\n')).draft)

describe('20.2 resolutions', () => {
  test('a preamble without numbers is PP1 …, the operative part keeps its numbers, who speaks is a paragraph', () => {
    const { draft } = accepted(
      'Mountain springs\n\nThe Assembly of Wells,\n\nRecalling its first decision,\n\nDeeply concerned by drought,\n\n1. Decides to meet;\n\n2. Requests a report.',
    )
    expect(draft.title).toBe('Mountain springs')
    expect(outline(draft)).toEqual([
      '# Mountain springs',
      'null: The Assembly of Wells,',
      'PP1: Recalling its first decision,',
      'PP2: Deeply concerned by drought,',
      '1: Decides to meet;',
      '2: Requests a report.',
    ])
  })

  test('printed PP and OP, with suffixes', () => {
    expect(
      read('PP1 Recalling wells,', 'PP1 bis Noting springs,', '', 'OP1. Decides;', 'OP1bis. Asks.'),
    ).toEqual(['PP1: Recalling wells,', 'PP1 bis: Noting springs,', 'OP1: Decides;', 'OP1 bis: Asks.'])
  })

  test.each([
    ['The Council,', 'Noting the wells,', 'Decides to dig;', 'Asks for a report.'],
    ['La Asamblea General,', 'Recordando los pozos,', 'Decide cavar;', 'Pide un informe.'],
    [
      "L'Assemblée générale,",
      'Rappelant les puits,',
      'Décide de creuser ;',
      'Prie le gardien de faire rapport.',
    ],
    ['Генеральная Ассамблея,', 'ссылаясь на колодцы,', 'постановляет копать;', 'просит представить доклад.'],
    ['إن الجمعية العامة،', 'وإذ تلاحظ الآبار،', 'تقرر الحفر؛', 'تطلب تقريرا.'],
    ['大会,', '回顾水井,', '决定挖掘;', '请提出报告。'],
  ])('unnumbered: %s', (...clauses) => {
    const [opening, preamble, first, second] = clauses
    const expected = [`null: ${opening}`, `PP1: ${preamble}`, `OP1: ${first}`]
    expect(read(clauses.join('\n\n')).slice(0, 3)).toEqual(expected)
    expect(read(clauses.join('\n\n'))[3]).toContain(second)
  })

  test('the meeting and the date below it are words of no paragraph', () => {
    const last = read('1. Decides;', '2. Ends.', '', '18th plenary meeting', '10 October 2031')
    expect(last.slice(2)).toEqual(['null: 18th plenary meeting', 'null: 10 October 2031'])
  })
})

describe('20.3 series that begin again', () => {
  test('articles with titles on the same or the next line', () => {
    expect(
      read(
        'Article 1',
        'Purpose',
        '',
        '1. We begin.',
        '2. We go on.',
        '',
        'Article 2 bis (Means)',
        '',
        '1. We pay.',
      ),
    ).toEqual([
      '# Article 1 Purpose',
      'Article 1, paragraph 1: We begin.',
      'Article 1, paragraph 2: We go on.',
      '# Article 2 bis (Means)',
      'Article 2 bis, paragraph 1: We pay.',
    ])
  })

  test('lettered parts, and sections that do not begin again', () => {
    expect(read('A. Water', '', '1. We begin.', '2. We go on.', '', 'B. Snow', '', '1. We end.')).toEqual([
      '# Section A Water',
      'Section A, paragraph 1: We begin.',
      'Section A, paragraph 2: We go on.',
      '# Section B Snow',
      'Section B, paragraph 1: We end.',
    ])
    expect(read('I. Water', '', '1. We begin.', '', 'II. Snow', '', '2. We end.')).toEqual([
      '# I. Water',
      '1: We begin.',
      '# II. Snow',
      '2: We end.',
    ])
  })

  test.each([
    ['Статья 1', 'Статья 2', 'Article 1', 'Article 2'],
    ['المادة 1', 'المادة 2', 'Article 1', 'Article 2'],
    ['第一条', '第二条', 'Article 一', 'Article 二'],
    ['Annex I', 'Annex II', 'Annex I', 'Annex II'],
  ])('%s', (first, second, one, two) => {
    expect(read(first, '', '1. x y.', '', second, '', '1. x z.')).toEqual([
      `# ${one}`,
      `${one}, paragraph 1: x y.`,
      `# ${two}`,
      `${two}, paragraph 1: x z.`,
    ])
  })

  test('headings without a number are counted when numbers begin again below them', () => {
    expect(read('On water', '', '1. We begin.', '2. We go on.', '', 'On snow', '', '1. We end.').at(-1)).toBe(
      'Section 1, paragraph 1: We end.',
    )
  })

  test('a reference at the start of a line is no heading', () => {
    expect(
      read('1. We recall what is said in', 'Article 4, paragraph 2, of the Compact.', '2. We end.'),
    ).toEqual(['1: We recall what is said in Article 4, paragraph 2, of the Compact.', '2: We end.'])
  })
})

describe('20.4 levels', () => {
  test('decimal numbers', () => {
    expect(
      read(
        '1. Purpose',
        '',
        '1.1 We begin:',
        '',
        '1.1.1 here;',
        '',
        '1.1.2 there.',
        '',
        '2. Means',
        '',
        '2.1 We pay.',
      ),
    ).toEqual(['# 1 Purpose', '1.1: We begin:', '1.1.1: here;', '1.1.2: there.', '# 2 Means', '2.1: We pay.'])
  })

  test('(i) behind (h) is a letter, below (a) a Roman number', () => {
    const letters = 'a b c d e f g h i j'.split(' ').map((letter) => `(${letter}) x;`)
    expect(read('1. We ask for:', ...letters, '2. We end.').at(9)).toBe('1 (i): x;')
    expect(read('1. We ask for:', '(a) x:', '(i) y;', '(ii) z.', '2. We end.').slice(2, 4)).toEqual([
      '1 (a) (i): y;',
      '1 (a) (ii): z.',
    ])
  })

  test('dashes stand below their paragraph without a label', () => {
    const { draft } = accepted('1. We ask for:\n\n- rain\n\n- snow\n\n2. We end.')
    expect(draft.blocks.map(({ level, text }) => `${level} ${text}`)).toEqual([
      '0 We ask for:',
      '1 - rain',
      '1 - snow',
      '0 We end.',
    ])
  })

  test('а), б) and (أ)', () => {
    expect(read('1. x:', 'а) y;', 'б) z.', '2. w.').slice(1, 3)).toEqual(['1 а): y;', '1 б): z.'])
    expect(read('1 - x:', '(أ) y؛', '(ب) z.', '2 - w.')).toHaveLength(4)
  })
})

describe('20.5 suffixes', () => {
  test.each([
    '2 bis. We drink.',
    '2.bis We drink.',
    '2bis. We drink.',
    'bis 2. We drink.',
    '2-bis We drink.',
    '2-бис. We drink.',
    '2 BIS. We drink.',
    '2 مكررا - We drink.',
    '2之二、We drink.',
  ])('%s', (line) => {
    expect(read('1. We begin.', '', '2. We go on.', '', line, '', '3. We end.')[2]).toBe('2 bis: We drink.')
  })

  test.each([
    '2 alt. We drink.',
    '2.alt We drink.',
    'Alt 2. We drink.',
    '2 (alt). We drink.',
    '2 alt 1. We drink.',
  ])('%s', (line) => {
    expect(read('1. We begin.', '', '2. We go on.', '', line, '', '3. We end.')[2]).toBe('2 alt: We drink.')
  })

  test('brackets around a whole paragraph stay in its words', () => {
    expect(read('1. We begin.', '', '[2 ter. We drink. – KEN]', '', '[3.] We end.')[1]).toBe(
      '2 ter: [We drink. – KEN]',
    )
  })
})

describe('20.6 options', () => {
  test('a number that stands again under another option is an alternative', () => {
    expect(
      read(
        '1. We begin.',
        '',
        'Option 1:',
        '',
        '2. We dig.',
        '',
        'Option 2:',
        '',
        '2. We wait.',
        '',
        '3. We end.',
      ),
    ).toEqual(['1: We begin.', '# Option 1:', '2: We dig.', '# Option 2:', '2 alt: We wait.', '3: We end.'])
  })

  test('options in brackets one behind the other are alternatives; what stands beside them keeps them in one paragraph', () => {
    expect(read('1. [Option A: We [soon] dig for', 'water.] [Option B: No text]', '', '2. We end.')).toEqual([
      '1: [Option A: We [soon] dig for water.]',
      '1 alt: [Option B: No text]',
      '2: We end.',
    ])
    for (const words of [
      '[Option 1: We dig.] [Option 2: We wait.] or not',
      '[Option 1: We dig.] and [Option 2: We wait.]',
      '[Option 1: We dig.] [Option 3: We wait.]',
      '[Option 1: We dig.] [We wait.]',
      '[Option 1: We dig.]',
    ])
      expect(read(`1. ${words}`, '', '2. We end.')).toEqual([`1: ${words}`, '2: We end.'])
  })

  test('options of an article have their own series; options within a paragraph are its alternatives', () => {
    expect(
      read(
        'Article 1',
        '',
        'Option 1:',
        '',
        '1. We dig.',
        '',
        'Option 2:',
        '',
        '1. We wait.',
        '',
        'Option 3: No text',
        '',
        'Article 2',
        '',
        '1. Option 1: We pay.',
        '',
        'Option 2: We wait.',
      ),
    ).toEqual([
      '# Article 1',
      '# Option 1',
      'Article 1, Option 1, paragraph 1: We dig.',
      '# Option 2',
      'Article 1, Option 2, paragraph 1: We wait.',
      'Article 1, Option 3: No text',
      '# Article 2',
      'Article 2, paragraph 1: Option 1: We pay.',
      'Article 2, paragraph 1 alt: Option 2: We wait.',
    ])
  })
})

describe('20.7 what stands around a draft', () => {
  test('a masthead is front matter, and no title', () => {
    const { draft } = accepted(
      'General Assembly                 A/99/L.5\n                                 Distr.: Limited\n\nNinety-ninth session\nAgenda item 12\n\nDraft resolution submitted by the President\n\nWells of the world\n\n1. We begin.\n\n2. We end.',
    )
    expect(draft.title).toBe('Wells of the world')
    expect(outline(draft)).toEqual(['# Wells of the world', '1: We begin.', '2: We end.'])
    expect(draft.front).toHaveLength(3)
  })

  test('a head that stands once, within a sentence', () => {
    expect(
      read(
        '1. We begin with wells which',
        'A/99/L.5                    Wells of the world',
        '',
        'are deep;',
        '2. We end.',
      ),
    ).toEqual(['1: We begin with wells which are deep;', '2: We end.'])
  })

  test('footnotes at the foot of a page stand at the end', () => {
    expect(
      read(
        '1. We begin with wells, 1 which',
        '',
        '__________',
        '1',
        '  Decision 4.',
        '',
        '2/3            31-00001',
        '',
        'are deep;',
        '2. We end.',
      ),
    ).toEqual(['1: We begin with wells, which are deep;', '2: We end.', 'footnote 1: Decision 4.'])
  })

  test('status marks belong to the paragraph above', () => {
    expect(read('1. We begin.', '', 'Agreed ad ref', '', '2. We end.', '', '(Agreed)')).toEqual([
      '1: We begin. Agreed ad ref',
      '2: We end. (Agreed)',
    ])
  })

  test('quoted mail, Markdown and line numbers', () => {
    expect(read('> 1. We begin.', '>', '> 2. We end.')).toEqual(['1: We begin.', '2: We end.'])
    expect(read('# Wells', '', '## Means', '', '**1.** We *begin*.', '', '2\\. We end.')).toEqual([
      '# Wells',
      '# Means',
      '1: We begin.',
      '2: We end.',
    ])
    const words = [
      '1. We begin with the',
      'wells of the world and',
      'go on from there;',
      '2. We end with the',
      'rivers that come from',
      'them, with the lakes',
      'into which they flow and',
      'with the sea.',
    ]
    expect(read(...words.map((line, i) => `${i + 1}   ${line}`))).toEqual([
      '1: We begin with the wells of the world and go on from there;',
      '2: We end with the rivers that come from them, with the lakes into which they flow and with the sea.',
    ])
  })

  test('the cells of a table stay apart', () => {
    expect(
      read(
        '1. We dig:',
        '',
        'Place      Wells     Year',
        'Velland      20      2031',
        'Orrin        15      2032',
        '',
        '2. We end.',
      ),
    ).toEqual([
      '1: We dig:',
      'Table 1, row 1, column 1: Place',
      'Table 1, row 1, column 2: Wells',
      'Table 1, row 1, column 3: Year',
      'Table 1, row 2, column 1: Velland',
      'Table 1, row 2, column 2: 20',
      'Table 1, row 2, column 3: 2031',
      'Table 1, row 3, column 1: Orrin',
      'Table 1, row 3, column 2: 15',
      'Table 1, row 3, column 3: 2032',
      '2: We end.',
    ])
  })
})

test('20.9 lines in Chinese are joined without a space', () => {
  expect(read('1. 我们欢迎湖中的水井,并感谢所有为宝贵', '工作付出努力的人们。', '2. 我们休息。')[0]).toBe(
    '1: 我们欢迎湖中的水井,并感谢所有为宝贵工作付出努力的人们。',
  )
})

test('20.8 a text without numbers is taken in its order, and its paragraphs are numbered with a warning', () => {
  const { draft, warnings } = accepted(
    'On wells\n\nWe have met in Tarvo to speak about the wells.\n\nWe have decided to dig them in every valley.',
  )
  expect(outline(draft)).toEqual([
    '# On wells',
    '1: We have met in Tarvo to speak about the wells.',
    '2: We have decided to dig them in every valley.',
  ])
  expect(warnings).toContain('has no paragraph numbers')
})

test('20.8 in a text without numbers a bracket with the words of a sentence is a paragraph, and short sentences are too', () => {
  const { draft } = accepted(
    'On wells\n\n[We have met in Tarvo to speak about the\nwells – KEN]\n\nMeans\n\n[Wells are dug by hand in every valley – EU]\n\nWe dig wells.',
  )
  expect(outline(draft).map((line) => line.slice(0, 20))).toEqual([
    '# On wells',
    '1: [We have met in T',
    '# Means',
    '2: [Wells are dug by',
    '3: We dig wells.',
  ])
})
