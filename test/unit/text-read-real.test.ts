import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readText } from '#shared/formats/text/read-text.ts'
import type { ImportedDraft } from '#shared/model/import.ts'
import { isChapeau } from '#shared/model/paragraph.ts'
import { accepted, keptWords, wordsOf } from '#test/kit/imported.ts'

const ROOT = join(import.meta.dirname, '../..')
const TEXTS = join(ROOT, '../shared/texts')
const SAMPLE = join(ROOT, 'test/kit/sample.txt')

/** Facts of a source: how many paragraphs, which are cut by a page break, indented, or chapeaux. */
interface Source {
  readonly name: string
  readonly file: string
  readonly paragraphs: number
  readonly headings: number
  readonly sections: readonly number[]
  readonly cut: readonly number[]
  readonly chapeaux: readonly number[]
  readonly title: RegExp
}

const sources: Source[] = [
  {
    name: 'the sample text',
    file: SAMPLE,
    paragraphs: 30,
    headings: 6,
    sections: [6, 8, 8, 8],
    cut: [6, 13, 20],
    chapeaux: [8, 24],
    title: /Draft Outcome Document/,
  },
]

const files = existsSync(TEXTS) ? readdirSync(TEXTS).filter((name) => name.endsWith('.txt')) : []
/** How the names of those begin that hold no draft at all. */
const LETTERS = ['000', '001']
const real = files.find((name) => name.startsWith('003'))
if (real === undefined)
  console.log('The texts of real cases are not here: testing with the sample text alone.')
else {
  sources.push({
    name: 'a real text',
    file: join(TEXTS, real),
    paragraphs: 36,
    headings: 2,
    sections: [5, 6, 13, 12],
    cut: [6, 13, 28, 33],
    chapeaux: [14, 25],
    title: /Draft Outcome Document/,
  })
}

function sectionsOf(draft: ImportedDraft): number[] {
  const sections = [0]
  for (const { kind } of draft.blocks) {
    if (kind === 'separator') sections.push(0)
    if (kind === 'paragraph') sections.push((sections.pop() ?? 0) + 1)
  }
  return sections
}

describe.each(sources)('$name', ({ file, paragraphs, headings, sections, cut, chapeaux, title }) => {
  const source = readFileSync(file, 'utf8')
  const { draft } = accepted(source)
  const numbered = draft.blocks.filter((block) => block.kind === 'paragraph')

  test('has its paragraphs, numbered from 1, in sections divided by separators', () => {
    const numbers = Array.from({ length: paragraphs }, (_, i) => i + 1)
    expect(numbered.map((block) => block.label?.number)).toEqual(numbers)
    expect(sectionsOf(draft)).toEqual(sections)
    expect(draft.blocks.filter((block) => block.kind === 'heading')).toHaveLength(headings)
  })

  test('keeps note and letter as front matter, and takes its title from the headings', () => {
    expect(draft.front.join('\n')).toMatch(/compliments[^]*Excellency[^]*highest consideration/)
    expect(draft.blocks[0]?.kind).toBe('heading')
    expect(draft.title).toMatch(title)
    expect(numbered[0]?.text).toMatch(/^We/)
  })

  test('rejoins what page breaks cut', () => {
    for (const number of cut) {
      const text = numbered[number - 1]?.text ?? ''
      const lines = source.split('\n').map((line) => line.trim())
      const at = lines.findIndex((line) => line.startsWith(`${number}. `))
      const rest = lines.slice(at + 1).find((line) => line !== '') ?? ''
      expect(text).toBe(`${lines[at]} ${rest}`.slice(`${number}. `.length))
    }
  })

  test('recognises the chapeaux', () => {
    expect(numbered.filter((block) => isChapeau(block.text)).map((block) => block.label?.number)).toEqual(
      chapeaux,
    )
  })

  test('loses, doubles and changes no word', () => {
    expect(keptWords(draft)).toEqual(wordsOf(source))
  })

  test('holds no control characters and no runs of spaces', () => {
    for (const { text } of draft.blocks) expect(text).not.toMatch(/\p{Cc}| {2}|^ | $/u)
  })
})

test('letters without a draft are refused', () => {
  const letters = files
    .filter((name) => LETTERS.some((start) => name.startsWith(start)))
    .map((name) => readFileSync(join(TEXTS, name)))
  const own = readFileSync(SAMPLE, 'utf8')
  letters.push(Buffer.from(own.slice(0, own.indexOf('H.E. '))))
  for (const letter of letters) {
    const result = readText(letter)
    expect(result).toMatchObject({ ok: false, code: 'no-draft' })
  }
})

test('faults put into a source are named with their lines', () => {
  for (const { file } of sources) {
    const lines = readFileSync(file, 'utf8').split('\n')
    const at = (number: number): number => lines.findLastIndex((line) => line.startsWith(`${number}. `))
    const without = accepted(lines.toSpliced(at(11), 1).join('\n'))
    expect(without.warnings).toContain(`11, between 10 on line ${at(10) + 1}`)
    const twice = accepted(lines.toSpliced(at(11), 0, lines[at(11)] ?? '').join('\n'))
    expect(twice.warnings).toContain(`11 on lines ${at(11) + 1} and ${at(11) + 2} (now also 11 alt)`)
  }
})
