import { sameCell } from './shown-cells.ts'
import type { HostId, ParagraphId, ProposalId } from '../../model/ids.ts'
import { isChapeau } from '../../model/paragraph.ts'
import { isProposalId } from '../../model/ids.ts'
import { isKnownKind, isOnWords } from '../../model/proposals/proposal.ts'
import type { Anchor } from '../../model/proposals/proposal.ts'
import type { ProposalHead, ProposalNature } from '../../model/proposals/proposal.ts'
import { plainText } from '../text/anchor.ts'
import { isLiveHost } from '../open.ts'
import type {
  Board,
  BoardBlock,
  CommentRow,
  DecidedRow,
  ConflictGroup,
  ProposalRow,
  SpokenOf,
} from './board.ts'
import type { Families } from './board-families.ts'
import { FamilyReader } from './board-families.ts'
import { OptionReader } from './board-options.ts'
import { LevelChanges } from './board-levels.ts'
import type { Composed, Placed } from './compose.ts'
import { conflictSets } from '../text/conflict.ts'
import type { Block, Projection } from './projection.ts'
import type { OpenProposal } from './proposals.ts'
import type { OutcomeDocument } from '../schema.ts'
import { nameOf } from './requests.ts'
import { standInFor } from '../follow/stand-in.ts'
import { compareStrings, contentOf, headOf, paragraphFacts, paragraphsInOrder } from '../schema.ts'
import { entriesOf, recordGet } from '../records.ts'
import { notedWords, wordsOf } from '../proposed-words.ts'
import type { Stated } from '../../model/proposals/position.ts'
import type { Fingerprint, ProposedWords } from '../../model/proposals/wording.ts'
import { isOnEarlier } from '../../model/proposals/position.ts'
import { allSaid, standingOf, wordingFor } from '../standing.ts'

const OPENING = 80

/** Reads the board from the projection. A block that has not changed keeps its object. */
export class BoardReader {
  readonly #projection: Projection
  readonly #known = new Map<string, Known>()
  readonly #families: FamilyReader
  readonly #options: OptionReader
  readonly #levels: LevelChanges
  #board: Board | null = null
  #beside: Beside | null = null
  #decided: readonly DecidedRow[] | null = null
  #stranded: ReadonlyMap<string, readonly ConflictGroup[]> = new Map()

  constructor(projection: Projection) {
    this.#projection = projection
    this.#families = new FamilyReader(projection.od)
    this.#options = new OptionReader(projection.od)
    this.#levels = new LevelChanges(projection.od)
    projection.subscribe(({ structure, beside, blocks }) => {
      this.#board = null
      if (beside) this.#beside = null
      // Every decision changes the structure, because it ends a proposal.
      if (structure || [...blocks].some((id) => !this.#known.has(id))) this.#decided = null
    })
  }

  board(): Board {
    this.#board ??= this.#read()
    return this.#board
  }

  #read(): Board {
    const { od } = this.#projection
    if (this.#decided === null) {
      this.#decided = this.#readDecided()
      this.#stranded = this.#readHostClosed(this.#decided)
    }
    const shown = this.#projection.blocks()
    const families = this.#families.read(shown)
    const blocks = this.#levels.read(
      shown.map((block) => this.#block(block, families)),
      shown,
    )
    return {
      title: recordGet(od, 'title') ?? '',
      language: recordGet(od, 'language') ?? null,
      front: recordGet(od, 'front') ?? [],
      blocks,
      options: this.#options.read(shown),
      open: blocks.reduce((sum, block) => sum + block.open, 0),
      decided: this.#decided,
      ...(this.#beside ??= readBeside(od)),
    }
  }

  #block(block: Block, families: Families): BoardBlock {
    const composed = this.#projection.composed(block)
    const known = this.#known.get(block.id)
    const stranded = this.#stranded.get(block.id) ?? NOT_STRANDED
    const below = families.below.get(block.id) ?? null
    const above = families.above.get(block.id) ?? NONE_ABOVE
    const same =
      known?.composed === composed &&
      known.stranded === stranded &&
      known.below === below &&
      (known.above === above || known.above.join() === above.join())
    if (known && same && sameHead(known.block, block)) return known.shown
    const read = { ...readBlock(this.#projection.od, block, composed, stranded), above }
    const shown = below === null ? read : withCounts(read, below)
    this.#known.set(block.id, { block, composed, stranded, below, above, shown })
    return shown
  }

  /**
   * Returns the amendments of wordings that were withdrawn or not retained. They have no place in the text any
   * more, and stay on the cards of their paragraph until somebody decides about them.
   */
  #readHostClosed(decided: readonly DecidedRow[]): ReadonlyMap<string, readonly ConflictGroup[]> {
    const { od, proposals } = this.#projection
    const found = new Map<string, ConflictGroup[]>()
    const rowsOf = (host: ProposalId, depth: number): ProposalRow[] =>
      proposals
        .on(host)
        .filter(isSeen)
        .flatMap((proposal) => [strandedRow(od, proposal, host, depth), ...rowsOf(proposal.id, depth + 1)])
    for (const { id } of decided) {
      const rows = rowsOf(id, 0)
      if (rows.length === 0) continue
      const block = rows[0]!.head.paragraph
      const places = found.get(block) ?? []
      found.set(block, [...places, { key: rows[0]!.id, rows, conflict: false }])
    }
    for (const { proposal, block } of this.#orphanedDrafts()) {
      const { id } = proposal
      const rows = [strandedRow(od, proposal, proposal.head.paragraph, 0), ...rowsOf(id, 1)]
      found.set(block, [...(found.get(block) ?? []), { key: id, rows, conflict: false }])
    }
    return found
  }

  /**
   * Returns the private drafts on a paragraph that has gone, each with the block whose cards show it: the one
   * before it.
   */
  #orphanedDrafts(): { proposal: OpenProposal; block: string }[] {
    const { od, proposals } = this.#projection
    if (!od.spaces) return []
    const shown = paragraphsInOrder(od)
    return [...proposals.all()].flatMap((proposal) => {
      const { anchor, standing } = proposal
      const place = standing.space !== null && anchor && isOnWords(anchor) ? anchor.host : null
      if (place === null || isProposalId(place) || !isSeen(proposal)) return []
      const gone = paragraphFacts(od, place)
      // Drafts on a paragraph that was made from another one are shown in the text of that one.
      const block =
        gone?.removed && standInFor(od, place) === place
          ? (shown.findLast(({ order }) => order < gone.order) ?? shown[0])
          : undefined
      return block ? [{ proposal, block: block.id }] : []
    })
  }

  #readDecided(): DecidedRow[] {
    const { od, proposals } = this.#projection
    const rows: DecidedRow[] = []
    for (const [id, decision] of entriesOf(od, 'decision')) {
      const head = headOf(od, id)
      const content = contentOf(od, id)
      if (!head || !content) continue
      const anchor = od.anchors.get(id)
      const added = decision.effect.kind === 'paragraph-added' ? decision.effect.paragraph : null
      const host = anchor && isOnWords(anchor) ? proposals.blockOf(anchor.host) : null
      const chosen = head.kind === 'choice' && anchor?.kind === 'whole' ? anchor.other : null
      const block: ParagraphId | ProposalId | null = added ?? host ?? chosen ?? anchor?.paragraph ?? null
      const reopened = recordGet(od, `reopened/${id}`) ?? []
      const standing = standingOf(od, id)
      const spokenOf = spokenOn(od, id, allSaid(standing), decision.wording ?? null)
      rows.push({ id, head, text: plainText(content), decision, block, ...standing, reopened, spokenOf })
    }
    // Decisions of the same moment are ordered by id, so that everybody sees the same order.
    return rows.sort((a, b) => b.decision.at - a.decision.at || compareStrings(a.id, b.id))
  }
}

const sameHead = (a: Block, b: Block): boolean =>
  a.label === b.label &&
  a.step === b.step &&
  a.level === b.level &&
  a.former === b.former &&
  a.vacant === b.vacant &&
  a.unmarked === b.unmarked &&
  a.language === b.language &&
  sameCell(a.cell, b.cell)

type Beside = Pick<Board, 'revisions' | 'silences' | 'meetings' | 'policy' | 'comments'>

/** Reads what is shown beside the text and belongs to no block. */
function readBeside(od: OutcomeDocument): Beside {
  const revisions = [...entriesOf(od, 'revision')].map(([, revision]) => revision)
  const silences = [...entriesOf(od, 'silence')].map(([, silence]) => silence)
  const meetings = [...entriesOf(od, 'meeting')].map(([, meeting]) => meeting)
  const comments: CommentRow[] = []
  for (const { participant, od: source } of [{ participant: null, od }, ...(od.spaces ?? [])]) {
    for (const [id, comment] of entriesOf(source, 'comment'))
      comments.push({ ...comment, id, space: participant })
  }
  return {
    revisions: revisions.sort((a, b) => a.number - b.number),
    silences: silences.sort((a, b) => a.number - b.number),
    meetings: meetings.sort((a, b) => a.openedAt - b.openedAt),
    policy: recordGet(od, 'policy') ?? null,
    comments: comments.sort((a, b) => a.at - b.at || compareStrings(a.id, b.id)),
  }
}

const NONE_ABOVE: readonly ProposalId[] = []

/** The counts depend on other blocks, which composing one block does not read. */
const withCounts = (block: BoardBlock, below: number): BoardBlock => ({
  ...block,
  places: block.places.map((place) => ({
    ...place,
    rows: place.rows.map((row) => (row.below === null ? row : { ...row, below })),
  })),
})

const NOT_STRANDED: readonly ConflictGroup[] = []

interface Known {
  readonly below: number | null
  readonly above: readonly ProposalId[]
  readonly stranded: readonly ConflictGroup[]
  readonly block: Block
  readonly composed: Composed
  readonly shown: BoardBlock
}

/** Whether it is shown: an emptied insertion is not. */
const isSeen = ({ affected, anchor, content }: OpenProposal): boolean =>
  affected !== null || anchor?.kind === 'range' || content.length > 0

const strandedRow = (od: OutcomeDocument, proposal: OpenProposal, host: HostId, depth: number): ProposalRow =>
  rowOf(
    od,
    proposal,
    { host, depth, struck: proposal.head.quote, text: plainText(proposal.content) },
    wordsOf(od, proposal.id),
  )

function spokenOn(
  od: OutcomeDocument,
  on: HostId,
  said: readonly Stated[],
  wording: Fingerprint | null,
): SpokenOf {
  if (!said.some((one) => isOnEarlier(one, wording)))
    return wording === null ? NOT_SPOKEN_OF : { wording, earlier: NONE_EARLIER }
  const earlier = new Map<Fingerprint, ProposedWords>()
  for (const one of said) {
    const words = isOnEarlier(one, wording) ? notedWords(od, on, one.wording) : undefined
    if (words && one.wording !== undefined) earlier.set(one.wording, words)
  }
  return { wording, earlier }
}

const NO_WORDS: ProposedWords = { struck: '', text: '' }
const NONE_EARLIER: SpokenOf['earlier'] = new Map()
const NOT_SPOKEN_OF: SpokenOf = { wording: null, earlier: NONE_EARLIER }

function rowOf(
  od: OutcomeDocument,
  { id, head, affected, anchor, standing }: OpenProposal,
  place: Pick<ProposalRow, 'host' | 'depth' | 'struck' | 'text'>,
  /** The words that statements about it refer to, when they differ from those shown. */
  words: ProposedWords = place,
): ProposalRow {
  const said = allSaid(standing)
  const proposes = { struck: words.struck, text: words.text, placing: standing.placing }
  const whole = anchor?.kind === 'whole' ? anchor : null
  return {
    id,
    head,
    nature: natureOf(od, head, anchor ?? null, place),
    ...place,
    proposes,
    affected,
    ...standing,
    other: whole?.other ? nameOf(od, whole.other) : '',
    under: whole?.under === true,
    below: whole?.below ? 0 : null,
    orphaned: standing.space !== null && isOrphaned(od, anchor ?? null, place.struck),
    reopened: recordGet(od, `reopened/${id}`) ?? [],
    reanchored: recordGet(od, `reanchored/${id}`) ?? [],
    spokenOf: spokenOn(od, id, said, wordingFor(said, proposes)),
  }
}

/** A private draft does not count among the proposals that the room has to decide. */
const isForAll = ({ space }: Pick<ProposalRow, 'space'>): boolean => space === null

/** Whether the words, bracket or paragraph of a private draft have gone from the room. */
function isOrphaned(od: OutcomeDocument, anchor: Anchor | null, struck: string): boolean {
  if (!anchor) return false
  if (paragraphFacts(od, anchor.paragraph)?.removed !== false) return true
  return isOnWords(anchor) && (!isLiveHost(od, anchor.host) || (anchor.kind === 'range' && struck === ''))
}

function readBlock(
  od: OutcomeDocument,
  block: Block,
  { pieces, placed }: Composed,
  stranded: readonly ConflictGroup[],
): BoardBlock {
  let opening = ''
  // Of a paragraph that stands in brackets as a whole the proposed words say what it is about.
  let everything = ''
  for (const piece of pieces) {
    if (piece.kind !== 'text') continue
    if (piece.within.length === 0) opening += piece.text
    if (everything.length < OPENING) everything += piece.text
  }
  const [whole, words] = partition(placed, ({ proposal }) => proposal.anchor?.kind === 'whole')
  const standing = [...conflictSets(words), ...whole.map((asked) => [asked])].map(
    (members): ConflictGroup => {
      const rows: ProposalRow[] = []
      for (const member of members) addRows(od, member, rows)
      return {
        key: members[0]!.proposal.id,
        rows,
        conflict: members.filter(({ proposal }) => isForAll(proposal.standing)).length > 1,
      }
    },
  )
  const places = [...standing, ...stranded]
  const positions = recordGet(od, `positions/${block.id}`) ?? []
  const own = block.proposal ? NO_WORDS : wordsOf(od, block.id)
  const said = positions.filter(({ position }) => position !== null)
  return {
    id: block.id,
    kind: block.kind,
    label: block.label,
    step: block.step,
    level: block.level,
    language: block.language,
    chapeau: block.kind === 'paragraph' && isChapeau(opening),
    opening: (/\p{L}/u.test(opening) ? opening : everything).trimStart().slice(0, OPENING),
    base: own.text,
    places,
    open: places.reduce((sum, place) => sum + place.rows.filter(isForAll).length, 0),
    openNotes: openNotesIn(pieces, block),
    status: recordGet(od, `status/${block.id}`) ?? null,
    positions,
    spokenOf: spokenOn(od, block.id, said, wordingFor(said, own)),
    former: block.former,
    vacant: block.vacant,
    above: NONE_ABOVE,
    unmarked: block.unmarked,
    cell: block.cell,
    caption: block.caption,
  }
}

/** Counts the marks of proposed footnotes; private drafts are not counted. */
function openNotesIn(pieces: Composed['pieces'], { proposal }: Block): number {
  if (proposal) return 0
  return pieces.filter((piece) => piece.kind === 'mark' && piece.isProposed).length
}

function partition<T>(list: readonly T[], is: (entry: T) => boolean): [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []]
  for (const entry of list) (is(entry) ? yes : no).push(entry)
  return [yes, no]
}

function addRows(
  od: OutcomeDocument,
  { proposal, host, struck, text, depth, amendments }: Placed,
  rows: ProposalRow[],
): void {
  rows.push(rowOf(od, proposal, { host, depth, struck, text }))
  for (const amendment of amendments) addRows(od, amendment, rows)
}

const NEW_BLOCKS = { heading: 'new-heading', paragraph: 'new-paragraph', note: 'new-note' } as const

function natureOf(
  od: OutcomeDocument,
  { kind, paragraph, block }: ProposalHead,
  anchor: Anchor | null,
  { struck, text }: ProposedWords,
): ProposalNature {
  if (kind === 'paragraph') return block ? NEW_BLOCKS[block.kind] : 'new-paragraph'
  if (!isKnownKind(kind)) return 'unknown'
  if (kind !== 'text') return kind
  if (paragraphFacts(od, paragraph)?.kind === 'heading') return 'heading-change'
  if (text === '') return struck !== '' || anchor?.kind === 'range' ? 'deletion' : 'insertion'
  return struck === '' ? 'insertion' : 'replacement'
}
