import type * as Y from 'yjs'
import type { Run } from '../../model/proposals/decision.ts'
import type { ParagraphId, ProposalId } from '../../model/ids.ts'
import type { FrozenParagraph, FrozenProposed, FrozenText } from './compared.ts'
import type { Placed } from '../composition/compose.ts'
import type { Block } from '../composition/projection.ts'
import { Projection } from '../composition/projection.ts'
import { readHost } from '../text/anchor.ts'
import type { OutcomeDocument } from '../schema.ts'
import { baseTextOf } from '../schema.ts'
import { recordGet } from '../records.ts'

/**
 * Reads what the whole room sees of a document, with brackets and without private drafts, into plain data.
 * `sequence`: the number of the last log row that the document includes.
 */
export function freeze(od: OutcomeDocument, sequence: number): FrozenText {
  const projection = new Projection({ ...od, spaces: [] })
  const paragraphs: FrozenParagraph[] = []
  const proposed: FrozenProposed[] = []
  for (const block of projection.blocks()) {
    const { pieces, placed } = projection.composed(block)
    const text = pieces.map((piece) => piece.text).join('')
    const open = openIn(placed)
    const { label } = block
    if (block.proposal) {
      const after = paragraphs.at(-1)?.id ?? null
      proposed.push({ id: block.proposal.id, after, label, text, open })
    } else paragraphs.push({ ...baseOf(od, block), label, text, open })
  }
  projection.destroy()
  return { sequence, paragraphs, proposed }
}

function baseOf(od: OutcomeDocument, { id, kind, vacant }: Block) {
  const paragraph = id as ParagraphId
  const text = baseTextOf(od, paragraph)
  const base = text ? readHost(text, []).runs.map((run) => run.text) : []
  return {
    id: paragraph,
    kind,
    base: base.join(''),
    runs: text ? visibleRuns(text) : [],
    status: recordGet(od, `status/${paragraph}`)?.status ?? 'open',
    vacant,
  } as const
}

/** Returns the identities of a text's visible characters as runs. */
export function visibleRuns(text: Y.Text): Run[] {
  const runs: Run[] = []
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    const { client, clock } = item.id
    const last = runs.at(-1)
    if (last && last[0] === client && last[1] + last[2] === clock)
      runs[runs.length - 1] = [client, last[1], last[2] + item.length]
    else runs.push([client, clock, item.length])
  }
  return runs
}

const openIn = (placed: readonly Placed[]): ProposalId[] =>
  placed.flatMap(({ proposal, amendments }) => [proposal.id, ...openIn(amendments)])
