import { describe, expect, it } from 'vitest'
import { DIRECTORY } from '#shared/directory/directory.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { FACILITATORS, SECRETARIAT } from '#shared/model/participant.ts'
import { participantMistakenFor, personMistakenFor } from '#server/access/look-alike.ts'

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
    ['a code in Cyrillic', '\u041a\u0415N'],
    ['a code in small Cyrillic', '\u043a\u0435n'],
    ['a code in Greek', '\u039aEN'],
    ['a code in mathematical letters', '𝐊𝐄𝐍'],
    ['a code with spaces', 'K E N'],
    ['a state', 'Kenya'],
    ['a state with an l for an I', 'lran'],
  ])('%s is nobody’s own', (_name, name) => {
    expect(personMistakenFor(name, USA, [])).not.toBeNull()
    expect(personMistakenFor(name, OBSERVER, [])).not.toBeNull()
  })

  it.each(['Amina Otieno', 'Jordan Smith', 'Иван Петров', 'محمد', 'Chairman Mao', 'Ken', '王小明', 'Ἀθηνᾶ'])(
    '%s is a person',
    (name) => {
      expect(personMistakenFor(name, KEN, [])).toBeNull()
    },
  )

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
    expect(participantMistakenFor('WWF', ['ICRC' as ParticipantId])).toBeNull()
  })
})
