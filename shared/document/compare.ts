import { diffArrays } from 'diff'
import type { ParagraphId } from '../model/ids.ts'
import type { ItemId } from '../model/proposal.ts'
import type { Causes } from './causes.ts'
import type { Cause, ComparedParagraph, ComparedPiece, FrozenParagraph, FrozenText } from './compared.ts'
import { RunMap } from './run-map.ts'
import type { Word } from './words.ts'
import { wordsIn } from './words.ts'

/**
 * Two texts, paragraph by paragraph along identities and word by word within: base text, without brackets. In the order
 * of the later one; what is gone stands where it stood.
 */
export function compareTexts(before: FrozenText, after: FrozenText, causes: Causes): ComparedParagraph[] {
  const old = new Map(before.paragraphs.map((paragraph) => [paragraph.id, paragraph]))
  const still = new Set(after.paragraphs.map(({ id }) => id))
  const gone = goneBehind(before.paragraphs, still)
  const moved = movedAmong(before.paragraphs, after.paragraphs)
  const compared: ComparedParagraph[] = []
  const there = new RunMap<true>()
  for (const { runs } of before.paragraphs) there.add(runs, true)
  const arrivals: Arrivals = { causes, there }
  const addGone = (behind: ParagraphId | null) => {
    for (const paragraph of gone.get(behind) ?? [])
      compared.push(compareParagraph(paragraph, null, arrivals, false))
  }
  addGone(null)
  for (const paragraph of after.paragraphs) {
    const was = old.get(paragraph.id) ?? null
    compared.push(compareParagraph(was, paragraph, arrivals, moved.has(paragraph.id)))
    addGone(paragraph.id)
  }
  return compared
}

/** The paragraphs that are gone, by the last one before them that is not. */
function goneBehind(
  paragraphs: readonly FrozenParagraph[],
  still: ReadonlySet<ParagraphId>,
): ReadonlyMap<ParagraphId | null, readonly FrozenParagraph[]> {
  const found = new Map<ParagraphId | null, FrozenParagraph[]>()
  let behind: ParagraphId | null = null
  for (const paragraph of paragraphs) {
    if (still.has(paragraph.id)) behind = paragraph.id
    else found.set(behind, [...(found.get(behind) ?? []), paragraph])
  }
  return found
}

/** Those that have to be carried past others; all else keeps its order (the longest row that does). */
function movedAmong(
  before: readonly FrozenParagraph[],
  after: readonly FrozenParagraph[],
): ReadonlySet<ParagraphId> {
  const places = new Map(before.map(({ id }, index) => [id, index]))
  const common = after.flatMap(({ id }) => {
    const place = places.get(id)
    return place === undefined ? [] : [{ id, place }]
  })
  const kept = longestRising(common.map(({ place }) => place))
  return new Set(common.filter((_, index) => !kept.has(index)).map(({ id }) => id))
}

/** Indexes of a longest rising row of numbers. */
function longestRising(numbers: readonly number[]): ReadonlySet<number> {
  const ends: number[] = []
  const previous: number[] = []
  for (const [index, number] of numbers.entries()) {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (numbers[ends[middle]!]! < number) low = middle + 1
      else high = middle
    }
    previous.push(ends[low - 1] ?? -1)
    ends[low] = index
  }
  const kept = new Set<number>()
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at]!) kept.add(at)
  return kept
}

/** Who caused what, and what was in the earlier text, in whatever paragraph. */
interface Arrivals {
  readonly causes: Causes
  readonly there: RunMap<true>
}

function compareParagraph(
  was: FrozenParagraph | null,
  now: FrozenParagraph | null,
  arrivals: Arrivals,
  moved: boolean,
): ComparedParagraph {
  const { id, kind } = (now ?? was)!
  const pieces = compareWords(was, now, arrivals)
  const changed = pieces.some((piece) => piece.kind !== 'same')
  const gone = now === null || (now.vacant && was !== null && !was.vacant)
  const change = was === null ? 'added' : gone ? 'deleted' : moved ? 'moved' : changed ? 'changed' : 'same'
  return { id, kind, was: was?.label ?? null, now: now?.label ?? null, change, pieces }
}

/** A word with the identities of its characters. */
interface Token extends Word {
  readonly items: readonly ItemId[]
}

function tokens(paragraph: FrozenParagraph | null): Token[] {
  if (!paragraph) return []
  const items: ItemId[] = []
  for (const [client, clock, length] of paragraph.runs)
    for (let i = 0; i < length; i++) items.push([client, clock + i])
  return wordsIn(paragraph.base).map((word) => ({
    ...word,
    items: items.slice(word.from, word.from + word.text.length),
  }))
}

const keyOf = ([client, clock]: ItemId): string => `${client}:${clock}`

function compareWords(
  was: FrozenParagraph | null,
  now: FrozenParagraph | null,
  arrivals: Arrivals,
): readonly ComparedPiece[] {
  if (was && now && was.base === now.base)
    return was.base === '' ? [] : [{ kind: 'same', text: was.base, causes: [] }]
  const writer = new PieceWriter(tokens(was), tokens(now), arrivals)
  writer.write()
  return writer.pieces
}

/** Writes what is the same, and between that what changed: first all that went, then all that came. */
class PieceWriter {
  readonly pieces: ComparedPiece[] = []
  readonly #before: readonly Token[]
  readonly #after: readonly Token[]
  readonly #arrivals: Arrivals
  readonly #known: ReadonlySet<string>
  readonly #left: ReadonlySet<string>
  #gone: Token[] = []
  #come: Token[] = []
  /** The same in both, behind a change: it waits for what comes next. */
  #space: Token | null = null

  constructor(before: readonly Token[], after: readonly Token[], arrivals: Arrivals) {
    this.#before = before
    this.#after = after
    this.#arrivals = arrivals
    this.#known = new Set(before.flatMap(({ items }) => items.map(keyOf)))
    this.#left = new Set(after.flatMap(({ items }) => items.map(keyOf)))
  }

  write(): void {
    let [from, to] = [0, 0]
    for (const [before, after] of sameWords(this.#before, this.#after)) {
      this.#between(this.#before.slice(from, before), this.#after.slice(to, after))
      this.#same([this.#after[after]!])
      from = before + 1
      to = after + 1
    }
    this.#between(this.#before.slice(from), this.#after.slice(to))
    this.#flush()
  }

  /** Between words that are the same by identity, those that read alike are the same too: an undo brought them back. */
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

  /** A space alone between two phrases that were replaced is drawn into them: one phrase went and one came. */
  #changed(gone: readonly Token[], come: readonly Token[]): void {
    if (gone.length === 0 && come.length === 0) return
    if (this.#space) {
      const drawn = gone.length > 0 && come.length > 0 && this.#gone.length > 0 && this.#come.length > 0
      if (!drawn) this.#flush()
      else {
        this.#gone.push({ ...this.#space, items: [] })
        this.#come.push({ ...this.#space, items: [] })
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
    // Characters of both texts may be cut into words anew, beside a word that reads like one of them.
    const told = unique([...gone, ...come].flatMap(({ causes }) => causes))
    const all =
      told.length > 0 ? told : unique([...this.#gone, ...this.#come].flatMap((word) => this.#whoWrote(word)))
    this.#gone = []
    this.#come = []
    // A word of which nothing went is gone because something came into it, and the other way round.
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

  #whoWrote({ items }: Token): readonly Cause[] {
    return items.flatMap((item) => this.#arrivals.causes.of(item))
  }

  #whoTook({ items }: Token): readonly Cause[] {
    const gone = items.filter((item) => !this.#left.has(keyOf(item)))
    return unique(gone.flatMap((item) => this.#arrivals.causes.removal(item)))
  }

  #whoBrought({ items }: Token): readonly Cause[] {
    const come = items.filter((item) => !this.#known.has(keyOf(item)))
    return unique(come.flatMap((item) => this.#brought(item)))
  }

  /** What stood elsewhere before is here by a split or a merger; what is new besides, by whoever asked for it too. */
  #brought(item: ItemId): readonly Cause[] {
    const { causes, there } = this.#arrivals
    const carried = causes.carried(item)
    if (!carried) return causes.of(item)
    return there.get(carried.from) ? [carried.by] : [carried.by, ...causes.of(item)]
  }
}

/** Pairs of words of the very same characters, in the order of both texts. */
function sameWords(before: readonly Token[], after: readonly Token[]): [number, number][] {
  const places = new Map<string, number>()
  for (const [index, { items }] of before.entries()) if (items[0]) places.set(keyOf(items[0]), index)
  const pairs: [number, number][] = []
  let next = 0
  for (const [index, word] of after.entries()) {
    const place = word.items[0] ? places.get(keyOf(word.items[0])) : undefined
    const old = place === undefined || place < next ? undefined : before[place]
    if (place === undefined || !old || old.text !== word.text) continue
    if (!old.items.every((item, i) => keyOf(item) === keyOf(word.items[i]!))) continue
    pairs.push([place, index])
    next = place + 1
  }
  return pairs
}

const sameCauses = (a: readonly Cause[], b: readonly Cause[]): boolean =>
  a.length === b.length && a.every((cause, i) => cause === b[i])

/** Each cause once; every question answers with the same objects. */
const unique = (causes: readonly Cause[]): readonly Cause[] => [...new Set(causes)]
