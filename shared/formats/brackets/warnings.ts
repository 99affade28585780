import { excerpt, firstFew } from '../recognise/lines/line.ts'

/** Collects what is doubtful about brackets, and says it with the lines, each kind once. */
export class BracketWarnings {
  readonly #unpaired = { '[': [] as number[], ']': [] as number[] }
  readonly #kept = { 'too-deep': [] as string[], 'unplaced-request': [] as string[] }
  readonly #notAgreed: number[] = []
  readonly #leftOut: string[] = []

  unpaired(line: number, sign: '[' | ']'): void {
    this.#unpaired[sign].push(line)
  }

  kept(line: number, why: 'too-deep' | 'unplaced-request', text: string): void {
    this.#kept[why].push(`line ${line} (“${excerpt(text.trim())}”)`)
  }

  leftOut(line: number, text: string): void {
    this.#leftOut.push(`line ${line} (“${excerpt(text.trim())}”)`)
  }

  notAgreed(line: number): void {
    this.#notAgreed.push(line)
  }

  all(): string[] {
    const opened = this.#unpaired['[']
    const closed = this.#unpaired[']']
    return [
      ...said(opened, (lines) => `A bracket is opened and not closed ${lines}; it was kept as a word.`),
      ...said(closed, (lines) => `A bracket is closed that was not opened ${lines}; it was kept as a word.`),
      ...listed(this.#kept['too-deep'], 'Brackets nested too deep were kept as words'),
      ...listed(
        this.#kept['unplaced-request'],
        'What is asked for was kept as words, because its place was not found',
      ),
      ...listed(this.#leftOut, 'Requests to delete words that are gone were left out'),
      ...said(
        this.#notAgreed,
        (lines) =>
          `A paragraph that is marked as agreed has open brackets ${lines}; the mark was kept as words.`,
      ),
    ]
  }
}

const said = (lines: readonly number[], sentence: (lines: string) => string): string[] => {
  if (lines.length === 0) return []
  const unique = [...new Set(lines)]
  return [sentence(unique.length === 1 ? `on line ${unique[0]}` : `on lines ${firstFew(unique)}`)]
}

const listed = (items: readonly string[], what: string): string[] =>
  items.length === 0 ? [] : [`${what}: ${firstFew(items)}.`]
