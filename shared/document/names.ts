import type { ParticipantId } from '../model/ids.ts'
import { isAlias } from '../model/participant.ts'
import type { Position } from '../model/position.ts'
import type { ProposalStanding } from './standing.ts'

/**
 * The names in a bracket: who wants it, then who does not, who reserves, who has to come back.
 *
 *     [text – EU, JPN; G77 delete; CAN reserve; MEX to come back]
 *     [words – US delete; G77 retain]
 *     [text – KEN (draft)]                 to be seen by its own delegation alone
 *     [text]  [words – delete]             in an unattributed round: an alias is no name
 */

/** What stands behind the words: nothing where nobody is named. */
export function attributed(standing: ProposalStanding, against: 'delete' | 'retain'): string {
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
export function otherwise({ positions, condition }: ProposalStanding, against: 'delete' | 'retain'): string {
  const said = (wanted: Position, word: string): string => {
    const names = positions
      .filter(({ position, participant }) => position === wanted && !isAlias(participant))
      .map(({ participant }) => participant)
    return names.length > 0 ? `; ${names.join(', ')} ${word}` : ''
  }
  const parts = said('oppose', against) + said('reserve', 'reserve') + said('come-back', 'to come back')
  return condition ? `${parts}; to withdraw if ${condition.text}` : parts
}

/** Several who ask for the deletion of the same words: their names, and what the others say to each. */
export function askingToDelete(standings: readonly ProposalStanding[]): string {
  const others = standings.map((standing) => otherwise(standing, 'retain')).join('')
  const names = standings.map(wanting).filter((name) => name !== '')
  return [names.join(', '), `delete${others}`].join(' ').trim()
}
