import type { Refusal } from '../../../model/command.ts'
import type { FamilyChanged, ParagraphMoved, PlaceMoved } from '../../../model/proposals/decision.ts'
import type { ParagraphId, ProposalId } from '../../../model/ids.ts'
import type { Label } from '../../../model/label.ts'
import { labelInSeries, labelKey, relabelled, seriesKey } from '../../../model/label-path.ts'
import { withWords } from '../../../model/family.ts'
import { isOfTable } from '../../../model/table.ts'
import type { ParagraphFacts } from '../../../model/paragraph.ts'
import type { Consequence, WholeAnchor } from '../../../model/proposals/proposal.ts'
import { familyOf, issuedAmong } from '../../issue/families.ts'
import type { IssuedTo } from '../../issue/families.ts'
import { giveNumbers } from '../../issue/follow-up.ts'
import { Numbers } from '../../issue/numbering.ts'
import { isOpen } from '../../open.ts'
import type { IssuedLabel } from '../../records.ts'
import { recordDelete, recordSet } from '../../records.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { compareStrings } from '../../schema.ts'
import { agreedBelow, belowItself } from '../checks/families.ts'
import { move, placeParagraph, vacate, withoutWords } from './paragraphs.ts'

/** Deleting and moving a paragraph with everything below it: all of it, or nothing and the reason why not. */
export interface FamilyChange {
  readonly consequences: readonly Consequence[]
  readonly run: () => FamilyChanged
}

type Destination = Pick<WholeAnchor, 'other' | 'under'>

export function deleteFamily(
  od: OutcomeDocument,
  id: ProposalId,
  paragraph: ParagraphId,
): FamilyChange | Refusal {
  const refusal = agreedBelow(od, paragraph)
  if (refusal) return refusal
  const family = familyOf(od, paragraph)
  const proposed = issuedAmong(od, family).flatMap(({ proposal }) => (isOpen(od, proposal) ? proposal : []))
  return takeOff(od, id, family, proposed)
}

/** Takes the words out of all these paragraphs. `proposed`: open proposals for paragraphs among them, which would stand alone. */
export function takeOff(
  od: OutcomeDocument,
  id: ProposalId,
  family: readonly ParagraphFacts[],
  proposed: readonly ProposalId[],
): FamilyChange {
  const consequences = new Map<ProposalId, Consequence>()
  for (const member of withWords(family))
    for (const one of withoutWords(od, id, member.id)) consequences.set(one.proposal, one)
  for (const proposal of proposed)
    if (!consequences.has(proposal)) consequences.set(proposal, { proposal, becomes: 'host-closed' })
  return {
    consequences: [...consequences.values()],
    run: () => {
      const parts = family.filter(({ vacant }) => !vacant).map((member) => vacate(od, member.id))
      return { kind: 'family-changed', paragraph: family[0]!.id, parts, proposed: [] }
    },
  }
}

export function moveFamily(
  od: OutcomeDocument,
  id: ProposalId,
  paragraph: ParagraphId,
  to: Destination,
): FamilyChange | Refusal {
  const refusal = agreedBelow(od, paragraph) ?? belowItself(od, paragraph, to.other, true)
  return refusal ?? { consequences: [], run: () => moveAll(od, id, familyOf(od, paragraph), to) }
}

function moveAll(
  od: OutcomeDocument,
  id: ProposalId,
  [head, ...below]: readonly ParagraphFacts[],
  to: Destination,
): FamilyChanged {
  const among = issuedAmong(od, [head!, ...below])
  const first = move(od, id, head!.id, to)
  const moving = new MovingBelow(od, head!, first)
  const parts: ParagraphMoved[] = [first]
  const proposed: PlaceMoved[] = []
  for (const one of inOrder(below, among)) {
    if ('id' in one) parts.push(moving.paragraph(one))
    else proposed.push(...moving.proposed(one))
  }
  giveNumbers(od, moving.unnumbered)
  return { kind: 'family-changed', paragraph: head!.id, parts, proposed }
}

const inOrder = (
  below: readonly ParagraphFacts[],
  among: readonly IssuedTo[],
): readonly (ParagraphFacts | IssuedTo)[] =>
  [...below, ...among].sort((a, b) => compareStrings(orderOf(a), orderOf(b)))

const orderOf = (one: ParagraphFacts | IssuedTo): string => ('id' in one ? one.order : one.issued.order)

/** Puts what is below a moved paragraph behind it, one after the other: its labels count below the new one. */
class MovingBelow {
  /** Open proposals whose labels must be issued anew. */
  readonly unnumbered: ProposalId[] = []
  readonly #od: OutcomeDocument
  readonly #numbers: Numbers
  /** New labels, by the keys of the old ones. */
  readonly #fresh = new Map<string, Label>()
  /** By how much deeper they stand. Headings keep their level. */
  readonly #deeper: number
  /** The last one that was moved, and the last place. */
  #last: ParagraphId
  #order: string
  readonly #head: { readonly label: Label | null; readonly level: number }
  /** The last label in each series. */
  readonly #lastIn = new Map<string, Label>()
  /** Of each level, the last one that was given a number of the new place. */
  readonly #numbered: { readonly level: number; readonly id: ParagraphId }[]

  constructor(od: OutcomeDocument, head: ParagraphFacts, { from, to, paragraph }: ParagraphMoved) {
    this.#od = od
    this.#numbers = new Numbers(od)
    // The place that it left is not issued again as long as the decision stands.
    this.#numbers.add(from)
    this.#deeper = head.kind === 'heading' ? 0 : (to.level ?? 0) - head.level
    this.#last = paragraph
    this.#order = to.order
    this.#head = { label: to.label, level: to.level ?? 0 }
    this.#numbered = [{ level: -1, id: paragraph }]
    if (from.label && to.label) this.#fresh.set(labelKey(from.label), to.label)
  }

  paragraph({ id, kind, order, label, former, level }: ParagraphFacts): ParagraphMoved {
    const now = kind === 'heading' ? level : Math.max(0, level + this.#deeper)
    // A table that moves along is the same table.
    const kept = isOfTable(label) ? label : label && this.#labelOf(id, label, now, kind)
    const place = this.#behind(kept, now)
    const from = { order, label, former, ...levelField(level) }
    const to = { ...place, former: isOfTable(label) ? former : (former ?? label) }
    placeParagraph(this.#od, id, to)
    this.#numbers.add(place)
    this.#last = id
    this.#order = place.order
    if (label && place.label) this.#fresh.set(labelKey(label), place.label)
    return { kind: 'paragraph-moved', paragraph: id, from, to }
  }

  /** Returns nothing when its number has to be issued anew. */
  proposed({ proposal, issued }: IssuedTo): PlaceMoved[] {
    const label = issued.label && relabelled(issued.label, this.#fresh)
    if (issued.label && !label) {
      recordDelete(this.#od, `label/${proposal}`)
      this.unnumbered.push(proposal)
      return []
    }
    const level = (issued.level ?? 0) + (issued.heading ? 0 : this.#deeper)
    const to = {
      ...this.#behind(label, Math.max(0, level)),
      ...(issued.heading ? { heading: issued.heading } : {}),
    }
    recordSet(this.#od, `label/${proposal}`, to)
    this.#numbers.add(to)
    this.#order = to.order
    return [{ proposal, from: issued, to }]
  }

  #labelOf(id: ParagraphId, label: Label, level: number, kind: ParagraphFacts['kind']): Label | null {
    const fresh = relabelled(label, this.#fresh) ?? this.#belowHead(label, level)
    if (fresh) return this.#placed(fresh)
    // What does not count below it takes the next number of the place where it now stands.
    while (this.#numbered.at(-1)!.level > level) this.#numbered.pop()
    const beside = this.#numbered.at(-1)!
    this.#numbered.push({ level, id })
    if (kind === 'heading') return this.#numbers.division({ level, label }, this.#last).label
    return this.#numbers.after(beside.id).label
  }

  /** What stands below a moved paragraph without counting below it, because that was split off from another, does so now. */
  #belowHead(label: Label, level: number): Label | null {
    if (!this.#head.label || this.#head.label.division || level <= this.#head.level) return null
    const of = labelInSeries({ ...label, within: this.#head.label }, label.number, label.suffix)
    const last = this.#lastIn.get(seriesKey(of))
    return last && last.number >= of.number ? this.#numbers.next(last) : of
  }

  #placed(label: Label): Label {
    this.#lastIn.set(seriesKey(label), label)
    return label
  }

  #behind(label: Label | null, level: number): IssuedLabel {
    return { label, order: this.#numbers.orderBehind(this.#order), ...levelField(level) }
  }
}

const levelField = (level: number): { level?: number } => (level > 0 ? { level } : {})
