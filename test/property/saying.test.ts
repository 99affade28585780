import { expect, test } from 'vitest'
import { decisionOf, headOf, proponentOf } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { endSilence, lastSilence } from '#shared/document/issue/silence.ts'
import { NEEDS, type Command, type CommandKind } from '#shared/model/command.ts'
import type { Comment } from '#shared/model/proposals/comment.ts'
import type { CommentId, HostId, ParagraphId, ProposalId } from '#shared/model/ids.ts'
import type { Meeting } from '#shared/model/meeting.ts'
import type { Actor } from '#shared/model/participant.ts'
import {
  POSITIONS,
  type PositionEntry,
  type Sponsorship,
  type Stated,
} from '#shared/model/proposals/position.ts'
import type { Silence } from '#shared/model/silence.ts'
import { chair, delegation, observer, participant, Table } from '#test/kit/commanding.ts'
import { histories } from '#test/kit/histories.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const HISTORIES = histories(1 / 2)
const STEPS = 80
const CODES = ['KEN', 'NOR', 'JPN', 'G77', 'EU', 'UNICEF']
const DELEGATIONS = CODES.map(delegation)
const PEOPLE: readonly Actor[] = [...DELEGATIONS, ...DELEGATIONS, chair, chair, chair, observer]
const KINDS = [
  'position-take',
  'position-take',
  'position-take',
  'proposal-sponsor',
  'proposal-sponsor',
  'proposal-withdraw',
  'proposal-take-over',
  'proposal-take-over',
  'proposal-condition',
  'proposal-not-retain',
  'paragraph-status',
  'silence-place',
  'silence-extend',
  'silence-break',
  'comment-add',
  'comment-add',
  'comment-remove',
  'comment-resolve',
  'policy-set',
  'meeting-open',
  'meeting-close',
] as const
/** Said once more at once, they change nothing. */
const REPEATABLE: ReadonlySet<CommandKind> = new Set([
  'position-take',
  'proposal-sponsor',
  'proposal-condition',
  'comment-remove',
  'comment-resolve',
  'policy-set',
] as const)

interface Seen {
  readonly done: Map<CommandKind, number>
  readonly refused: Map<string, number>
  ended: number
}

const count = <K>(counts: Map<K, number>, key: K) => void counts.set(key, (counts.get(key) ?? 0) + 1)

test('13.2 13.4 3.1 9.3 10.2 whatever is said, nothing that was said is lost, and everybody is of one mind', () => {
  const seen: Seen = { done: new Map(), refused: new Map(), ended: 0 }
  for (const seed of seedsUpTo(HISTORIES)) history(seed, seen)
  for (const kind of KINDS) expect(seen.done.get(kind) ?? 0, kind).toBeGreaterThan(HISTORIES / 20)
  for (const code of ['not-allowed', 'already-decided', 'not-withdrawn', 'not-a-member', 'paragraph-agreed'])
    expect(seen.refused.get(code) ?? 0, code).toBeGreaterThan(HISTORIES / 20)
  for (const code of ['no-silence', 'silence-running', 'invalid-deadline', 'no-meeting', 'meeting-running'])
    expect(seen.refused.get(code) ?? 0, code).toBeGreaterThan(HISTORIES / 20)
  expect(seen.ended).toBeGreaterThan(HISTORIES / 20)
})

function history(seed: number, seen: Seen): void {
  const table = new Table(3, seed)
  const { random, od } = table
  table.issue()
  const proposals = Array.from({ length: 4 }, (_, i) =>
    table.propose(random.pick(DELEGATIONS), `w${i}`, i % 3),
  )
  const authors = proposals.map((id) => headOf(od, id))
  let before = recorded(table)
  for (let step = 0; step < STEPS; step++) {
    const where = `seed ${seed}, step ${step}`
    if (random.chance(0.3)) table.now += random.int(4) * 600_000
    const ended = lastSilence(od)?.state
    od.doc.transact(() => endSilence(od, table.now))
    if (ended === 'running' && lastSilence(od)?.state === 'agreed') seen.ended++
    const command = randomCommand(table, proposals)
    const actor = random.chance(0.3) ? random.pick(PEOPLE) : apt(table, command)
    const result = table.run(actor, command)
    if (result.ok) count(seen.done, command.kind)
    else count(seen.refused, result.code)
    if (result.ok && REPEATABLE.has(command.kind)) {
      expect(table.run(actor, command), where).toMatchObject({ ok: true })
      expect(table.changed, `${where}: ${command.kind} once more`).toBe(false)
    }
    const after = recorded(table)
    nothingLost(before, after, where)
    for (const id of proposals) ofOneMind(table, id, where)
    expect(proposals.map((id) => headOf(od, id))).toEqual(authors)
    before = after
  }
}

/** Somebody who may well do this. */
function apt({ od, random }: Table, command: Command): Actor {
  if (NEEDS[command.kind] === 'decide' || 'onBehalfOf' in command) return chair
  const able: string[] = []
  if (command.kind === 'proposal-withdraw' || command.kind === 'proposal-condition')
    able.push(proponentOf(od, command.proposal)!)
  if (command.kind === 'proposal-take-over') {
    for (const { participant: name } of recordGet(od, `sponsors/${command.proposal}`)?.cosponsors ?? [])
      able.push(name)
    for (const { participant: name, position } of recordGet(od, `positions/${command.proposal}`) ?? [])
      if (position === 'support') able.push(name)
  }
  if (command.kind === 'comment-remove') {
    const comment = recordGet(od, `comment/${command.comment}`)
    if (comment) able.push(comment.participant)
  }
  const found = DELEGATIONS.filter((actor) => able.includes(actor.participant!))
  return random.pick(found.length > 0 ? found : PEOPLE)
}

/** The record as plain values, by key. */
const recorded = ({ od }: Table): ReadonlyMap<string, unknown> => new Map(od.record.entries())

function randomCommand(table: Table, proposals: readonly ProposalId[]): Command {
  const { random } = table
  const kind = random.pick(KINDS)
  const withdrawn = proposals.filter((id) => decisionOf(table.od, id)?.disposition === 'withdrawn')
  const back = kind === 'proposal-take-over' && withdrawn.length > 0 && random.chance(0.9)
  const proposal = random.pick(back ? withdrawn : proposals)
  const paragraph = table.paragraph(random.int(3))
  const on: HostId = random.chance(0.7) ? proposal : paragraph
  const forWhom = random.chance(0.15) ? { onBehalfOf: participant(random.pick(CODES)) } : {}
  switch (kind) {
    case 'position-take':
      return { kind, on, position: random.pick([null, 'support', ...POSITIONS]), ...forWhom }
    case 'proposal-sponsor':
      return {
        kind,
        proposal,
        stance: random.pick(['cosponsor', 'cosponsor', 'dissociate', 'neither']),
        ...forWhom,
      }
    case 'proposal-take-over':
    case 'proposal-withdraw':
      return { kind, proposal, ...forWhom }
    case 'proposal-condition':
      return { kind, proposal, condition: random.chance(0.3) ? null : { text: 'a', on }, ...forWhom }
    case 'proposal-not-retain':
      return { kind, proposal: proposals[0]! }
    case 'paragraph-status':
      return {
        kind,
        paragraph,
        status: random.pick(['open', 'agreed', 'under-discussion']),
        reason: 'A mistake',
      }
    case 'policy-set':
      // Under which names things are said in an unattributed round is tried elsewhere.
      return { kind, attribution: 'attributed' }
    case 'meeting-open':
      return { kind, meeting: table.newMeeting(), title: 'Informal', agenda: [paragraph] }
    case 'meeting-close':
      return { kind }
    default:
      return silenceOrComment(table, kind, on, paragraph)
  }
}

type Other =
  'comment-add' | 'comment-remove' | 'comment-resolve' | 'silence-place' | 'silence-extend' | 'silence-break'

function silenceOrComment(table: Table, kind: Other, on: HostId, paragraph: ParagraphId): Command {
  const { random, now } = table
  const comments = [...recorded(table).keys()].filter((key) => key.startsWith('comment/'))
  const known = comments.length > 0 ? (random.pick(comments).slice('comment/'.length) as CommentId) : null
  const comment = known ?? table.newComment()
  const deadline = now + random.int(5_000_000) - 500_000
  switch (kind) {
    case 'comment-add':
      return {
        kind,
        comment: table.newComment(),
        on,
        thread: random.chance(0.5) ? null : known,
        text: 'Why?',
      }
    case 'comment-remove':
      return { kind, comment }
    case 'comment-resolve':
      return { kind, comment, resolved: random.chance(0.6) }
    case 'silence-place':
      return { kind, revision: 1, deadline, zone: 'UTC', note: '' }
    case 'silence-extend':
      return { kind, deadline: deadline + 1_000_000 }
    case 'silence-break':
      return { kind, paragraphs: [paragraph], objection: 'No.', text: '' }
  }
}

function nothingLost(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
  where: string,
) {
  for (const [key, was] of before) {
    const is = after.get(key)
    if (is === was) continue
    const kind = key.split('/')[0]!
    const what = `${where}: ${key}`
    // A condition is lifted, a decision reopened; both are in the log.
    if (kind === 'condition' || kind === 'decision' || kind === 'affected') continue
    expect(is, what).toBeDefined()
    if (kind === 'positions') positionsKept(was as PositionEntry[], is as PositionEntry[], what)
    if (kind === 'sponsors') sponsorsKept(was as Sponsorship, is as Sponsorship, what)
    if (kind === 'comment') commentKept(was as Comment, is as Comment, what)
    if (kind === 'silence') silenceKept(was as Silence, is as Silence, what)
    if (kind === 'meeting')
      expect(is, what).toEqual({ ...(was as Meeting), closedAt: (is as Meeting).closedAt })
    if (kind === 'reopened') expect((is as unknown[]).slice(0, (was as unknown[]).length), what).toEqual(was)
  }
  const on = [...after].filter(
    ([key, value]) => key.startsWith('meeting/') && (value as Meeting).closedAt === null,
  )
  expect(on.length, where).toBeLessThanOrEqual(1)
}

function positionsKept(was: readonly PositionEntry[], is: readonly PositionEntry[], what: string): void {
  const names = is.map((entry) => entry.participant)
  expect(new Set(names).size, what).toBe(names.length)
  for (const [i, entry] of was.entries()) {
    const now = is[i]!
    expect(now.participant, what).toBe(entry.participant)
    if (now.at === entry.at && now.position === entry.position) continue
    const { participant: _who, earlier: _before, ...last } = entry
    expect(now.earlier, what).toEqual([...entry.earlier, last])
  }
}

/** Whoever stands on a side no longer is among those who left it. */
function sponsorsKept(was: Sponsorship, is: Sponsorship, what: string): void {
  const { left: before = [] } = was
  const { left: after = [] } = is
  expect(after.slice(0, before.length), what).toEqual(before)
  const known = [...is.cosponsors, ...is.dissociated, ...after.slice(before.length)]
  for (const stated of [...was.cosponsors, ...was.dissociated])
    expect(known, what).toContainEqual(expect.objectContaining(stated))
}

function commentKept(was: Comment, is: Comment, what: string): void {
  const { text: _before, removed: wasRemoved, resolved: _then, ...same } = was
  const { text, removed, resolved: _now, ...rest } = is
  expect(rest, what).toEqual(same)
  if (removed) expect(text, what).toBe('')
  else expect(text, what).toBe(was.text)
  if (wasRemoved) expect(removed, what).toBe(true)
}

function silenceKept(was: Silence, is: Silence, what: string): void {
  expect(was.state, what).not.toBe('agreed')
  expect(is.deadline, what).toBeGreaterThanOrEqual(was.deadline)
  expect(is.breaks.slice(0, was.breaks.length), what).toEqual(was.breaks)
  expect(is.extended.slice(0, was.extended.length), what).toEqual(was.extended)
  for (const { at } of is.breaks) expect(at, what).toBeLessThan(is.deadline)
  if (was.state === 'broken') expect(is, what).toEqual({ ...was, breaks: is.breaks })
  if (is.state === 'agreed') expect(is.endedAt, what).toBe(is.deadline)
}

const names = (stated: readonly Stated[]) => stated.map((one) => one.participant)

/** Nobody is on two sides of the same proposal, and everything said bears a name. */
function ofOneMind({ od }: Table, id: ProposalId, where: string): void {
  const what = `${where}: ${id}`
  const proponent = proponentOf(od, id)!
  const { cosponsors = [], dissociated = [] } = recordGet(od, `sponsors/${id}`) ?? {}
  const positions = recordGet(od, `positions/${id}`) ?? []
  const saying = (position: string) =>
    positions.filter((entry) => entry.position === position).map((entry) => entry.participant)
  for (const side of [names(cosponsors), names(dissociated)]) {
    expect(new Set(side).size, what).toBe(side.length)
    expect(side, what).not.toContain(proponent)
  }
  for (const name of names(cosponsors))
    expect([...names(dissociated), ...saying('oppose')], what).not.toContain(name)
  for (const name of names(dissociated)) expect(saying('support'), what).not.toContain(name)
  expect(positions.find((entry) => entry.participant === proponent)?.position ?? null, what).toBeNull()
  for (const { participant: name, person, via } of [...cosponsors, ...dissociated, ...positions]) {
    const itself = via === undefined && name !== chair.participant
    expect([...CODES, chair.participant], what).toContain(name)
    expect(person, what).toBe(itself ? `from ${name}` : chair.name)
  }
  const condition = recordGet(od, `condition/${id}`)
  if (condition && !decisionOf(od, id)) expect(condition.participant, what).toBe(proponent)
}
