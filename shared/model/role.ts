/** The four roles and the one table of what each may do; admission, commands, routes and the interface all ask it. */

export const ROLES = ['facilitator', 'secretariat', 'delegation', 'observer'] as const
export type Role = (typeof ROLES)[number]

export const CAPABILITIES = [
  'read',
  /** Create proposals and edit the wording of one's own. */
  'propose',
  /** Change base text directly. */
  'edit-base',
  /** Accept, not retain, undo a decision, say what becomes of an affected proposal. */
  'decide',
  /** Write down what a delegation said in the room; recorded as both. */
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
