import { describe, expect, it } from 'vitest'
import { DIRECTORY } from '#shared/directory/directory.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { FACILITATORS, SECRETARIAT } from '#shared/model/participant.ts'
import { participantMistakenFor, personImitatedBy } from '#shared/directory/look-alike.ts'
import { personMistakenFor } from '#server/access/person-name.ts'

const KEN = { participant: 'KEN' as ParticipantId }
const USA = { participant: 'USA' as ParticipantId }
const OBSERVER = { participant: null }

describe('16.3 names that look like another’s', () => {
  it.each([
    ['a role', 'Secretariat'],
    ['a role with a Cyrillic letter', 'Secretari\u0430t'],
    ['a role with a capital for a small letter', 'SecretarIat'],
    ['a role with a digit', 'Secretar1at'],
    ['a role with accents', 'Sécrétariat'],
    ['a role within a name', 'Sеcrеtariat (A. N.)'],
    ['a role in fullwidth letters', 'Ｃｈａｉｒ'],
    ['a role with another hyphen', 'Co\u2011Facilitators'],
    ['what stands for nobody', 'As received'],
    ['what stands for nobody, with a Cyrillic letter', '\u0410s received'],
    ['a code in Cyrillic', '\u041a\u0415N'],
    ['a code in capitals', 'KEN'],
    ['another code', 'PER'],
    ['a group’s code', 'LDCs'],
    ['a code in Greek', '\u039aEN'],
    ['a code in mathematical letters', '𝐊𝐄𝐍'],
    ['a code with spaces', 'K E N'],
  ])('%s is nobody’s own', (_name, name) => {
    expect(personMistakenFor(name, USA, [])).not.toBeNull()
    expect(personMistakenFor(name, OBSERVER, [])).not.toBeNull()
  })

  it.each([
    ['a state', 'Kenya', 'KEN'],
    ['a state in small letters', 'kenya', 'KEN'],
    ['a state with a Cyrillic letter', 'K\u0435nya', 'KEN'],
    ['a state that people are called too', 'Jordan', 'JOR'],
    ['a state with a small l for a capital I', 'lreland', 'IRL'],
    ['a group', 'african group', 'African Group'],
    ['an organisation', 'w0rld bank', 'World Bank'],
    ['an abbreviation', '\u0410CME', 'ACME'],
  ])('%s is nobody’s own where it is invited', (_name, name, participant) => {
    const invited = ['BRA' as ParticipantId, participant as ParticipantId]
    expect(personMistakenFor(name, USA, invited)).not.toBeNull()
    expect(personMistakenFor(name, OBSERVER, invited)).not.toBeNull()
    expect(personMistakenFor(name, { participant: participant as ParticipantId }, invited)).toBeNull()
    expect(personMistakenFor(name, USA, ['BRA' as ParticipantId])).toBeNull()
  })

  it.each(['Ken', 'ken', 'Ben', 'Guy', 'Per', 'Can', 'Eri', 'Tun', 'Dom', 'Mar'])(
    '%s is a person also where everybody of the directory is invited',
    (name) => {
      const everybody = DIRECTORY.map(({ participant }) => participant)
      expect(personMistakenFor(name, USA, everybody)).toBeNull()
      expect(personMistakenFor(name, OBSERVER, everybody)).toBeNull()
    },
  )

  it.each(['Jordan', 'Chad', 'Georgia', 'Israel', 'Cuba'])(
    '%s is a person where no such state is',
    (name) => {
      expect(personMistakenFor(name, USA, ['BRA' as ParticipantId])).toBeNull()
    },
  )

  it.each(['Amina Otieno', 'Jordan Smith', 'Иван Петров', 'محمد', 'Chairman Mao', 'Ken', '王小明', 'Ἀθηνᾶ'])(
    '%s is a person',
    (name) => {
      expect(personMistakenFor(name, KEN, [])).toBeNull()
    },
  )

  it.each([
    'The Chair',
    'Mr. Chair',
    'Madam Chair',
    'Vice Chair',
    'Acting Chair',
    'The Co-Chairs',
    'Chair of the meeting',
    'H.E. the President',
    'Co-facilitator',
    'Co - Facilitator',
    'UN Secretariat',
    'Observer',
    'Тhе Сhаіr',
    'Présidente',
    'Président',
    'Secretaría',
    'Сопредседатель',
    '主席',
    'الرئيس',
    'Delegation',
    'the delegation',
    'Head of Delegation',
    'Kenyan delegation',
    'Delegation-0ken0ken',
    'A delegation',
    'الـرئيس',
    'Délégation du Kenya',
    'Rep. of Kenya',
    'Kenya’s representative',
    'Mr. KEN',
    'Ms KEN',
    'H.E. KEN',
    'Mr. КЕN',
    '(KEN)',
    '“KEN”',
    'K.E.N.',
    'KEN delegation',
    'KEN-Delegation',
    'Delegation of KEN',
    'delegation of Kenya',
    'Permanent Mission of Kenya',
    'Ambassador of Kenya',
    'Kenya (delegation)',
    'Délégation Kenya',
    'Group of 77 delegation',
    'EU – KEN',
    'EU-KEN',
    'KEN/BRA',
    'KEN, EU',
    'BRA and KEN',
  ])('%s reads as a role or a delegation, and is nobody’s', (name) => {
    expect(personMistakenFor(name, USA, [])).not.toBeNull()
    expect(personMistakenFor(name, OBSERVER, [])).not.toBeNull()
  })

  it.each([
    'Ken Adams',
    'KEN ADAMS',
    'Mr. Ken Adams',
    'Sir Ken',
    'Mr. Ken',
    'Per Hansen',
    'Can Öztürk',
    'Eu Jin',
    'Guy',
    'Chad',
    'Jordan',
    'Ms. Jordan',
    'Georgia Miller',
    'Chad Smith',
    'India Jones',
    'Kenya Moore',
    'Israel Cuba Lee',
    'Chair Smith',
    'Chairman Mao',
    'Marshall Chair Lee',
    'Team Leader Jones',
    'Group Captain Peter',
    'Dom Pérignon',
    'Ambassador Amina Otieno',
    'Minister Kamau',
    'He Jiping',
    'Ms He',
    'Dr. No',
    'Ana de la Cruz',
    'Rep. Barbara Jordan',
    "Pa'olelei Luteru",
    'Jean-Pierre Mali',
    'A. N. Other',
    '王小明',
    'محمد',
    'Иван Петров',
    'Amina Otieno (USA)',
    'USA delegation',
  ])('%s is a person', (name) => {
    expect(personMistakenFor(name, USA, ['USA' as ParticipantId])).toBeNull()
  })

  it('whoever serves the room may be called so, and a delegation by its own name', () => {
    for (const participant of [FACILITATORS, SECRETARIAT])
      expect(personMistakenFor('Secretariat', { participant }, [])).toBeNull()
    for (const { participant, name } of DIRECTORY)
      expect(personMistakenFor(name, { participant }, []), name).toBeNull()
    expect(personMistakenFor('ACME', KEN, ['ACME' as ParticipantId])).toBe('ACME')
  })

  it('a participant is not invited under a name that reads like another one', () => {
    for (const { participant } of DIRECTORY)
      expect(participantMistakenFor(participant), participant).toBeNull()
    expect(participantMistakenFor('lRL')).toBe('IRL')
    expect(participantMistakenFor('Chalr')).toBe('Chair')
    expect(participantMistakenFor('Secretarlat')).toBe(SECRETARIAT)
    expect(participantMistakenFor('0rg', ['Org' as ParticipantId])).toBe('Org')
    expect(participantMistakenFor('org', ['Org' as ParticipantId])).toBeNull()
    expect(participantMistakenFor('ITU')).toBeNull()
    expect(participantMistakenFor('LTU', ['ITU' as ParticipantId])).toBeNull()
    expect(participantMistakenFor('\u041a\u0415N')).toBe('KEN')
    expect(participantMistakenFor('WWF', ['ICRC' as ParticipantId])).toBeNull()
  })
})

it('16.3 a person’s name is not spelt with other letters so that it reads like another person’s', () => {
  const onRecord = ['Elena Marsh', 'Anna Marno', 'José Díaz', '']
  expect(personImitatedBy('El\u0435na Marsh', onRecord)).toBe('Elena Marsh')
  expect(personImitatedBy('\u0395lena Marsh', onRecord)).toBe('Elena Marsh')
  for (const honest of [
    'Elena Marsh',
    'ELENA MARSH',
    'Anna Mamo',
    'Jose Diaz',
    'Анна',
    'Елена Марш',
    'Li Ming',
  ])
    expect(personImitatedBy(honest, onRecord), honest).toBeNull()
})
