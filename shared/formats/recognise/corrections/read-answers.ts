import * as z from 'zod/mini'
import { fail, type Result } from '../../../model/result.ts'
import { isDelegationName } from '../../../directory/delegation-name.ts'
import { spellParticipant } from '../../../directory/directory.ts'
import type { ParticipantId } from '../../../model/ids.ts'
import type { Answer, Answers, NameAnswer } from '../../../model/understanding.ts'
import { DEEPEST_LEVEL, PIECE_KINDS } from '../../../model/understanding.ts'
import { excerpt } from '../lines/line.ts'

const whole = (least: number, most: number, name: string) =>
  z
    .int(`${name} must be a whole number`)
    .check(z.gte(least, `${name} must be ${least} or more`), z.lte(most, `${name} must be ${most} or less`))

const yes = (name: string) => z.literal(true, `${name} can only be true`)

/** Longest label that is read, in UTF-16 units. */
const LONGEST_LABEL = 60

const answer = z.strictObject(
  {
    at: whole(1, Number.MAX_SAFE_INTEGER, '“at” (the line)'),
    column: z.exactOptional(whole(0, Number.MAX_SAFE_INTEGER, '“column”')),
    is: z.exactOptional(z.enum(PIECE_KINDS, `“is” must be one of ${PIECE_KINDS.join(', ')}`)),
    level: z.exactOptional(whole(0, DEEPEST_LEVEL, '“level”')),
    label: z.exactOptional(
      z.nullable(
        z.string('“label” must be a text or null').check(z.maxLength(LONGEST_LABEL, '“label” is too long')),
      ),
    ),
    joins: z.exactOptional(yes('“joins”')),
    mark: z.exactOptional(
      z.nullable(
        z.strictObject(
          {
            at: whole(1, Number.MAX_SAFE_INTEGER, '“mark.at” (the line)'),
            column: whole(0, Number.MAX_SAFE_INTEGER, '“mark.column”'),
          },
          '“mark” must have “at” and “column”, or be null',
        ),
      ),
    ),
    brackets: z.exactOptional(z.literal('words', '“brackets” can only be “words”')),
    sure: z.exactOptional(yes('“sure”')),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `has ${issue.keys.map((key) => `“${key}”`).join(', ')}, which no answer has`
        : 'must be an object',
  },
)

const nameAnswer = z.strictObject({
  written: z
    .string('must have “written”, the name as the source has it')
    .check(z.minLength(1), z.maxLength(200)),
  participant: z.nullable(
    z.pipe(
      z.pipe(
        z.string('must have “participant”, a code such as KEN, or null'),
        z.transform((code: string) => spellParticipant(code)),
      ),
      z.custom<ParticipantId>(
        isDelegationName,
        'must have a participant that reads as a delegation, such as KEN or G77',
      ),
    ),
  ),
})

/** How many answers one source may have, names included: more than a source of the largest size has pieces. */
const MOST_ANSWERS = 50_000

/** How many faults one message names. */
const MOST_FAULTS = 20

/**
 * Reads answers that come from outside, as `{ "answers": [ … ], "names": [ … ] }` or the first list alone. The message of a refusal says of which answer,
 * by its line, and what is wrong.
 */
export function readAnswers(value: unknown): Result<Answers, 'wrong-answers'> {
  const list = listIn(value, 'answers')
  const listed = Array.isArray(value) ? [] : listIn(value, 'names')
  if (!list || !listed)
    return fail('wrong-answers', 'Answers must be a list, or an object with lists “answers” and “names”.')
  const count = list.length + listed.length
  if (count > MOST_ANSWERS)
    return fail('wrong-answers', `There are ${count} answers; the limit is ${MOST_ANSWERS}.`)
  const answers: Answer[] = []
  const faults: string[] = []
  for (const [i, item] of list.entries()) {
    const parsed = answer.safeParse(item)
    if (parsed.success) answers.push(parsed.data)
    else faults.push(`${nameOf(item, i)}: ${parsed.error.issues[0]?.message ?? 'is not valid'}.`)
  }
  const names: NameAnswer[] = []
  for (const item of listed) {
    const parsed = nameAnswer.safeParse(item)
    if (!parsed.success)
      faults.push(`${writtenIn(item)}: ${parsed.error.issues[0]?.message ?? 'is not valid'}.`)
    else names.push(parsed.data)
  }
  if (faults.length === 0) return { ok: true, answers, names }
  const more = faults.length > MOST_FAULTS ? ` And ${faults.length - MOST_FAULTS} more.` : ''
  return fail('wrong-answers', `Some answers are not valid. ${faults.slice(0, MOST_FAULTS).join(' ')}${more}`)
}

function listIn(value: unknown, key: 'answers' | 'names'): readonly unknown[] | null {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null) return null
  const list: unknown = Object.entries(value).find(([name]) => name === key)?.[1] ?? []
  return Array.isArray(list) ? list : null
}

const writtenIn = (item: unknown): string =>
  typeof item === 'object' && item !== null && 'written' in item && typeof item.written === 'string'
    ? `The name “${excerpt(item.written)}”`
    : 'A name'

function nameOf(item: unknown, index: number): string {
  const at = typeof item === 'object' && item !== null && 'at' in item ? item.at : undefined
  return typeof at === 'number' ? `Line ${at}` : `Answer ${index + 1}`
}
