import type { AsSeen, Command } from '../../model/command.ts'
import type { ParagraphId, ProposalId } from '../../model/ids.ts'
import type { ItemId } from '../../model/proposals/proposal.ts'

/** One bracket of the sample, described as a person would: on which words, by whom, and what instead. */
export interface SampleProposal {
  /** Only given when another proposal amends its wording. */
  readonly name?: string
  readonly by: string
  readonly person: string
  /** The full reference of the paragraph, `3` or `21 (b)`; for `new-paragraph`, of the one that it follows. */
  readonly paragraph: number | string
  /** The proposal whose wording it amends, instead of a paragraph's base text. */
  readonly amends?: string
  readonly change:
    | { readonly kind: 'insert'; readonly after: string; readonly text: string }
    | { readonly kind: 'delete'; readonly words: string }
    | { readonly kind: 'replace'; readonly words: string; readonly text: string }
    | { readonly kind: 'new-paragraph'; readonly text: string }
}

/** Resolves the names that the sample uses to ids. */
export interface SampleNames {
  /** By the full reference. */
  readonly paragraph: (reference: number | string) => ParagraphId
  /** Returns the proposal of this name; for a name that is not known, a new id. */
  readonly proposal: (name: string) => ProposalId
  /** Returns the wording as a speaker sees it at this step. */
  readonly wording: (proposal: ProposalId) => Required<Pick<AsSeen, 'seen' | 'struck'>>
  /** Returns the last character of these words, which must occur once in the paragraph. */
  readonly endOf: (number: number, words: string) => ItemId
}

/** One statement in the room, as a command. */
export interface SampleStep {
  /** `facilitator`, `secretariat`, or a delegation's code. */
  readonly by: string
  readonly person: string
  readonly ask: (names: SampleNames) => Command
}
