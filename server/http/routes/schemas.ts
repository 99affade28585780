import { z } from 'zod'
import { spellParticipant } from '#shared/directory/directory.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { isDelegationName } from '#shared/directory/delegation-name.ts'
import { ROLES } from '#shared/model/role.ts'
import { describeFault, faultIn, isUnspeakable } from '#shared/model/characters/text-policy.ts'
import type { CommandRequest, ImportRequest, InviteRequest, NameRequest } from '#shared/protocol/http.ts'
import { EXPORT_FORMATS, EXPORT_VIEWS } from '../../operate/documents.ts'
import { isDocumentId } from '../../access/document-id.ts'
import { command } from './command-schema.ts'
import { RequestProblem } from '../problem.ts'

/** Schemas that validate the bodies and queries of shared/protocol/http.ts. */

const participant = z
  .string()
  .refine((name) => faultIn(name, 'line') === null, {
    error: 'holds a character that may not stand in a name',
  })
  .transform((name) => spellParticipant(name))
  .pipe(
    z.custom<ParticipantId>(isDelegationName, {
      error: 'does not read as the name of a delegation: give its code, such as KEN, EU or G77',
    }),
  )

/** The form of a command key: plain ASCII, because keys are looked up by their bytes. */
const KEY = /^[\x20-\x7e]{8,64}$/

export const commandRequest = z.strictObject({
  key: z.string().regex(KEY, { error: 'must be 8 to 64 plain characters' }),
  command,
}) satisfies z.ZodType<CommandRequest>

/** One line of readable text. `what`: what it is, for messages, such as "a name". */
const readable = (max: number, what: string) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .superRefine((text, context) => {
      const fault = faultIn(text, 'line')
      if (fault) context.addIssue({ code: 'custom', message: describeFault(fault, what) })
      else if (isUnspeakable(text))
        context.addIssue({ code: 'custom', message: `${what} has letters or digits` })
    })

export const nameRequest = z.strictObject({
  name: readable(80, 'a name'),
}) satisfies z.ZodType<NameRequest>

/** The fields of an import request without those that another thread reads. */
export const importFields = z.strictObject({
  from: z.custom<ImportRequest['from']>(isDocumentId, { error: 'must be a document' }),
  title: readable(500, 'a title').exactOptional(),
}) satisfies z.ZodType<Omit<ImportRequest, 'file' | 'answers' | 'names' | 'shown'>>

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

/** Validates a value. Throws {@link RequestProblem} with a sentence that says what is wrong. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.slice(0, 3).map((fault) => {
    const where = fault.path.join('.')
    return where ? `${where}: ${fault.message}` : fault.message
  })
  throw new RequestProblem('invalid', `The request is not valid: ${faults.join('; ')}.`)
}
