import { describe, expect, test } from 'vitest'
import { readText } from '#shared/formats/text/read-text.ts'
import type { Read } from '#shared/model/import.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import type { Answers } from '#shared/model/understanding.ts'

const understood = (text: string, answers: Partial<Answers> = {}): Read => {
  const result = readText(new TextEncoder().encode(text), answers)
  if (!result.ok) throw new Error(result.message)
  return result
}

const doubtsIn = ({ pieces }: Read): string[] =>
  pieces.flatMap(({ doubts }) => doubts.map(({ code, line, name }) => [code, line, name].join(' ').trim()))

/** A draft of two paragraphs on lines 1 to 6; the first one is given, from line 3 on. */
const draftOf = (text: string): string => `Draft text on otters\n\n1. ${text}\n\n2. We rest.`

describe('21.14 what is doubtful about brackets is a doubt of its piece, with a code and its line', () => {
  test.each([
    ['We feed [hungry otters.', ['bracket-unclosed 3']],
    ['We feed hungry] otters.', ['bracket-unopened 3']],
    ['We feed the otters of the river and\nwe feed [hungry otters.', ['bracket-unclosed 4']],
    [
      'We feed [calm – EU] otters and\n[hungry ones. [Agreed ad ref]',
      ['bracket-unclosed 4', 'agreed-with-brackets 4'],
    ],
    ['We feed [calm – EU; Ruritania delete] otters.', ['name-unknown 3 Ruritania']],
    ['We feed [calm – EU / quiet] otters.', ['alternative-unclear 3']],
    ['We feed [calm – EU / quiet – USA] otters.', []],
    ['We feed [calm / quiet] otters.', []],
    ['We feed otters. [AUS: move after 77]', ['request-unplaced 3']],
  ])('%s', (text, expected) => {
    const read = understood(draftOf(text))
    expect(doubtsIn(read).toSorted()).toEqual(expected.toSorted())
    const piece = read.pieces.find(({ text: words }) => words.startsWith('We feed'))
    expect(piece?.confidence).toBe(Number((0.95 / 2 ** expected.length).toFixed(2)))
    expect(read.warnings).toHaveLength(expected.length)
  })

  test('an answer that says that it is right settles it', () => {
    const text = draftOf('We feed [hungry otters.')
    expect(doubtsIn(understood(text, { answers: [{ at: 3, sure: true }] }))).toEqual([])
  })

  test('a name is asked about once, and settled by its answer', () => {
    const text = draftOf('We feed [calm – Ruritania] otters\nand [quiet – Ruritania] ones.')
    expect(doubtsIn(understood(text))).toEqual(['name-unknown 3 Ruritania'])
    expect(understood(text).names).toEqual([
      { written: 'Ruritania', participant: null, count: 2, lines: [3, 4] },
    ])
    const names = [{ written: 'Ruritania', participant: 'KEN' as ParticipantId }]
    expect(doubtsIn(understood(text, { names }))).toEqual([])
  })
})

describe('23.6 a person may say that the brackets of a piece are words', () => {
  test('then they are neither proposals nor doubtful', () => {
    const text = draftOf('We feed [calm – EU] and [hungry otters. [Agreed]')
    const { draft, pieces } = understood(text, { answers: [{ at: 3, brackets: 'words' }] })
    expect(draft.blocks[1]).not.toHaveProperty('bracketed')
    expect(draft.blocks[1]?.text).toBe('We feed [calm – EU] and [hungry otters. [Agreed]')
    expect(pieces.flatMap(({ doubts }) => doubts)).toEqual([])
  })
})

describe('21.15 nobody is given a name that is taken for another’s', () => {
  test('by an answer', () => {
    const names = [{ written: 'Oz', participant: 'U5A' as ParticipantId }]
    const refused = readText(new TextEncoder().encode(draftOf('We feed [calm – Oz] otters.')), { names })
    expect(refused).toMatchObject({ ok: false, code: 'wrong-answers' })
    expect(refused).toHaveProperty('message', expect.stringContaining('“U5A”, which looks like USA'))
  })

  test('by a bracket: it is nobody’s until somebody says who is meant', () => {
    const read = understood(draftOf('We feed [calm – U5A, EU] otters.'))
    expect(read.draft.blocks[1]?.bracketed?.proposals[0]).toMatchObject({ by: 'EU', cosponsors: [] })
    expect(doubtsIn(read)).toEqual(['name-unknown 3 U5A'])
  })
})
