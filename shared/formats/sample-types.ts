import type { AsSeen, Command } from '../model/command.ts'
import type { ParagraphId, ProposalId } from '../model/ids.ts'
import type { ItemId } from '../model/proposal.ts'

/** One bracket of the sample, told as a person would: which words, by whom, what instead. */
export interface SampleProposal {
  /** Named only where another proposal amends its wording. */
  readonly name?: string
  readonly by: string
  readonly person: string
  /** The number of the paragraph; for `new-paragraph` the one it follows. */
  readonly paragraph: number
  /** The proposal whose wording is amended, instead of the paragraph's base text. */
  readonly amends?: string
  readonly change:
    | { readonly kind: 'insert'; readonly after: string; readonly text: string }
    | { readonly kind: 'delete'; readonly words: string }
    | { readonly kind: 'replace'; readonly words: string; readonly text: string }
    | { readonly kind: 'new-paragraph'; readonly text: string }
}

/** The names that the sample knows its own things by. */
export interface SampleNames {
  readonly paragraph: (number: number) => ParagraphId
  /** One that was proposed earlier; or a fresh identity for one that is about to be. */
  readonly proposal: (name: string) => ProposalId
  /** As a speaker sees it who speaks of it now. */
  readonly wording: (proposal: ProposalId) => Required<Pick<AsSeen, 'seen' | 'struck'>>
  /** The last character of these words, which stand once in the paragraph. */
  readonly endOf: (number: number, words: string) => ItemId
}

/** Something said in the room. */
export interface SampleStep {
  /** `facilitator`, `secretariat`, or a delegation's code. */
  readonly by: string
  readonly person: string
  readonly ask: (names: SampleNames) => Command
}
