import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { execute } from '#shared/document/commands/execute.ts'
import { executeInSpace } from '#shared/document/commands/space.ts'
import { baseTextOf, contentOf, openDocument } from '#shared/document/schema.ts'
import { plainText } from '#shared/document/text/anchor.ts'
import { decode } from '#shared/formats/text/decode.ts'
import type { Command } from '#shared/model/command.ts'
import { withoutBlanks } from '#shared/model/command-text.ts'
import { looksBlank } from '#shared/model/characters/text-policy.ts'
import type { CommentId, MeetingId, ParticipantId, PersonId, ProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { command as commandSchema } from '#server/http/routes/command-schema.ts'
import { importFields, inviteRequest, nameRequest } from '#server/http/routes/schemas.ts'
import { BAD_CHARACTERS, BLANK, GOOD } from '#test/kit/characters.ts'
import { chair, delegation, Table } from '#test/kit/commanding.ts'

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

const GOOD_TEXTS = [
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
      for (const character of BAD_CHARACTERS) {
        const bad = put(sample, path, text ? `pay${character}ment` : `KEN${character}`)
        const where = `${path.join('.')} with U+${character.codePointAt(0)?.toString(16)}`
        if (!text) expect(commandSchema.safeParse(bad).success, where).toBe(false)
        else if (path.includes('seen') || path.includes('struck'))
          expect(answersTo(bad as Command), where).not.toContain('forbidden-character')
        else expect(answersTo(bad as Command), where).toContain('forbidden-character')
      }
    for (const { path, text } of leaves)
      for (const words of text ? GOOD_TEXTS : [])
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
      for (const character of BAD_CHARACTERS)
        expect(schema.safeParse(put(sample, path, `pay${character}ment`)).success, path.join('.')).toBe(false)
  })
})

describe('16.18 a text in which nothing can be seen is an empty one', () => {
  it.each(BLANK)('%s', (_name, blank) => {
    expect(looksBlank(blank)).toBe(true)
    expect(nameRequest.safeParse({ name: blank }).success).toBe(false)
    expect(importFields.safeParse({ from: '0123456789abcdef', title: blank }).success).toBe(false)
    expect(decode(new TextEncoder().encode(`${blank}\n\n${blank}`))).toMatchObject({
      ok: false,
      code: 'empty',
    })
    for (const { sample, leaves } of kinds)
      for (const { path, text } of leaves) {
        if (!text) continue
        const isCompared = path.includes('seen') || path.includes('struck')
        const said = put(sample, path, blank) as Command
        const meant = put(sample, path, isCompared ? blank : '')
        const { seen: _seen, ...rest } = withoutBlanks({ ...said, seen: 'other' } as Command) as Command & {
          seen?: unknown
        }
        const { seen: _same, ...wanted } = meant as { seen?: unknown }
        expect(rest, path.join('.')).toEqual(wanted)
      }
  })

  it.each(GOOD)('and %s is none', (_name, text) => {
    expect(looksBlank(text)).toBe(false)
  })

  it('16.18 is refused where something must be written, and adds nothing where it need not', () => {
    const marks = '\u0301\u0302 \u3000'
    const table = new Table()
    const { od } = table
    const kenya = delegation('KEN')
    const id = table.propose(kenya, 'beta')
    const comment = {
      kind: 'comment-add',
      comment: 'c0000000000000001' as CommentId,
      on: id,
      thread: null,
    } as const
    expect(table.refusal(kenya, { ...comment, text: marks })).toBe('invalid-text')
    const condition = { text: marks, on: null }
    expect(
      table.refusal(kenya, { kind: 'proposal-condition', proposal: id, condition, seen: 'beta', struck: '' }),
    ).toBe('invalid-text')
    expect(
      table.refusal(chair, {
        kind: 'meeting-open',
        meeting: 'm0000000000000001' as MeetingId,
        title: marks,
        agenda: [],
      }),
    ).toBe('invalid-text')
    const before = plainText(baseTextOf(od, table.paragraph(0))!)
    expect(
      table.refusal(chair, { kind: 'proposal-accept', proposal: id, seen: 'beta', text: marks }),
    ).toBeNull()
    expect(plainText(baseTextOf(od, table.paragraph(0))!)).toBe(before)
    const other = 'q00000000000000zz'.replaceAll('z', '9') as ProposalId
    const change = { kind: 'alternative', paragraph: table.paragraph(0), text: marks } as const
    expect(table.refusal(kenya, { kind: 'paragraph-propose', proposal: other, change })).toBeNull()
    expect(plainText(contentOf(od, other)!)).toBe('')
    expect(table.refusal(chair, { kind: 'proposal-accept', proposal: other })).not.toBeNull()
  })
})
