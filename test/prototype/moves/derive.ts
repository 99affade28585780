import type * as Y from 'yjs'
import type {
  Decision,
  Effect,
  WordingInserted,
  ParagraphAdded,
  ParagraphSplit,
  ParagraphsJoined,
  Insertion,
  Run,
} from '#shared/model/decision.ts'
import { isInsertion } from '#shared/model/decision.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import type { ItemId } from '#shared/model/proposal.ts'
import { beforeInserted, wordingIn } from '#shared/document/follow/forward.ts'
import { leadOf, wayOf } from '#shared/document/follow/restructured.ts'
import type { Departed, Renewed } from '#shared/document/records.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { baseTextOf, contentOf, hostText } from '#shared/document/schema.ts'
import { cutRuns, joinRuns, offsetInRuns, runsLength } from '#shared/document/text/wording.ts'
import type { Dead, Move, Put, Stretch } from './move.ts'
import { NOTHING } from './move.ts'

/** The moves of decisions as they are stored today: in the decision's effect, and in what taking it back noted. */

/** What accepting a proposal moved. Call when it has just been done: deleted characters keep their places, but others come. */
export function movesOf(od: OutcomeDocument, by: ProposalId, effect: Effect): Move[] {
  switch (effect.kind) {
    case 'merged':
      return [taken(by, effect), wording(od, by, effect)]
    case 'paragraph-added':
      return [wording(od, by, effect)]
    case 'paragraph-vacated':
      return [{ by, from: { host: effect.paragraph, runs: effect.deletedRuns, ...NOTHING }, to: null }]
    case 'paragraph-split':
    case 'paragraphs-joined':
      return [restructured(od, by, effect)]
    case 'none':
    case 'merged-into':
    case 'paragraph-moved':
      return []
  }
}

function taken(by: ProposalId, effect: WordingInserted): Move {
  const { host, inserted, deletedRuns, stepped } = effect
  const isPutItem = (item: ItemId) => offsetInRuns(inserted, item) !== null
  const behind = stepped.filter(({ from }) => from.kind === 'point')
  const against = stepped.filter(({ to }) => to.kind === 'range' && isPutItem(to.start) && isPutItem(to.end))
  const among = stepped.filter((step) => !behind.includes(step) && !against.includes(step))
  const ids = (steps: typeof stepped) => steps.map(({ proposal }) => proposal)
  const put: Put = {
    host,
    runs: inserted,
    wording: wordingIn(effect),
    behind: ids(behind),
    among: ids(among),
    against: ids(against),
  }
  return { by, from: { host, runs: deletedRuns, ...NOTHING }, to: null, put }
}

function wording(od: OutcomeDocument, by: ProposalId, effect: Insertion): Move {
  const host = effect.kind === 'merged' ? effect.host : effect.paragraph
  const from = { ...stretchOf(by, contentOf(od, by)!), fromStart: true }
  const { common } = effect
  return { by, from, to: { host, runs: wordingIn(effect), behind: beforeInserted(effect), lead: 0, common } }
}

function restructured(od: OutcomeDocument, by: ProposalId, effect: ParagraphSplit | ParagraphsJoined): Move {
  const { from, to } = wayOf(effect)
  const { deletedRuns, inserted } = effect
  const isJoin = effect.kind === 'paragraphs-joined'
  return {
    by,
    from: {
      host: from,
      runs: deletedRuns,
      dead: deadAmong(baseTextOf(od, from)!, deletedRuns, isJoin),
      fromStart: isJoin,
    },
    to: {
      host: to,
      runs: inserted,
      behind: leftOf(baseTextOf(od, to)!, inserted),
      lead: leadOf(deletedRuns, inserted),
      common: null,
    },
  }
}

/** What taking a decision back noted: the words that came back to a text, and those that left one. */
export interface Noted {
  readonly host: HostId
  readonly renewed: readonly Renewed[]
  readonly departed: readonly Departed[]
}

/** What taking a decision back moved. `was`: the decision right before; `mirrored`: its moves, by their places in the log. */
export function mirrorsOf(
  od: OutcomeDocument,
  by: ProposalId,
  was: Decision,
  mirrored: readonly number[],
  noted: readonly Noted[],
): Move[] {
  const back = noted.flatMap(({ host, renewed }) =>
    renewed.map(({ runs, become }) => putBack(by, host, runs, become)),
  )
  const left = isInsertion(was.effect)
    ? [wordingBack(od, by, was.effect)]
    : noted.flatMap(({ host, departed }) => departed.map((words) => home(od, by, host, was.effect, words)))
  const moves = [...back, ...left]
  // Each of its moves is mirrored by one, so that none of them counts any more; there may be fewer moves back.
  return Array.from({ length: Math.max(moves.length, mirrored.length) }, (_, i): Move => {
    const move = moves[i] ?? putBack(by, by, [], [])
    return { ...move, mirrors: mirrored[Math.min(i, mirrored.length - 1)]! }
  })
}

const putBack = (by: ProposalId, host: HostId, runs: readonly Run[], become: readonly Run[]): Move => ({
  by,
  from: { host, runs, ...NOTHING },
  to: { host, runs: become, behind: null, lead: 0, common: null },
})

function wordingBack(od: OutcomeDocument, by: ProposalId, effect: Insertion): Move {
  const { runs } = stretchOf(by, contentOf(od, by)!)
  const to = { host: by, runs, behind: null, lead: 0 } as const
  if (effect.kind === 'paragraph-added') return paragraphBack(od, by, effect, to)
  const from = wordingIn(effect)
  const length = runsLength(from)
  const before = effect.spaced?.before ? 1 : 0
  const spaces: Dead[] = [
    ...cutRuns(effect.inserted, 0, before).map(([client, clock]): Dead => [client, clock, 1, 0]),
    ...cutRuns(effect.inserted, before + length).map(([client, clock]): Dead => [client, clock, 1, length]),
  ]
  const stretch = { host: effect.host, runs: from, dead: spaces, fromStart: false }
  return { by, from: stretch, to: { ...to, common: effect.common } }
}

/** What was changed in the paragraph went into the wording with it: then both read the same. */
function paragraphBack(
  od: OutcomeDocument,
  by: ProposalId,
  { paragraph, inserted, common }: ParagraphAdded,
  to: { readonly host: HostId; readonly runs: readonly Run[]; readonly behind: null; readonly lead: 0 },
): Move {
  const stretch = stretchOf(paragraph, baseTextOf(od, paragraph)!)
  const changed = JSON.stringify(stretch.runs) !== JSON.stringify(inserted)
  return { by, from: { ...stretch, fromStart: true }, to: { ...to, common: changed ? null : common } }
}

/** Words on their way back to the paragraph that they came from. */
function home(
  od: OutcomeDocument,
  by: ProposalId,
  away: HostId,
  effect: Effect,
  { runs, to, become }: Departed,
): Move {
  const isSplit = effect.kind === 'paragraph-split'
  return {
    by,
    from: { host: away, runs, dead: deadAmong(hostText(od, away)!, runs, isSplit), fromStart: isSplit },
    to: { host: to, runs: become, behind: leftOf(hostText(od, to)!, become), lead: 0, common: null },
  }
}

/** All characters of a text. */
function stretchOf(host: HostId, text: Y.Text): Stretch {
  const items: ItemId[] = []
  const dead: Dead[] = []
  for (let struct = text._start; struct; struct = struct.right) {
    const { client, clock } = struct.id
    if (struct.deleted) dead.push([client, clock, struct.length, items.length])
    else if (struct.countable) for (let i = 0; i < struct.length; i++) items.push([client, clock + i])
  }
  return { host, runs: joinRuns(items), dead, fromStart: false }
}

/** The deleted characters of a text from the first of these on (or from its start), but these themselves. */
function deadAmong(text: Y.Text, runs: readonly Run[], fromStart: boolean): Dead[] {
  const dead: Dead[] = []
  let offset = 0
  let begun = fromStart
  for (let struct = text._start; struct; struct = struct.right) {
    if (struct.deleted || struct.countable) {
      for (let i = 0; i < struct.length; i++) {
        const item: ItemId = [struct.id.client, struct.id.clock + i]
        if (offsetInRuns(runs, item) !== null) {
          begun = true
          offset++
        } else if (begun && struct.deleted) dead.push([...item, 1, offset])
      }
    }
  }
  return dead
}

function leftOf(text: Y.Text, runs: readonly Run[]): ItemId | null {
  const [first] = runs
  if (!first) return null
  for (let struct = text._start; struct; struct = struct.right) {
    const { client, clock } = struct.id
    if (client !== first[0] || first[1] < clock || first[1] >= clock + struct.length) continue
    if (first[1] > clock) return [client, first[1] - 1]
    const { left } = struct
    return left ? [left.id.client, left.id.clock + left.length - 1] : null
  }
  return null
}
