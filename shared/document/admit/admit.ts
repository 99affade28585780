import { isProposalId } from '../../model/ids.ts'
import type { ProposalId } from '../../model/ids.ts'
import { CONTENT_LIMIT } from '../../model/proposals/proposal.ts'
import type { OutcomeDocument } from '../schema.ts'
import { finish } from '../steps.ts'
import type { Steps } from '../steps.ts'
import { judgeAgreed } from './rules/agreed.ts'
import { judgeAnchorings } from './rules/anchoring.ts'
import { decodeInSteps } from './decode/decode.ts'
import type { Update } from './decode/decode.ts'
import { judgeDeletes } from './rules/deletes.ts'
import { judgeFacts } from './rules/facts.ts'
import { followAll, startSection } from './structs/follow.ts'
import { judgeRepairs, movedBy } from './rules/repair.ts'
import { STEPS_TOGETHER } from './rules/restored.ts'
import type { Review } from './review.ts'
import { judgeStruct } from './rules/rules.ts'
import { judgeTidying } from './rules/tidy.ts'
import { refused } from './verdict.ts'
import type { AdmissionCode, AdmissionContext, Verdict } from './verdict.ts'

/** The size of one update, in bytes. */
export const UPDATE_LIMIT = 1024 * 1024
/**
 * How many client ids one update may use for the first time. One is usual; each visit without a connection adds
 * one. Exported for tests.
 */
export const CLAIM_LIMIT = 256

/**
 * Decides whether an update may be applied. Four things hold:
 *
 * - It is admitted whole or refused whole; nothing is left out of it.
 * - The document is only read. The caller applies the update and then does what the verdict asks for
 *   (`Admitted`).
 * - Yjs integrates an admitted update completely: nothing of it stays pending.
 * - It never throws. What it cannot judge is refused as `malformed`.
 */
export const admit = (od: OutcomeDocument, update: Uint8Array, context: AdmissionContext): Verdict =>
  finish(admitInSteps(od, update, context))

/**
 * {@link admit} in steps of a few milliseconds. Others may do something between two steps, but the document must not
 * change.
 */
export function* admitInSteps(
  od: OutcomeDocument,
  update: Uint8Array,
  context: AdmissionContext,
): Steps<Verdict> {
  try {
    return yield* examineInSteps(od, update, context)
  } catch {
    return refused('malformed')
  }
}

/** {@link admit} without its catch-all, so that tests notice when a judgement throws. */
export const examine = (od: OutcomeDocument, bytes: Uint8Array, context: AdmissionContext): Verdict =>
  finish(examineInSteps(od, bytes, context))

function* examineInSteps(od: OutcomeDocument, bytes: Uint8Array, context: AdmissionContext): Steps<Verdict> {
  if (bytes.length > UPDATE_LIMIT) return refused('oversize')
  const update = yield* decodeInSteps(bytes)
  if (!update) return refused('malformed')
  const review = open(od, update, context)
  yield
  const code = yield* judge(review, update)
  if (code) return refused(code)
  return {
    ok: true,
    empty: !review.news,
    claimed: review.claimed,
    created: [...review.created.keys()],
    quoted: review.quoted,
    anchored: [...new Set(review.anchorings.map(({ proposal }) => proposal))],
    revived: revivedBy(review),
    written: knownOf(review, review.written),
    erased: knownOf(review, review.erased),
    repaired: [...review.repairs.proved],
    moved: movedBy(review),
    unproved: review.repairs.unproved,
  }
}

const knownOf = ({ created }: Review, ids: ReadonlySet<ProposalId>): ProposalId[] =>
  [...ids].filter((id) => !created.has(id))

function revivedBy({ od, anchorings }: Review): ProposalId[] {
  const revived = anchorings.filter(({ proposal, repair }) => repair && !od.anchors.has(proposal))
  return [...new Set(revived.map(({ proposal }) => proposal))]
}

const open = (od: OutcomeDocument, update: Update, context: AdmissionContext): Review => ({
  od,
  deletes: update.deletes,
  clients: od.doc.store.clients,
  actor: context.actor,
  elsewhere: context.elsewhere === true,
  isAliasInRound: (alias) => context.isAliasInRound?.(alias) ?? true,
  ownerOf: (client) => context.ownerOf(client),
  claimed: [],
  sections: new Map(),
  containers: new Map(),
  created: new Map(),
  quoted: new Set(),
  now: context.now,
  former: context.former,
  anchorings: [],
  repairs: {
    erased: [],
    overwritten: new Set(),
    proved: new Set(),
    unproved: new Map(),
    steps: STEPS_TOGETHER,
  },
  unanchored: new Set(),
  loosened: new Set(),
  written: new Set(),
  erased: new Set(),
  orphaned: new Set(),
  tidied: new Map(),
  writings: new Map(),
  steps: { taken: 0 },
  growth: new Map(),
  news: false,
})

/**
 * Judges the whole update; returns the first refusal. The order matters: the structs come first, because they fill
 * the review that the other judgements read, and the anchors come before the agreed paragraphs, which follow them
 * and rely on their having no cycle.
 */
function* judge(review: Review, { sections, deletes }: Update): Steps<AdmissionCode | null> {
  for (const section of sections) startSection(review, section)
  const code = (yield* followAll(review, judgeStruct)) ?? (yield* judgeDeletes(review, deletes))
  if (code) return code
  for (const judgement of JUDGEMENTS) {
    yield
    const refusal = judgement(review)
    if (refusal) return refusal
  }
  return null
}

/** A new proposal must be complete, with head and content, in the update that creates it. */
function judgeCreations({ od, elsewhere, created, anchorings, unanchored }: Review): AdmissionCode | null {
  if (created.size === 0) return null
  const anchored = Map.groupBy(anchorings, ({ proposal }) => proposal)
  for (const [id, { head, content }] of created) {
    if (!head || !content) return 'wrong-shape'
    if (!elsewhere && !od.paragraphs.has(head.paragraph)) return 'unknown-item'
    if (!anchored.has(id) && !unanchored.has(id)) return 'wrong-shape'
    // A proposal without an anchor is shown on the paragraph that its head names, so one of its anchors must
    // name the same.
    const places = anchored.get(id) ?? []
    if (places.length > 0 && places.every(({ anchor }) => anchor.paragraph !== head.paragraph))
      return 'untrue'
  }
  return null
}

/** How many client ids are claimed and how long each wording becomes. */
function judgeSizes({ claimed, growth }: Review): AdmissionCode | null {
  if (claimed.length > CLAIM_LIMIT) return 'oversize'
  for (const [container, by] of growth) {
    if (container.kind !== 'text' || by <= 0 || !isProposalId(container.host)) continue
    if ((container.text?.length ?? 0) + by > CONTENT_LIMIT) return 'oversize'
  }
  return null
}

/** In their order: see {@link judge}. */
const JUDGEMENTS: readonly ((review: Review) => AdmissionCode | null)[] = [
  judgeTidying,
  judgeCreations,
  judgeAnchorings,
  judgeFacts,
  judgeAgreed,
  judgeRepairs,
  judgeSizes,
]
