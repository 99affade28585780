/**
 * The four roles and the only table of what each may do. Admission, commands, routes and the interface all use
 * it.
 */

export const ROLES = ['facilitator', 'secretariat', 'delegation', 'observer'] as const
export type Role = (typeof ROLES)[number]

const CAPABILITIES = [
  'read',
  /** Create proposals and edit the wording of one's own. */
  'propose',
  /** Change base text directly. */
  'edit-base',
  /** Accept a proposal, not retain it, take a decision back, and decide about affected proposals. */
  'decide',
  /** Write down what a delegation said in the room. Both names are recorded. */
  'write-for-others',
  /** Withdraw a proposal of one's own participant. */
  'withdraw',
  /** Import a text as a new document. */
  'import',
  /** Create and revoke invitation links. */
  'invite',
] as const
export type Capability = (typeof CAPABILITIES)[number]

const TABLE: Record<Role, readonly Capability[]> = {
  facilitator: ['read', 'propose', 'edit-base', 'decide', 'write-for-others', 'withdraw', 'import', 'invite'],
  secretariat: ['read', 'propose', 'edit-base', 'decide', 'write-for-others', 'withdraw', 'import', 'invite'],
  delegation: ['read', 'propose', 'withdraw'],
  observer: ['read'],
}

export const can = (role: Role, capability: Capability): boolean => TABLE[role].includes(capability)

export const isRole = (value: unknown): value is Role =>
  typeof value === 'string' && (ROLES as readonly string[]).includes(value)
