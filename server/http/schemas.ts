import { z } from 'zod'
import { spellParticipant } from '#shared/directory/directory.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { isDelegationName } from '#shared/model/participant.ts'
import { ROLES } from '#shared/model/role.ts'
import type { CommandRequest, ImportRequest, InviteRequest, NameRequest } from '#shared/protocol/http.ts'
import { EXPORT_FORMATS, EXPORT_VIEWS } from '../operate/documents.ts'
import { isDocumentId } from '../access/document-id.ts'
import { command } from './command-schema.ts'
import { RequestProblem } from './problem.ts'

/** The bodies and queries of shared/protocol/http.ts, as they are checked when they come in. */

const participant = z
  .string()
  .transform((name) => spellParticipant(name))
  .pipe(z.custom<ParticipantId>(isDelegationName, { error: 'must be the code of a delegation' }))

/** Plain ASCII, for a key is looked up by its bytes. */
const KEY = /^[\x20-\x7e]{8,64}$/

export const commandRequest = z.strictObject({
  key: z.string().regex(KEY, { error: 'must be 8 to 64 plain characters' }),
  command,
}) satisfies z.ZodType<CommandRequest>

/** Characters that print: no controls, no line breaks, nothing that turns the direction of what follows. */
const PRINTED = /^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]+$/u
/** Spaces of width none look like no name at all. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u
const UNPRINTED = { error: 'must be one line of visible characters' }
const printed = (max: number) =>
  z.string().trim().min(1).max(max).regex(PRINTED, UNPRINTED).regex(VISIBLE, UNPRINTED)

export const nameRequest = z.strictObject({
  name: printed(80),
}) satisfies z.ZodType<NameRequest>

/** An import request but for its file, which is read with the text in it. */
export const importFields = z.strictObject({
  from: z.custom<ImportRequest['from']>(isDocumentId, { error: 'must be a document' }),
  title: printed(500).exactOptional(),
}) satisfies z.ZodType<Omit<ImportRequest, 'file'>>

export const inviteRequest = z
  .strictObject({
    role: z.enum(ROLES),
    participant: participant.exactOptional(),
    expiresAt: z.number().int().exactOptional(),
  })
  .refine((wish) => wish.role !== 'delegation' || wish.participant !== undefined, {
    error: 'a delegation needs its participant',
    path: ['participant'],
  }) satisfies z.ZodType<InviteRequest>

export const exportQuery = z.object({
  format: z.enum(EXPORT_FORMATS).default('text'),
  view: z.enum(EXPORT_VIEWS).default('all'),
})

/** Throws the problem that says what is wrong. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.slice(0, 3).map((fault) => {
    const where = fault.path.join('.')
    return where ? `${where}: ${fault.message}` : fault.message
  })
  throw new RequestProblem('invalid', `The request is not valid: ${faults.join('; ')}.`)
}
