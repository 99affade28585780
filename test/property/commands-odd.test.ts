import { expect, test } from 'vitest'
import { command as commandSchema } from '#server/http/routes/command-schema.ts'
import type { Draft } from '#shared/document/drafts.ts'
import { isUnattributed } from '#shared/document/attribution.ts'
import { execute } from '#shared/document/commands/execute.ts'
import { executeInSpace } from '#shared/document/commands/space.ts'
import type { Command } from '#shared/model/command.ts'
import { NEEDS } from '#shared/model/command.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { idFrom, isCommentId, isMeetingId, isParagraphId, isProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Anchor, ItemId } from '#shared/model/proposals/proposal.ts'
import { asSeen } from '#test/kit/as-seen.ts'
import { Table } from '#test/kit/commanding.ts'
import { histories } from '#test/kit/histories.ts'
import { CHAIR, DELEGATIONS, randomCommand } from '#test/kit/negotiating.ts'
import type { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

/** Commands that the server takes in, with identities, texts and numbers that no client of ours would send. */

const HISTORIES = histories(1 / 10)
const STEPS = 60

const TEXTS = ['', ' ', '\n', '\t', 'words', '[', '] – EU', '\u202e', '\u0000', '😀', 'é'.repeat(900), '/']
const NUMBERS = [0, 1, 2, 7, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER, 8.64e15, Date.UTC(2026, 0, 15, 13)]
const ZONES = ['UTC', 'Africa/Nairobi', 'Nowhere/Nothing', '', '+25:99', 'constructor']
const NAMES = [
  'KEN',
  'NOR',
  'G77',
  'usa',
  'constructor',
  'toString',
  'Co-Facilitators',
  'Delegation-00000000',
]
const OBSERVER: Actor = { ...CHAIR, role: 'observer', participant: null }

/** One of 32 of the right shape: here nobody has to guess it. */
const aliasOf = (participant: ParticipantId): ParticipantId =>
  `Delegation-0000000${'0123456789abcdefghijklmnopqrstuv'[(participant.codePointAt(0) ?? 0) & 31]}` as ParticipantId

/** As the server lets the actor come. */
const inRound = ({ od }: Table, actor: Actor): Actor =>
  isUnattributed(od) && actor.role === 'delegation' ? { ...actor, alias: aliasOf(actor.participant!) } : actor

interface Scene {
  readonly table: Table
  readonly random: Random
  /** Every kind of command that could be made sensibly so far. */
  readonly seen: Map<string, Command>
}

test('13.2 15.8 no command that can be sent ends in anything but an answer, and a refused one changes nothing', () => {
  const refused = new Set<string>()
  const executed = new Set<string>()
  for (const seed of seedsUpTo(HISTORIES)) {
    const table = new Table(4, seed)
    const scene: Scene = { table, random: table.random, seen: new Map() }
    for (const [i, delegation] of DELEGATIONS.entries()) table.propose(delegation, ` word${i}`, i % 4)
    for (let step = 0; step < STEPS; step++) {
      table.now += 1_000
      const asked = randomCommand({ od: table.od, random: table.random, now: table.now })
      if (!asked) continue
      const command = asSeen(table.od, asked.command)
      scene.seen.set(command.kind, command)
      if (table.random.chance(0.4)) answered(scene, asked.actor, command, `seed ${seed}, step ${step}`)
      for (const actor of [asked.actor, scene.random.pick([CHAIR, OBSERVER, ...DELEGATIONS])]) {
        const odd = oddCommand(scene)
        if (!commandSchema.safeParse(odd).success) continue
        const where = `seed ${seed}, step ${step}: ${JSON.stringify(odd)}`
        const owner = odd.kind === 'drafts-table' && scene.random.chance(0.8) ? DELEGATIONS[0]! : actor
        const result = answered(scene, owner, odd, where)
        ;(result ? executed : refused).add(odd.kind)
      }
    }
  }
  const kinds = Object.keys(NEEDS)
  expect(kinds.filter((kind) => !refused.has(kind))).toEqual([])
  expect(executed.size).toBeGreaterThan(kinds.length / 2)
})

/** True when it was executed. */
function answered({ table, random }: Scene, actor: Actor, command: Command, where: string): boolean {
  const { od, now } = table
  let changed = false
  const listen = () => (changed = true)
  const drafts =
    command.kind === 'drafts-table' ? command.drafts.map((id) => oddDraft(table, random, id)) : []
  const executing = { od, actor: inRound(table, actor), now, sequence: 5, drafts, aliasOf }
  const inSpace = random.chance(0.1) && command.kind !== 'drafts-table'
  od.doc.on('update', listen)
  try {
    const result = od.doc.transact(() =>
      inSpace ? executeInSpace(executing, command, 'KEN' as ParticipantId) : execute(executing, command),
    )
    if (!result.ok) expect(changed, `${where} was refused (${result.code}) and changed something`).toBe(false)
    return result.ok
  } catch (error) {
    throw new Error(where, { cause: error })
  } finally {
    od.doc.off('update', listen)
  }
}

/** A sensible command with some of its values replaced by others of the same type. */
function oddCommand(scene: Scene): Command {
  const { random, seen, table } = scene
  const commands: Command[] = [
    ...seen.values(),
    tabling(table, random),
    tabling(table, random),
    { kind: 'policy-set', attribution: random.pick(['attributed', 'unattributed']) },
    { kind: 'language-set', language: random.pick(['ar', 'ru', null]) },
    { kind: 'note-place', note: anyParagraph(table, random), host: anyParagraph(table, random), at: [1, 1] },
    {
      kind: 'option-choose',
      proposal: anyProposal(table, random),
      option: anyParagraph(table, random),
      dropped: [],
    },
  ]
  const command = random.pick(commands)
  const changed = replaced(scene, command, 'kind') as Record<string, unknown>
  if (random.chance(0.1)) changed['onBehalfOf'] = random.pick(NAMES)
  return changed as unknown as Command
}

function tabling(table: Table, random: Random): Command {
  const fresh = Array.from({ length: 1 + random.int(3) }, () => `q${idFrom(random.bytes(16))}` as ProposalId)
  const drafts = random.chance(0.8) ? fresh : [anyProposal(table, random)]
  return { kind: 'drafts-table', space: 'KEN' as ParticipantId, drafts }
}

function replaced(scene: Scene, value: unknown, key: string): unknown {
  const { random, table } = scene
  if (Array.isArray(value)) {
    const list = value.map((one) => replaced(scene, one, key))
    if (list.length > 0 && random.chance(0.2)) list.push(random.pick(list))
    return list
  }
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, replaced(scene, one, name)]))
  if (key === 'kind' || random.chance(0.6)) return value
  if (isProposalId(value)) return key === 'on' ? anyHost(table, random) : anyProposal(table, random)
  if (isParagraphId(value)) return key === 'on' ? anyHost(table, random) : anyParagraph(table, random)
  if (isCommentId(value)) return `c${idFrom(random.bytes(16))}`
  if (isMeetingId(value)) return `m${idFrom(random.bytes(16))}`
  if (key === 'zone') return random.pick(ZONES)
  if (key === 'space' || key === 'pending') return random.pick(NAMES)
  if (typeof value === 'number') return random.pick(NUMBERS)
  if (typeof value === 'boolean') return !value
  if (typeof value === 'string' && ['text', 'reason', 'note', 'objection', 'title', 'seen'].includes(key))
    return random.pick(TEXTS)
  return value
}

const anyHost = (table: Table, random: Random) =>
  random.chance(0.5) ? anyProposal(table, random) : anyParagraph(table, random)

const anyProposal = ({ od }: Table, random: Random): ProposalId =>
  random.pick([...od.proposals.keys(), `q${idFrom(random.bytes(16))}`]) as ProposalId

/** Also headings, removed ones, and ones that do not exist. */
const anyParagraph = ({ od }: Table, random: Random): ParagraphId =>
  random.pick([...od.paragraphs.keys(), `p${idFrom(random.bytes(16))}`]) as ParagraphId

const anyItem = ({ od }: Table, random: Random): ItemId => [
  random.pick([od.doc.clientID, 7]),
  random.pick([0, 1, random.int(900), 2 ** 32]),
]

/** What a private space may hold: admission there cannot know what is in the room. */
function oddDraft(table: Table, random: Random, id: ProposalId): Draft {
  const paragraph = anyParagraph(table, random)
  const kind = random.pick(['text', 'text', 'paragraph'] as const)
  const head = { kind, by: NAMES[0] as ParticipantId, person: 'ada', createdAt: 5, paragraph, quote: '' }
  const within = random.chance(0.3) ? { start: 2, end: 5 } : null
  return {
    id: random.chance(0.9) ? id : anyProposal(table, random),
    head,
    anchor: random.chance(0.1) ? null : oddAnchor(table, random, kind),
    pieces: random.chance(0.3) ? [] : [{ insert: random.pick(TEXTS.filter((text) => text !== '')) }],
    within,
  }
}

function oddAnchor(table: Table, random: Random, kind: 'text' | 'paragraph'): Anchor {
  const paragraph = anyParagraph(table, random)
  if (kind === 'paragraph') return { kind: 'after', paragraph }
  const host = anyHost(table, random)
  if (random.chance(0.5))
    return { kind: 'point', host, paragraph, at: random.chance(0.3) ? null : anyItem(table, random) }
  return { kind: 'range', host, paragraph, start: anyItem(table, random), end: anyItem(table, random) }
}
