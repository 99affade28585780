import type { ProposalId } from './ids.ts'

/** What must be serialised, attributed and time-stamped: asked by a client, executed and logged by the server. */
export type Command =
  | {
      readonly kind: 'proposal-accept'
      readonly proposal: ProposalId
      /** Accept with changes: the wording that goes in instead of the proposed one. */
      readonly text?: string
      /** The wording that the person saw; if it has changed since, the command is refused and nothing happens. */
      readonly seen?: string
    }
  | { readonly kind: 'proposal-not-retain'; readonly proposal: ProposalId }
  | { readonly kind: 'proposal-withdraw'; readonly proposal: ProposalId }
  /** An affected proposal stays on the table: its flag is lifted. */
  | { readonly kind: 'proposal-keep'; readonly proposal: ProposalId }
  | { readonly kind: 'decision-undo'; readonly proposal: ProposalId }

export type CommandKind = Command['kind']

/** `code` is stable and for programs; `message` is one sentence for a person. */
export interface Refusal {
  readonly ok: false
  readonly code: RefusalCode
  readonly message: string
}

export interface Executed {
  readonly ok: true
  /** Other proposals that the decision touched, each flagged. */
  readonly affected: readonly ProposalId[]
}

export type CommandResult = Executed | Refusal

export const REFUSAL_CODES = [
  'not-allowed',
  'no-such-proposal',
  'already-decided',
  'not-decided',
  'not-affected',
  'wording-changed',
  'host-closed',
  'later-decision',
  'gone',
  'invalid-text',
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]

export const refuse = (code: RefusalCode, message: string): Refusal => ({ ok: false, code, message })
