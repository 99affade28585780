import type { PersonId, ProposalId } from '../../model/ids.ts'
import type { Actor } from '../../model/participant.ts'

/** What admission needs to know besides the document and the bytes. */
export interface AdmissionContext {
  readonly actor: Actor
  /** Milliseconds since 1970, the server's clock. */
  readonly now: number
  /** Whose a Yjs client id is: a person, the server, or nobody's yet. */
  ownerOf(client: number): PersonId | 'server' | undefined
}

export const ADMISSION_CODES = [
  'malformed',
  'oversize',
  'foreign-client',
  'clock-gap',
  'unknown-root',
  'unknown-item',
  'mixed-origins',
  'not-allowed',
  'wrong-shape',
  'wrong-participant',
  'closed',
  'too-deep',
] as const
export type AdmissionCode = (typeof ADMISSION_CODES)[number]

export interface Admitted {
  readonly ok: true
  /** True when the update holds nothing that the document does not have already: nothing to apply or log. */
  readonly empty: boolean
  /** Client ids that this update is the first to use: they are the actor's from now on. */
  readonly claimed: readonly number[]
  /** Proposals created by this update, in their order. */
  readonly created: readonly ProposalId[]
  /** Proposals whose anchor this update writes (the created ones too). */
  readonly anchored: readonly ProposalId[]
}

export interface Refused {
  readonly ok: false
  readonly code: AdmissionCode
  /** One sentence for a person. */
  readonly message: string
}

export type Verdict = Admitted | Refused
