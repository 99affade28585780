import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keepsWords } from '#test/kit/source-words.ts'
import { casesIn, writeParagraph, writeRead } from '#test/kit/written-drafts.ts'

const BRACKETS = readFileSync(join(import.meta.dirname, '../kit/written-brackets.txt'), 'utf8')
const FILE = readFileSync(join(import.meta.dirname, '../kit/written-drafts.txt'), 'utf8')

describe('20.14 drafts are read in the ways of writing in use', () => {
  test.each(casesIn(FILE))('$name', ({ name, source, expected }) => {
    expect(writeRead(source)).toBe(expected)
    expect(keepsWords(source, name)).toBe(true)
  })
})

/** Paragraphs, each with what is read of it on the next line, and the codes of what is doubtful behind `?`. */
const PAIRS = [...BRACKETS.matchAll(/^(?<source>.+)\n {4}(?<expected>.+)$/gmu)].map(
  ({ groups: { source = '', expected = '' } = {} }) => [source, expected] as const,
)

describe('21.1 who says what is read in the ways of writing in use', () => {
  test.each(PAIRS)('%s', (source, expected) => {
    expect(writeParagraph(source)).toBe(expected)
  })
})
