import { expect, test } from 'vitest'
import { itemAt } from '#shared/document/text/anchor.ts'
import { followUp } from '#shared/document/issue/follow-up.ts'
import { idsBelow } from '#shared/document/issue/families.ts'
import { recordGet } from '#shared/document/records.ts'
import {
  addProposal,
  baseTextOf,
  decisionOf,
  headOf,
  paragraphFacts,
  paragraphsInOrder,
} from '#shared/document/schema.ts'
import type { ParagraphChange } from '#shared/model/command.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { Label } from '#shared/model/label.ts'
import { formatLabel } from '#shared/model/label.ts'
import { labelKey, numberKey, seriesKey, stepsUp } from '#shared/model/label-path.ts'
import type { AskedBlock } from '#shared/model/proposals/proposal.ts'
import { isBlockKind } from '#shared/model/proposals/proposal.ts'
import type { Revision } from '#shared/model/revision.ts'
import { takesBehind } from '#shared/document/tables.ts'
import { isCaption, isOfTable } from '#shared/model/table.ts'
import { chair, delegation, Table } from '#test/kit/commanding.ts'
import { histories } from '#test/kit/histories.ts'
import { misplaced, written } from '#test/kit/labels.ts'
import { outlineDraft, shapeOf } from '#test/kit/outlines.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const KEN = delegation('KEN')
const HISTORIES = histories(1 / 4)
const STEPS = 30

interface Borne {
  readonly label: Label
  readonly order: string
  readonly bearer: string
}

/** The labels of paragraphs and of open proposals for new ones, in the order of the text. */
function labelsOf({ od }: Table): Borne[] {
  const standing = paragraphsInOrder(od).flatMap(({ id, label, order }) =>
    label ? [{ label, order, bearer: id as string }] : [],
  )
  const proposed = openOf({ od } as Table).flatMap((id) => {
    const { label, order } = recordGet(od, `label/${id}`) ?? { label: null, order: '' }
    return label && !standing.some((other) => other.order === order)
      ? [{ label, order, bearer: id as string }]
      : []
  })
  return [...standing, ...proposed].sort((a, b) => (a.order < b.order ? -1 : 1))
}

const allOf = ({ od }: Table): ProposalId[] => ([...od.proposals.keys()] as ProposalId[]).sort()
/** The open proposals for new and alternative paragraphs. */
const openOf = (table: Table): ProposalId[] =>
  allOf(table).filter((id) => !decisionOf(table.od, id) && isBlockKind(headOf(table.od, id)?.kind ?? 'text'))

function checkInOrder(table: Table, where: string): void {
  const labels = labelsOf(table)
  const all = labels.map(({ label }) => formatLabel(label))
  expect(new Set(all).size, `${where}: ${all.join(', ')}`).toBe(all.length)
  expect(misplaced(labels.map(({ label }) => label)), where).toBeNull()
}

/** A paragraph comes before what is below it. */
function checkParentsFirst(table: Table, where: string): void {
  const below = new Set<string>()
  for (const { label } of labelsOf(table)) {
    expect(below.has(labelKey(label)), `${where}: ${formatLabel(label)} behind what is below it`).toBe(false)
    for (const step of stepsUp(label)) if (step !== label) below.add(labelKey(step))
  }
}

/** Proposes a new paragraph as an editor does, and checks the place that it was given. */
function proposeParagraph(table: Table, where: string): void {
  const { od, random } = table
  const paragraph = random.pick(paragraphsInOrder(od).filter(({ id }) => takesBehind(od, id))).id
  const id = newProposalId(table.bytes)
  const head = {
    kind: 'paragraph',
    by: KEN.participant!,
    person: '',
    createdAt: table.now++,
    paragraph,
    quote: '',
  } as const
  const before = labelsOf(table)
  od.doc.transact(() => {
    addProposal(od, id, head, { kind: 'after', paragraph }, 'We add.')
    followUp(od, { created: [id], anchored: [id], revived: [] })
  })
  const issued = recordGet(od, `label/${id}`)!
  const { kind, label, level, order } = paragraphFacts(od, paragraph)!
  expect(issued.order > order, where).toBe(true)
  // Behind a table it is counted with what stands before that.
  if (kind !== 'paragraph' || isOfTable(label)) return
  expect(issued.level ?? 0, where).toBe(level)
  if (!label) return
  expect(issued.label && numberKey(issued.label), where).toBe(numberKey(label))
  for (const other of before)
    if ([...stepsUp(other.label)].some((step) => numberKey(step) === numberKey(label)))
      expect(
        other.order < issued.order,
        `${where}: ${written(issued.label)} before ${formatLabel(other.label)}`,
      ).toBe(true)
}

function someBlock(r: Random): AskedBlock {
  if (r.chance(0.5)) return { kind: 'paragraph', under: true }
  const division = r.chance(0.7) ? { division: r.pick(['article', 'section', 'action'] as const) } : {}
  return { kind: 'heading', level: r.int(2), ...division }
}

function someChange({ od, random: r }: Table): ParagraphChange {
  const shown = paragraphsInOrder(od)
  const index = r.int(shown.length)
  const paragraph = shown[index]!.id
  const text = baseTextOf(od, paragraph)!
  const at = text.length > 0 ? itemAt(text, r.int(text.length)) : null
  const below = r.chance(0.5) && idsBelow(od, paragraph).length > 0 ? ({ below: true } as const) : {}
  const under = r.chance(0.3) ? ({ under: true } as const) : {}
  switch (r.int(6)) {
    case 5:
      return { kind: 'paragraph', paragraph, block: someBlock(r), text: 'We add' }
    case 0:
      return { kind: 'alternative', paragraph, text: 'another text' }
    case 1:
      return { kind: 'move', paragraph, after: r.chance(0.1) ? null : r.pick(shown).id, ...under, ...below }
    case 2:
      return { kind: 'join', paragraph, next: (shown[index + 1] ?? shown[index])!.id }
    case 3:
      if (at) return { kind: 'split', paragraph, at }
  }
  return { kind: 'delete-paragraph', paragraph, ...below }
}

function act(table: Table, where: string, done: Set<string>): void {
  const { random: r, od } = table
  table.now++
  const x = r.next()
  if (x < 0.3) return proposeParagraph(table, where)
  if (x < 0.55) {
    const proposal = newProposalId(table.bytes)
    table.run(KEN, { kind: 'paragraph-propose', proposal, change: someChange(table) })
    return
  }
  const all = allOf(table)
  if (all.length === 0) return
  const proposal = r.pick(all)
  const accepting = r.chance(0.9) ? 'proposal-accept' : 'proposal-not-retain'
  table.run(chair, {
    kind: decisionOf(od, proposal) && r.chance(0.7) ? 'decision-undo' : accepting,
    proposal,
  })
  const effect = decisionOf(od, proposal)?.effect.kind
  if (effect) done.add(effect)
}

/** Issues a revision and checks its numbers: 1, 2, 3 … in each series, in the order of the text, and in the concordance. */
function checkRevision(table: Table, where: string): void {
  const { od } = table
  table.now++
  expect(table.refusal(chair, { kind: 'revision-issue', note: '' }), where).toBeNull()
  checkInOrder(table, where)
  checkParentsFirst(table, where)
  const reached = new Map<string, number>()
  const shown = paragraphsInOrder(od)
  for (const { label, vacant } of shown) {
    // Those without a caption are counted too.
    if (!label || isCaption(label)) continue
    const number = (reached.get(seriesKey(label)) ?? 0) + 1
    reached.set(seriesKey(label), number)
    expect(label, where).toMatchObject({ number, suffix: 0 })
    expect(label.alt ?? 0, where).toBe(0)
    expect(vacant, where).toBe(false)
  }
  let last: Revision | undefined
  for (let n = 1; recordGet(od, `revision/${n}`); n++) last = recordGet(od, `revision/${n}`)
  for (const { paragraph, now } of last!.concordance)
    expect(written(paragraphFacts(od, paragraph)!.label), where).toBe(now)
}

test('2.2 2.3 8.1 19.3 19.4 19.6 in any outline numbers are unique, in order in each series, and given to one thing only; revisions begin each series at 1', () => {
  const done = new Set<string>()
  let asked = 0
  for (const seed of seedsUpTo(HISTORIES)) {
    const table = new Table(outlineDraft(new Random(seed), shapeOf(seed)), seed + 500)
    let given = new Map<string, string>()
    for (let step = 0; step < STEPS; step++) {
      const where = `seed ${seed}, step ${step}`
      act(table, where, done)
      checkInOrder(table, where)
      for (const { label, bearer } of labelsOf(table)) {
        const owner = bearer.slice(1)
        expect(given.get(labelKey(label)) ?? owner, `${where}: ${formatLabel(label)} given twice`).toBe(owner)
        given.set(labelKey(label), owner)
      }
      if (step % 15 === 14) {
        checkRevision(table, where)
        given = new Map()
      }
    }
    asked += allOf(table).filter((id) => headOf(table.od, id)?.kind === 'alternative').length
  }
  expect([...done].sort()).toEqual(
    [
      'family-changed',
      'none',
      'merged',
      'paragraph-added',
      'paragraph-moved',
      'paragraph-split',
      'paragraph-vacated',
      'paragraphs-joined',
    ].sort(),
  )
  expect(asked).toBeGreaterThan(HISTORIES / 4)
})
