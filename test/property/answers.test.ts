import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openText, readOpened, type OpenedText } from '#shared/formats/text/read-text.ts'
import type { Read } from '#shared/model/import.ts'
import type { Answer, Piece } from '#shared/model/understanding.ts'
import { histories } from '#test/kit/histories.ts'
import { utf8 } from '#test/kit/imported.ts'
import { Random } from '#test/kit/random.ts'
import { randomDraft, sourceWordsOf } from '#test/kit/random-draft.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

// Whatever a person answers, in whatever order: each answer holds, and no word is lost, doubled or moved.

const SAMPLE = readFileSync(join(import.meta.dirname, '../kit/sample.txt'), 'utf8')
const STEPS = 12

/** Two pages, each with its footnotes, one of which goes on over the page; figures of words too. */
const FOOTNOTES = `Draft on reeds

1. We plant reeds1 and rest 2 by
the river for 2 years.

2. We weave*

__________
1 In spring.
2 Or rushes,
which bend
* In winter:
\fbaskets and rafts³ [of willow – KEN] here.

__________
with no snow.
3 At night.
`

/** Of every fifth seed. Other drafts are random. */
const SOURCES: readonly string[] = [SAMPLE, FOOTNOTES]

/** The stretches of lines that pieces stand on, in order, joined where they meet. */
function covered(pieces: readonly Piece[]): string {
  const spans = pieces.flatMap((piece) => piece.spans).toSorted((a, b) => a.at - b.at || a.from - b.from)
  const lines = Map.groupBy(spans, ({ at }) => at)
  return [...lines]
    .map(([at, own]) => {
      const gaps = own.filter(({ from }, i) => i > 0 && from - (own[i - 1]?.to ?? 0) !== 0)
      return `${at}:${own[0]?.from}-${own.at(-1)?.to}${gaps.map(({ from }) => `,${from}`).join('')}`
    })
    .join(' ')
}

/** The words of pieces by the lines they stand on. */
function spanWords(opened: OpenedText, { spans }: Piece): string {
  const lines = new Map(opened.lines.map(({ at, text }) => [at, text]))
  return spans.map(({ at, from, to }) => lines.get(at)?.slice(from, to) ?? '').join('\n')
}

function check(opened: OpenedText, before: Read, read: Read, name: string): void {
  expect(covered(read.pieces), name).toBe(covered(before.pieces))
  for (const piece of read.pieces) {
    const kept = `${piece.block?.mark ?? ''} ${piece.text}`
    // The cells of a row stand apart, and a word that the hyphen of another line end divides is one.
    expect(sourceWordsOf(kept).join(''), name).toBe(sourceWordsOf(spanWords(opened, piece)).join(''))
  }
  const ofNotes = (wanted: boolean) =>
    read.pieces.flatMap(({ kind, block }) => ((kind === 'note') === wanted ? (block?.index ?? []) : []))
  const blocks = [...ofNotes(false), ...ofNotes(true)]
  expect(blocks, name).toEqual(blocks.map((_, i) => i))
}

function randomAnswer(random: Random, { pieces }: Read, opened: OpenedText): Answer {
  const piece = random.pick(pieces)
  const { at, from: column } = random.pick(piece.spans)
  const place = column === 0 ? { at } : { at, column }
  if (piece.kind === 'note' && random.chance(0.4)) return { ...place, mark: randomMark(random, opened) }
  switch (random.int(8)) {
    case 0:
      return { ...place, joins: true }
    case 1:
      return { ...place, level: random.int(4) }
    case 2:
      return { ...place, label: null }
    case 3:
      return { ...place, is: random.pick(['front', 'furniture'] as const) }
    case 4: {
      const text = opened.lines.find((line) => line.at === at)?.text ?? ''
      const words = [...text.matchAll(/(?<=\s)\S+/g)]
      return words.length === 0
        ? { ...place, sure: true }
        : { at, column: random.pick(words).index, is: 'paragraph' }
    }
    case 5:
      return {
        ...place,
        is: random.pick(['note', 'note', 'paragraph'] as const),
        ...(random.chance(0.3) && { joins: true }),
      }
    default:
      return { ...place, is: random.pick(['heading', 'paragraph', 'separator'] as const) }
  }
}

/** Behind some word of the source, or nowhere. */
function randomMark(random: Random, opened: OpenedText): (Answer['mark'] & object) | null {
  const { at, text } = random.pick(opened.lines)
  const words = [...text.matchAll(/\S+/g)]
  const { index, 0: word } = random.pick(words)
  return random.chance(0.2) ? null : { at, column: index + word.length }
}

/** Whether an answer that was taken holds. */
function holds({ pieces }: Read, answer: Answer, name: string): void {
  const { at, column = 0, is, level, joins, mark } = answer
  const piece = pieces.find(({ spans }) => spans[0]?.at === at && spans[0].from === column)
  if (joins) expect(piece, name).toBeUndefined()
  if (mark === null) expect(piece?.markedAt ?? null, name).toBeNull()
  else if (mark !== undefined && piece?.kind === 'note') expect(piece.markedAt?.at, name).toBe(mark.at)
  if (is !== undefined && !joins) expect(piece?.kind, name).toBe(is)
  if (level !== undefined && is === undefined && piece?.block) expect(piece.block.level, name).toBe(level)
}

function answerAtRandom(source: string, seed: number): number {
  const result = openText(utf8(source))
  if (!result.ok) return 0
  const { opened } = result
  const random = new Random(seed)
  const first = readOpened(opened)
  if (!first.ok) return 0
  let read: Read = first
  let answers: readonly Answer[] = []
  for (let step = 0; step < STEPS; step++) {
    const answer = randomAnswer(random, read, opened)
    const others = answers.filter((other) => other.at !== answer.at || other.column !== answer.column)
    const next = readOpened(opened, { answers: [...others, answer] })
    if (!next.ok) {
      expect(next.code).toBe('wrong-answers')
      continue
    }
    answers = [...others, answer]
    read = next
    const name = `seed ${seed}: ${JSON.stringify(answers)}`
    check(opened, first, read, name)
    for (const one of answers) holds(read, one, name)
    const again = readOpened(opened, { answers: answers.toReversed() })
    expect(again.ok && again.draft, name).toEqual(read.draft)
  }
  return answers.length
}

const DRAFTS = histories(1 / 2)

test(`23.1 ${DRAFTS} random drafts, with random answers`, () => {
  let applied = 0
  for (const seed of seedsUpTo(DRAFTS)) {
    const source = SOURCES[seed % 5] ?? randomDraft(new Random(seed))
    applied += answerAtRandom(source, seed)
  }
  // The generator must go on answering what can be applied.
  expect(applied).toBeGreaterThan(DRAFTS * 4)
})
