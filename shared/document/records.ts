import { isCaption } from '../model/table.ts'
import type * as Y from 'yjs'
import type { Comment } from '../model/proposals/comment.ts'
import type { Decision, Reopened, Revised, Run } from '../model/proposals/decision.ts'
import type { Emptied } from '../model/proposals/emptied.ts'
import type { CommentId, HostId, MeetingId, ParagraphId, ProposalId } from '../model/ids.ts'
import type { Label } from '../model/label.ts'
import type { Language } from '../model/language.ts'
import type { Meeting, Policy } from '../model/meeting.ts'
import type { ParagraphKind } from '../model/paragraph.ts'
import type { Condition, PositionEntry, Sponsorship, Stated } from '../model/proposals/position.ts'
import type { Placing } from '../model/proposals/placing.ts'
import type { Affected, Reanchored } from '../model/proposals/proposal.ts'
import type { Revision } from '../model/revision.ts'
import type { Silence } from '../model/silence.ts'
import type { ParagraphStatus } from '../model/status.ts'
import type { ProposedWords } from '../model/proposals/wording.ts'
import { indexKeys } from './key-index.ts'

/**
 * The `record` root of a document: what only the server writes. A key is the kind of record, or kind, slash and
 * the id of its subject. This file is the table of all kinds: the type of each value, and what a change of it
 * redraws. A kind that is missing in one of the two tables does not compile.
 */

/** Records that a document has at most one of. The key is the kind. */
interface SingleRecords {
  title: string
  /** What preceded the draft (note verbale, covering letter), one string for each block of lines. */
  front: readonly string[]
  /** Absent when it could not be told from the source, and in documents from before languages were recorded. */
  language: Language
  policy: Policy
  /** The emptied proposals whose waiting time is not over. */
  emptying: readonly ProposalId[]
}

/** Records about a subject: the type of its id (the rest of the key), and the value. */
interface KeyedRecords {
  decision: Of<ProposalId, Decision>
  label: Of<ProposalId, IssuedLabel>
  /**
   * The accepted deletions, moves, splits and mergers of the paragraph that are in force, in the order of their
   * acceptance.
   */
  restructured: Of<ParagraphId, readonly ProposalId[]>
  /**
   * Words that left the host when a decision was taken back, with their present characters: in the paragraph
   * that they came from, or in the wording of the reopened proposal.
   */
  returned: Of<HostId, readonly Departed[]>
  /**
   * Words of the host that were put back when a decision was taken back, with their new characters, oldest
   * first.
   */
  renewed: Of<HostId, readonly Renewed[]>
  affected: Of<ProposalId, Affected>
  /**
   * The numbered places of the proposal. Absent until its proponent has put it elsewhere than where it was
   * proposed.
   */
  placing: Of<ProposalId, Placing>
  /** The last fifty changes that people made to its anchor, oldest first. */
  reanchored: Of<ProposalId, readonly Reanchored[]>
  /** Decisions on this proposal that were taken back, oldest first. */
  reopened: Of<ProposalId, readonly Reopened[]>
  /** One entry for each participant, in the order in which they first took a position. */
  positions: Of<HostId, readonly PositionEntry[]>
  sponsors: Of<ProposalId, Sponsorship>
  /** By host, slash and fingerprint: a wording that a statement was made about, each part cut to QUOTE_LIMIT. */
  wording: Of<string, ProposedWords>
  /** The delegation that took over a withdrawn proposal and owns it now. */
  owner: Of<ProposalId, Stated>
  condition: Of<ProposalId, Condition>
  /** For a bridging proposal: the proposals that it was made of. */
  bridge: Of<ProposalId, { readonly sources: readonly ProposalId[] }>
  /** The first time that its author reworded the proposal after others had spoken of it. */
  reworded: Of<ProposalId, Stated>
  /** How the proposal read before its author emptied it or took it back. Deleted when it has words again. */
  emptied: Of<ProposalId, Emptied>
  status: Of<ParagraphId, ParagraphStatus>
  revision: Of<`${number}`, Revision>
  silence: Of<`${number}`, Silence>
  comment: Of<CommentId, Comment>
  meeting: Of<MeetingId, Meeting>
  /** In a private space: when the draft was tabled. */
  tabled: Of<ProposalId, number>
}

interface Of<Subject extends string, Value> {
  readonly subject: Subject
  readonly value: Value
}

export type RecordKind = keyof SingleRecords | keyof KeyedRecords
/** The id in a key is a plain string, so the type does not check that it is well formed. */
export type RecordKey = keyof SingleRecords | `${keyof KeyedRecords}/${string}`
export type RecordValue<K extends RecordKey> = K extends keyof SingleRecords
  ? SingleRecords[K]
  : K extends `${infer Kind extends keyof KeyedRecords}/${string}`
    ? KeyedRecords[Kind]['value']
    : never

/**
 * What must be drawn again when a record changes.
 *
 * - **nothing**: it is not shown by itself.
 * - **beside**: what is shown beside the text; no block.
 * - **blocks**: the list of blocks, their order and their numbers.
 * - **subject**: the paragraph or the bracket that it is about.
 * - **words**: its subject, and the proposals on the subject's words, wherever these are now.
 * - **outcome**: words and blocks.
 */
export type Redraws = 'nothing' | 'beside' | 'blocks' | 'subject' | 'words' | 'outcome'

const REDRAWS: Record<RecordKind, Redraws> = {
  title: 'blocks',
  front: 'blocks',
  language: 'blocks',
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

/** Returns what a change under this key redraws, and the id in the key (null when it has none). */
export function redrawnBy(key: string): { readonly redraws: Redraws; readonly subject: string | null } {
  const { kind, subject } = parts(key)
  // A kind that only a newer version knows is not shown.
  return { redraws: Object.hasOwn(REDRAWS, kind) ? REDRAWS[kind as RecordKind] : 'nothing', subject }
}

function parts(key: string): { readonly kind: string; readonly subject: string | null } {
  const at = key.indexOf(SLASH)
  return at < 0 ? { kind: key, subject: null } : { kind: key.slice(0, at), subject: key.slice(at + 1) }
}

/** Returns the value of a record, or undefined when there is none. */
export function recordGet<K extends RecordKey>({ record }: RecordRoot, key: K): RecordValue<K> | undefined {
  return record.get(key) as RecordValue<K> | undefined
}

/** Only the server calls it. */
export function recordSet<K extends RecordKey>({ record }: RecordRoot, key: K, value: RecordValue<K>): void {
  record.set(key, value)
}

/** Only the server calls it. */
export const recordDelete = ({ record }: RecordRoot, key: RecordKey): void => record.delete(key)

const keysOfKind = indexKeys<unknown>((key) => [kindOf(key)])

function kindOf(key: string): string {
  const at = key.indexOf(SLASH)
  return at < 0 ? key : key.slice(0, at)
}

/**
 * Yields every record of a kind with the id in its key, in no particular order. The caller may change the
 * record meanwhile.
 */
export function* entriesOf<K extends keyof KeyedRecords>(
  { record }: RecordRoot,
  kind: K,
): Generator<readonly [KeyedRecords[K]['subject'], KeyedRecords[K]['value']]> {
  for (const key of keysOfKind(record, kind)) {
    const value = record.get(key) as KeyedRecords[K]['value'] | undefined
    if (value !== undefined) yield [key.slice(kind.length + 1) as KeyedRecords[K]['subject'], value]
  }
}

/** The number, the place in the order and the level that the server issued to a proposed paragraph. */
export interface IssuedLabel {
  /** Null for an item of a list without numbers. */
  readonly label: Label | null
  readonly order: string
  /** Absent: 0. */
  readonly level?: number
  /** Whether it is for a heading. */
  readonly heading?: true
}

/** What stands, or will stand, at an issued place. */
export const kindOfIssued = ({ label, heading }: Pick<IssuedLabel, 'label' | 'heading'>): ParagraphKind => {
  if (label?.series === 'note') return 'note'
  return heading || (label?.division && !isCaption(label)) ? 'heading' : 'paragraph'
}

/** Words that left a text: `runs` are their characters in it, `become` those in the text `to`. */
export interface Departed {
  readonly runs: readonly Run[]
  readonly to: HostId
  /** In the same order as `runs`. Without `revised`, it differs from `runs` at most by spaces at the start. */
  readonly become: readonly Run[]
  /** How the two wordings relate, when only some of the words are in the other text. */
  readonly revised?: Revised
}

/** Characters of which copies were put back, in the same order and number. */
export interface Renewed {
  readonly runs: readonly Run[]
  readonly become: readonly Run[]
}
