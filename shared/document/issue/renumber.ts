import type { ParagraphId, ProposalId } from '../../model/ids.ts'
import type { DivisionKind } from '../../model/division.ts'
import type { Label } from '../../model/label.ts'
import { languageOfLabel } from '../../model/label.ts'
import { cellLabel, cellPlace } from '../../model/table.ts'
import type { CellPlace } from '../../model/table.ts'
import { labelInSeries, labelKey, seriesKey, stepsUp } from '../../model/label-path.ts'
import type { Series } from '../../model/label-path.ts'
import type { ParagraphFacts } from '../../model/paragraph.ts'
import { isBlockKind } from '../../model/proposals/proposal.ts'
import { isOpenBracket } from '../agreement.ts'
import { entriesOf } from '../records.ts'
import type { OutcomeDocument } from '../schema.ts'
import { compareStrings, headOf } from '../schema.ts'

export interface Renumbered {
  readonly paragraphs: ReadonlyMap<ParagraphId, Label>
  /** The labels of the open proposals for new and alternative paragraphs; null for items of unnumbered lists. */
  readonly proposed: ReadonlyMap<ProposalId, Label | null>
}

/**
 * Numbers each series 1, 2, 3 … in the order of the text, and divisions with it. What a paragraph is below follows from
 * where it now stands: from the heading before it, and from the paragraph before it that has a lower level. A proposed
 * paragraph takes the next suffix of the number that it stands after in its series.
 */
export function renumbered(od: OutcomeDocument, paragraphs: readonly ParagraphFacts[]): Renumbered {
  const numbers = new Map<ParagraphId, Label>()
  const proposed = new Map<ProposalId, Label | null>()
  const renumbering = new Renumbering(paragraphs)
  for (const entry of inOrder(od, paragraphs)) {
    if ('proposal' in entry) {
      const { label, level, alternative } = entry
      proposed.set(entry.proposal, label && renumbering.proposed(label, level, alternative))
    } else if (entry.vacant) continue
    else {
      const label = renumbering.next(entry)
      if (label) numbers.set(entry.id, label)
    }
  }
  return { paragraphs: numbers, proposed }
}

interface ProposedPlace {
  readonly proposal: ProposalId
  readonly alternative: boolean
  readonly order: string
  readonly label: Label | null
  readonly level: number
}

function inOrder(
  od: OutcomeDocument,
  paragraphs: readonly ParagraphFacts[],
): (ParagraphFacts | ProposedPlace)[] {
  const proposed: ProposedPlace[] = []
  for (const [proposal, { order, label, level = 0 }] of entriesOf(od, 'label')) {
    const kind = headOf(od, proposal)?.kind
    if (!kind || !isBlockKind(kind) || !isOpenBracket(od, proposal)) continue
    proposed.push({ proposal, alternative: kind === 'alternative', order, label, level })
  }
  return [...paragraphs, ...proposed].sort((a, b) => compareStrings(a.order, b.order))
}

const numberedKey = (label: Label): string => labelKey(labelInSeries(label, label.number, label.suffix))

/** The new labels, given in the order of the text. */
class Renumbering {
  /** The last number of a paragraph in each series. */
  readonly #reached = new Map<string, number>()
  /** The last label in each series, proposed ones included. */
  readonly #last = new Map<string, Label>()
  /** The new labels of the first of each number, by its old number and suffix. */
  readonly #first = new Map<string, Label>()
  /** How many alternatives there are, by the new number and suffix. */
  readonly #alternatives = new Map<string, number>()
  /** New labels by the old ones. */
  readonly #known = new Map<string, Label>()
  /** The numbered paragraphs that what comes next may be below, of rising levels, and the text's last divisions. */
  #governing: { readonly level: number; readonly label: Label }[] = []
  readonly #divisions = new Map<DivisionKind, Label>()
  /** The labels of the divisions that have, or had, a heading with a number. */
  readonly #headed: ReadonlySet<string>

  constructor(paragraphs: readonly ParagraphFacts[]) {
    const borne = paragraphs.flatMap(({ label, former }) => [label, former])
    this.#headed = new Set(borne.flatMap((label) => (label?.division ? [labelKey(label)] : [])))
  }

  /** Returns the new label of a paragraph or heading; null when it has none. */
  next({ label, level, kind }: ParagraphFacts): Label | null {
    const cell = cellPlace(label)
    if (cell) return this.#cell(cell)
    if (kind === 'paragraph') this.#governing = this.#governing.filter((above) => above.level < level)
    if (!label) return null
    const fresh = this.#alternative(label, level) ?? this.#count(this.#seriesOf(label, level))
    if (!fresh.alt) this.#first.set(numberedKey(label), fresh)
    this.#known.set(labelKey(label), fresh)
    // A caption governs its cells alone, which name its table.
    if (fresh.division === 'table') return fresh
    if (fresh.division) this.#enter(fresh.division, fresh)
    else if (kind === 'paragraph') this.#governing.push({ level, label: fresh })
    return fresh
  }

  /**
   * Returns the label of an alternative to a paragraph before it; null for what is none, or of which none before it stands any more:
   * that one takes the number.
   */
  #alternative(label: Label, level: number): Label | null {
    const key = numberedKey(label)
    const place = this.#seriesOf(label, level)
    const first = label.alt ? this.#first.get(key) : undefined
    if (!first || seriesKey(place) !== seriesKey(first)) return null
    return this.#nextAlternative(first)
  }

  /** Returns the next alternative, after 3 "3 alt", then "3 alt 2". */
  #nextAlternative(to: Label): Label {
    const key = numberedKey(to)
    const alt = (this.#alternatives.get(key) ?? 0) + 1
    this.#alternatives.set(key, alt)
    return { ...labelInSeries(to, to.number, to.suffix), alt }
  }

  /** Rows that are left are counted anew. A row keeps its columns. */
  #cell({ table, row, column }: CellPlace): Label {
    const fresh = this.#known.get(labelKey(table)) ?? this.#uncaptioned(table)
    const before = labelKey(labelInSeries({ series: 'row', within: table }, row, 0))
    const known = this.#known.get(before) ?? this.#count({ series: 'row', within: fresh })
    this.#known.set(before, known)
    return cellLabel({ table: fresh, row: known.number, column })
  }

  #uncaptioned(table: Label): Label {
    const fresh = this.#count(this.#seriesOf(table, 0))
    this.#known.set(labelKey(table), fresh)
    return fresh
  }

  /** Returns the new label of a proposed paragraph. */
  proposed(label: Label, level: number, alternative: boolean): Label {
    const place = this.#seriesOf(label, level)
    const last = this.#last.get(seriesKey(place))
    const fresh = alternative
      ? this.#nextAlternative(labelInSeries(place, last?.number ?? 0, last?.suffix ?? 0))
      : labelInSeries(place, last?.number ?? 0, last ? last.suffix + 1 : 0)
    this.#last.set(seriesKey(place), fresh)
    return fresh
  }

  /** Returns the next label in the series of this one. */
  #count(of: Series): Label {
    const series = seriesKey(of)
    const number = (this.#reached.get(series) ?? 0) + 1
    const fresh = labelInSeries(of, number, 0)
    this.#reached.set(series, number)
    this.#last.set(series, fresh)
    return fresh
  }

  #enter(kind: DivisionKind, label: Label): void {
    for (const [other, { within }] of this.#divisions)
      if (within && [...stepsUp(within)].some(({ division }) => division === kind))
        this.#divisions.delete(other)
    this.#divisions.set(kind, label)
    this.#governing = []
  }

  /** Returns the series that a label is counted in from now on. */
  #seriesOf(label: Label, level: number): Series {
    const { series, division, style, unprinted } = label
    const within = this.#within(label, level)
    // A dotted number with nothing before the full stop is a plain one.
    const kept = style === 'dotted' && !within ? undefined : style
    const language = languageOfLabel(label)
    return {
      ...(series && { series }),
      ...(unprinted && { unprinted }),
      ...(division && { division }),
      ...(kept && { style: kept }),
      ...(within ? { within } : language !== 'en' && { language }),
    }
  }

  #within({ within }: Label, level: number): Label | undefined {
    if (!within) return undefined
    if (within.division) return this.#division(within, within.division)
    const above = this.#governing.findLast((one) => one.level < level)?.label
    return above ?? this.#known.get(labelKey(within)) ?? this.#within(within, 0)
  }

  /**
   * Returns the new label of a division. One whose heading was deleted or moved away has become a part of the one before; one that
   * never had a heading with a number is counted where it begins.
   */
  #division(of: Label, kind: DivisionKind): Label | undefined {
    const key = labelKey(of)
    if (this.#headed.has(key)) return this.#divisions.get(kind) ?? this.#within(of, 0)
    const known = this.#known.get(key)
    if (known) return known
    const fresh = this.#count(this.#seriesOf(of, 0))
    this.#known.set(key, fresh)
    return fresh
  }
}
