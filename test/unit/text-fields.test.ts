import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { execute } from '#shared/document/commands/execute.ts'
import { executeInSpace } from '#shared/document/commands/space.ts'
import { openDocument } from '#shared/document/schema.ts'
import type { Command } from '#shared/model/command.ts'
import type { ParticipantId, PersonId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { command as commandSchema } from '#server/http/command-schema.ts'
import { importFields, inviteRequest, nameRequest } from '#server/http/schemas.ts'

/**
 * Walks the schemas of all that comes in, so that a field which somebody adds is tested before anybody thinks of it.
 */

type Path = readonly (string | number)[]

interface Leaf {
  readonly path: Path
  /** Free text; otherwise an identity. */
  readonly text: boolean
}

const IDS = [
  'p0000000000000001',
  'q0000000000000001',
  'c0000000000000001',
  'm0000000000000001',
  'KEN',
  '0123456789abcdef',
]

/** A value that a schema takes, and where its strings stand. Throws at a kind of schema that it does not know. */
function sampleOf(schema: z.core.$ZodType, path: Path, leaves: Leaf[]): unknown {
  const { def } = (schema as z.ZodType)._zod
  const within = def as unknown as {
    readonly innerType: z.core.$ZodType
    readonly element: z.core.$ZodType
    readonly in: z.core.$ZodType
    readonly items: readonly z.core.$ZodType[]
    readonly shape: Readonly<Record<string, z.core.$ZodType>>
    readonly options: readonly z.core.$ZodType[]
    readonly values: readonly unknown[]
    readonly entries: Readonly<Record<string, unknown>>
  }
  switch (def.type) {
    case 'string':
      leaves.push({ path, text: true })
      return 'x'
    case 'custom': {
      leaves.push({ path, text: false })
      const id = IDS.find((candidate) => (schema as z.ZodType).safeParse(candidate).success)
      if (id === undefined) throw new Error(`no sample for ${path.join('.')}`)
      return id
    }
    case 'object':
      return Object.fromEntries(
        Object.entries(within.shape).map(([field, part]) => [
          field,
          sampleOf(part, [...path, field], leaves),
        ]),
      )
    case 'array':
      return [sampleOf(within.element, [...path, 0], leaves)]
    case 'tuple':
      return within.items.map((part, i) => sampleOf(part, [...path, i], leaves))
    case 'optional':
    case 'nullable':
      return sampleOf(within.innerType, path, leaves)
    case 'pipe':
      return sampleOf(within.in, path, leaves)
    case 'union':
      return sampleOf(within.options[0]!, path, leaves)
    case 'literal':
      return within.values[0]
    case 'enum':
      return Object.values(within.entries)[0]
    case 'number':
      return 1
    case 'boolean':
      return true
    default:
      throw new Error(`a schema of an unknown kind: ${def.type}`)
  }
}

/** The value with a string put somewhere. */
function put(value: unknown, [step, ...rest]: Path, text: string): unknown {
  if (step === undefined) return text
  if (Array.isArray(value))
    return value.map((part, i) => (i === step ? put(part, rest, text) : (part as unknown)))
  const fields = value as Readonly<Record<string, unknown>>
  return { ...fields, [step]: put(fields[step], rest, text) }
}

/** Every kind of command, unions inside it taken apart, with a sample and the places of its strings. */
const kinds = commandSchema.options.flatMap((option) => {
  const changes = (option.shape as { readonly change?: z.ZodDiscriminatedUnion }).change?.options ?? [null]
  return changes.map((change) => {
    const leaves: Leaf[] = []
    const sample = sampleOf(option, [], change ? [] : leaves) as Record<string, unknown>
    const whole = change ? { ...sample, change: sampleOf(change, ['change'], leaves) } : sample
    const kind = change
      ? `${String(sample.kind)}, ${(whole.change as { kind: string }).kind}`
      : String(sample.kind)
    return { kind, sample: whole, leaves }
  })
})

const BAD = [
  '\u202e',
  '\u2066',
  '\u200b',
  '\u2060',
  '\ufeff',
  '\u200d',
  '\u00ad',
  '\u{e0041}',
  '\ufdd0',
  '\ue000',
  '\u3164',
  '\u0007',
]
const GOOD = [
  'می\u200cخواهم',
  'क्\u200dष',
  '👩\u200d👧 ❤️ 🇰🇪',
  'שלום\u200f, עולם',
  'l’égalité\u00a0: «\u202foui\u202f»',
]

const actor = (role: Actor['role'], participant: string): Actor => ({
  person: 'somebody' as PersonId,
  name: 'Somebody',
  role,
  participant: participant as ParticipantId,
})
const ACTORS = [actor('facilitator', 'Co-Facilitators'), actor('delegation', 'KEN')]

function answersTo(said: Command): string[] {
  return ACTORS.flatMap((by) => {
    const executing = {
      od: openDocument(new Y.Doc()),
      actor: by,
      aliasOf: (one: ParticipantId) => one,
      now: 1,
      sequence: 1,
    }
    return [execute(executing, said), executeInSpace(executing, said, 'KEN' as ParticipantId)].map(
      (result) => (result.ok ? 'ok' : result.code),
    )
  })
}

describe('16.4 every field of every command', () => {
  it('is found', () => {
    const found = kinds.flatMap(({ kind, leaves }) =>
      leaves.filter(({ text }) => text).map(({ path }) => `${kind}: ${path.join('.')}`),
    )
    expect(found.length).toBeGreaterThan(12)
    for (const known of [
      'proposal-accept: text',
      'proposals-merge: text',
      'paragraph-propose, alternative: change.text',
    ])
      expect(found).toContain(known)
    expect(found).toContain('proposal-condition: condition.text')
    expect(found).toContain('meeting-open: title')
  })

  it.each(kinds)('$kind', ({ sample, leaves }) => {
    expect(commandSchema.safeParse(sample).error).toBeUndefined()
    for (const { path, text } of leaves)
      for (const character of BAD) {
        const bad = put(sample, path, text ? `pay${character}ment` : `KEN${character}`)
        const where = `${path.join('.')} with U+${character.codePointAt(0)?.toString(16)}`
        if (!text) expect(commandSchema.safeParse(bad).success, where).toBe(false)
        else if (path.includes('seen') || path.includes('struck'))
          expect(answersTo(bad as Command), where).not.toContain('forbidden-character')
        else expect(answersTo(bad as Command), where).toContain('forbidden-character')
      }
    for (const { path, text } of leaves)
      for (const words of text ? GOOD : [])
        expect(answersTo(put(sample, path, words) as Command), words).not.toContain('forbidden-character')
  })

  it.each([
    ['a name', nameRequest],
    ['an import', importFields],
    ['an invitation', inviteRequest],
  ] as const)('and of the request for %s', (_what, schema) => {
    const leaves: Leaf[] = []
    const sample = sampleOf(schema, [], leaves) as object
    expect(
      schema.safeParse(schema === inviteRequest ? { ...sample, participant: 'KEN' } : sample).error,
    ).toBeUndefined()
    for (const { path } of leaves)
      for (const character of BAD)
        expect(schema.safeParse(put(sample, path, `pay${character}ment`)).success, path.join('.')).toBe(false)
  })
})
