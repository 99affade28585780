import { describe, expect, it } from 'vitest'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { find, findStepwise } from '#client/ui/search/find.ts'
import { fold } from '#client/ui/search/fold.ts'
import { findableBlocks } from '#client/ui/search/findable.ts'
import { proposalBy } from '#test/kit/deciding.ts'
import { delegate, type Drafter, type Room } from '#test/kit/drafting.ts'
import { deleteWords, putAfter, scene, selectWords } from '#test/kit/scene.ts'

const seat = (room: Room, name: string): Drafter => room.seat(delegate(name.toLowerCase(), name))

const found = ({ od }: Room, query: string) => {
  const projection = new Projection(od)
  const answer = find(findableBlocks(new BoardReader(projection).board(), projection), query)
  projection.destroy()
  return answer
}

const texts = (room: Room, query: string) => found(room, query).map(({ excerpt }) => excerpt)

describe('16.5 what is searched is folded', () => {
  it.each([
    ['“leave no one behind”', '"leave no one behind"'],
    ['Members’ rights', "members' rights"],
    ['d\u2019\u00c9tat', "d'etat"],
    ['non\u2011derogation', 'non-derogation'],
    ['2025\u20132030', '2025-2030'],
    ['rights \u2014 all of them', 'rights - all of them'],
    ['50\u00a0%', '50 %'],
    ['paragraph\u202f5', 'paragraph 5'],
    ['two  spaces\tor a tab', 'two spaces or a tab'],
    ['«\u00a0l’égalité\u00a0»', "'l'egalite'"],
    ['Décide\u202f: que', 'decide: que'],
    ['CÔTE D’IVOIRE', "cote d'ivoire"],
    ['Türkiye, İstanbul, Łódź, Straße', 'turkiye, istanbul, lodz, strasse'],
    ['e\u0301galite\u0301', 'égalité'],
    ['co\u00adoper\u00adation', 'cooperation'],
    ['ﬁnance', 'finance'],
    ['مُحَمَّدٌ', 'محمد'],
    ['الأُمَم', 'الامم'],
    ['می\u200cخواهم', 'میخواهم'],
    ['…', '...'],
  ])('%s is found by %s', (text, query) => {
    expect(fold(text)).toBe(fold(query))
    const items = [
      { id: 'p1', label: '1', readings: [{ text: `Before ${text} after`, parts: [] }], participants: [] },
    ]
    expect(find(items, query).map(({ excerpt }) => excerpt)).toEqual([`Before ${text} after`])
  })

  it('other letters are other letters', () => {
    for (const [a, b] of [
      ['कि', 'का'],
      ['paragraph 5', 'paragraph 6'],
      ['policy', 'policies'],
    ] as const)
      expect(fold(a)).not.toBe(fold(b))
  })

  it('tells from where each character came', () => {
    const text = '  «\u00a0Ça ﬁnit\u00a0»'
    const origins: number[] = []
    const folded = fold(text, origins)
    expect(folded).toBe("'ca finit'")
    expect(origins).toEqual([2, 4, 5, 6, 7, 7, 8, 9, 10, 12])
    expect(origins.map((at) => text[at]).join('')).toBe('«Ça ﬁﬁnit»')
  })
})

describe('16.6 words are found as they read, across brackets', () => {
  it('through an insertion: as base text, as accepted, as printed', () => {
    const { room } = scene('to free humanity from poverty and hunger')
    const us = seat(room, 'USA')
    putAfter(us, 0, 'from ')
    us.type('extreme ')
    room.settleDown()
    expect(texts(room, 'humanity from poverty')).toEqual(['to free humanity from poverty and hunger'])
    expect(texts(room, 'from extreme poverty')).toEqual(['to free humanity from extreme poverty and hunger'])
    expect(texts(room, '[extreme - USA]')).toEqual([
      'to free humanity from [extreme – USA] poverty and hunger',
    ])
    expect(texts(room, 'from hunger')).toEqual([])
    const id = proposalBy(us, 'USA')
    expect(found(room, 'extreme poverty')[0]?.at).toBe(id)
    expect(found(room, 'from extreme')[0]?.at).toBe(found(room, 'humanity')[0]?.id)
  })

  it('through a deletion and competing replacements, each as if it alone were accepted', () => {
    const { room } = scene('by changing unsustainable patterns of consumption')
    const us = seat(room, 'USA')
    const eu = seat(room, 'EU')
    const jpn = seat(room, 'JPN')
    selectWords(us, 0, 'changing unsustainable')
    us.type('promoting sustainable')
    room.settleDown()
    selectWords(eu, 0, 'changing unsustainable')
    eu.type('ending wasteful')
    room.settleDown()
    deleteWords(jpn, 0, ' of consumption')
    room.settleDown()
    for (const phrase of [
      'changing unsustainable patterns of consumption',
      'by promoting sustainable patterns',
      'by ending wasteful patterns of',
    ])
      expect(texts(room, phrase), phrase).toHaveLength(1)
    expect(texts(room, 'promoting wasteful')).toEqual([])
  })

  it('through an amendment, with what it amends', () => {
    const { room } = scene('We will act')
    const ken = seat(room, 'KEN')
    const nor = seat(room, 'NOR')
    putAfter(ken, 0, 'act')
    ken.type(' with urgency')
    room.settleDown()
    putAfter(nor, 0, ' with')
    nor.type(' great')
    room.settleDown()
    for (const phrase of ['We will act', 'act with urgency', 'act with great urgency'])
      expect(texts(room, phrase), phrase).toHaveLength(1)
  })

  it('words that a bracket alone parts are two words', () => {
    const { room } = scene('clean water')
    const ken = seat(room, 'KEN')
    putAfter(ken, 0, 'clean ')
    ken.type('drinking')
    room.settleDown()
    expect(texts(room, 'clean drinking water')).toHaveLength(1)
  })
})

it('16.6 a search in slices finds what one at once finds', () => {
  const items = Array.from({ length: 40 }, (_, i) => ({
    id: `p${i}`,
    label: String(i),
    participants: [],
    readings: [
      { text: `Paragraph ${i} of the text`, parts: [] },
      { text: i % 3 === 0 ? 'with “words” in brackets' : 'without', parts: [] },
    ],
  }))
  for (const query of ['"WORDS"', '12', 'nothing of this', '']) {
    const search = findStepwise(items, query)
    let steps = 0
    let step = search.next()
    for (; !step.done; step = search.next()) steps++
    expect(step.value).toEqual(find(items, query))
    if (query === 'nothing of this') expect(steps).toBe(80)
  }
})
