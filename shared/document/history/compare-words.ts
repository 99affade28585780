import { diffArrays } from 'diff'
import type { ItemId } from '../../model/proposals/proposal.ts'
import type { Causes } from './causes.ts'
import type { Cause, ComparedPiece, FrozenParagraph } from './compared.ts'
import { RunMap } from '../text/run-map.ts'
import type { Word } from '../text/words.ts'
import { wordsIn } from '../text/words.ts'

/**
 * What is needed to explain words that are new in a paragraph: their causes, and which characters the earlier
 * text had, in any paragraph.
 */
export interface Arrivals {
  readonly causes: Causes
  readonly there: RunMap<true>
}

/** The identities of a text's characters, in flat arrays because there may be a million. */
interface Identities {
  readonly clients: Float64Array
  readonly clocks: Float64Array
}

/** A word and the text that it is from. `of` null: a space that was added to a change to join two phrases. */
interface Token extends Word {
  readonly of: Identities | null
}

function identitiesOf({ base, runs }: FrozenParagraph): Identities {
  const clients = new Float64Array(base.length)
  const clocks = new Float64Array(base.length)
  let at = 0
  for (const [client, clock, length] of runs) {
    clients.fill(client, at, at + length)
    for (let i = 0; i < length; i++) clocks[at + i] = clock + i
    at += length
  }
  return { clients, clocks }
}

function tokens(paragraph: FrozenParagraph | null): Token[] {
  if (!paragraph) return []
  const of = identitiesOf(paragraph)
  return wordsIn(paragraph.base).map(({ text, from }) => ({ text, from, of }))
}

function itemsOf({ text, from, of }: Token): ItemId[] {
  if (!of) return []
  return Array.from({ length: text.length }, (_, i): ItemId => [of.clients[from + i]!, of.clocks[from + i]!])
}

/**
 * Compares a paragraph before and after. Returns the words in order as the same, deleted or inserted, with
 * their causes.
 */
export function compareWords(
  was: FrozenParagraph | null,
  now: FrozenParagraph | null,
  arrivals: Arrivals,
): readonly ComparedPiece[] {
  if (was && now && was.base === now.base)
    return was.base === '' ? [] : [{ kind: 'same', text: was.base, causes: [] }]
  const writer = new PieceWriter(was, now, arrivals)
  writer.write(tokens(was), tokens(now))
  return writer.pieces
}

/** Collects the pieces. Between unchanged words it writes first everything deleted, then everything inserted. */
class PieceWriter {
  readonly pieces: ComparedPiece[] = []
  readonly #arrivals: Arrivals
  /** The characters of the earlier text, and those of the later one. */
  readonly #known = new RunMap<true>()
  readonly #left = new RunMap<true>()
  #gone: Token[] = []
  #come: Token[] = []
  /** An unchanged space behind a change. Whether it is drawn into the change depends on what follows. */
  #space: Token | null = null

  constructor(was: FrozenParagraph | null, now: FrozenParagraph | null, arrivals: Arrivals) {
    this.#arrivals = arrivals
    if (was) this.#known.add(was.runs, true)
    if (now) this.#left.add(now.runs, true)
  }

  write(before: readonly Token[], after: readonly Token[]): void {
    let [from, to] = [0, 0]
    for (const [was, now] of sameWords(before, after)) {
      this.#between(before.slice(from, was), after.slice(to, now))
      this.#same([after[now]!])
      from = was + 1
      to = now + 1
    }
    this.#between(before.slice(from), after.slice(to))
    this.#flush()
  }

  /**
   * Between words that are the same by identity, words that read the same count as the same: undo brought them
   * back as copies.
   */
  #between(before: readonly Token[], after: readonly Token[]): void {
    if (before.length === 0 || after.length === 0) return this.#changed(before, after)
    let [from, to] = [0, 0]
    const parts = diffArrays(
      before.map(({ text }) => text),
      after.map(({ text }) => text),
    )
    let gone: readonly Token[] = []
    let come: readonly Token[] = []
    for (const { added, removed, value } of parts) {
      if (removed) gone = [...gone, ...before.slice(from, (from += value.length))]
      else if (added) come = [...come, ...after.slice(to, (to += value.length))]
      else {
        this.#changed(gone, come)
        gone = come = []
        this.#same(after.slice(to, (to += value.length)))
        from += value.length
      }
    }
    this.#changed(gone, come)
  }

  /** A single space between two replaced phrases is drawn into the change, so that one phrase replaces another. */
  #changed(gone: readonly Token[], come: readonly Token[]): void {
    if (gone.length === 0 && come.length === 0) return
    if (this.#space) {
      const drawn = gone.length > 0 && come.length > 0 && this.#gone.length > 0 && this.#come.length > 0
      if (!drawn) this.#flush()
      else {
        this.#gone.push({ ...this.#space, of: null })
        this.#come.push({ ...this.#space, of: null })
        this.#space = null
      }
    }
    this.#gone.push(...gone)
    this.#come.push(...come)
  }

  #same(words: readonly Token[]): void {
    for (const word of words) {
      const changing = this.#gone.length > 0 || this.#come.length > 0
      if (changing && !this.#space && word.text.trim() === '') this.#space = word
      else {
        this.#flush()
        this.#add('same', word.text, [])
      }
    }
  }

  #flush(): void {
    const gone = this.#gone.map((word) => ({ text: word.text, causes: this.#whoTook(word) }))
    const come = this.#come.map((word) => ({ text: word.text, causes: this.#whoBrought(word) }))
    // The characters of both texts may have been cut into words differently, beside a word that reads the same.
    const told = unique([...gone, ...come].flatMap(({ causes }) => causes))
    const all =
      told.length > 0 ? told : unique([...this.#gone, ...this.#come].flatMap((word) => this.#whoWrote(word)))
    this.#gone = []
    this.#come = []
    // A word none of whose characters went is listed as deleted because something was inserted into it; and the
    // reverse.
    for (const { text, causes } of gone) this.#add('deleted', text, causes.length > 0 ? causes : all)
    for (const { text, causes } of come) this.#add('inserted', text, causes.length > 0 ? causes : all)
    if (this.#space) this.#add('same', this.#space.text, [])
    this.#space = null
  }

  #add(kind: ComparedPiece['kind'], text: string, causes: readonly Cause[]): void {
    const last = this.pieces.at(-1)
    if (last?.kind === kind && sameCauses(last.causes, causes))
      this.pieces[this.pieces.length - 1] = { ...last, text: last.text + text }
    else this.pieces.push({ kind, text, causes })
  }

  #whoWrote(word: Token): readonly Cause[] {
    return itemsOf(word).flatMap((item) => this.#arrivals.causes.of(item))
  }

  #whoTook(word: Token): readonly Cause[] {
    const gone = itemsOf(word).filter((item) => !this.#left.get(item))
    return unique(gone.flatMap((item) => this.#arrivals.causes.removal(item)))
  }

  #whoBrought(word: Token): readonly Cause[] {
    const come = itemsOf(word).filter((item) => !this.#known.get(item))
    return unique(come.flatMap((item) => this.#brought(item)))
  }

  /**
   * Words from elsewhere in the earlier text were brought by a split or a merger; other new words also have
   * the one who asked for them.
   */
  #brought(item: ItemId): readonly Cause[] {
    const { causes, there } = this.#arrivals
    const carried = causes.carried(item)
    if (!carried) return causes.of(item)
    return there.get(carried.from) ? [carried.by] : [carried.by, ...causes.of(item)]
  }
}

/** Returns pairs of indexes of words with exactly the same characters, ascending in both texts. */
function sameWords(before: readonly Token[], after: readonly Token[]): [number, number][] {
  const places = new Map<number, Map<number, number>>()
  for (const [index, { from, of }] of before.entries()) {
    const client = of?.clients[from] ?? 0
    const known = places.get(client) ?? new Map<number, number>()
    places.set(client, known.set(of?.clocks[from] ?? 0, index))
  }
  const pairs: [number, number][] = []
  let next = 0
  for (const [index, word] of after.entries()) {
    const place = places.get(word.of?.clients[word.from] ?? 0)?.get(word.of?.clocks[word.from] ?? 0)
    if (place === undefined || place < next || !isSame(before[place]!, word)) continue
    pairs.push([place, index])
    next = place + 1
  }
  return pairs
}

function isSame(a: Token, b: Token): boolean {
  if (a.text !== b.text || !a.of || !b.of) return false
  for (let i = 0; i < a.text.length; i++) {
    if (a.of.clients[a.from + i] !== b.of.clients[b.from + i]) return false
    if (a.of.clocks[a.from + i] !== b.of.clocks[b.from + i]) return false
  }
  return true
}

const sameCauses = (a: readonly Cause[], b: readonly Cause[]): boolean =>
  a.length === b.length && a.every((cause, i) => cause === b[i])

/** Each cause once. All questions return the same objects, so identity is enough. */
const unique = (causes: readonly Cause[]): readonly Cause[] => [...new Set(causes)]
