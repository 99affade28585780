import { isProposalId } from '../../model/ids.ts'
import type { ProposalId } from '../../model/ids.ts'
import { CONTENT_LIMIT } from '../../model/proposal.ts'
import type { OutcomeDocument } from '../schema.ts'
import { judgeAgreed } from './agreed.ts'
import { judgeAnchorings } from './anchoring.ts'
import { decodeUpdate } from './decode.ts'
import type { Update } from './decode.ts'
import { judgeDeletes } from './deletes.ts'
import { judgeFacts } from './facts.ts'
import { followAll, startSection } from './follow.ts'
import { judgeRepairs, movedBy } from './repair.ts'
import { STEPS_TOGETHER } from './restored.ts'
import type { Review } from './review.ts'
import { judgeStruct } from './rules.ts'
import { judgeTidying } from './tidy.ts'
import { refused } from './verdict.ts'
import type { AdmissionCode, AdmissionContext, Verdict } from './verdict.ts'

/** In bytes. */
export const UPDATE_LIMIT = 1024 * 1024
/** Client ids that one update may be the first to use. One is usual; each offline visit of a laptop adds one. */
export const CLAIM_LIMIT = 256

/**
 * Whether an update may be applied: whole or not at all. Pure: reads the document, changes nothing, and what it admits
 * Yjs integrates completely. Never throws: what it cannot judge it refuses.
 */
export function admit(od: OutcomeDocument, update: Uint8Array, context: AdmissionContext): Verdict {
  try {
    return examine(od, update, context)
  } catch {
    return refused('malformed')
  }
}

/** {@link admit} without its last resort, so that tests see whether it is ever needed. */
export function examine(od: OutcomeDocument, bytes: Uint8Array, context: AdmissionContext): Verdict {
  if (bytes.length > UPDATE_LIMIT) return refused('oversize')
  const update = decodeUpdate(bytes)
  if (!update) return refused('malformed')
  const review = open(od, update, context)
  const code = judge(review, update)
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

function judge(review: Review, { sections, deletes }: Update): AdmissionCode | null {
  for (const section of sections) startSection(review, section)
  return (
    followAll(review, judgeStruct) ??
    judgeDeletes(review, deletes) ??
    judgeTidying(review) ??
    judgeCreations(review) ??
    judgeAnchorings(review) ??
    judgeFacts(review) ??
    judgeAgreed(review) ??
    judgeRepairs(review) ??
    judgeSizes(review)
  )
}

/** A new proposal is complete in the update that creates it. */
function judgeCreations({ od, elsewhere, created, anchorings, unanchored }: Review): AdmissionCode | null {
  if (created.size === 0) return null
  const anchored = new Set(anchorings.map(({ proposal }) => proposal))
  for (const [id, { head, content }] of created) {
    if (!head || !content) return 'wrong-shape'
    if (!elsewhere && !od.paragraphs.has(head.paragraph)) return 'unknown-item'
    if (!anchored.has(id) && !unanchored.has(id)) return 'wrong-shape'
    // Without an anchor it is shown on the paragraph that its head names, and told in its history.
    const places = anchorings.filter(({ proposal }) => proposal === id)
    if (places.length > 0 && places.every(({ anchor }) => anchor.paragraph !== head.paragraph))
      return 'untrue'
  }
  return null
}

function judgeSizes({ claimed, growth }: Review): AdmissionCode | null {
  if (claimed.length > CLAIM_LIMIT) return 'oversize'
  for (const [container, by] of growth) {
    if (container.kind !== 'text' || by <= 0 || !isProposalId(container.host)) continue
    if ((container.text?.length ?? 0) + by > CONTENT_LIMIT) return 'oversize'
  }
  return null
}
