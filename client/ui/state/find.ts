import { fold } from './fold.ts'

/** Finding a place in the text by its words, its number, or who is in it. */

/** One way to read a paragraph: its base text, as if a proposal were accepted, as printed … */
export interface SearchReading {
  readonly text: string
  /** Where the words come from, in their order: what begins at an index of `text` stands in this paragraph or proposal. */
  readonly parts: readonly { readonly from: number; readonly id: string }[]
}

export interface Findable {
  readonly id: string
  readonly label: string
  /** The first one that holds the words is shown. */
  readonly readings: readonly SearchReading[]
  readonly participants: readonly string[]
}

export interface Found {
  readonly id: string
  /** The paragraph or proposal in which the words begin. */
  readonly at: string
  readonly label: string
  /** The words around the match, or the first words. */
  readonly excerpt: string
  readonly participants: readonly string[]
}

const FOUND_LIMIT = 50
const BEFORE = 28
const AFTER = 90

/** A number or a participant's code first, then words; each group in reading order. */
export function find(items: readonly Findable[], query: string): Found[] {
  const search = findStepwise(items, query)
  for (;;) {
    const step = search.next()
    if (step.done) return step.value
  }
}

/** {@link find}, which yields after each text that it has read: a long document is searched in slices. */
export function* findStepwise(items: readonly Findable[], query: string): Generator<undefined, Found[]> {
  const wanted = fold(query.trim())
  if (wanted === '') return []
  const exact: Found[] = []
  const worded: Found[] = []
  for (const item of items) {
    const [first] = item.readings
    if (fold(item.label) === wanted || item.participants.some((name) => fold(name) === wanted))
      exact.push(found(item, first ?? NOTHING, 0))
    else {
      const reading = yield* readingWith(item.readings, wanted)
      if (reading) worded.push(found(item, reading, foldedOf(reading).indexOf(wanted)))
    }
    if (exact.length >= FOUND_LIMIT) break
  }
  return [...exact, ...worded].slice(0, FOUND_LIMIT)
}

function* readingWith(
  readings: readonly SearchReading[],
  wanted: string,
): Generator<undefined, SearchReading | null> {
  for (const reading of readings) {
    if (foldedOf(reading).includes(wanted)) return reading
    yield
  }
  return null
}

const NOTHING: SearchReading = { text: '', parts: [] }

function found({ id, label, participants }: Findable, { text, parts }: SearchReading, folded: number): Found {
  const origins: number[] = []
  fold(text, origins)
  const at = origins[folded] ?? 0
  const start = at <= BEFORE ? 0 : text.lastIndexOf(' ', at - BEFORE) + 1
  const words = text.slice(start, at + AFTER)
  const excerpt = `${start > 0 ? '… ' : ''}${words}${start + words.length < text.length ? ' …' : ''}`
  return { id, at: parts.findLast(({ from }) => from <= at)?.id ?? id, label, excerpt, participants }
}

/** The same text is searched at every key: as long as a reading is in use, so is its folded text. */
const foldedReadings = new WeakMap<SearchReading, string>()

function foldedOf(reading: SearchReading): string {
  const known = foldedReadings.get(reading)
  if (known !== undefined) return known
  const now = fold(reading.text)
  foldedReadings.set(reading, now)
  return now
}
