import type { ParagraphId, ProposalId } from '../model/ids.ts'
import type { Decision } from '../model/decision.ts'
import { isChapeau } from '../model/paragraph.ts'
import type { ProposalNature } from '../model/proposal.ts'
import { plainText } from './anchor.ts'
import type { Board, BoardBlock, DecidedRow, Place, ProposalRow } from './board.ts'
import type { Composed, Placed } from './compose.ts'
import type { Block, Projection } from './projection.ts'
import type { OpenProposal } from './proposals.ts'
import { contentOf, headOf, recordGet } from './schema.ts'

const OPENING = 80

/** Builds the board, keeping every block that has not changed as the same object. */
export class BoardReader {
  readonly #projection: Projection
  readonly #known = new Map<string, Known>()
  #board: Board | null = null
  #decided: readonly DecidedRow[] | null = null
  #stranded: ReadonlyMap<string, readonly Place[]> = new Map()

  constructor(projection: Projection) {
    this.#projection = projection
    projection.subscribe(({ structure }) => {
      this.#board = null
      // A decision always changes the structure: it ends a proposal.
      if (structure) this.#decided = null
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
      this.#stranded = this.#readStranded(this.#decided)
    }
    const blocks = this.#projection.blocks().map((block) => this.#block(block))
    return {
      title: recordGet(od, 'title') ?? '',
      front: recordGet(od, 'front') ?? [],
      blocks,
      open: blocks.reduce((sum, block) => sum + block.open, 0),
      decided: this.#decided,
    }
  }

  #block(block: Block): BoardBlock {
    const composed = this.#projection.composed(block)
    const known = this.#known.get(block.id)
    const stranded = this.#stranded.get(block.id) ?? NOT_STRANDED
    const same = known?.composed === composed && known.stranded === stranded
    if (known && same && known.block.label === block.label) return known.shown
    const shown = readBlock(block, composed, stranded)
    this.#known.set(block.id, { block, composed, stranded, shown })
    return shown
  }

  /**
   * Amendments of wording that was withdrawn or not retained have no place in the text any more. They stay on the
   * cards of their paragraph until somebody says what becomes of them.
   */
  #readStranded(decided: readonly DecidedRow[]): ReadonlyMap<string, readonly Place[]> {
    const { proposals } = this.#projection
    const found = new Map<string, Place[]>()
    const rowsOf = (host: ProposalId, depth: number): ProposalRow[] =>
      proposals
        .on(host)
        .filter(isSeen)
        .flatMap((proposal) => [strandedRow(proposal, host, depth), ...rowsOf(proposal.id, depth + 1)])
    for (const { id } of decided) {
      const rows = rowsOf(id, 0)
      if (rows.length === 0) continue
      const block = rows[0]!.head.paragraph
      const places = found.get(block) ?? []
      found.set(block, [...places, { key: rows[0]!.id, rows }])
    }
    return found
  }

  #readDecided(): DecidedRow[] {
    const { od, proposals } = this.#projection
    const rows: DecidedRow[] = []
    for (const [key, value] of od.record.entries()) {
      if (!key.startsWith('decision/')) continue
      const id = key.slice('decision/'.length) as ProposalId
      const head = headOf(od, id)
      const content = contentOf(od, id)
      if (!head || !content) continue
      const decision = value as Decision
      const anchor = od.anchors.get(id)
      const added = decision.effect.kind === 'paragraph-added' ? decision.effect.paragraph : null
      const host = anchor && anchor.kind !== 'after' ? proposals.blockOf(anchor.host) : null
      const block: ParagraphId | ProposalId | null = added ?? host ?? anchor?.paragraph ?? null
      rows.push({ id, head, text: plainText(content), decision, block })
    }
    return rows.sort((a, b) => b.decision.at - a.decision.at)
  }
}

const NOT_STRANDED: readonly Place[] = []

interface Known {
  readonly stranded: readonly Place[]
  readonly block: Block
  readonly composed: Composed
  readonly shown: BoardBlock
}

/** Not an insertion that was emptied again. */
const isSeen = ({ affected, anchor, content }: OpenProposal): boolean =>
  affected !== null || anchor?.kind === 'range' || content.length > 0

function strandedRow(
  { id, head, content, affected }: OpenProposal,
  host: ProposalId,
  depth: number,
): ProposalRow {
  const text = plainText(content)
  return {
    id,
    head,
    nature: natureOf(head.kind, head.quote, text),
    host,
    depth,
    struck: head.quote,
    text,
    affected,
  }
}

function readBlock(block: Block, { pieces, placed }: Composed, stranded: readonly Place[]): BoardBlock {
  let opening = ''
  for (const piece of pieces) {
    if (piece.kind === 'text' && piece.within.length === 0) opening += piece.text
  }
  const standing = group(placed).map((members): Place => {
    const rows: ProposalRow[] = []
    for (const member of members) addRows(member, rows)
    return { key: members[0]!.proposal.id, rows }
  })
  const places = [...standing, ...stranded]
  return {
    id: block.id,
    kind: block.kind,
    label: block.label,
    chapeau: block.kind === 'paragraph' && isChapeau(opening),
    opening: opening.slice(0, OPENING),
    places,
    open: places.reduce((sum, place) => sum + place.rows.length, 0),
  }
}

/** Proposals whose stretches overlap, or that stand at the same point, are in dispute about the same words. */
function group(placed: readonly Placed[]): Placed[][] {
  const groups: Placed[][] = []
  let end = -1
  for (const member of placed) {
    const current = groups.at(-1)
    const { start } = member.span
    const point = member.span.start === member.span.end
    const touches = start < end || (start === end && point && current?.at(-1)?.span.start === start)
    if (current && touches) current.push(member)
    else groups.push([member])
    end = Math.max(touches ? end : -1, member.span.end)
  }
  return groups
}

function addRows({ proposal, host, struck, text, depth, amendments }: Placed, rows: ProposalRow[]): void {
  const { id, head, affected } = proposal
  rows.push({
    id,
    head,
    nature: natureOf(proposal.head.kind, struck, text),
    host,
    depth,
    struck,
    text,
    affected,
  })
  for (const amendment of amendments) addRows(amendment, rows)
}

function natureOf(kind: 'text' | 'paragraph', struck: string, text: string): ProposalNature {
  if (kind === 'paragraph') return 'new-paragraph'
  if (struck === '') return text === '' ? 'deletion' : 'insertion'
  return text === '' ? 'deletion' : 'replacement'
}
