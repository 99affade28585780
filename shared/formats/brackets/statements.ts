import type { ParticipantId } from '../../model/ids.ts'
import type { ImportedPosition, ImportedStatements } from '../../model/import-brackets.ts'
import { serves } from '../../model/participant.ts'
import type { Position } from '../../model/proposals/position.ts'
import type { NameBook } from './name-book.ts'
import type { Clause, Statement } from './statement.ts'
import type { Verb } from './verbs.ts'

export const NOTHING_SAID: ImportedStatements = {
  by: null,
  cosponsors: [],
  dissociated: [],
  positions: [],
  condition: null,
}

/** What a verb means behind a proposed wording, and behind a request to delete: who would retain opposes that. */
const BEHIND_WORDING: Readonly<Record<Exclude<Verb, 'want'>, Position>> = {
  delete: 'oppose',
  withhold: 'oppose',
  retain: 'support',
  reserve: 'reserve',
  'come-back': 'come-back',
  flexible: 'flexible',
  support: 'support',
}
export const BEHIND_DELETION: typeof BEHIND_WORDING = {
  ...BEHIND_WORDING,
  retain: 'oppose',
  delete: 'support',
}

/** What is said of a proposed wording: those named first propose it. `meaning`: of the verbs. */
export function statementsOf(
  said: Statement | null,
  names: NameBook,
  meaning = BEHIND_WORDING,
): ImportedStatements {
  if (!said) return NOTHING_SAID
  const wanting = said.clauses.filter(({ verb }) => verb === 'want')
  const read = statements(wanting, said.clauses, said.condition, meaning, names)
  if (!said.received || read.by === null) return read
  return { ...read, by: null, cosponsors: [read.by, ...read.cosponsors] }
}

/** What is said of a request to delete. `continued`: the words that it asks to delete go on in a later bracket. */
export interface Deletion {
  readonly said: ImportedStatements
  readonly continued: boolean
}

/** What is said of requests to delete: one for each clause that asks it, with what follows up to the next. */
export function deletionsOf(said: Statement, names: NameBook): Deletion[] {
  const found: Clause[][] = []
  for (const clause of said.clauses) {
    if (clause.verb === 'delete') found.push([clause])
    else found.at(-1)?.push(clause)
  }
  return found.map(([asking, ...others], i) => ({
    said: statements(
      asking ? [asking] : [],
      others,
      found[i]?.find(({ condition }) => condition !== undefined)?.condition ??
        (i === found.length - 1 ? said.condition : null),
      BEHIND_DELETION,
      names,
    ),
    continued: asking?.continued === true,
  }))
}

function statements(
  wanting: readonly Clause[],
  others: readonly Clause[],
  condition: string | null,
  meaning: typeof BEHIND_WORDING,
  names: NameBook,
): ImportedStatements {
  const [by = null, ...cosponsors] = [
    ...new Set(wanting.flatMap((clause) => names.participants(clause.names))),
  ]
  const dissociated = wanting.flatMap(({ except }) => names.participants(except))
  const earlier = wanting
    .flatMap(({ names: all, except }) => [...all, ...except])
    .filter((name) => name.earlier)
    .flatMap((name) => names.known([name]))
  const taken = new Set<ParticipantId | null>([by])
  const positions: ImportedPosition[] = []
  for (const { verb, names: list } of others) {
    if (verb === 'want') continue
    for (const name of list)
      for (const participant of names.participants([name])) {
        if (taken.has(participant) || serves(participant)) continue
        taken.add(participant)
        const position = { by: participant, position: meaning[verb] }
        positions.push(name.earlier ? { ...position, earlier: true } : position)
      }
  }
  return { by, cosponsors, dissociated, positions, condition, ...(earlier.length > 0 && { earlier }) }
}

/** Adds what is said to what was said before, of the same wording. */
export function joinStatements(a: ImportedStatements, b: ImportedStatements): ImportedStatements {
  const [by = null, ...cosponsors] = [a.by, ...a.cosponsors, b.by, ...b.cosponsors].filter(
    (name, i, all): name is ParticipantId => name !== null && all.indexOf(name) === i,
  )
  const taken = new Set<ParticipantId | null>([by])
  const earlier = [...(a.earlier ?? []), ...(b.earlier ?? [])]
  return {
    by,
    cosponsors,
    ...(earlier.length > 0 && { earlier }),
    dissociated: [...a.dissociated, ...b.dissociated],
    positions: [...a.positions, ...b.positions].filter((one, i, all) => {
      return !taken.has(one.by) && all.findIndex((other) => other.by === one.by) === i
    }),
    condition: a.condition ?? b.condition,
  }
}
