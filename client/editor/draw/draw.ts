import type { Mark, Node } from 'prosemirror-model'
import { Fragment } from 'prosemirror-model'
import type { Composed, Piece, Placed } from '#shared/document/composition/compose.ts'
import type { Block, Projection } from '#shared/document/composition/projection.ts'
import type { ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import { UNATTRIBUTED } from '#client/tone.ts'
import { isNameless } from '#shared/model/participant.ts'
import { isChapeau } from '#shared/model/paragraph.ts'
import { schema } from '../schema.ts'
import { gridPlace } from './grid.ts'
import { keepBesideSigns } from './unbroken.ts'

/** Most characters of a sign that is kept on one line; it fits on a phone. */
const SHORT = 28

/** Punctuation that must not begin a line, even behind a bracket sign. */
const CLOSING = /^[\p{Pe}\p{Pf}.,:;!?…%‰、。，．：；！？،؛؟۔।]/u

const FIRM_DASH = '\u00a0–\u00a0'
/** In signs that may be broken. Browsers break after the dash, and the next line must not begin with a space. */
const LOOSE_DASH = '\u00a0– '

/** Replaces the special spaces of drawn signs by the plain ones of stored, exported and copied text. */
export const withPlainSpaces = (drawn: string): string =>
  drawn.replaceAll(FIRM_DASH, ' – ').replaceAll(LOOSE_DASH, ' – ')

/** Draws composed blocks as ProseMirror nodes. Marks of one proposal are made once, so equal marks are the same. */
export class Drawer {
  readonly #projection: Projection
  readonly #me: ParticipantId | null
  readonly #marks = new Map<string, Mark>()

  constructor(projection: Projection, me: ParticipantId | null) {
    this.#projection = projection
    this.#me = me
  }

  document(): Node {
    const blocks = this.#projection.blocks().map((block) => this.block(block))
    return schema.nodes.doc!.create(null, blocks.length > 0 ? blocks : [schema.nodes.paragraph!.create()])
  }

  block(block: Block): Node {
    if (block.kind === 'separator') return schema.nodes.separator!.create({ id: block.id })
    const composed = this.#projection.composed(block)
    const content = this.#inline(composed.pieces)
    const type = schema.nodes[block.kind]!
    return type.create(this.#attributes(block, composed), content)
  }

  /** The attributes that a block should have now. Cheap enough to compute for every block when numbers change. */
  attributes(block: Block): Record<string, unknown> {
    if (block.kind === 'separator') return { id: block.id }
    return this.#attributes(block, this.#projection.composed(block))
  }

  #attributes(block: Block, composed: Composed): Record<string, unknown> {
    const open = countOpen(composed.placed)
    const { level } = block
    const label = shownStep(block)
    const last = composed.pieces.findLast((piece) => piece.kind === 'text')
    const chapeau = last !== undefined && isChapeau(last.text)
    const by = drawnAs(block.proposal?.standing.proponent ?? '')
    const space = block.proposal?.standing.space ?? ''
    const lang = block.language ?? ''
    if (block.kind === 'note') return { id: block.id, label, open, lang, unmarked: block.unmarked }
    if (block.kind === 'heading') return { id: block.id, label, level, open, by, space, lang }
    const { unprinted, caption } = block
    const cell = gridPlace(block.cell)
    return { id: block.id, label, level, open, chapeau, by, space, lang, unprinted, cell, caption }
  }

  #inline(pieces: readonly Piece[]): Fragment {
    const drawn = pieces.filter((piece) => piece.text !== '')
    const kept = keepBesideSigns(drawn, (piece) => piece.kind === 'sign' && this.#isOwn(piece.proposal))
    return Fragment.fromArray(
      joined(
        kept.map(({ piece, unbroken }, i) => {
          const marks = this.#set(piece, isTight(kept[i - 1]?.piece, piece, kept[i + 1]?.piece))
          return schema.text(shown(piece), unbroken ? [...marks, UNBROKEN] : marks)
        }),
      ),
    )
  }

  #isOwn(id: ProposalId): boolean {
    const { proponent = '', space = null } = this.#projection.proposals.get(id)?.standing ?? {}
    return proponent !== '' && (proponent === this.#me || space !== null)
  }

  #set(piece: Piece, tight: boolean): Mark[] {
    const marks = piece.within.map((id) => this.#mark('content', id))
    if (piece.kind === 'mark') {
      const { note } = piece
      const mark = isProposalId(note)
        ? this.#mark('sign', note, { ...NO_SIGN, side: 'note' })
        : schema.marks.sign!.create({ id: note, by: '', side: 'note' })
      return [...marks, mark, ...piece.struck.map((id) => this.#mark('struck', id))]
    }
    if (piece.kind === 'sign')
      return [
        ...marks,
        this.#mark('sign', piece.proposal, { side: piece.sign, long: piece.text.length > SHORT, tight }),
      ]
    for (const id of piece.struck) marks.push(this.#mark('struck', id))
    for (const format of piece.formats) marks.push(schema.marks[format]!.create())
    return marks
  }

  #mark(type: 'content' | 'struck' | 'sign', id: ProposalId, { side, long, tight } = NO_SIGN): Mark {
    const proposal = this.#projection.proposals.get(id)
    const space = proposal?.standing.space ?? ''
    const by = proposal?.standing.proponent ?? ''
    const key = `${type} ${id} ${side} ${long} ${tight} ${space} ${by}`
    const known = this.#marks.get(key)
    if (known) return known
    const attrs = {
      id,
      by: drawnAs(by),
      own: this.#isOwn(id),
      space,
      ...(type === 'sign' ? { side, long, tight } : {}),
    }
    const mark = schema.marks[type]!.create(attrs)
    this.#marks.set(key, mark)
    return mark
  }
}

/** A plain number below a paragraph has a full stop, so that it is not taken for a main paragraph. */
const shownStep = ({ kind, step, level }: Block): string =>
  kind === 'paragraph' && level > 0 && /^\p{Nd}+$/u.test(step) ? `${step}.` : step

/** The name as it is in the page. Aliases are never in the page: they would show which brackets have one author. */
const drawnAs = (by: ParticipantId | ''): string => (by !== '' && isNameless(by) ? UNATTRIBUTED : by)

/** The text of a piece as it is drawn. Short signs are not broken; long lists of names break between names. */
const shown = ({ kind, text }: Piece): string =>
  kind === 'sign' ? text.replaceAll(' – ', text.length > SHORT ? LOOSE_DASH : FIRM_DASH) : text

const UNBROKEN = schema.marks.unbroken!.create()

const NO_SIGN = { side: '', long: false, tight: false }

/** Whether an opening bracket stands between a word and punctuation, so that no line may break on either side of it. */
const isTight = (before: Piece | undefined, piece: Piece, behind: Piece | undefined): boolean =>
  piece.kind === 'sign' &&
  piece.text.endsWith('[') &&
  before !== undefined &&
  /\S/u.test(before.text.slice(-1)) &&
  behind?.kind === 'text' &&
  CLOSING.test(behind.text)

/** Joins neighbouring text nodes with equal marks, which ProseMirror requires. */
function joined(nodes: Node[]): Node[] {
  const out: Node[] = []
  for (const node of nodes) {
    const last = out.at(-1)
    if (last && sameMarks(last, node)) out[out.length - 1] = schema.text(last.text! + node.text!, node.marks)
    else out.push(node)
  }
  return out
}

const sameMarks = (a: Node, b: Node): boolean =>
  a.marks.length === b.marks.length && a.marks.every((mark, i) => mark.eq(b.marks[i]!))

/** The number of open proposals, amendments included. Private drafts do not count. */
function countOpen(placed: readonly Placed[]): number {
  return placed.reduce(
    (sum, { proposal, amendments }) => sum + Number(proposal.standing.space === null) + countOpen(amendments),
    0,
  )
}
