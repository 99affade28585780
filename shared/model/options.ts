import { endOfFamily } from './family.ts'
import type { Label } from './label.ts'
import { isWithin, isWithinAny, labelInSeries, labelKey } from './label-path.ts'
import type { ParagraphKind } from './paragraph.ts'

/**
 * Options are alternatives of one place, of which one is to be chosen: `Option 1`, `Option 2`, or 2, 2 alt, 2 alt 2. Which
 * paragraphs are options follows from the labels, the levels and the order of the text alone.
 */

/** What is asked to find options, of paragraphs in the order of the text. */
interface Standing {
  readonly id: string
  readonly kind: ParagraphKind
  readonly level: number
  readonly label: Label | null
  readonly vacant: boolean
}

export interface Option<T> {
  /** The paragraph or heading that bears its number; a heading without one where several paragraphs are an option. */
  readonly head: T
  /** All that goes with it, in the order of the text, the head included: headings that stand over it, and what is below it. */
  readonly blocks: readonly T[]
}

/** Two or more options that stand one behind the other, in the order of the text. */
export type OptionSet<T> = readonly Option<T>[]

/** From `start` to before `end`, indexes of the text. */
interface Extent {
  readonly start: number
  readonly head: number
  readonly end: number
  readonly label: Label | null
}

/** Options of which no block has words any more are none: one that is alone is no option. In the order of the text. */
export function optionSets<T extends Standing>(text: readonly T[]): readonly OptionSet<T>[] {
  const grouped = groupedAlternatives(text)
  const taken = new Set(grouped.flatMap((set) => set.flatMap((one) => indexes(one))))
  const sets = [...grouped, ...numberedSets(text, taken)]
  return sets
    .map((set) => set.map((one) => optionIn(text, one)).filter(hasWords))
    .filter((set) => set.length > 1)
    .sort((a, b) => text.indexOf(a[0]!.head) - text.indexOf(b[0]!.head))
}

const indexes = ({ start, end }: Extent): number[] => Array.from({ length: end - start }, (_, i) => start + i)

const optionIn = <T>(text: readonly T[], { start, head, end }: Extent): Option<T> => ({
  head: text[head]!,
  blocks: text.slice(start, end),
})

const hasWords = ({ blocks }: Option<Standing>): boolean =>
  blocks.some(({ kind, vacant }) => kind !== 'separator' && !vacant)

/** Options with a number of their own, and paragraphs of one number: 2, 2 alt. `taken`: indexes of what is in an option already. */
function numberedSets(text: readonly Standing[], taken: ReadonlySet<number>): readonly Extent[][] {
  const last = new Map<string, Extent[]>()
  const all: Extent[][] = []
  const alternated = new Set(text.flatMap(({ label }) => (label?.alt ? label.number : [])))
  for (const [i, { label, kind }] of text.entries()) {
    if (!label || taken.has(i) || !(label.division === 'option' || alternated.has(label.number))) continue
    const key = setKey(label, kind)
    if (key === null) continue
    const extent = { start: i, head: i, end: endOfOption(text, i), label }
    const known = last.get(key)
    const before = known?.at(-1)
    if (known && before && isNext(before.label!, label) && reaches(text, before.head, i)) {
      const start = startOfLead(text, i)
      known[known.length - 1] = { ...before, end: start }
      known.push({ ...extent, start })
    } else {
      const fresh = [extent]
      last.set(key, fresh)
      all.push(fresh)
    }
  }
  for (const set of all) if (set.length > 1) set.push(asLast(text, set.pop()!, set))
  return all
}

/** The key that the options of one place have in common; null for what is no option. */
function setKey(label: Label | null, kind: ParagraphKind): string | null {
  if (label?.division === 'option') return `options ${label.within ? labelKey(label.within) : ''}`
  if (!label || label.division || kind !== 'paragraph') return null
  return `alternatives ${labelKey(labelInSeries(label, label.number, label.suffix))}`
}

/** Numbers that begin again are those of another place: the letters behind numbers, or what is an alternative of the first. */
function isNext(before: Label, label: Label): boolean {
  const alternative = (label.alt ?? 0) - (before.alt ?? 0)
  const further = label.number - before.number || label.suffix - before.suffix || alternative
  return further > 0 || (label.style === before.style && alternative === 0)
}

/** Whether all that stands between an option and the next one belongs to the first. */
function reaches(text: readonly Standing[], head: number, next: number): boolean {
  const { kind, level, label } = text[head]!
  if (kind === 'heading') return startOfLead(text, next) <= endOfFamily(text, head)
  return text
    .slice(head + 1, startOfLead(text, next))
    .every((one) =>
      one.kind === 'paragraph'
        ? one.label === null || one.level > level || isWithin(one.label, label!)
        : one.kind === 'separator',
    )
}

/** Headings without a number, and lines of asterisks, right before an option go with it. */
function startOfLead(text: readonly Standing[], at: number): number {
  let start = at
  for (let one = text[start - 1]; one; one = text[start - 1]) {
    if (one.kind !== 'separator' && !(one.kind === 'heading' && one.label === null)) break
    start--
  }
  return start
}

/**
 * What counts below an option belongs to it, at whatever level it stands; and what has no number, as far as it stands below its
 * head. A number that counts elsewhere ends it.
 */
function endOfOption(text: readonly Standing[], at: number): number {
  const { kind: of, level: above, label: own } = text[at]!
  const family = endOfFamily(text, at)
  const keys = new Set(own ? [labelKey(own)] : [])
  let end = at + 1
  for (let next = text[end]; next && next.kind !== 'note'; next = text[end]) {
    const { label, kind, level } = next
    const counts = label !== null && isWithinAny(label, keys)
    const isBelow = end < family && (label === null || of !== 'heading' || isSubheading(next))
    if (!counts && !isBelow) break
    if (kind === 'heading' && label && level > above) keys.add(labelKey(label))
    end++
  }
  return startOfTrailing(text, end, at + 1)
}

/** A line of asterisks at the end stands between this and what follows. */
function startOfTrailing(text: readonly Standing[], end: number, from: number): number {
  let start = end
  while (start > from && text[start - 1]!.kind === 'separator') start--
  return start
}

const isSubheading = ({ kind, label }: Standing): boolean =>
  kind === 'heading' && label?.division !== undefined && label.division !== 'option'

/**
 * The last option has what corresponds to what the ones before it have: alternatives of their paragraphs, and paragraphs without
 * a number of the same levels.
 */
function asLast(text: readonly Standing[], last: Extent, before: readonly Extent[]): Extent {
  const earlier = before.flatMap((one) => text.slice(one.head + 1, one.end))
  const numbers = new Set(earlier.flatMap(({ label, kind }) => setKey(label, kind) ?? []))
  const loose = new Set(
    earlier.flatMap(({ label, level, kind }) => (!label && kind === 'paragraph' ? level : [])),
  )
  let { end } = last
  for (let next = text[end]; next?.kind === 'paragraph'; next = text[end]) {
    const { label, level, kind } = next
    const corresponds = label
      ? label.alt !== undefined && numbers.has(setKey(label, kind) ?? '')
      : loose.has(level)
    if (!corresponds) break
    end++
  }
  return { ...last, end }
}

/**
 * Options of several paragraphs below headings without numbers: `Option 1:` above 2 and 3, `Option 2:` above 2 alt and 3 alt.
 * The last one ends where a paragraph that is no alternative follows.
 */
function groupedAlternatives(text: readonly Standing[]): readonly Extent[][] {
  const sets: Extent[][] = []
  for (let i = 0; i < text.length; i++) {
    const set = groupedFrom(text, i)
    if (set.length < 2) continue
    sets.push(set)
    i = set.at(-1)!.end - 1
  }
  return sets
}

function groupedFrom(text: readonly Standing[], at: number): Extent[] {
  const set: Extent[] = []
  for (let head = at, first = firstBelow(text, head); first; first = firstBelow(text, head)) {
    const before = set.at(-1)
    if (before ? !isAlternativeOf(first, before.label!) : first.alt !== undefined) break
    const next = nextHeading(text, head)
    if (before) set[set.length - 1] = { ...before, end: head }
    set.push({ start: head, head, end: endOfAlternatives(text, head + 1), label: first })
    head = next
  }
  return set
}

/** The label of the first paragraph below a heading without a number; null when none stands right behind it. */
function firstBelow(text: readonly Standing[], head: number): Label | null {
  const [heading, first] = [text[head], text[head + 1]]
  if (heading?.kind !== 'heading' || heading.label !== null || first?.kind !== 'paragraph') return null
  return first.label && !first.label.division ? first.label : null
}

const isAlternativeOf = (label: Label, before: Label): boolean =>
  setKey(label, 'paragraph') === setKey(before, 'paragraph') && (label.alt ?? 0) > (before.alt ?? 0)

/** The index of the next heading of the same level; the length of the text when one of a higher level, or none, follows. */
function nextHeading(text: readonly Standing[], head: number): number {
  const { level } = text[head]!
  const next = text.findIndex((one, i) => i > head && one.kind === 'heading' && one.level <= level)
  return next >= 0 && text[next]!.level === level ? next : text.length
}

function endOfAlternatives(text: readonly Standing[], first: number): number {
  const { level } = text[first]!
  let end = first + 1
  for (let next = text[end]; next?.kind === 'paragraph'; next = text[end]) {
    const isAlternative = next.label === null || (next.label.alt ?? 0) > 0
    if (next.level < level || (next.level === level && !isAlternative)) break
    end++
  }
  return end
}

/** Returns the set of which a paragraph or heading is the head of an option; null when it is none. */
export const setHeadedBy = <T extends Standing>(
  sets: readonly OptionSet<T>[],
  head: string,
): OptionSet<T> | null => sets.find((set) => set.some((option) => option.head.id === head)) ?? null
