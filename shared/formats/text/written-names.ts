import type { Against } from '../../document/composition/names.ts'
import { namesOf } from '../../document/composition/names.ts'
import type { Asking, Notation } from '../../document/composition/notation.ts'
import { nameOf } from '../../document/composition/requests.ts'
import type { OpenProposal } from '../../document/composition/proposals.ts'
import type { OutcomeDocument } from '../../document/schema.ts'
import { paragraphFacts } from '../../document/schema.ts'
import type { ShownStanding } from '../../document/standing.ts'
import type { ParagraphId } from '../../model/ids.ts'
import { AS_RECEIVED, isNameless } from '../../model/participant.ts'
import type { Position } from '../../model/proposals/position.ts'
import type { ProposalKind } from '../../model/proposals/proposal.ts'
import { isKnownKind } from '../../model/proposals/proposal.ts'
import { escapeSigns } from '../brackets/escape.ts'
import { readsAsPlain } from '../brackets/plain.ts'

/**
 * The names in the brackets of an export, of which the reader makes the same proposals again: each position has its verb,
 * words of the text are told from proposed ones by `base`, and requests begin with who makes them.
 *
 *     [text – EU, JPN; CAN support; G77 delete; MEX reserve]
 *     [words – KEN delete; CAN retain]    [words – base; EU retain / other words – US]
 * `placeOf`: where a paragraph stands in the outline, from 1.
 *
 *     [NOR: split here]    [AUS, NZL: move after 15; G77 delete]    [KEN: delete paragraph; EU retain]
 */
export const writtenNotation = (placeOf: (id: ParagraphId) => number): Notation => ({
  attributed: (standing, text, against) => {
    const names = proposers(standing)
    const others = statements(standing, against)
    const isUnclear = names === '' && (others !== '' || !readsAsPlain(text))
    const behind = (isUnclear ? RECEIVED : names) + others
    return behind === '' ? '' : ` – ${behind}`
  },
  behindWords: (asking, only, offered) => {
    const asked = asking.map(deletion)
    if (offered === 0) return { text: ` – ${asked.join('; ')}`, against: 'delete' }
    const retain = only ? said(only, 'oppose', 'retain') : ''
    return {
      text: ` – ${['base', ...asked].join('; ')}${retain}`,
      against: retain === '' ? 'delete' : null,
    }
  },
  request: (od, proposal, standing) => request(od, proposal, standing, placeOf),
})

const RECEIVED = 'as received'

/** Follows a request to delete words of which only the first part stands in the bracket. */
const CONTINUED = ' (continued)'

function deletion({ standing, last }: Asking): string {
  const names = proposers(standing)
  return `${names === '' ? '' : `${names} `}delete${last ? statements(standing, 'retain') : CONTINUED}`
}

function request(
  od: OutcomeDocument,
  { head, anchor }: OpenProposal,
  standing: ShownStanding,
  placeOf: (id: ParagraphId) => number,
): string {
  const other = anchor?.kind === 'whole' ? anchor.other : null
  const all = anchor?.kind === 'whole' && anchor.below ? ' with everything below' : ''
  const side = anchor?.kind === 'whole' && anchor.under ? 'below' : 'after'
  const askedFor: Readonly<Record<ProposalKind, string>> = {
    'delete-paragraph': `delete paragraph${all}`,
    reservation: 'reserve',
    move: `move${all} ${other === null ? 'to the beginning' : `${side} ${place(od, other, placeOf)}`}`,
    join: `merge with ${other === null ? '…' : place(od, other, placeOf)}`,
    split: 'split here',
    choice: `choose ${other === null ? '…' : place(od, other, placeOf)}`,
    text: '',
    paragraph: '',
    alternative: '',
  }
  const asked = isKnownKind(head.kind) ? askedFor[head.kind] : '…'
  const others = statements(standing, head.kind === 'delete-paragraph' ? 'retain' : 'delete')
  return `[${proposers(standing) || RECEIVED}: ${escapeSigns(asked, true)}${others}]`
}

/** The number of a paragraph; of one without a number its words, and where it stands in the outline, from 1. */
function place(od: OutcomeDocument, id: ParagraphId, placeOf: (id: ParagraphId) => number): string {
  const name = nameOf(od, id)
  return paragraphFacts(od, id)?.label ? name : `${name} (no. ${placeOf(id)} in the outline)`
}

/** The proponent and its co-sponsors, and who dissociates itself from them. */
function proposers({ proponent, sponsorship, wording }: ShownStanding): string {
  const first = isNameless(proponent) ? [] : [proponent]
  const cosponsors = namesOf(sponsorship.cosponsors, wording, proponent)
  if (proponent === AS_RECEIVED && cosponsors.length > 0) return `${RECEIVED}, ${cosponsors.join(', ')}`
  const except = namesOf(sponsorship.dissociated, wording)
  const names = [...first, ...cosponsors].join(', ')
  return except.length > 0 && names !== '' ? `${names} (except ${except.join(', ')})` : names
}

/** What others say, each part after a semicolon. `against`: how opposing is written; null: not here. */
function statements(standing: ShownStanding, against: Against): string {
  const { condition } = standing
  return [
    said(standing, 'support', 'support'),
    against === null ? '' : said(standing, 'oppose', against),
    said(standing, 'reserve', 'reserve'),
    said(standing, 'come-back', 'to come back'),
    said(standing, 'flexible', 'flexible'),
    condition ? `; to withdraw if ${condition.text}` : '',
  ].join('')
}

/** All positions on a paragraph, without the first semicolon. */
export const positionsIn = (on: Pick<ShownStanding, 'positions' | 'wording'>): string =>
  [
    said(on, 'support', 'support'),
    said(on, 'oppose', 'oppose'),
    said(on, 'reserve', 'reserve'),
    said(on, 'come-back', 'to come back'),
    said(on, 'flexible', 'flexible'),
  ]
    .join('')
    .slice('; '.length)

function said(
  { positions, wording }: Pick<ShownStanding, 'positions' | 'wording'>,
  position: Position,
  verb: string,
): string {
  const names = namesOf(
    positions.filter((one) => one.position === position),
    wording,
  )
  return names.length === 0 ? '' : `; ${names.join(', ')} ${verb}`
}
