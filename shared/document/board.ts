import type { Decision } from '../model/decision.ts'
import type { HostId, ParagraphId, ProposalId } from '../model/ids.ts'
import type { ParagraphKind } from '../model/paragraph.ts'
import type { Affected, ProposalHead, ProposalNature } from '../model/proposal.ts'

/** What the interface shows beside the text. Objects keep their identity while nothing in them changes. */

export interface ProposalRow {
  readonly id: ProposalId
  readonly head: ProposalHead
  readonly nature: ProposalNature
  /** Where it stands: a paragraph, or the proposal it amends. */
  readonly host: HostId
  /** 0 on base text, 1 for an amendment, 2 for an amendment of that … */
  readonly depth: number
  /** The host's words it asks to delete or replace, as they stand now. */
  readonly struck: string
  /** The proposed wording, plain. */
  readonly text: string
  readonly affected: Affected | null
}

/** All proposals that touch the same words, amendments right after what they amend. */
export interface Place {
  /** The first proposal's id. */
  readonly key: ProposalId
  readonly rows: readonly ProposalRow[]
}

/** One block of the document: a paragraph, or a proposed new paragraph. */
export interface BoardBlock {
  readonly id: ParagraphId | ProposalId
  readonly kind: ParagraphKind
  /** "3 bis"; empty for headings and separators, and for a new paragraph that has no number yet. */
  readonly label: string
  readonly chapeau: boolean
  /** The first words, for the outline. */
  readonly opening: string
  readonly places: readonly Place[]
  /** How many open proposals. */
  readonly open: number
}

export interface DecidedRow {
  readonly id: ProposalId
  readonly head: ProposalHead
  readonly text: string
  readonly decision: Decision
  /** The block it was on. */
  readonly block: ParagraphId | ProposalId | null
}

export interface Board {
  readonly title: string
  readonly front: readonly string[]
  readonly blocks: readonly BoardBlock[]
  readonly open: number
  /** Latest first. */
  readonly decided: readonly DecidedRow[]
}

/** `all`: everything. `mine`: base and one participant's brackets. `clean`: as if all were accepted. `base`: none. */
export type ViewMode = 'all' | 'mine' | 'clean' | 'base'
