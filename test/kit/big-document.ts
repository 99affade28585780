import * as Y from 'yjs'
import { anchorAt } from '#shared/document/text/anchor.ts'
import { createDocument } from '#shared/document/create.ts'
import { addProposal, hostText, openDocument, paragraphsInOrder } from '#shared/document/schema.ts'
import { recordSet } from '#shared/document/records.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { followUp } from '#shared/document/issue/follow-up.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { HostId, ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import type { ImportedBlock } from '#shared/model/import.ts'
import { POSITIONS } from '#shared/model/proposals/position.ts'
import type { PositionEntry } from '#shared/model/proposals/position.ts'
import { amendmentOf, insertionOf, newParagraphOf, paragraphOf, titleOf, wordingOf } from './clauses.ts'
import type { Random } from './random.ts'

const DELEGATIONS =
  'KEN EU G77 USA JPN AOSIS NOR BRA CHN IND MEX EGY CHE CAN RUS AUS NZL ZAF IDN TUR SAU ARG CHL CRI FJI NGA GHA MAR PAK THA'.split(
    ' ',
  ) as ParticipantId[]
const PARAGRAPHS_A_SECTION = 25
/** Amendments of amendments go this deep. */
const DEPTH = 5
const DAY = 86_400_000

export interface Size {
  readonly paragraphs: number
  readonly proposals: number
  /** On each proposal. */
  readonly positions?: number
  /** In all. */
  readonly words?: number
}

interface Made {
  readonly id: ProposalId
  readonly paragraph: ParagraphId
  readonly depth: number
  readonly host: HostId
  readonly start: number
  readonly end: number
  readonly by: ParticipantId
}

/**
 * A negotiated text late in its second reading. Some paragraphs are contested and most are calm: brackets crowd where
 * brackets are already, several compete for the same words, and the long ones have brackets in them, five deep.
 */
export function bigDocument(random: Random, size: Size): OutcomeDocument {
  const od = openDocument(new Y.Doc())
  createDocument(
    od,
    { title: 'Outcome document on mountains and freshwater', front: [], blocks: blocks(random, size) },
    (length) => random.bytes(length),
    0,
  )
  const numbered = paragraphsInOrder(od).flatMap(({ id, label }) => (label ? [id] : []))
  od.doc.transact(() => {
    const made: Made[] = []
    for (let i = 0; i < size.proposals; i++) made.push(propose(od, random, numbered, made, i))
    const ids = made.map(({ id }) => id)
    followUp(od, { created: ids, anchored: ids, revived: [] })
    for (const proposal of made) takePositions(od, random, proposal, size.positions ?? 0)
  })
  return od
}

function blocks(random: Random, { paragraphs, words = paragraphs * 90 }: Size): ImportedBlock[] {
  const made: ImportedBlock[] = []
  const each = words / paragraphs
  for (let number = 1; number <= paragraphs; number++) {
    if (number % PARAGRAPHS_A_SECTION === 1)
      made.push({ kind: 'heading', label: null, level: 0, text: titleOf(random) })
    const length = Math.max(12, Math.round(each * (0.4 + random.next() * 1.2)))
    made.push({
      kind: 'paragraph',
      label: { number, suffix: 0 },
      level: 0,
      text: paragraphOf(random, length),
    })
  }
  return made
}

function propose(
  od: OutcomeDocument,
  random: Random,
  numbered: readonly ParagraphId[],
  made: readonly Made[],
  index: number,
): Made {
  const id = newProposalId((length) => random.bytes(length))
  const by = random.pick(DELEGATIONS)
  const head = { by, person: 'A Delegate', createdAt: index * 60_000 }
  const earlier = made.length > 0 ? random.pick(made) : null
  if (random.chance(0.01)) {
    const paragraph = random.pick(numbered)
    const anchor = { kind: 'after', paragraph } as const
    addProposal(od, id, { kind: 'paragraph', ...head, paragraph, quote: '' }, anchor, newParagraphOf(random))
    return { id, paragraph, depth: 0, host: paragraph, start: 0, end: 0, by }
  }
  const { paragraph, host, depth, start, end } = placeFor(od, random, numbered, earlier)
  const text = wordsFor(random, depth, start, end)
  const quote = hostText(od, host)?.toJSON().slice(start, end) ?? ''
  addProposal(
    od,
    id,
    { kind: 'text', ...head, paragraph, quote },
    anchorAt(od, host, paragraph, start, end),
    text,
  )
  return { id, paragraph, depth, host, start, end, by }
}

/** On the words of an earlier one, in its wording, near it, or somewhere else. */
function placeFor(
  od: OutcomeDocument,
  random: Random,
  numbered: readonly ParagraphId[],
  earlier: Made | null,
): Omit<Made, 'id' | 'by'> {
  const dice = random.next()
  if (earlier && dice < 0.2 && earlier.end > earlier.start) return earlier
  const length = earlier ? (hostText(od, earlier.id)?.length ?? 0) : 0
  if (earlier && dice < 0.4 && earlier.depth < DEPTH - 1 && length > 8) {
    const { paragraph, depth } = earlier
    const [start, end] = stretch(random, hostText(od, earlier.id)!.toJSON(), 1)
    return { paragraph, host: earlier.id, depth: depth + 1, start, end }
  }
  const paragraph = earlier && dice < 0.7 ? earlier.paragraph : random.pick(numbered)
  const [start, end] = stretch(random, hostText(od, paragraph)!.toJSON(), 4)
  return { paragraph, host: paragraph, depth: 0, start, end }
}

function wordsFor(random: Random, depth: number, start: number, end: number): string {
  if (start === end) return depth > 0 ? amendmentOf(random) : insertionOf(random)
  return random.chance(0.4) ? '' : wordingOf(random)
}

/** Between two words, or one to `most` whole words. */
function stretch(random: Random, text: string, most: number): [number, number] {
  const ends = [...text.matchAll(/\S+/g)].map((word) => [word.index, word.index + word[0].length] as const)
  const first = random.int(Math.max(1, ends.length))
  const [start, end] = ends[first] ?? [0, 0]
  if (random.chance(0.45)) return [end, end]
  const last = ends[Math.min(ends.length - 1, first + random.int(most))]
  return [start, last?.[1] ?? end]
}

function takePositions(od: OutcomeDocument, random: Random, { id, by }: Made, count: number): void {
  if (count === 0) return
  const first = random.int(DELEGATIONS.length)
  const entries: PositionEntry[] = []
  for (let i = 0; entries.length < count && i < DELEGATIONS.length; i++) {
    const participant = DELEGATIONS[(first + i) % DELEGATIONS.length]!
    if (participant === by) continue
    const position = random.pick(POSITIONS)
    entries.push({ participant, position, person: 'A Delegate', at: DAY + i, earlier: [] })
  }
  recordSet(od, `positions/${id}`, entries)
}
