import type { ParticipantId } from '../../model/ids.ts'
import { AS_RECEIVED, isNameless } from '../../model/participant.ts'
import type { Position, PositionEntry, Stated } from '../../model/proposals/position.ts'
import type { Fingerprint } from '../../model/proposals/wording.ts'
import type { ProposalStanding, ShownStanding } from '../standing.ts'
import { isOnEarlier } from '../../model/proposals/position.ts'

/**
 * The names in a bracket, in this order: who wants the proposal, who opposes it, who reserves, who has to come back.
 *
 *     [text – EU, JPN; G77 delete; CAN reserve; MEX to come back]
 *     [words – US delete; G77 retain]
 *     [words – EU, G77 retain / other words – US]
 *     [text – KEN, EU (on earlier wording)]  EU has not spoken of these words
 *     [text – KEN (draft)]                   to be seen by its own delegation alone
 *     [text]  [words – delete]               in an unattributed round: an alias is no name
 *     [text]  [text – as received; G77 delete]   as an imported text had it, without names
 */

/** How opposing is shown: as `delete` or `retain`, or, for null, not at all because it is shown elsewhere. */
export type Against = 'delete' | 'retain' | null

/** Stands in place of a proponent where an imported text named nobody and somebody has spoken of it since. */
const RECEIVED = 'as received' as ParticipantId

/**
 * Follows the name of a participant whose statement is about another wording than the one that is shown. Exported for
 * tests.
 */
export const ON_EARLIER = ' (on earlier wording)'

/** Returns what is shown behind the words; empty when nobody is named. */
export function attributed(standing: ShownStanding, against: Against): string {
  const names = supportersOf(standing)
  const others = otherPositions(standing, against)
  // Without it, who opposes would be read as who asks to delete words of the text.
  const unnamed = standing.proponent === AS_RECEIVED && others !== '' ? RECEIVED : ''
  const said = names === '' ? (unnamed + others).replace(/^; /u, '') : names + others
  return said === '' ? '' : ` – ${said}`
}

/**
 * Returns those who want the proposal: its proponent, co-sponsors and supporters. The members that dissociate
 * themselves from their group follow it.
 */
export const supportersOf = (standing: ShownStanding): string => wantingNames(standing).join(', ')

/** Returns the names one by one; the last may end with its group's exceptions. */
function wantingNames(standing: ShownStanding): readonly string[] {
  const { proponent, sponsorship, positions, space, wording } = standing
  if (space !== null) return [`${proponent} (draft)`]
  const supporters = positions.filter(({ position }) => position === 'support')
  const beside = [...sponsorship.cosponsors, ...supporters]
  const first = isNameless(proponent) ? [] : [proponent]
  if (proponent === AS_RECEIVED && beside.length > 0) first.push(RECEIVED)
  const names = [...first, ...namesOf(beside, wording, proponent)]
  const except = namesOf(sponsorship.dissociated, wording)
  if (except.length === 0 || names.length === 0) return names
  return [`${names.join(', ')} (except ${except.join(', ')})`]
}

/** Returns who makes these proposals, each name once, without aliases. */
export const proponentsOf = (standings: readonly ProposalStanding[]): string[] =>
  once(
    standings.flatMap(({ proponent, space }) => {
      if (space !== null) return [`${proponent} (draft)`]
      return isNameless(proponent) ? [] : [proponent]
    }),
  )

/**
 * Returns each name once, without aliases. A participant that has spoken of the present wording is not marked
 * for an earlier statement.
 */
export function namesOf(
  said: readonly Stated[],
  wording: Fingerprint | null,
  but: ParticipantId | null = null,
): string[] {
  const marked = new Map<ParticipantId, boolean>()
  for (const one of said) {
    const { participant } = one
    if (isNameless(participant) || participant === but) continue
    marked.set(participant, (marked.get(participant) ?? true) && isOnEarlier(one, wording))
  }
  return [...marked].map(([name, earlier]) => (earlier ? name + ON_EARLIER : name))
}

/** Returns what the others say, each part after a semicolon. `against`: how opposing is shown. */
export function otherPositions({ positions, condition, wording }: ShownStanding, against: Against): string {
  const parts = saidBy([{ positions, wording }], against)
  return condition ? `${parts}; to withdraw if ${condition.text}` : parts
}

/** Returns who reserves on a paragraph as a whole and who has to come back; empty when nobody does. */
export const saidOfParagraph = (
  positions: readonly PositionEntry[],
  wording: Fingerprint | null = null,
): string => saidBy([{ positions, wording }], null).slice('; '.length)

type Said = Pick<ShownStanding, 'positions' | 'wording'>

function saidBy(all: readonly Said[], against: Against): string {
  const said = (wanted: Position, word: string): string => {
    const names = naming(all, wanted)
    return names === '' ? '' : `; ${names} ${word}`
  }
  const opposing = against === null ? '' : said('oppose', against)
  return opposing + said('reserve', 'reserve') + said('come-back', 'to come back')
}

function naming(all: readonly Said[], wanted: Position): string {
  const names = all.flatMap(({ positions, wording }) =>
    namesOf(
      positions.filter(({ position }) => position === wanted),
      wording,
    ),
  )
  return once(names).join(', ')
}

/** Drops the marked form of a name that also occurs unmarked. */
const once = (names: readonly string[]): string[] =>
  [...new Set(names)].filter(
    (name) => !name.endsWith(ON_EARLIER) || !names.includes(name.slice(0, -ON_EARLIER.length)),
  )

/**
 * Returns who would retain the words that a proposal replaces, for use when only one replacement is offered.
 * Empty also when one of the opponents spoke of an earlier wording, because they may have said nothing of the
 * present words.
 */
export function retaining(standing: ShownStanding): string {
  const names = naming([standing], 'oppose')
  return names === '' || names.includes(ON_EARLIER) ? '' : `${names} retain`
}

/** Returns the names of those who ask to delete the same words, and what the others say to each. */
export function askingToDelete(standings: readonly ShownStanding[]): string {
  const [only] = standings
  const several = standings.length > 1
  const others = several || !only ? ofSeveral(standings) : otherPositions(only, 'retain')
  const names = once(standings.flatMap(wantingNames))
  return [names.join(', '), `delete${others}`].join(' ').trim()
}

/** Each name occurs once, so a condition is preceded by the name of the delegation that set it. */
function ofSeveral(standings: readonly ShownStanding[]): string {
  const conditions = standings.flatMap(({ condition, proponent }) =>
    condition ? [`; ${whoseName(proponent)}to withdraw if ${condition.text}`] : [],
  )
  return saidBy(standings, 'retain') + conditions.join('')
}

const whoseName = (name: ParticipantId): string => (hasName(name) ? `${name} ` : '')
const hasName = (name: ParticipantId): boolean => !isNameless(name)
