import { fold } from './fold.ts'

/** Finds places in the text by words, by number, or by participant. */

/** One reading of a paragraph: its base text, with a proposal accepted, as printed, and so on. */
export interface SearchReading {
  readonly text: string
  /** Where the words come from, in order: from index `from` of `text` on they stand in the host `id`. */
  readonly parts: readonly { readonly from: number; readonly id: string }[]
}

export interface Findable {
  readonly id: string
  readonly label: string
  /** Tried in order; the first that contains the words is shown. */
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

/**
 * Finds items by number or participant's code first, then by words; each group in reading order. Exported for tests.
 */
export function find(items: readonly Findable[], query: string): Found[] {
  const search = findStepwise(items, query)
  for (;;) {
    const step = search.next()
    if (step.done) return step.value
  }
}

/** As {@link find}, but yields after each text, so that a long document can be searched in slices. */
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

/** Folded texts of readings, kept because the same texts are searched again at every key. */
const foldedReadings = new WeakMap<SearchReading, string>()

function foldedOf(reading: SearchReading): string {
  const known = foldedReadings.get(reading)
  if (known !== undefined) return known
  const now = fold(reading.text)
  foldedReadings.set(reading, now)
  return now
}
