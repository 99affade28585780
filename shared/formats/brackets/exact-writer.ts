import type { FormatSpan, NoteReference } from '../../model/import.ts'
import type { ImportedProposal, ImportedRequest } from '../../model/import-brackets.ts'
import { unescapeSigns } from './escape.ts'
import { decodeWords } from './exported-words.ts'
import type { HostSink, Insertion, Range, ReadHost } from './host-writer.ts'
import { Parts } from './parts.ts'
import type { WhiteSpaceCursor } from './white-space.ts'

/**
 * Writes the words outside brackets of an export as one text, each stretch with the spaces that the export says it has, so that
 * every bracket stands exactly where it stood.
 */
export class ExactHostWriter implements HostSink {
  readonly #whiteSpace: WhiteSpaceCursor
  readonly #emphasised: boolean
  #text = ''
  readonly #formats: FormatSpan[] = []
  readonly #notes: NoteReference[] = []
  readonly #placed: ImportedProposal[] = []
  readonly #requests: ImportedRequest[] = []
  readonly #starts = new Map<Range, number>()
  readonly #parts = new Parts()

  constructor(whiteSpace: WhiteSpaceCursor, emphasised: boolean) {
    this.#whiteSpace = whiteSpace
    this.#emphasised = emphasised
  }

  words(written: string): void {
    const { before, behind } = this.#whiteSpace.next()
    const { text, formats, notes } = decodeWords(written.trim(), this.#emphasised)
    this.#text += before
    const from = this.#text.length
    for (const one of formats) this.#formats.push({ ...one, from: from + one.from, to: from + one.to })
    for (const one of notes) this.#notes.push({ ...one, at: from + one.at })
    this.#text += unescapeSigns(text) + behind
  }

  insertion({ wording }: Insertion): void {
    const at = this.#text.length
    this.#placed.push({ ...wording, start: at, end: at })
  }

  open(range: Range): void {
    this.#starts.set(range, this.#text.length)
  }

  close(range: Range): void {
    const opened = this.#starts.get(range) ?? this.#text.length
    const end = this.#text.length
    if (opened < end) this.#placed.push(...this.#parts.close(range, opened, end, this.#text))
  }

  request(request: Omit<ImportedRequest, 'at'>): void {
    this.#requests.push({ ...request, at: this.#text.length })
  }

  finish(): ReadHost {
    return {
      text: this.#text,
      proposals: this.#placed.toSorted((a, b) => a.start - b.start),
      requests: this.#requests,
      spans: { formats: this.#formats, notes: this.#notes },
    }
  }
}
