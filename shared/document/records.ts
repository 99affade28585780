import type * as Y from 'yjs'
import type { Comment } from '../model/comment.ts'
import type { Decision, Reopened, Run } from '../model/decision.ts'
import type { Emptied } from '../model/emptied.ts'
import type { CommentId, HostId, MeetingId, ParagraphId, ProposalId } from '../model/ids.ts'
import type { Label } from '../model/label.ts'
import type { Meeting, Policy } from '../model/meeting.ts'
import type { Condition, PositionEntry, Sponsorship, Stated } from '../model/position.ts'
import type { Placing } from '../model/placing.ts'
import type { Affected, Reanchored } from '../model/proposal.ts'
import type { Revision } from '../model/revision.ts'
import type { Silence } from '../model/silence.ts'
import type { ParagraphStatus } from '../model/status.ts'
import type { ProposedWords } from '../model/wording.ts'
import type { Revised } from './text/kept.ts'

/**
 * The `record` root of a document: what the server alone writes. A key is the kind of the record, or kind, slash and what
 * the record is about. Everything that is known of the kinds stands in this file: the value of each, and what a change of
 * it redraws. A kind that is missing in either table does not compile.
 */

/** Records of which a document has one; the key is the kind. */
interface SingleRecords {
  title: string
  /** What stood before the draft (note verbale, covering letter), one block of lines each. */
  front: readonly string[]
  policy: Policy
  /** The emptied proposals that may still be typed anew. */
  emptying: readonly ProposalId[]
}

/** Records that are about something: what (the rest of the key), and the value. */
interface KeyedRecords {
  decision: Of<ProposalId, Decision>
  label: Of<ProposalId, IssuedLabel>
  /** On a paragraph: the accepted deletions, moves, splits and mergers of it that stand, in their order. */
  restructured: Of<ParagraphId, readonly ProposalId[]>
  /**
   * Words that left a text when a decision was taken back, and which they are now: in the paragraph that they had come
   * from, or in the wording of the proposal whose acceptance had put them in.
   */
  returned: Of<HostId, readonly Departed[]>
  /** Words of a text that a reopening put back, and which characters they became, oldest first. */
  renewed: Of<HostId, readonly Renewed[]>
  affected: Of<ProposalId, Affected>
  /** Where its proponent has put it, once it has been elsewhere than where it was proposed. */
  placing: Of<ProposalId, Placing>
  /** Where people put its anchor, oldest first: the last fifty times. */
  reanchored: Of<ProposalId, readonly Reanchored[]>
  /** Decisions on this proposal that were taken back, oldest first. */
  reopened: Of<ProposalId, readonly Reopened[]>
  /** One entry a participant, in the order in which they first spoke. */
  positions: Of<HostId, readonly PositionEntry[]>
  sponsors: Of<ProposalId, Sponsorship>
  /** By host, slash and fingerprint: a wording that something was said of (each part cut at QUOTE_LIMIT). */
  wording: Of<string, ProposedWords>
  /** Who took a withdrawn proposal over: it is theirs now. */
  owner: Of<ProposalId, Stated>
  condition: Of<ProposalId, Condition>
  /** A bridging proposal: what it was made of. */
  bridge: Of<ProposalId, { readonly sources: readonly ProposalId[] }>
  /** A proposal that its author worded otherwise after others had spoken of it: the first time since they did. */
  reworded: Of<ProposalId, Stated>
  /** A proposal that its author has emptied or taken back, as long as it is. */
  emptied: Of<ProposalId, Emptied>
  status: Of<ParagraphId, ParagraphStatus>
  revision: Of<`${number}`, Revision>
  silence: Of<`${number}`, Silence>
  comment: Of<CommentId, Comment>
  meeting: Of<MeetingId, Meeting>
  /** In a private space: a draft that was tabled, and when. */
  tabled: Of<ProposalId, number>
}

interface Of<Subject extends string, Value> {
  readonly subject: Subject
  readonly value: Value
}

export type RecordKind = keyof SingleRecords | keyof KeyedRecords
/** Identities in keys are plain strings: that a key is well-formed is not checked by type. */
export type RecordKey = keyof SingleRecords | `${keyof KeyedRecords}/${string}`
export type RecordValue<K extends RecordKey> = K extends keyof SingleRecords
  ? SingleRecords[K]
  : K extends `${infer Kind extends keyof KeyedRecords}/${string}`
    ? KeyedRecords[Kind]['value']
    : never

/**
 * What a change of a record redraws.
 *
 * - **nothing**: it is shown nowhere by itself.
 * - **beside**: what stands beside the text, and no block of it.
 * - **blocks**: which blocks there are, their order and their numbers.
 * - **subject**: the paragraph, or the bracket, that it is about.
 * - **words**: its subject, and what stands on the words of that, here or where they have gone.
 * - **outcome**: words and blocks.
 */
export type Redraws = 'nothing' | 'beside' | 'blocks' | 'subject' | 'words' | 'outcome'

const REDRAWS: Record<RecordKind, Redraws> = {
  title: 'blocks',
  front: 'blocks',
  policy: 'beside',
  emptying: 'nothing',
  decision: 'outcome',
  label: 'blocks',
  restructured: 'words',
  returned: 'words',
  renewed: 'words',
  affected: 'subject',
  placing: 'subject',
  reanchored: 'nothing',
  reopened: 'subject',
  positions: 'subject',
  sponsors: 'subject',
  wording: 'nothing',
  owner: 'subject',
  condition: 'subject',
  bridge: 'subject',
  reworded: 'nothing',
  emptied: 'nothing',
  status: 'subject',
  revision: 'beside',
  silence: 'beside',
  comment: 'beside',
  meeting: 'beside',
  tabled: 'beside',
}

interface RecordRoot {
  readonly record: Y.Map<unknown>
}

const SLASH = '/'

/** What a change under this key redraws, and the rest of the key (null: there is none). */
export function redrawnBy(key: string): { readonly redraws: Redraws; readonly subject: string | null } {
  const { kind, subject } = parts(key)
  // Of a newer version's records nothing is shown.
  return { redraws: Object.hasOwn(REDRAWS, kind) ? REDRAWS[kind as RecordKind] : 'nothing', subject }
}

function parts(key: string): { readonly kind: string; readonly subject: string | null } {
  const at = key.indexOf(SLASH)
  return at < 0 ? { kind: key, subject: null } : { kind: key.slice(0, at), subject: key.slice(at + 1) }
}

export function recordGet<K extends RecordKey>({ record }: RecordRoot, key: K): RecordValue<K> | undefined {
  return record.get(key) as RecordValue<K> | undefined
}

/** Server only. */
export function recordSet<K extends RecordKey>({ record }: RecordRoot, key: K, value: RecordValue<K>): void {
  record.set(key, value)
}

/** Server only. */
export const recordDelete = ({ record }: RecordRoot, key: RecordKey): void => record.delete(key)

/** Every record of a kind, with what it is about, in no particular order. The record may be changed meanwhile. */
export function* entriesOf<K extends keyof KeyedRecords>(
  { record }: RecordRoot,
  kind: K,
): Generator<readonly [KeyedRecords[K]['subject'], KeyedRecords[K]['value']]> {
  const start = `${kind}${SLASH}`
  for (const [key, value] of record.entries())
    if (key.startsWith(start))
      yield [key.slice(start.length) as KeyedRecords[K]['subject'], value as KeyedRecords[K]['value']]
}

/** Number and place issued by the server to a proposed new paragraph. */
export interface IssuedLabel {
  readonly label: Label
  readonly order: string
}

/** Characters that stand in another text now, as other characters. */
export interface Departed {
  readonly runs: readonly Run[]
  readonly to: HostId
  /** In the same order; without `revised`: shorter or longer only at its start. */
  readonly become: readonly Run[]
  /** Only some of them became others. */
  readonly revised?: Revised
}

/** Characters that are back as others, in the same order. */
export interface Renewed {
  readonly runs: readonly Run[]
  readonly become: readonly Run[]
}
