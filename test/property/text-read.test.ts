import { histories } from '#test/kit/histories.ts'
import { expect, test } from 'vitest'
import { accepted } from '#test/kit/imported.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

// Random drafts, printed in random styles as other hands would, read back to the same paragraphs.

const DRAFTS = histories(10 / 3)

const WORDS =
  'we the and of water in 2030. mountain 12. to Parties (2) 9 November 2009, springs, A/77/12 South-South 3) «l’eau» development – Agenda HIV/AIDS * for 100 per cent UNICEF المياه العذبة (a) its'.split(
    ' ',
  )
const STARTS = ['We', 'Recognizing', 'Nous', 'Encourage', '“No', 'The', 'وإذ']

interface Printed {
  readonly source: string
  readonly paragraphs: readonly string[]
}

type Sign = (number: number) => string
const SIGNS: readonly Sign[] = [
  (n) => `${n}. `,
  (n) => `${n}.\t`,
  (n) => `${n}) `,
  (n) => `(${n}) `,
  (n) => `${n}\t`,
  (n) => `OP${n}. `,
  (n) => `OP ${n} `,
  (n) => `${arabic(n)} - `,
  (n) => `${arabic(n)}. `,
]

const arabic = (n: number): string => String(n).replace(/\d/g, (d) => '٠١٢٣٤٥٦٧٨٩'[Number(d)] ?? d)

function sentence(random: Random): string {
  const words = [random.pick(STARTS)]
  const length = 3 + random.int(40)
  for (let i = 0; i < length; i++) {
    const word = random.pick(WORDS)
    // A number after a full stop looks like a paragraph's wherever a line breaks between them: nobody could tell.
    if (!(/^[(\d]/.test(word) && words.at(-1)?.endsWith('.'))) words.push(word)
  }
  return `${words.join(' ')} end${random.pick(['.', ';', '.', '; and', ':', '?'])}`
}

/** Breaks a paragraph to a width, as a mail program does. */
function wrap(text: string, width: number, indent: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = indent + word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

function print(random: Random): Printed {
  const count = 8 + random.int(36)
  const paragraphs = Array.from({ length: count }, () => sentence(random))
  const sign = random.pick(SIGNS)
  const width = random.chance(0.5) ? 0 : 58 + random.int(30)
  const indent = random.pick(['', '', '    '])
  const blank = random.chance(0.5)
  const feed = random.pick(['\n\f\n', '\n\n', '\f'])
  const lines = random.chance(0.5) ? ['Draft outcome document', ''] : []
  let page = 0
  for (const [i, text] of paragraphs.entries()) {
    if (i > 0 && random.chance(0.1)) lines.push('', random.pick(['* * *', '***', '_____', '• • •']), '')
    if (i > 0 && random.chance(0.1))
      lines.push('', random.pick(['II. Our commitments', 'MEANS AND WAYS']), '')
    const printed = sign(i + 1) + text
    const own = width === 0 ? [printed] : wrap(printed, width, indent)
    if (own.length > 2 && random.chance(0.15)) {
      page++
      own.splice(1 + random.int(own.length - 1), 0, `\nPage ${page} of 9${feed}`)
    }
    lines.push(...own)
    if (blank) lines.push('')
  }
  const ending = random.pick(['\n', '\r\n', '\r'])
  return { source: lines.join('\n').replaceAll('\n', ending), paragraphs }
}

test(`${DRAFTS} random drafts in random styles`, () => {
  let pages = 0
  for (const seed of seedsUpTo(DRAFTS)) {
    const { source, paragraphs } = print(new Random(seed))
    const { draft } = accepted(source)
    const read = draft.blocks.filter((block) => block.kind === 'paragraph')
    expect(
      read.map((block) => block.label?.number),
      `seed ${seed}`,
    ).toEqual(paragraphs.map((_, i) => i + 1))
    expect(
      read.map((block) => block.text),
      `seed ${seed}`,
    ).toEqual(paragraphs)
    if (source.includes('Page 1 of 9')) pages++
  }
  // The generator must go on making what it is there for.
  expect(pages).toBeGreaterThan(DRAFTS / 10)
})
