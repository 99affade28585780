import type * as Y from 'yjs'
import type { CommandResult, Refusal } from '../../model/command.ts'
import { DONE, refuse } from '../../model/command.ts'
import type { TextPiece } from '../../model/proposals/decision.ts'
import type { HostId, ParagraphId, ParticipantId, ProposalId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import { isAlias } from '../../model/participant.ts'
import type { Anchor, ProposalHead, WordAnchor } from '../../model/proposals/proposal.ts'
import { DEPTH_LIMIT, isOnWords } from '../../model/proposals/proposal.ts'
import { anchorAt, probesOf, readHost, spanOf } from '../text/anchor.ts'
import { isInAgreed } from '../agreement.ts'
import { writesAs } from '../attribution.ts'
import type { Draft } from '../drafts.ts'
import { anchorOnRun, tabledRun } from '../drafts.ts'
import { followWords } from '../follow/renewed.ts'
import type { OutcomeDocument } from '../schema.ts'
import {
  addProposal,
  contentOf,
  decisionOf,
  headOf,
  hostText,
  isTaken,
  paragraphFacts,
  paragraphsInOrder,
} from '../schema.ts'
import { recordSet } from '../records.ts'
import { placeBehind } from '../tables.ts'
import type { Steps } from '../steps.ts'
import { quoteOf } from '../issue/quote.ts'
import { followUp } from '../issue/follow-up.ts'
import { KeptNumbers } from '../issue/numbering.ts'
import { lengthOf, plain } from '../text/wording.ts'
import type { CommandContext, Handlers } from './command-context.ts'
import { notAllowed } from './command-context.ts'

/**
 * Copies a delegation's private drafts into the room, with the same proposal ids, wording and anchors. A draft
 * that is in the room already is left alone, so the command may be repeated.
 */
export const tabling: Handlers<'drafts-table'> = {
  *'drafts-table'(executing, { space, drafts: ids }) {
    const { od, actor } = executing
    if (actor.participant !== space) return refuse('not-allowed', `Only ${space} tables its drafts.`)
    const by = writesAs(od, actor)
    if (by === null) return notAllowed('propose')
    const drafts = inOrder(executing.drafts ?? [], new Set(ids))
    const refusal = yield* refusalOf(od, ids, drafts, [by, actor.participant])
    if (refusal) return refusal
    const fresh = drafts.filter(({ id }) => !od.proposals.has(id))
    yield
    return yield* tableAll(executing, fresh, by)
  },
}

/** Drafts that are looked at, or tabled, in one step. */
const DRAFTS_IN_STEP = 25

function* tableAll(
  executing: CommandContext,
  drafts: readonly Draft[],
  by: ParticipantId,
): Steps<CommandResult> {
  const numbers = new KeptNumbers(executing.od)
  for (let from = 0; from < drafts.length; from += DRAFTS_IN_STEP) {
    if (from > 0) yield
    const part = drafts.slice(from, from + DRAFTS_IN_STEP)
    for (const [i, draft] of part.entries()) table(executing, draft, by, from + i)
    const created = part.map(({ id }) => id)
    followUp(executing.od, { created, anchored: created, revived: [] }, numbers)
  }
  return DONE
}

/** Orders drafts so that each comes after the draft it amends; otherwise they keep their order. */
function inOrder(drafts: readonly Draft[], wanted: ReadonlySet<ProposalId>): Draft[] {
  const byId = new Map(drafts.filter(({ id }) => wanted.has(id)).map((draft) => [draft.id, draft]))
  const depth = (draft: Draft | undefined, steps = 0): number =>
    draft && steps <= DEPTH_LIMIT ? 1 + depth(byId.get(hostOf(draft) as ProposalId), steps + 1) : 0
  return [...byId.values()].sort((a, b) => depth(a) - depth(b))
}

const hostOf = ({ anchor, head }: Draft): HostId =>
  anchor && isOnWords(anchor) ? anchor.host : (anchor?.paragraph ?? head.paragraph)

function* refusalOf(
  od: OutcomeDocument,
  ids: readonly ProposalId[],
  drafts: readonly Draft[],
  by: readonly (ParticipantId | null)[],
): Steps<Refusal | null> {
  const known = new Map(drafts.map((draft) => [draft.id, draft]))
  for (const [i, id] of ids.entries()) {
    if (i % DRAFTS_IN_STEP === DRAFTS_IN_STEP - 1) yield
    const draft = known.get(id)
    const there = headOf(od, id)
    if (there && !by.includes(there.by))
      return refuse('id-taken', 'There is a proposal of another delegation under this identity already.')
    if (!there && isTaken(od, id))
      return refuse('id-taken', 'There is something else under the identity of this draft.')
    if (!there && !draft) return refuse('no-such-draft', 'This draft does not exist.')
    const refusal = !there && draft ? whyNotTabled(od, draft, known) : null
    if (refusal) return refusal
  }
  return null
}

function whyNotTabled(
  od: OutcomeDocument,
  draft: Draft,
  together: ReadonlyMap<ProposalId, Draft>,
): Refusal | null {
  // Admission to a private space cannot check this, because it does not know the room's paragraphs.
  if (!paragraphsOf(draft).every((id) => od.paragraphs.has(id))) return NO_PARAGRAPH
  let top = draft
  let host = hostOf(draft)
  let depth = 1
  for (; isProposalId(host) && !od.proposals.has(host); depth++) {
    const on = together.get(host)
    if (!on)
      return refuse(
        'not-together',
        'It amends another draft: table that one first, or both of them together.',
      )
    if (depth > DEPTH_LIMIT) return TOO_DEEP
    if (!paragraphsOf(on).every((id) => od.paragraphs.has(id))) return NO_PARAGRAPH
    top = on
    host = hostOf(on)
  }
  if (!isProposalId(host) && !od.paragraphs.has(host)) return NO_PARAGRAPH
  const place = placeIn(od, top)
  if (isOnWords(place) && depth + depthIn(od, place.host) > DEPTH_LIMIT + 1) return TOO_DEEP
  if (isOnWords(place) && isInAgreed(od, place.host))
    return refuse('paragraph-agreed', 'This paragraph is agreed: nothing can be proposed on it.')
  return null
}

const paragraphsOf = ({ head, anchor }: Draft): readonly ParagraphId[] =>
  anchor ? [head.paragraph, anchor.paragraph] : [head.paragraph]

const NO_PARAGRAPH = refuse('no-such-paragraph', 'The paragraph that it stands on does not exist.')
const TOO_DEEP = refuse('not-allowed', 'There are too many brackets inside each other here.')

const isOnlyDeletion = ({ anchor, pieces }: Draft): boolean =>
  anchor?.kind === 'range' && lengthOf(pieces) === 0

/** Returns how many of the room's proposals the host's text is nested in, the host included. */
function depthIn(od: OutcomeDocument, host: HostId): number {
  let depth = 0
  let current = host
  while (isProposalId(current) && depth <= DEPTH_LIMIT) {
    depth++
    const anchor = od.anchors.get(current)
    if (!anchor || !isOnWords(anchor)) return depth
    current = anchor.host
  }
  return depth
}

function table({ od, actor, now }: CommandContext, draft: Draft, by: ParticipantId, place: number): void {
  const anchor = placeIn(od, draft)
  const head: ProposalHead = {
    kind: draft.head.kind,
    by,
    person: isAlias(by) ? '' : actor.name,
    // A millisecond apart, so that they are shown in the order in which they were drafted.
    createdAt: now + place,
    paragraph: anchor.paragraph,
    quote: quoteOf(od, anchor),
    ...(draft.head.block ? { block: draft.head.block } : {}),
  }
  write(addProposal(od, draft.id, head, anchor, ''), draft.pieces)
  const host = isOnWords(anchor) && isProposalId(anchor.host) ? anchor.host : null
  if (host && decisionOf(od, host)) recordSet(od, `affected/${draft.id}`, { by: host, effect: 'host-closed' })
}

/**
 * Inserts all words first, as one run of characters, and the formats after that: {@link tabledRun} relies on
 * the one run.
 */
function write(content: Y.Text, pieces: readonly TextPiece[]): void {
  content.insert(0, plain(pieces), {})
  let at = 0
  for (const { insert, attributes } of pieces) {
    if (attributes) content.format(at, insert.length, attributes)
    at += insert.length
  }
}

/**
 * Returns the anchor of the draft in the room: the drafted one when its words are found, else the end of the
 * host's text.
 */
function placeIn(od: OutcomeDocument, draft: Draft): Anchor {
  const { anchor: drafted, head, within } = draft
  const paragraph = shownPlace(od, head.paragraph)
  if (drafted === null && head.kind === 'text') return atEnd(od, paragraph, paragraph)
  if (drafted === null || !isOnWords(drafted))
    return { kind: 'after', paragraph: placeBehind(od, drafted?.paragraph ?? paragraph) }
  const host = isProposalId(drafted.host) ? contentOf(od, drafted.host) : undefined
  // The host is a draft that was tabled before. Its characters have other identities in the room, so the anchor
  // is mapped.
  const moved = within && host ? anchorOnRun(drafted, tabledRun(host, within.end), within) : drafted
  const anchor = followWords(od, moved)
  if (!isOnWords(anchor)) return anchor
  const facts = isProposalId(anchor.host) ? null : paragraphFacts(od, anchor.host)
  // A vacant paragraph is shown again for a proposal on it. A proposal that only deletes words keeps its anchor
  // in any case, because without those words it would say nothing.
  const isKept = !facts?.removed || facts.vacant || isOnlyDeletion(draft)
  if (isKept && resolves(od, anchor)) return anchor
  return atEnd(od, facts?.removed ? shownPlace(od, facts.id) : anchor.host, anchor.paragraph)
}

function resolves(od: OutcomeDocument, anchor: WordAnchor): boolean {
  const text = hostText(od, anchor.host)
  return text !== undefined && spanOf(anchor, readHost(text, probesOf(anchor)).offsets) !== null
}

function atEnd(od: OutcomeDocument, host: HostId, within: ParagraphId): Anchor {
  const end = hostText(od, host)?.length ?? 0
  return anchorAt(od, host, isProposalId(host) ? within : host, end, end)
}

/** Returns `paragraph` when it is shown, else the last shown paragraph before its place in the order. */
function shownPlace(od: OutcomeDocument, paragraph: ParagraphId): ParagraphId {
  const facts = paragraphFacts(od, paragraph)
  if (!facts?.removed) return paragraph
  const shown = paragraphsInOrder(od)
  return (shown.findLast(({ order }) => order < facts.order) ?? shown[0])?.id ?? paragraph
}
