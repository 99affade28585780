import type { ParagraphId, ProposalId } from '../model/ids.ts'
import type { Decision } from '../model/decision.ts'
import { isChapeau } from '../model/paragraph.ts'
import type { ProposalNature } from '../model/proposal.ts'
import { plainText } from './anchor.ts'
import type { Board, BoardBlock, DecidedRow, Place, ProposalRow } from './board.ts'
import type { Composed, Placed } from './compose.ts'
import type { Block, Projection } from './projection.ts'
import { contentOf, headOf, recordGet } from './schema.ts'

const OPENING = 80

/** Builds the board, keeping every block that has not changed as the same object. */
export class BoardReader {
  readonly #projection: Projection
  readonly #known = new Map<string, { block: Block; composed: Composed; shown: BoardBlock }>()
  #board: Board | null = null
  #decided: readonly DecidedRow[] | null = null

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
    const blocks = this.#projection.blocks().map((block) => this.#block(block))
    this.#decided ??= this.#readDecided()
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
    if (known && known.composed === composed && known.block.label === block.label) return known.shown
    const shown = readBlock(block, composed)
    this.#known.set(block.id, { block, composed, shown })
    return shown
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

function readBlock(block: Block, { pieces, placed }: Composed): BoardBlock {
  let opening = ''
  for (const piece of pieces) {
    if (piece.kind === 'text' && piece.within.length === 0) opening += piece.text
  }
  const places = group(placed).map((members): Place => {
    const rows: ProposalRow[] = []
    for (const member of members) addRows(member, rows)
    return { key: members[0]!.proposal.id, rows }
  })
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
