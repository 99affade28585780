import { describe, expect, test } from 'vitest'
import { accepted } from '#test/kit/imported.ts'
import { writeBlock } from '#test/kit/bracketed.ts'

/** What the brackets of one paragraph say. */
function one(text: string): string {
  const { draft } = accepted(['Draft text on otters', `1. ${text}`, '2. We rest.'].join('\n\n'))
  return draft.blocks.slice(1).map(writeBlock)[0] ?? ''
}

describe('21.1 who says what may stand in other places', () => {
  test.each([
    ['We feed [calm – EU; opposed by KEN] otters.', 'We feed {+calm |EU KEN:oppose}otters.'],
    ['We feed [calm – EU (KEN oppose)] otters.', 'We feed {+calm |EU KEN:oppose}otters.'],
    [
      'We feed [calm – EU, supported by CAN and AUS] otters.',
      'We feed {+calm |EU CAN:support AUS:support}otters.',
    ],
    ['We feed [calm (EU)] otters.', 'We feed {+calm |EU}otters.'],
    ['We feed [calm – EU، JPN؛ G77 delete] otters.', 'We feed {+calm |EU +JPN G77:oppose}otters.'],
    ['We feed [calm – EU、JPN；G77 delete] otters.', 'We feed {+calm |EU +JPN G77:oppose}otters.'],
    ['We feed [calm: EU, JPN] otters.', 'We feed {+calm |EU +JPN}otters.'],
    ['We feed [calm – Bolivia (on behalf of G77)] otters.', 'We feed {+calm |G77}otters.'],
    ['We feed [calm – Rep. of Korea, Russian Fed.] otters.', 'We feed {+calm |KOR +RUS}otters.'],
    [
      'We feed [calm – Co-Facilitators; EU delete] otters.',
      'We feed {+calm |Co-Facilitators EU:oppose}otters.',
    ],
    ['We feed [calm – EU; Secretariat delete] otters.', 'We feed {+calm |EU}otters.'],
    ['We feed [[calm – EU]] otters.', 'We feed {+calm |EU}otters.'],
  ])('%s', (source, expected) => {
    expect(one(source)).toBe(expected)
  })
})

describe('21.6 who says something of the whole paragraph', () => {
  test.each([
    ['We feed otters (G77: delete).', 'We feed otters. {delete-paragraph|G77}'],
    ['We feed otters. [G77 delete]', 'We feed otters. {delete-paragraph|G77}'],
    ['[G77 to delete] We feed otters.', 'We feed otters. {delete-paragraph|G77}'],
    ['We feed otters. [EU reserves]', 'We feed otters. {EU:reserve}'],
    ['We feed otters. (EU: reserve; CAN to come back)', 'We feed otters. {EU:reserve} {CAN:come-back}'],
  ])('%s', (source, expected) => {
    expect(one(source)).toBe(expected)
  })

  test('what follows a bracket is said of the bracket', () => {
    expect(one('We feed [calm] otters [slowly] [G77 delete].')).toBe(
      'We feed {+calm }otters{+ slowly|G77:oppose}.',
    )
  })
})

describe('21.1 struck and underlined words', () => {
  test.each([
    ['We ~~feed~~ <u>help</u> otters.', 'We {feed}{-}{+ help} otters.'],
    ['We <del>feed</del> <ins>help</ins> otters.', 'We {feed}{-}{+ help} otters.'],
  ])('%s', (source, expected) => {
    expect(one(source)).toBe(expected)
  })
})
