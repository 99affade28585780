import type { ParagraphId } from '../../model/ids.ts'
import type { Causes } from './causes.ts'
import type { Arrivals } from './compare-words.ts'
import { compareWords } from './compare-words.ts'
import type { ComparedParagraph, FrozenParagraph, FrozenText } from './compared.ts'
import { RunMap } from '../text/run-map.ts'
import { partitionPoint } from '../text/search.ts'

/**
 * Compares two base texts: paragraphs by id, then word by word within each. Returns the paragraphs in the order
 * of the later text; one that is gone comes where it was.
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

/** Returns the paragraphs that are gone, by the last paragraph before them that is still there. */
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

/** Returns the paragraphs that were moved: all but a longest sequence that has the same order in both texts. */
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

/** Returns the indexes of a longest ascending subsequence. */
function longestRising(numbers: readonly number[]): ReadonlySet<number> {
  const ends: number[] = []
  const previous: number[] = []
  for (const [index, number] of numbers.entries()) {
    const at = partitionPoint(ends.length, (end) => numbers[ends[end]!]! < number)
    previous.push(ends[at - 1] ?? -1)
    ends[at] = index
  }
  const kept = new Set<number>()
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at]!) kept.add(at)
  return kept
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
