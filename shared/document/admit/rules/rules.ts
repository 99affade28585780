import { isProposalId } from '../../../model/ids.ts'
import type { HostId, ProposalId } from '../../../model/ids.ts'
import { isDelegationName } from '../../../directory/delegation-name.ts'
import { isAlias } from '../../../model/participant.ts'
import { can } from '../../../model/role.ts'
import type { Capability } from '../../../model/role.ts'
import { faultIn, isUnusual } from '../../../model/characters/text-policy.ts'
import { isInAgreed } from '../../agreement.ts'
import { isUnattributed, spellingOf, writesAs } from '../../attribution.ts'
import { isRequest } from '../../../model/proposals/proposal.ts'
import { headOf as headInRoom, isAgreedParagraph, isTaken } from '../../schema.ts'
import { besideStretch } from './beside.ts'
import type { Struct } from '../decode/decode.ts'
import { TYPE_MAP, TYPE_TEXT } from '../decode/decode.ts'
import { judgeOrder } from '../structs/order.ts'
import type { InsertedRun } from '../structs/inserted-runs.ts'
import { cutsAfter, cutsBefore } from '../structs/pairs.ts'
import { containerOfNew } from '../structs/place.ts'
import type { StructPlace } from '../structs/container.ts'
import { mayRepair, noteErased, ownAndOpen } from './repair.ts'
import type { ItemRange } from './repair.ts'
import { idKey, may } from '../review.ts'
import type { Review } from '../review.ts'
import { anchorOf, headOf, isReadable, isTextContent } from '../decode/shape.ts'
import type { ClaimedHead } from '../decode/shape.ts'
import type { AdmissionCode } from '../verdict.ts'

/** Every place of the document falls into one of these. */
type Region = 'base' | 'wording' | 'anchor' | 'entry' | 'part' | 'structure'

interface Rule {
  readonly needs: Extract<Capability, 'edit-base' | 'propose'>
  /** Whether what is stored there may be deleted. */
  readonly erase: boolean
  /** A condition beyond the capability: who owns it, and whether it is still open. */
  readonly condition: (review: Review, place: StructPlace) => AdmissionCode | null
  /** Judges whether the place may hold this content, and collects in the review what later checks need. */
  readonly content: (
    review: Review,
    struct: Struct,
    place: StructPlace,
    length: number,
  ) => AdmissionCode | null
}

/** The table of all places that a client may write. The rest (`structure`) only the server writes. */
const TABLE: Record<Exclude<Region, 'structure'>, Rule> = {
  /** `paragraphs/<id>/text` */
  base: { needs: 'edit-base', erase: true, condition: paragraphIsThere, content: text },
  /** `proposals/<id>/content` */
  wording: { needs: 'propose', erase: true, condition: proposalIsOwnAndOpen, content: text },
  /** `anchors/<id>` */
  anchor: { needs: 'propose', erase: true, condition: anchorIsOwnOrInRepair, content: anchor },
  /** `proposals/<id>` */
  entry: { needs: 'propose', erase: false, condition: entryIsNew, content: entry },
  /** `proposals/<id>/head` and `proposals/<id>/content`, the type itself */
  part: { needs: 'propose', erase: false, condition: proposalIsNew, content: part },
}

function regionOf({ container }: StructPlace): Region {
  switch (container.kind) {
    case 'text':
      return isProposalId(container.host) ? 'wording' : 'base'
    case 'proposal':
      return 'part'
    case 'root':
      if (container.root === 'proposals') return 'entry'
      return container.root === 'anchors' ? 'anchor' : 'structure'
    case 'paragraph':
    case 'stray':
      return 'structure'
  }
}

/** Returns the rule for a place when this actor may write there; else the refusal. */
function access(review: Review, place: StructPlace): Rule | AdmissionCode {
  const region = regionOf(place)
  if (region === 'structure') return 'not-allowed'
  const rule = TABLE[region]
  if (!may(review, rule.needs)) return 'not-allowed'
  return rule.condition(review, place) ?? rule
}

/**
 * Judges a new struct at its place: whether the actor may write there, and whether the place may hold its
 * content. `length`: how many of its last units are new.
 */
export function judgeStruct(
  review: Review,
  struct: Struct,
  place: StructPlace,
  length: number,
): AdmissionCode | null {
  const rule = access(review, place)
  return typeof rule === 'string' ? rule : rule.content(review, struct, place, length)
}

/** Whether this actor may delete what is stored at a place. Returns null when so. */
export function judgeErasure(review: Review, place: StructPlace, what: ItemRange): AdmissionCode | null {
  const rule = access(review, place)
  if (typeof rule === 'string') return rule
  if (!rule.erase) return 'not-allowed'
  const from = rule === TABLE.anchor ? place.key : rule === TABLE.wording ? hostIn(place) : null
  if (isProposalId(from)) review.erased.add(from)
  if (rule === TABLE.anchor && isProposalId(from)) review.loosened.add(from)
  if (rule === TABLE.anchor && ownAndOpen(review, place.key as ProposalId))
    noteErased(review, place.key as ProposalId, what)
  return null
}

const hostIn = ({ container }: StructPlace): HostId | null =>
  container.kind === 'text' ? container.host : null

function paragraphIsThere({ od }: Review, { container }: StructPlace): AdmissionCode | null {
  if (container.kind !== 'text') return 'not-allowed'
  const { host } = container
  if (isProposalId(host)) return 'not-allowed'
  if (od.paragraphs.get(host)?.get('removed') === true) return 'closed'
  return isAgreedParagraph(od, host) ? 'agreed' : null
}

function proposalIsOwnAndOpen(review: Review, { container }: StructPlace): AdmissionCode | null {
  if (container.kind !== 'text' || !isProposalId(container.host)) return 'not-allowed'
  const { host } = container
  const code = ownAndOpen(review, host)
  if (code) return code
  if (isAsked(review, host)) return 'not-allowed'
  if (review.created.has(host)) return null
  // Only emptied proposals can be open in an agreed paragraph, and they must stay empty.
  if (review.od.anchors.has(host)) return isInAgreed(review.od, host) ? 'agreed' : null
  review.orphaned.add(host)
  return null
}

function anchorIsOwnOrInRepair(review: Review, { key }: StructPlace): AdmissionCode | null {
  if (!isProposalId(key)) return 'not-allowed'
  const code = isAsked(review, key) ? 'not-allowed' : ownAndOpen(review, key)
  return code && !mayRepair(review, key) ? code : null
}

/** A proposal without a wording stays where the server put it; its proponent withdraws it by a command. */
function isAsked({ od }: Review, id: ProposalId): boolean {
  const head = headInRoom(od, id)
  return head !== undefined && isRequest(head.kind)
}

/**
 * An entry may be written once only, even if it was deleted since. Its id must not be one from which the id of
 * an existing paragraph is derived.
 */
function entryIsNew({ od, created }: Review, { key }: StructPlace): AdmissionCode | null {
  return key !== null && (isTaken(od, key as ProposalId) || created.has(key as ProposalId))
    ? 'not-allowed'
    : null
}

function proposalIsNew({ created }: Review, { container }: StructPlace): AdmissionCode | null {
  return container.kind === 'proposal' && created.has(container.id) ? null : 'not-allowed'
}

function text(review: Review, struct: Struct, place: StructPlace, length: number): AdmissionCode | null {
  const { container, key } = place
  if (key !== null || container.kind !== 'text' || !isTextContent(struct.content)) return 'wrong-shape'
  const rest = restOf(struct, length)
  const { origin, rightOrigin } = rest
  if ((origin && cutsAfter(review, origin)) || (rightOrigin && cutsBefore(review, rightOrigin)))
    return 'wrong-shape'
  if (struct.content.kind === 'string') {
    // The known part of the struct ends inside a surrogate pair.
    const first = struct.content.text.charCodeAt(struct.length - length)
    if (length < struct.length && first >= 0xdc00 && first < 0xe000) return 'wrong-shape'
    const added = struct.content.text.slice(struct.length - length)
    if (isUnusual(added) && faultIn(added, 'line', besideStretch(review, struct, length)))
      return 'forbidden-character'
    grow(review, container, length)
    if (isProposalId(container.host)) review.written.add(container.host)
  }
  return judgeOrder(review, container, rest)
}

/**
 * Returns the last `length` units of a struct as a run. If that is not the whole struct, the run follows its
 * known part.
 */
function restOf(struct: Struct, length: number): InsertedRun {
  const { client, origin, rightOrigin } = struct
  const clock = struct.clock + struct.length - length
  if (clock === struct.clock) return { client, clock, length, origin, rightOrigin }
  return { client, clock, length, origin: { client, clock: clock - 1 }, rightOrigin }
}

/** Adds to the growth of a wording, which is compared with its limit at the end. */
export function grow({ growth }: Review, container: StructPlace['container'], by: number): void {
  growth.set(container, (growth.get(container) ?? 0) + by)
}

function anchor(review: Review, struct: Struct, { key }: StructPlace, length: number): AdmissionCode | null {
  if (!isProposalId(key) || struct.rightOrigin) return 'wrong-shape'
  const repair = ownAndOpen(review, key) !== null
  const { origin } = restOf(struct, length)
  if (repair && origin) review.repairs.overwritten.add(idKey(origin.client, origin.clock))
  if (struct.content.kind === 'deleted') {
    review.unanchored.add(key)
    if (repair) noteErased(review, key, struct)
    return null
  }
  if (struct.content.kind !== 'any') return 'wrong-shape'
  // There can be several values: Yjs merges those that an undo stack keeps. All but the last are deleted.
  for (const value of struct.content.values.slice(-length)) {
    const written = anchorOf(value)
    if (!written) return 'wrong-shape'
    review.anchorings.push({ proposal: key, anchor: written, repair })
  }
  return null
}

const isType = ({ content }: Struct, ref: number): boolean => content.kind === 'type' && content.ref === ref
const isFirst = (struct: Struct): boolean => struct.origin === null && struct.rightOrigin === null

function entry(review: Review, struct: Struct, place: StructPlace): AdmissionCode | null {
  const { key } = place
  if (!isProposalId(key) || !isFirst(struct) || !isType(struct, TYPE_MAP)) return 'wrong-shape'
  review.created.set(key, { container: containerOfNew(review, struct, place), head: null, content: null })
  return null
}

function part(review: Review, struct: Struct, place: StructPlace): AdmissionCode | null {
  const { container, key } = place
  const creation = container.kind === 'proposal' && review.created.get(container.id)
  if (!creation || !isFirst(struct)) return 'wrong-shape'
  if (key === 'head' && !creation.head) {
    creation.head = headOf(struct.content)
    if (!creation.head) return 'wrong-shape'
    if (!isReadable(creation.head)) return 'forbidden-character'
    return mayBear(review, creation.head) ? null : 'wrong-participant'
  }
  if (key !== 'content' || creation.content || !isType(struct, TYPE_TEXT)) return 'wrong-shape'
  creation.content = containerOfNew(review, struct, place)
  return null
}

/**
 * Whether a proposal may bear this name: the actor's own, or, for those who may write for others, a
 * delegation's. In an unattributed round a delegation's only name is its alias, which must be of this round; a
 * head with an alias names no person.
 */
function mayBear({ od, actor, isAliasInRound }: Review, { by, via, person = '' }: ClaimedHead): boolean {
  const hidden = isUnattributed(od)
  if (via === undefined) return by === writesAs(od, actor) && !(isAlias(by) && person !== '')
  if (!can(actor.role, 'write-for-others') || via !== actor.participant) return false
  if (hidden) return isAlias(by) && person === '' && isAliasInRound(by)
  return isDelegationName(by) && spellingOf(od, by) === by
}
