import type { Command, CommandResult, Refusal } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import type { Basis } from '../../../model/proposals/decision.ts'
import type { ProposalId } from '../../../model/ids.ts'
import { cutQuote, isOnWords } from '../../../model/proposals/proposal.ts'
import type { Anchor, WordAnchor } from '../../../model/proposals/proposal.ts'
import { isInAgreed } from '../../agreement.ts'
import { anchorAt, plainText, probesOf, readHost, spanOf } from '../../text/anchor.ts'
import { forward } from '../../follow/forward.ts'
import { isLiveHost, isOpen } from '../../open.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { addProposal, decisionOf, headOf, hostText, isTaken } from '../../schema.ts'
import { recordGet, recordSet } from '../../records.ts'
import type { Ending } from '../../issue/closing.ts'
import { close } from '../../issue/closing.ts'
import { staleForDecision } from '../checks/as-seen.ts'
import type { CommandContext } from '../command-context.ts'
import { isRefusal, sign } from '../command-context.ts'
import { AGREED, invalidText, effectiveAnchor } from './plan.ts'
import { undecided } from '../checks/undecided.ts'

/**
 * A merger makes one bridging proposal of the facilitators out of several open proposals on one host. The
 * sources end as `merged`; the bridging proposal is open in their place and may be decided, amended and
 * reworded like any other.
 *
 * Invariant: a bridging proposal and its sources are never open at once. While the bridging proposal is open,
 * taking back the decision on any source takes back the merger: all sources are open again and the bridging
 * proposal ends as superseded. Taking back that end merges them again, provided that all sources are open.
 */

type Merge = Extract<Command, { kind: 'proposals-merge' }>

export function merge(executing: CommandContext, command: Merge): CommandResult {
  const { od } = executing
  const together = togetherOf(od, command)
  if (isRefusal(together)) return together
  const { anchor, quote } = together
  const { by, person, at } = sign(executing)
  const { bridge, proposals, text } = command
  const head = { kind: 'text', by, person, createdAt: at, paragraph: anchor.paragraph, quote } as const
  addProposal(od, bridge, head, anchor, text)
  recordSet(od, `bridge/${bridge}`, { sources: proposals })
  const affected = mergeInto(executing, bridge, proposals, command.basis)
  return { ok: true, affected: affected.filter((id) => isOpen(od, id)) }
}

/**
 * Ends the sources as merged into `bridge`. Returns their amendments, which are flagged because their host is
 * closed.
 */
export function mergeInto(
  executing: CommandContext,
  bridge: ProposalId,
  sources: readonly ProposalId[],
  basis: Basis | undefined,
): ProposalId[] {
  const ending: Ending = {
    disposition: 'merged',
    ...sign(executing),
    ...(basis === undefined ? {} : { basis }),
  }
  return sources.flatMap((source) => close(executing.od, source, ending, { kind: 'merged-into', bridge }))
}

/** Returns the anchor and the quote of the bridging proposal, or why these proposals cannot be merged. */
function togetherOf(od: OutcomeDocument, command: Merge): { anchor: Anchor; quote: string } | Refusal {
  const { bridge, proposals, text } = command
  for (const id of proposals) {
    const decided = undecided(od, id)
    if (decided) return decided
  }
  if (new Set(proposals).size < Math.max(2, proposals.length)) return APART
  if (isTaken(od, bridge)) return refuse('id-taken', 'There is a proposal under this identity already.')
  const invalid = invalidText(text)
  if (invalid) return invalid
  const anchors = proposals.map((id) => wordAnchorOf(od, id))
  const [first] = anchors
  if (!first || anchors.some((anchor) => anchor?.host !== first.host)) return APART
  if (!isLiveHost(od, first.host))
    return refuse('host-closed', 'What these proposals are on is no longer on the table.')
  if (isInAgreed(od, first.host)) return AGREED
  const changed = notSeen(od, command)
  if (changed) return changed
  return spanning(
    od,
    anchors.filter((anchor) => anchor !== null),
    text,
  )
}

const APART = refuse('not-together', 'Only several proposals on the words of one text can be merged.')

function wordAnchorOf(od: OutcomeDocument, id: ProposalId): WordAnchor | null {
  const placed = headOf(od, id)?.kind === 'text' ? effectiveAnchor(od, id) : null
  const anchor = placed && forward(od, placed)
  return anchor && isOnWords(anchor) ? anchor : null
}

/**
 * Returns null when each source still has the wording and the place that the person saw; else the first
 * refusal.
 */
function notSeen(
  od: OutcomeDocument,
  { proposals, seen = [], struck = [], placing = [] }: Merge,
): Refusal | null {
  for (const [i, id] of proposals.entries()) {
    const place = placing[i] === undefined ? {} : { placing: placing[i] }
    const words = seen[i] === undefined || struck[i] === undefined ? {} : { seen: seen[i], struck: struck[i] }
    const refusal = staleForDecision(od, id, { ...words, ...place })
    if (refusal) return refusal
  }
  return null
}

/** A range from the first character that one of the sources is on to the last. */
function spanning(
  od: OutcomeDocument,
  anchors: readonly WordAnchor[],
  text: string,
): { anchor: Anchor; quote: string } | Refusal {
  const { host, paragraph } = anchors[0]!
  const words = hostText(od, host)
  const spans = words
    ? anchors
        .map((anchor) => spanOf(anchor, readHost(words, probesOf(anchor)).offsets))
        .filter((span) => span !== null)
    : []
  if (!words || spans.length < anchors.length) return APART
  const start = Math.min(...spans.map((span) => span.start))
  const end = Math.max(...spans.map((span) => span.end))
  if (text === '' && start === end)
    return refuse('invalid-text', 'A bridging proposal needs a wording where there are no words to delete.')
  const quote = cutQuote(plainText(words).slice(start, end))
  return { anchor: anchorAt(od, host, paragraph, start, end), quote }
}

export const sourcesOf = (od: OutcomeDocument, bridge: ProposalId): readonly ProposalId[] =>
  recordGet(od, `bridge/${bridge}`)?.sources ?? []

export function isMergedInto(od: OutcomeDocument, source: ProposalId, bridge: ProposalId): boolean {
  const effect = decisionOf(od, source)?.effect
  return effect?.kind === 'merged-into' && effect.bridge === bridge
}
