import { describe, expect, it } from 'vitest'
import { isDelegationName } from '#shared/directory/delegation-name.ts'
import {
  DIRECTORY,
  DIRECTORY_NAMES,
  participantNamed,
  spellParticipant,
} from '#shared/directory/directory.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { agreedMark, STATUSES } from '#shared/model/status.ts'
import { ON_EARLIER } from '#shared/document/composition/names.ts'
import { participantMistakenFor } from '#shared/directory/look-alike.ts'
import { strings } from '#client/ui/strings.ts'

const id = (name: string) => name as ParticipantId

/** Words of the notation as the product writes them, so that a new one is tested before anybody thinks of it. */
const WRITTEN = [
  ...Object.values(strings.dispositions),
  ...Object.values(strings.natures),
  ...Object.values(strings.roles),
  ...STATUSES.map((status) => status.replaceAll('-', ' ')),
  agreedMark({ status: 'agreed', pending: [], placement: false }),
  agreedMark({ status: 'agreed-ad-ref', pending: [], placement: false }),
  ON_EARLIER,
].map((words) => words.replaceAll(/[^A-Za-z ]/g, '').trim())

/** Longer ones are no participant's by their length alone. */
const fits = (name: string): boolean => name.length <= 24

describe('16.17 no name reads as a piece of the notation', () => {
  it.each(WRITTEN)('%s', (words) => {
    for (const name of [
      words,
      words.toUpperCase(),
      words.replaceAll(' ', '-'),
      words.replaceAll(/[oO]/g, '0'),
    ])
      if (fits(name)) expect(isDelegationName(name), name).toBe(false)
    for (const name of [`KEN ${words}`, `Kenya ${words}`, `${words} COL`])
      if (fits(name)) expect(isDelegationName(name), name).toBe(false)
  })

  it.each([
    'on earlier wording',
    'On Earlier Wording',
    '0n earlier w0rding',
    'KEN on earlier wording',
    'ACME on earlier wording',
    'not retained',
    'Not-Retained',
    'N0T RETA1NED',
    'agreed',
    'AGREED',
    'Agreed ad ref',
    'ad ref',
    'ACME agreed',
    'KENagreed',
    'KEN delete',
    'KENdelete',
    'deleted',
    'supported by ACME',
    'ACME opposed',
    'Option A',
    'draft B',
    'ACME to come back',
    'KEN reserve',
    'delete paragraph',
    'except COL',
    'except ACME',
    'pending KEN',
    'move after 7',
    'merge with 8',
    'to withdraw if',
    'alternative',
    'KEN alternative',
    'KEN bis',
    'support',
    'all',
    'aII',
    'a delegation',
    'Delegation of KEN',
    'the Chair',
    'Co-Chairs',
    'Secretariat',
    '1',
    'l',
    '10',
    'l0',
    '3 bis',
    '3 alt 2',
    'PP3',
    'Rev.1',
    'para 4',
    'KEN 3',
    'KEN and COL',
    'KEN & COL',
    'EU-KEN',
    'EU Kenya',
  ])('%s is refused', (name) => {
    expect(isDelegationName(name)).toBe(false)
  })

  it.each([
    'ACME',
    'World Bank',
    'CANZ-1',
    'St. Kitts',
    'ICRC',
    'G20',
    'P5',
    'E10',
    'L69',
    'MIKTA',
    'JUSCANZ',
    'BIS',
    'ITER',
    '3M',
    '350.org',
    'Ali',
    'A',
    'B',
    'Umbrella Group',
    'Friends of the Chair',
    'Like-Minded Group',
    'Women and Youth',
    'ITU',
    'Option Consulting',
    'Reserve Bank',
    'Andean Community',
    'African Union',
    'Open Society',
    'Major Groups',
    'Exceptional States',
    'Canter',
  ])('%s is a name', (name) => {
    expect(isDelegationName(name)).toBe(true)
    expect(participantMistakenFor(name)).toBeNull()
  })

  it('what the directory knows may take part under its code', () => {
    for (const { participant } of DIRECTORY) {
      expect(isDelegationName(participant), participant).toBe(true)
      expect(participantMistakenFor(participant), participant).toBeNull()
    }
  })
})

describe('15.12 a member’s code, name and other names are one participant', () => {
  it.each([
    ['Kenya', 'KEN'],
    ['kenya', 'KEN'],
    ['The Netherlands', 'NLD'],
    ['U.S.', 'USA'],
    ['United States of America', 'USA'],
    ['UK', 'GBR'],
    ['Turkey', 'TUR'],
    ["Cote d'Ivoire", 'CIV'],
    ['Micronesia', 'FSM'],
    ['Group of 77 & China', 'G77'],
    ['Group of 77 and China', 'G77'],
    ['G-77/China', 'G77'],
    ['G77 & China', 'G77'],
    ['European Union', 'EU'],
    ['Arab States', 'Arab Group'],
    ['ACME & Sons', 'ACME & Sons'],
    ['Women’s  Major Group', "Women's Major Group"],
    ['Asia\u2011Europe Forum', 'Asia-Europe Forum'],
  ])('%s', (name, participant) => {
    expect(spellParticipant(name)).toBe(participant)
  })

  it('15.12 what was invited under a name before keeps it, and its code is that one too', () => {
    expect(spellParticipant('Kenya', [id('Kenya')])).toBe('Kenya')
    expect(spellParticipant('KEN', [id('Kenya')])).toBe('Kenya')
    expect(spellParticipant('KEN', [id('Kenya'), id('KEN')])).toBe('KEN')
    expect(spellParticipant('k\u0301en')).toBe('k\u0301en')
    expect(spellParticipant('ACME and Sons', [id('ACME & Sons')])).toBe('ACME & Sons')
  })

  it('15.12 no name of the directory is two participants’', () => {
    for (const [name, participant] of DIRECTORY_NAMES) expect(participantNamed(name), name).toBe(participant)
  })

  it('15.12 no letters that look like those of a name make another participant', () => {
    for (const name of ['Kenva', 'KEN1', 'Swazi']) expect(participantMistakenFor(name), name).toBeNull()
    for (const name of ['lreland', 'Brazii', 'lRL', 'Gr0up of 77'])
      expect(participantMistakenFor(name), name).not.toBeNull()
  })
})
