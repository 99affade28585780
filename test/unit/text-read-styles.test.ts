import { describe, expect, test } from 'vitest'
import { accepted, outline } from '#test/kit/imported.ts'

const lines = (...all: string[]): string => all.join('\n')
const read = (text: string): string[] => outline(accepted(text).draft)

const THREE = ['1: We begin.', '2: We go on.', '3: We end.']

describe('how numbers are printed', () => {
  test.each([
    ['1. We begin.\n2. We go on.\n3. We end.'],
    ['1.We begin.\n2.We go on.\n3.We end.'],
    ['1) We begin.\n2) We go on.\n3) We end.'],
    ['(1) We begin.\n(2) We go on.\n(3) We end.'],
    ['1.\tWe begin.\n2.\tWe go on.\n3.\tWe end.'],
    ['1\tWe begin.\n2\tWe go on.\n3\tWe end.'],
    ['1 We begin.\n2 We go on.\n3 We end.'],
    ['1 - We begin.\n2 - We go on.\n3 - We end.'],
    ['1.- We begin.\n2.- We go on.\n3.- We end.'],
    ['1.\nWe begin.\n2.\nWe go on.\n3.\nWe end.'],
    ['1.\n\nWe begin.\n\n2.\n\nWe go on.\n\n3.\n\nWe end.'],
    ['1\n\nWe begin.\n\n2\n\nWe go on.\n\n3\n\nWe end.'],
    ['  1. We begin.\n\n  2. We go on.\n\n    3. We end.'],
    ['1. We begin.\r\n\r\n2. We go on.\r\n\r\n3. We end.\r\n'],
    ['1. We begin.\r2. We go on.\r3. We end.'],
    ['\ufeff1. We begin.\n2. We\u00a0go\u00a0on.\n3.\u00a0We\tend.'],
    ['1. We be\u00adgin.\n2. We go\non.\n3. We en\u00ad\nd.'],
    ['1. We begin.\f2. We go on.\n\f\n3. We end.'],
    ['1. We\u2028begin.\n2. We go on.\n3. We\vend.'],
  ])('%j', (text) => {
    expect(read(text)).toEqual(THREE)
  })

  test.each([
    'OP1. We begin.\nOP2. We go on.',
    'OP 1 We begin.\n\nOP 2 We go on.',
    'op1) We begin.\nOp2) We go on.',
  ])('%j', (text) => {
    expect(read(text)).toEqual(['OP1: We begin.', 'OP2: We go on.'])
  })

  test('Arabic, with Arabic-Indic digits', () => {
    const text =
      '١ - نحن رؤساء الدول والحكومات نجدد التزامنا.\n\n٢ - ونؤكد من جديد أهمية المياه\nالعذبة للجبال.\n\n٣ - ونقرر ما يلي:'
    expect(read(text)).toEqual([
      '1: نحن رؤساء الدول والحكومات نجدد التزامنا.',
      '2: ونؤكد من جديد أهمية المياه العذبة للجبال.',
      '3: ونقرر ما يلي:',
    ])
  })

  test('French, with its spaces and quotes', () => {
    const text = lines(
      'Projet de déclaration',
      '',
      '1. Nous, ministres, réunis à Valserre, déclarons\u00a0:',
      '2. «\u00a0L’eau n’attend pas\u00a0»\u00a0; elle descend.',
      'II. Engagements',
      '3. Nous agirons.',
    )
    expect(read(text)).toEqual([
      '# Projet de déclaration',
      '1: Nous, ministres, réunis à Valserre, déclarons :',
      '2: « L’eau n’attend pas » ; elle descend.',
      '# II. Engagements',
      '3: Nous agirons.',
    ])
  })

  test('starting at another number than 1, with a warning', () => {
    const { draft, warnings } = accepted('12. We go on.\n13. We end.')
    expect(outline(draft)).toEqual(['12: We go on.', '13: We end.'])
    expect(warnings).toContain('begins with paragraph 12 (line 1)')
  })
})

test('20.2 a number from 1000 on is a paragraph behind the one before it, and a year elsewhere', () => {
  const many = Array.from({ length: 1_002 }, (_, i) => `${i + 1}. We begin.`)
  expect(read(many.join('\n')).slice(-3)).toEqual(['1000: We begin.', '1001: We begin.', '1002: We begin.'])
  expect(read('1. We met in the year\n2019. We begin.\n2. We go on.')).toEqual([
    '1: We met in the year 2019. We begin.',
    '2: We go on.',
  ])
})

describe('hard-wrapped text', () => {
  const wrapped = lines(
    '     1.   We, the keepers of the high wells, gathered in the hall of Orrin in',
    'the last week of winter, recall the promises that were made there in',
    '2015. They were many, and some of them were kept before the end of',
    '2030. We also recall what is said of them in the report, in paragraph',
    '3. of its annex, and in the letter sent to all members on the date of',
    '9 November 2009, which has never been answered by any of them so far.',
    '     2.   We take note of the work of the engineers, who have measured the',
    'flow of forty springs, and we thank them. Of the funds received, fewer than',
    '12) per cent were spent on travel, as is shown by the accounts for the year.',
    '     3.   We decide to meet again.',
  )

  test('years and numbers at line starts are words', () => {
    const { draft } = accepted(wrapped)
    expect(draft.blocks.map((block) => block.label?.number)).toEqual([1, 2, 3])
    expect(draft.blocks[0]?.text).toContain('made there in 2015. They were many')
    expect(draft.blocks[0]?.text).toContain('the end of 2030. We also recall')
    expect(draft.blocks[0]?.text).toContain('in paragraph 3. of its annex')
    expect(draft.blocks[0]?.text).toContain('date of 9 November 2009, which')
  })

  test('without indentation, too, and what was doubtful is said', () => {
    const { draft, warnings } = accepted(wrapped.replace(/^ +/gm, '').replaceAll('.   ', '. '))
    expect(draft.blocks.map((block) => block.label?.number)).toEqual([1, 2, 3])
    expect(warnings).toContain('“3.” at the start of line 5')
  })

  test('a year after a blank line is no number', () => {
    const { draft } = accepted(
      '1. We shall be ready before the end of the year\n\n2030. We promise.\n\n2. We end.',
    )
    expect(outline(draft)).toEqual([
      '1: We shall be ready before the end of the year 2030. We promise.',
      '2: We end.',
    ])
  })

  test('20.9 a hyphen at a line end goes only where the rest is the whole word, and the line is named', () => {
    const { draft, warnings } = accepted(
      '1. We support South-\nNorth exchange, the long-\nterm view, a multi-\nlateral order and coop-\neration.\n2. We end.',
    )
    expect(outline(draft)).toEqual([
      '1: We support South-North exchange, the long-term view, a multilateral order and cooperation.',
      '2: We end.',
    ])
    expect(warnings).toContain('Lines 1, 2, 3, 4 end in a hyphen')
  })
})

describe('what stands between paragraphs', () => {
  test.each(['* * *', '***', '---', '_____', '• • •', '* * * * *', '— — —', '⁂'])(
    'the separator %s',
    (sign) => {
      expect(read(`1. We begin.\n\n${sign}\n\n2. We end.`)).toEqual(['1: We begin.', '---', '2: We end.'])
      expect(read(`1. We begin.\n${sign}\n2. We end.`)).toEqual(['1: We begin.', '---', '2: We end.'])
    },
  )

  test.each([
    'I. Declaration',
    'MEANS OF IMPLEMENTATION',
    'A. Water and peace',
    'Section II',
    'Our way forward',
  ])('the heading %s', (heading) => {
    const expected = ['1: We begin.', `# ${heading}`, '2: We end.']
    expect(read(`1. We begin.\n\n${heading}\n\n2. We end.`)).toEqual(expected)
    expect(read(`1. We begin.\n${heading}\n2. We end.`)).toEqual(expected)
    expect(read(`1. We begin.\n\n${heading}\n2. We end.`)).toEqual(expected)
  })

  test('a heading of two lines, and a section with two headings', () => {
    const text = '1. We begin.\n\nIII. Means of implementation\nand follow-up\n\nFinance\n\n2. We end.'
    expect(read(text)).toEqual([
      '1: We begin.',
      '# III. Means of implementation and follow-up',
      '# Finance',
      '2: We end.',
    ])
  })

  test('20.4 items of lists are paragraphs below theirs', () => {
    const text = lines(
      '1. We decide:',
      '   (a) to meet;',
      '   (b) to listen, in particular:',
      '       (i) to the young;',
      '       (ii) to the old;',
      '',
      '   (c) to act.',
      '2. We end.',
    )
    expect(read(text)).toEqual([
      '1: We decide:',
      '1 (a): to meet;',
      '1 (b): to listen, in particular:',
      '1 (b) (i): to the young;',
      '1 (b) (ii): to the old;',
      '1 (c): to act.',
      '2: We end.',
    ])
    expect(accepted(text).draft.blocks.map(({ level }) => level)).toEqual([0, 1, 1, 2, 2, 1, 0])
  })

  test('more sub-items (1) to (5) than paragraphs', () => {
    const list = '(1) one;\n(2) two;\n(3) three;\n(4) four;\n(5) five.'
    expect(read(`1. We begin.\n2. We decide:\n${list}`)).toEqual([
      '1: We begin.',
      '2: We decide:',
      '2.1: one;',
      '2.2: two;',
      '2.3: three;',
      '2.4: four;',
      '2.5: five.',
    ])
  })

  test('an indented list with the same signs stands below its paragraph', () => {
    const { draft } = accepted('1. We begin.\n2. We ask for:\n   1. rain;\n   2. snow.\n3. We end.')
    expect(outline(draft)).toEqual([
      '1: We begin.',
      '2: We ask for:',
      '2.1: rain;',
      '2.2: snow.',
      '3: We end.',
    ])
  })

  test('20.8 text without a number is a paragraph of its own, and reported', () => {
    const { draft, warnings } = accepted(
      '1. We begin.\n\nThis sentence was added by somebody who forgot its number.\n\n2. We end.',
    )
    expect(outline(draft)).toEqual([
      '1: We begin.',
      'null: This sentence was added by somebody who forgot its number.',
      '2: We end.',
    ])
    expect(warnings).toMatch(/Line 3 .* has no number; it stands as a paragraph of its own/)
  })
})

describe('page headers and footers', () => {
  test('are left out in the middle of a sentence, and named', () => {
    const text = lines(
      'Draft outcome document',
      '',
      '1. We begin and',
      '',
      'A/CONF.99/L.1',
      'Page 1 of 3',
      '\f',
      'Rivers Conference – draft of 3 May',
      '',
      'we go on.',
      '',
      '2. We promise',
      '- 2 -',
      '\fRivers Conference – draft of 3 May',
      'much.',
      '3. We end.',
    )
    const { draft, warnings } = accepted(text)
    expect(outline(draft)).toEqual([
      '# Draft outcome document',
      '1: We begin and we go on.',
      '2: We promise much.',
      '3: We end.',
    ])
    for (const lost of ['“A/CONF.99/L.1” (line 5)', '“Page 1 of 3” (line 6)', '“- 2 -” (line 13)'])
      expect(warnings).toContain(lost)
    expect(warnings).toContain('“Rivers Conference – draft of 3 May” (lines 8, 14)')
  })

  test('bare page numbers between blank lines', () => {
    const { draft, warnings } = accepted('1. We begin and\n\n1\n\nwe go on.\n\n2. We end\n\n2\n\nhere.')
    expect(outline(draft)).toEqual(['1: We begin and we go on.', '2: We end here.'])
    expect(warnings).toContain('“1” (line 3), “2” (line 9)')
  })

  test('a running header without form feeds, known by its repeating', () => {
    const header = 'Zero draft for the first reading'
    const text = `${header}\n\n1. We begin and\n\n${header}\n\nwe go on.\n\n2. We\n\n${header}\n\nend.`
    const { draft, warnings } = accepted(text)
    expect(outline(draft)).toEqual([`# ${header}`, '1: We begin and we go on.', '2: We end.'])
    expect(warnings).toContain(`“${header}” (lines 5, 11)`)
  })

  test('a document symbol at the start of a wrapped line is words', () => {
    expect(read('1. We recall the report in\nA/99/12\nand its annex.\n2. We end.')[0]).toBe(
      '1: We recall the report in A/99/12 and its annex.',
    )
  })
})

describe('what stands before the draft', () => {
  const letter = lines(
    'Excellency,',
    '',
    'We have the honour to share our draft. It rests on three ideas:',
    '',
    '1. Water is one.',
    '2. Mountains are many.',
    '3. Time is short.',
    '',
    'We look forward to hearing from you at the meeting on 9 November 2009.',
    '',
    'Please accept, Excellency, the assurances of our highest consideration.',
    '',
    'Maren Oddvik',
    '',
  )

  test('a numbered list in the letter is not the draft', () => {
    const { draft } = accepted(lines(letter, 'Draft outcome document', '', '1. We begin.', '2. We end.'))
    expect(outline(draft)).toEqual(['# Draft outcome document', '1: We begin.', '2: We end.'])
    expect(draft.title).toBe('Draft outcome document')
    expect(draft.front.join('\n')).toContain('1. Water is one.\n2. Mountains are many.')
    expect(draft.front.at(-1)).toBe('Maren Oddvik')
  })

  test('the title: as given, else of the headings, else none', () => {
    const text = 'The Orrin Compact\non mountain wells\n\nI. Vision\n\n1. We begin.\n2. We end.'
    expect(accepted(text).draft.title).toBe('The Orrin Compact on mountain wells')
    expect(accepted(text, { title: ' Ours ' }).draft.title).toBe('Ours')
    expect(accepted('1. We begin.\n2. We end.').draft.title).toBe('Untitled draft')
    expect(read(text).slice(0, 3)).toEqual([
      '# The Orrin Compact on mountain wells',
      '# I. Vision',
      '1: We begin.',
    ])
  })

  test('a page number between title and first paragraph is left out, and named', () => {
    const { draft, warnings } = accepted(
      'Draft declaration\n\n1 May 2031\n\n- 1 -\n\f\n1. We begin.\n2. We end.',
    )
    expect(outline(draft)).toEqual(['# Draft declaration', '# 1 May 2031', '1: We begin.', '2: We end.'])
    expect(draft.title).toBe('Draft declaration')
    expect(warnings).toContain('“- 1 -” (line 5)')
  })

  test('unnumbered prose before the first number is front matter, with a warning', () => {
    const { draft, warnings } = accepted(
      'The Orrin Compact\n\nThis is the second draft, made after the meeting of May.\n\n1. We begin;\n2. We end.',
    )
    expect(draft.front).toEqual([
      'The Orrin Compact',
      'This is the second draft, made after the meeting of May.',
    ])
    expect(draft.title).toBe('The Orrin Compact')
    expect(warnings).toContain('front matter')
  })
})

test('20.7 a heading of Markdown is read without its closing signs, and in time however long its spaces are', () => {
  const spaces = ' \t'.repeat(90_000)
  const draft = accepted(`# Otters ##\n\n## C#\n\n1. We begin.\n\n##  Rivers${spaces}#\n\n2. We end.\n`).draft
  expect(outline(draft)).toEqual(['# Otters', '# C#', '1: We begin.', '# Rivers', '2: We end.'])
})
