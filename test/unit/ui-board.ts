import type { Board, BoardBlock, ConflictGroup, ProposalRow } from '#shared/document/composition/board.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'

/** Boards for the tests of the interface: only what a test is about needs to be said. */

export const NOT_SPOKEN_OF = { wording: null, earlier: new Map() }

interface RowFacts {
  readonly id?: string
  readonly by?: string
  readonly text?: string
  readonly struck?: string
}

export function row({ id = 'q1', by = 'KEN', text = 'timely', struck = '' }: RowFacts = {}): ProposalRow {
  return {
    id: id as ProposalId,
    head: {
      kind: 'text',
      by: by as ParticipantId,
      person: 'Amina Otieno',
      createdAt: 0,
      quote: struck,
      paragraph: 'p1' as ParagraphId,
    },
    nature: struck === '' ? 'insertion' : text === '' ? 'deletion' : 'replacement',
    host: 'p1' as ParagraphId,
    depth: 0,
    struck,
    text,
    proposes: { struck, text, placing: 0 },
    affected: null,
    proponent: by as ParticipantId,
    sponsorship: { cosponsors: [], dissociated: [] },
    positions: [],
    condition: null,
    sources: [],
    other: '',
    below: null,
    under: false,
    space: null,
    orphaned: false,
    reopened: [],
    reanchored: [],
    spokenOf: NOT_SPOKEN_OF,
  }
}

export function place(first: ProposalRow, ...more: readonly ProposalRow[]): ConflictGroup {
  return { key: first.id, rows: [first, ...more], conflict: more.length > 0 }
}

interface BlockFacts {
  readonly id?: string
  readonly kind?: BoardBlock['kind']
  readonly label?: string
  readonly places?: readonly ConflictGroup[]
}

export function block({
  id = 'p1',
  kind = 'paragraph',
  label = '1',
  places = [],
}: BlockFacts = {}): BoardBlock {
  const open = places.reduce((sum, each) => sum + each.rows.length, 0)
  return {
    id: id as ParagraphId,
    kind,
    label,
    step: label,
    level: 0,
    language: null,
    chapeau: false,
    opening: 'We reaffirm',
    places,
    open,
    openNotes: 0,
    status: null,
    base: 'We reaffirm',
    positions: [],
    spokenOf: NOT_SPOKEN_OF,
    former: '',
    vacant: false,
    above: [],
    unmarked: false,
    cell: null,
    caption: false,
  }
}

const NOTHING_BESIDE = { revisions: [], silences: [], meetings: [], policy: null, comments: [] }

export function board(...blocks: readonly BoardBlock[]): Board {
  const open = blocks.reduce((sum, each) => sum + each.open, 0)
  return {
    title: 'Draft',
    language: null,
    front: [],
    blocks,
    options: [],
    open,
    decided: [],
    ...NOTHING_BESIDE,
  }
}
