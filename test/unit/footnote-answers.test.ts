import { describe, expect, test } from 'vitest'
import { withChange } from '#client/ui/importer/corrections.ts'
import { markBehind, wordsForMark } from '#client/ui/importer/mark-words.ts'
import type { ShownPiece } from '#client/ui/importer/messages.ts'
import { writeTextExport } from '#shared/formats/text/write-text.ts'
import { readText } from '#shared/formats/text/read-text.ts'
import { readAnswers } from '#shared/formats/recognise/corrections/read-answers.ts'
import { formatStep } from '#shared/model/label.ts'
import type { ImportedBlock, Read } from '#shared/model/import.ts'
import type { Answer } from '#shared/model/understanding.ts'
import { Room } from '#test/kit/drafting.ts'
import { text as shownText } from '#test/kit/deciding.ts'
import { utf8 } from '#test/kit/imported.ts'
import { Random } from '#test/kit/random.ts'

const SOURCE = [
  'Draft on reeds', //                    1
  '', //                                  2
  '1. We plant reeds1 and rest 2 by', //  3
  'the river.', //                        4
  '2. We weave', //                       5
  '', //                                  6
  '__________', //                        7
  '1 In spring.', //                      8
  '2 Or rushes,', //                      9
  'which bend.', //                      10
  '\fbaskets and rafts3 here.', //       11
  '', //                                 12
  '__________', //                       13
  '3 At night.', //                      14
].join('\n')

function read(source: string, ...answers: readonly Answer[]): Read {
  const result = readText(utf8(source), { answers })
  if (!result.ok) throw new Error(result.message)
  return result
}

const refusal = (...answers: readonly Answer[]): string => {
  const result = readText(utf8(SOURCE), { answers })
  return result.ok ? 'accepted' : `${result.code}: ${result.message}`
}

/** The text of a block with its marks as `{1}`, the number of the footnote, in place of what the source prints. */
function drawn({ text, notes = [] }: ImportedBlock, footnotes: readonly ImportedBlock[]): string {
  return notes.reduceRight((words, { at, note }) => {
    const label = footnotes[note]?.label
    return `${words.slice(0, at)}{${label ? formatStep(label) : '?'}}${words.slice(at)}`
  }, text)
}

/** The blocks but the title; footnotes as `1) In spring.` */
function blocks(source: string, ...answers: readonly Answer[]): string[] {
  const { draft } = read(source, ...answers)
  const footnotes = draft.blocks.filter(({ kind }) => kind === 'note')
  return draft.blocks.slice(1).map((block) => {
    const number = block.kind === 'note' && block.label ? `${formatStep(block.label)}) ` : ''
    return number + drawn(block, footnotes)
  })
}

const FIRST = 'We plant reeds{1} and rest{2} by the river.'
const SECOND = 'We weave baskets and rafts{3} here.'

test('23.9 without answers', () => {
  expect(blocks(SOURCE)).toEqual([
    FIRST,
    SECOND,
    '1) In spring.',
    '2) Or rushes, which bend.',
    '3) At night.',
  ])
})

describe('23.9 what is a footnote, and where one begins, is answered as of any piece', () => {
  test.each<[string, readonly Answer[], readonly string[]]>([
    [
      'a footnote becomes a paragraph, and both its figures words',
      [{ at: 8, is: 'paragraph' }],
      [
        'We plant reeds1 and rest{2} by the river.',
        'We weave',
        '1 In spring.',
        'baskets and rafts{3} here.',
        '2) Or rushes, which bend.',
        '3) At night.',
      ],
    ],
    [
      'a footnote is left out',
      [{ at: 14, is: 'furniture' }],
      [FIRST, 'We weave baskets and rafts3 here.', '1) In spring.', '2) Or rushes, which bend.'],
    ],
    [
      'a footnote goes on with the one before it',
      [{ at: 9, joins: true }],
      [
        'We plant reeds{1} and rest 2 by the river.',
        SECOND,
        '1) In spring. 2 Or rushes, which bend.',
        '3) At night.',
      ],
    ],
    [
      'words of the text go on with the footnote before them',
      [{ at: 11, is: 'note', joins: true }],
      [
        FIRST,
        'We weave',
        '1) In spring.',
        '2) Or rushes, which bend. baskets and rafts3 here.',
        '3) At night.',
      ],
    ],
    [
      'words of a footnote go on with the text before it',
      [{ at: 10, is: 'paragraph', joins: true }],
      [
        FIRST,
        'We weave which bend. baskets and rafts{3} here.',
        '1) In spring.',
        '2) Or rushes,',
        '3) At night.',
      ],
    ],
    [
      'a footnote is divided at a line, and takes a number between its neighbours',
      [{ at: 10, is: 'note' }],
      [FIRST, SECOND, '1) In spring.', '2) Or rushes,', '2 bis) which bend.', '3) At night.'],
    ],
    [
      'a footnote is divided within a line',
      [{ at: 8, column: 5, is: 'note' }],
      [FIRST, SECOND, '1) In', '1 bis) spring.', '2) Or rushes, which bend.', '3) At night.'],
    ],
    [
      'the rule above footnotes is left out, and can be something else',
      [{ at: 7, is: 'separator' }],
      [
        FIRST,
        'We weave',
        '__________',
        'baskets and rafts{3} here.',
        '1) In spring.',
        '2) Or rushes, which bend.',
        '3) At night.',
      ],
    ],
  ])('%s', (_name, answers, wanted) => {
    expect(blocks(SOURCE, ...answers)).toEqual(wanted)
    expect(blocks(SOURCE, ...answers.toReversed())).toEqual(wanted)
  })

  test('paragraphs become footnotes, whose marks are looked for in the text before them', () => {
    const source =
      'Draft\n\n1. We plant reeds* and sedge7 here.\n\n* In spring.\n\n7 Or rushes.\n\n2. We weave.'
    expect(blocks(source, { at: 5, is: 'note' }, { at: 7, is: 'note' })).toEqual([
      'We plant reeds{1} and sedge{7} here.',
      'We weave.',
      '1) In spring.',
      '7) Or rushes.',
    ])
  })
})

describe('23.10 where the mark of a footnote stands is answered', () => {
  test.each<[string, readonly Answer[], string]>([
    [
      'behind another word',
      [{ at: 9, mark: { at: 4, column: 9 } }],
      'We plant reeds{1} and rest 2 by the river{2}.',
    ],
    [
      'before the mark of the footnote before',
      [{ at: 9, mark: { at: 3, column: 5 } }],
      'We{2} plant reeds{1} and rest 2 by the river.',
    ],
    ['at its figure', [{ at: 9, mark: { at: 3, column: 28 } }], FIRST],
    ['behind its figure', [{ at: 8, mark: { at: 3, column: 18 } }], FIRST],
    ['nowhere', [{ at: 9, mark: null }], 'We plant reeds{1} and rest 2 by the river.'],
    [
      'two at one word',
      [{ at: 9, mark: { at: 3, column: 18 } }],
      'We plant reeds{1}{2} and rest 2 by the river.',
    ],
    [
      'at the figure that was taken for another',
      [
        { at: 8, mark: null },
        { at: 9, mark: { at: 3, column: 18 } },
      ],
      'We plant reeds1{2} and rest 2 by the river.',
    ],
  ])('%s', (_name, answers, wanted) => {
    expect(blocks(SOURCE, ...answers)).toEqual([wanted, ...blocks(SOURCE).slice(1)])
  })

  test('within the brackets of its word, and in a heading', () => {
    const source = 'Draft\n\nWells\n\n1. We plant [reeds – KEN] here.\n\n__________\n1 In spring.\n'
    expect(blocks(source, { at: 8, mark: { at: 5, column: 18 } })[1]).toBe('We plant [reeds{1} – KEN] here.')
    expect(blocks(source, { at: 8, mark: { at: 3, column: 5 } })[0]).toBe('Wells{1}')
  })

  test.each<[Answer, string]>([
    [{ at: 9, mark: { at: 3, column: 8 } }, 'Line 9 cannot have its mark within a word (line 3, column 8)'],
    [{ at: 9, mark: { at: 8, column: 5 } }, 'no word of the text stands before it'],
    [{ at: 9, mark: { at: 3, column: 0 } }, 'no word of the text stands before it'],
    [{ at: 9, mark: { at: 90, column: 0 } }, 'no word of the text stands before it'],
    [{ at: 3, mark: null }, 'Line 3 is no footnote, and has no mark'],
    [{ at: 9, level: 2 }, 'Line 9 is a footnote, which has neither label nor level'],
    [{ at: 8, joins: true }, 'Line 8 cannot be joined to a footnote: none stands before it'],
    [{ at: 9, is: 'heading', joins: true }, 'cannot be joined and be something of its own as well'],
  ])('%j is refused', (answer, reason) => {
    expect(refusal(answer)).toContain(reason)
  })

  test.each([
    { at: 9, mark: 3 },
    { at: 9, mark: { at: 3 } },
    { at: 9, mark: { at: 0, column: 1 } },
  ])('%j is no answer', (answer) => {
    expect(readAnswers([answer])).toMatchObject({ ok: false, message: expect.stringContaining('mark') })
  })

  test('a footnote without a mark is to be checked, until it is said that it has none', () => {
    const source = 'Draft\n\n1. We plant reeds.\n\n__________\n1 In spring.\n'
    const codes = (...answers: readonly Answer[]) =>
      read(source, ...answers).pieces.flatMap(({ doubts }) => doubts.map(({ code }) => code))
    expect(codes()).toEqual(['note-unmarked'])
    expect(codes({ at: 6, mark: null })).toEqual([])
    expect(codes({ at: 6, sure: true })).toEqual([])
    expect(codes({ at: 6, mark: { at: 3, column: 17 } })).toEqual([])
    expect(read(source).warnings).toContain('The mark of a footnote was not found in the text: line 6.')
  })

  test('what is shown says where marks stand', () => {
    const { pieces } = read(SOURCE)
    expect(pieces.flatMap(({ markedAt }) => markedAt ?? [])).toEqual([
      { at: 3, column: 17 },
      { at: 3, column: 28 },
      { at: 11, column: 17 },
    ])
    const [first] = pieces.flatMap(({ marks, text }) => (marks ? [{ marks, text }] : []))
    expect(first?.marks.map(({ from, to }) => first.text.slice(0, from) + first.text.slice(to))).toEqual([
      'We plant reeds and rest 2 by the river.',
      'We plant reeds1 and rest by the river.',
    ])
  })
})

const exported = (): string => {
  const { draft } = read(SOURCE)
  return writeTextExport(new Room(new Random(1), draft.blocks).od, 'all', 0)
}
const lineOf = (text: string, words: string): number =>
  text.split('\n').findIndex((line) => line.includes(words)) + 1

const after = (text: string, ...answers: readonly Answer[]): string =>
  shownText(new Room(new Random(1), read(text, ...answers).draft.blocks))

describe('23.9 an export that is corrected keeps the marks of its other footnotes', () => {
  test('a footnote that becomes a paragraph', () => {
    const text = exported()
    const shown = after(text, { at: lineOf(text, 'In spring.'), is: 'paragraph' })
    expect(shown).toContain('We plant reeds¹ and rest² by the river.')
    expect(shown).toContain('We weave baskets and rafts³ here.')
    const { draft } = read(text, { at: lineOf(text, 'In spring.'), is: 'paragraph' })
    expect(draft.blocks.flatMap(({ notes = [] }) => notes.map(({ note }) => note))).toEqual([0, 1])
  })

  test('a mark that is put behind another word', () => {
    const text = exported()
    const at = lineOf(text, 'We weave')
    const column = text.split('\n')[at - 1]!.indexOf(' here') + 5
    const shown = after(text, { at: lineOf(text, 'In spring.'), mark: { at, column } })
    expect(shown).toContain('We plant reeds¹ and rest² by the river.')
    expect(shown).toContain('We weave baskets and rafts³ here¹.')
  })
})

describe('23.10 the words that are offered for a mark', () => {
  const lines = ['', ...SOURCE.replace('\f', '').split('\n')]
  const source = { name: null, bytes: new Uint8Array(), hash: '', lines }
  const pieces = read(SOURCE).pieces.map((piece): ShownPiece => ({ ...piece, proponents: [], status: null }))
  const offered = (at: number) => {
    const index = pieces.findIndex(({ spans }) => spans[0]?.at === at)
    return wordsForMark(pieces, index, source)
  }

  test('begin with the piece that has the mark before, and the word that has it is in hand', () => {
    const { list, current } = offered(14)
    expect(list[0]?.text).toBe('1.')
    expect(list[current]?.text).toBe('rafts3')
    expect(offered(8).list[0]?.text).toBe('Draft')
  })

  test('choosing one says the place behind its letters', () => {
    const { list } = offered(14)
    const river = list.find(({ text }) => text === 'river.')
    expect(river && markBehind(river)).toEqual({ at: 4, column: 9 })
  })

  test('an answer about a mark goes when the footnote becomes something else', () => {
    const place = { at: 9, column: 0 }
    const marked = withChange([], place, { mark: null })
    expect(withChange(marked, place, { is: 'note' })).toEqual([{ at: 9, is: 'note', mark: null }])
    expect(withChange(marked, place, { is: 'paragraph' })).toEqual([{ at: 9, is: 'paragraph' }])
    expect(withChange(marked, place, { is: 'note', joins: true })).toEqual([
      { at: 9, is: 'note', joins: true },
    ])
  })
})
