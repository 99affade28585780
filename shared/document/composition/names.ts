import type { ParticipantId } from '../../model/ids.ts'
import { isAlias } from '../../model/participant.ts'
import type { Position, PositionEntry } from '../../model/position.ts'
import type { ProposalStanding } from './standing.ts'

/**
 * The names in a bracket: who wants it, then who does not, who reserves, who has to come back.
 *
 *     [text – EU, JPN; G77 delete; CAN reserve; MEX to come back]
 *     [words – US delete; G77 retain]
 *     [words – EU, G77 retain / other words – US]
 *     [text – KEN (draft)]                 to be seen by its own delegation alone
 *     [text]  [words – delete]             in an unattributed round: an alias is no name
 */

/** What opposing amounts to; null: that is said elsewhere. */
type Against = 'delete' | 'retain' | null

/** What stands behind the words: nothing where nobody is named. */
export function attributed(standing: ProposalStanding, against: Against): string {
  const names = wanting(standing)
  const others = otherwise(standing, against)
  const said = names === '' ? others.slice('; '.length) : names + others
  return said === '' ? '' : ` – ${said}`
}

/** Those who want it: proponent, co-sponsors, supporters; and the members that do not stand behind their group. */
export function wanting({ proponent, sponsorship, positions, space }: ProposalStanding): string {
  if (space !== null) return `${proponent} (draft)`
  const names: ParticipantId[] = []
  const add = (name: ParticipantId) => {
    if (!names.includes(name) && !isAlias(name)) names.push(name)
  }
  add(proponent)
  for (const { participant } of sponsorship.cosponsors) add(participant)
  for (const { participant, position } of positions) if (position === 'support') add(participant)
  const except = sponsorship.dissociated
    .map(({ participant }) => participant)
    .filter((name) => !isAlias(name))
  return except.length > 0 && names.length > 0
    ? `${names.join(', ')} (except ${except.join(', ')})`
    : names.join(', ')
}

/** What the others say of it, each part after a semicolon; `against` is what opposing it amounts to. */
export function otherwise({ positions, condition }: ProposalStanding, against: Against): string {
  const parts = saidBy(positions, against)
  return condition ? `${parts}; to withdraw if ${condition.text}` : parts
}

/** Of a paragraph as a whole: who reserves and who has to come back; empty where nobody does. */
export const saidOfParagraph = (positions: readonly PositionEntry[]): string =>
  saidBy(positions, null).slice('; '.length)

function saidBy(positions: readonly PositionEntry[], against: Against): string {
  const said = (wanted: Position, word: string): string => {
    const names = naming(positions, wanted)
    return names === '' ? '' : `; ${names} ${word}`
  }
  const opposing = against === null ? '' : said('oppose', against)
  return opposing + said('reserve', 'reserve') + said('come-back', 'to come back')
}

function naming(positions: readonly PositionEntry[], wanted: Position): string {
  const names = positions
    .filter(({ position, participant }) => position === wanted && !isAlias(participant))
    .map(({ participant }) => participant)
  return [...new Set(names)].join(', ')
}

/** Who would retain the words that are to be replaced: with these words, where only one replacement is offered. */
export function retaining({ positions }: ProposalStanding): string {
  const names = naming(positions, 'oppose')
  return names === '' ? '' : `${names} retain`
}

/** Several who ask for the deletion of the same words: their names, and what the others say to each. */
export function askingToDelete(standings: readonly ProposalStanding[]): string {
  const [only] = standings
  const several = standings.length > 1
  const others = several || !only ? ofSeveral(standings) : otherwise(only, 'retain')
  const names = [...new Set(standings.map(wanting).filter((name) => name !== ''))]
  const each = names.some((name) => name.includes('('))
    ? names
    : [...new Set(names.flatMap((name) => name.split(', ')))]
  return [each.join(', '), `delete${others}`].join(' ').trim()
}

/** Each name once; whose condition it is must be said then. */
function ofSeveral(standings: readonly ProposalStanding[]): string {
  const conditions = standings.flatMap(({ condition, proponent }) =>
    condition ? [`; ${whoseName(proponent)}to withdraw if ${condition.text}`] : [],
  )
  return (
    saidBy(
      standings.flatMap(({ positions }) => positions),
      'retain',
    ) + conditions.join('')
  )
}

const whoseName = (name: ParticipantId): string => (hasName(name) ? `${name} ` : '')
const hasName = (name: ParticipantId): boolean => !isAlias(name)
