import type { HostId, ParagraphId } from '../../model/ids.ts'
import { formatStep } from '../../model/label.ts'
import { hasUnspaced } from '../../model/characters/unspaced.ts'
import { superscript } from '../../model/superscript.ts'
import type { Marked } from '../follow/marked.ts'
import { markedNow } from '../follow/marked.ts'
import type { OutcomeDocument } from '../schema.ts'
import { paragraphFacts } from '../schema.ts'
import type { TextRun } from '../text/anchor.ts'

/** A mark in the text: behind which character it stands, and how it is printed. */
export interface StandingMark extends Marked {
  readonly note: ParagraphId
  readonly text: string
}

interface Known {
  /** The texts, and the subjects of records, on which it depends where its marks stand. */
  readonly passed: ReadonlySet<HostId>
  /** Those that are shown; none: the note is without a mark. */
  readonly standing: readonly StandingMark[]
}

const NONE: readonly StandingMark[] = []

/**
 * An index of the marks of footnotes by the text that they stand in. It must be told by {@link refresh} when fields of
 * paragraphs have changed, and by {@link refreshIn} when words or records have.
 */
export class NoteMarks {
  readonly #od: OutcomeDocument
  #notes: ReadonlyMap<ParagraphId, Known> = new Map()
  #on: ReadonlyMap<HostId, readonly StandingMark[]> = new Map()

  constructor(od: OutcomeDocument) {
    this.#od = od
    this.refresh()
  }

  /** The marks in a text, in no particular order. */
  on(host: HostId): readonly StandingMark[] {
    return this.#on.get(host) ?? NONE
  }

  /** Whether a mark of the note is shown somewhere. */
  isMarked(note: ParagraphId): boolean {
    return (this.#notes.get(note)?.standing.length ?? 0) > 0
  }

  /** Reads all marks again. Returns the texts of which the marks have changed. */
  refresh(): ReadonlySet<HostId> {
    const notes = new Map<ParagraphId, Known>()
    for (const [id, map] of this.#od.paragraphs)
      if (map.get('kind') === 'note') {
        const known = this.#read(id as ParagraphId)
        if (known) notes.set(id as ParagraphId, known)
      }
    return this.#become(notes)
  }

  /**
   * Reads the marks again that depend on these texts, or on records about them. Returns the texts of which the marks have
   * changed.
   */
  refreshIn(hosts: ReadonlySet<HostId>): ReadonlySet<HostId> {
    const touched = [...this.#notes].filter(([, { passed }]) => [...passed].some((host) => hosts.has(host)))
    if (touched.length === 0) return new Set()
    const notes = new Map(this.#notes)
    for (const [id] of touched) {
      const known = this.#read(id)
      if (known) notes.set(id, known)
    }
    return this.#become(notes)
  }

  #read(note: ParagraphId): Known | null {
    const facts = paragraphFacts(this.#od, note)
    if (!facts?.label || facts.removed || facts.vacant) return null
    const text = superscript(formatStep(facts.label))
    const passed = new Set<HostId>()
    const standing = facts.marks.flatMap((mark) => {
      const at = markedNow(this.#od, mark, passed)
      return at ? [{ ...at, note, text }] : []
    })
    return { passed, standing }
  }

  #become(notes: ReadonlyMap<ParagraphId, Known>): ReadonlySet<HostId> {
    const former = this.#on
    this.#notes = notes
    const marks = [...notes.values()].flatMap(({ standing }) => standing)
    this.#on = Map.groupBy(marks, ({ host }) => host)
    const hosts = [...new Set([...former.keys(), ...this.#on.keys()])]
    return new Set(hosts.filter((host) => !isSame(former.get(host), this.#on.get(host))))
  }
}

const isSame = (a: readonly StandingMark[] = NONE, b: readonly StandingMark[] = NONE): boolean =>
  a.length === b.length && a.every((mark, i) => isSameMark(mark, b[i]))

const isSameMark = ({ note, text, item }: StandingMark, other: StandingMark | undefined): boolean =>
  other?.note === note && other.text === text && other.item[0] === item[0] && other.item[1] === item[1]

const WORD = /[\p{L}\p{M}\p{N}]/u

/** Whether a character is part of a word of a script that has spaces between words. */
const isLetter = (character: string | undefined): boolean =>
  character !== undefined && WORD.test(character) && !hasUnspaced(character)

/** Returns the end of the word in which an offset of a text is: letters added to a word stand before its mark. */
export function wordEnd(runs: readonly TextRun[], offset: number): number {
  const text = runs.map((run) => run.text).join('')
  let end = offset
  while (isLetter(text[end - 1]) && isLetter(text[end])) end++
  return end
}
