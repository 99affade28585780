import { describe, expect, it } from 'vitest'
import {
  DIRECTORY,
  groupsOf,
  isMember,
  membersOf,
  membershipsOf,
  nameOf,
  participantsMatching,
  spellParticipant,
} from '#shared/directory/directory.ts'
import { isParticipantId, type ParticipantId } from '#shared/model/ids.ts'
import { isDelegationName } from '#shared/directory/delegation-name.ts'
import { participantKey } from '#shared/model/participant.ts'

const id = (code: string) => code as ParticipantId
const day = (written: string) => Date.parse(`${written}T12:00:00Z`)
const TODAY = day('2026-01-15')
const of = (kind: string) => DIRECTORY.filter((entry) => entry.kind === kind)
const codes = (found: readonly { participant: ParticipantId }[]) => found.map((entry) => entry.participant)

describe('1.1 the directory', () => {
  it('knows the 193 member states, the two observer states and the common groups, each by one code', () => {
    expect(of('member-state')).toHaveLength(193)
    expect(codes(of('observer-state'))).toEqual(['VAT', 'PSE'])
    expect(of('group').length).toBeGreaterThan(20)
    expect(new Set(codes(DIRECTORY)).size).toBe(DIRECTORY.length)
    expect(new Set(DIRECTORY.map(({ name }) => name)).size).toBe(DIRECTORY.length)
    for (const { participant, kind } of DIRECTORY) {
      expect(isParticipantId(participant) && isDelegationName(participant), participant).toBe(true)
      if (kind !== 'group') expect(participant).toMatch(/^[A-Z]{3}$/)
    }
  })

  it('has its states in the order of their names', () => {
    const names = of('member-state').map(({ name }) => name)
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')))
  })

  it('knows every member of every group, once', () => {
    const states = new Set([...codes(of('member-state')), ...codes(of('observer-state'))])
    for (const { participant } of of('group')) {
      const members = membershipsOf(participant)
      expect(members.length, participant).toBeGreaterThan(2)
      expect(new Set(members.map(({ member }) => member)).size, participant).toBe(members.length)
      for (const { member, from, until } of members) {
        expect(states.has(member), `${member} in ${participant}`).toBe(true)
        for (const date of [from, until])
          if (date !== null) expect(Number.isNaN(Date.parse(date))).toBe(false)
        if (from !== null && until !== null) expect(from < until).toBe(true)
      }
    }
  })

  it.each([
    ['G77', 134],
    ['EU', 27],
    ['AOSIS', 37],
    ['LDCs', 44],
    ['LLDCs', 32],
    ['African Group', 54],
    ['Arab Group', 22],
    ['GRULAC', 33],
    ['ASEAN', 11],
    ['Non-Aligned Movement', 121],
    ['OIC', 57],
    ['CANZ', 3],
  ])('knows that %s has %i members', (group, size) => {
    expect(membersOf(id(group), TODAY)).toHaveLength(size)
  })

  it('has every member state but one in exactly one regional group', () => {
    const regions = ['African Group', 'Asia-Pacific Group', 'EEG', 'GRULAC', 'WEOG']
    const members = regions.flatMap((group) => membersOf(id(group), TODAY))
    expect(new Set(members).size).toBe(members.length)
    expect(codes(of('member-state')).filter((state) => !members.includes(state))).toEqual(['USA'])
  })

  it('knows since when and until when', () => {
    expect(membersOf(id('EU'), day('2019-06-01'))).toHaveLength(28)
    expect(isMember(id('GBR'), id('EU'), day('2020-01-31'))).toBe(true)
    expect(isMember(id('GBR'), id('EU'), day('2020-02-01'))).toBe(false)
    expect(isMember(id('HRV'), id('EU'), day('2013-06-30'))).toBe(false)
    expect(isMember(id('HRV'), id('EU'), day('2013-07-01'))).toBe(true)
    expect(isMember(id('VUT'), id('LDCs'), TODAY)).toBe(false)
    expect(groupsOf(id('GBR'), day('2019-06-01'))).toContain('EU')
    expect(groupsOf(id('GBR'), TODAY)).toEqual(['WEOG'])
    expect(groupsOf(id('PSE'), TODAY)).toEqual(['G77', 'Arab Group', 'Non-Aligned Movement', 'OIC'])
  })

  it('1.2 says of a participant that it does not know its code, and that it is in no group', () => {
    expect(nameOf(id('KEN'))).toBe('Kenya')
    expect(nameOf(id('G77'))).toBe('Group of 77 and China')
    expect(nameOf(id('UNICEF'))).toBe('UNICEF')
    expect(groupsOf(id('UNICEF'), TODAY)).toEqual([])
    expect(membersOf(id('UNICEF'), TODAY)).toEqual([])
  })
})

describe('looking for a participant', () => {
  it.each([
    ['ken', 'KEN'],
    ['kenya', 'KEN'],
    ['turkiye', 'TUR'],
    ['Türkiye', 'TUR'],
    ['turkey', 'TUR'],
    ['cote d’iv', 'CIV'],
    ['UK', 'GBR'],
    ['us', 'USA'],
    ['guinea bissau', 'GNB'],
    ['korea republic', 'KOR'],
    ['77', 'G77'],
    ['small island', 'SIDS'],
  ])('“%s” finds %s first, or among few', (text, participant) => {
    expect(codes(participantsMatching(text)).slice(0, 4)).toContain(participant)
  })

  it('puts a code before a name, and a name before a word in one', () => {
    expect(codes(participantsMatching('eu'))[0]).toBe('EU')
    expect(codes(participantsMatching('niger'))).toEqual(['NER', 'NGA'])
    expect(codes(participantsMatching('arab'))).toEqual(['Arab Group', 'SAU', 'SYR', 'ARE'])
  })

  it('finds nothing where there is nothing, and everybody where nothing is asked', () => {
    expect(participantsMatching('zzz')).toEqual([])
    expect(participantsMatching('–')).toEqual([])
    expect(participantsMatching(' ')).toHaveLength(DIRECTORY.length)
  })
})

describe('spellings of one name', () => {
  it('15.1 without letter case, spaces and dots are the one that the directory has', () => {
    for (const written of ['usa', 'U.S.A.', ' USA ', 'U S A']) expect(spellParticipant(written)).toBe('USA')
    for (const written of ['arab   group', 'ArabGroup']) expect(spellParticipant(written)).toBe('Arab Group')
  })

  it('15.1 of who is not in the directory, the spelling that is known is kept', () => {
    expect(spellParticipant(' Youth  Forum ')).toBe('Youth Forum')
    expect(spellParticipant('youth-forum', [id('IUCN'), id('Youth Forum')])).toBe('Youth Forum')
    expect(spellParticipant('Youth Fora', [id('Youth Forum')])).toBe('Youth Fora')
  })

  it('15.1 no two names of the directory are spellings of one', () => {
    const keys = DIRECTORY.map(({ participant }) => participantKey(participant))
    expect(new Set(keys).size).toBe(DIRECTORY.length)
  })
})
