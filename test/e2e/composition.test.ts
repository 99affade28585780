import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Meeting } from '#test/kit/meeting.ts'
import { authorsIn, restingPlaces, spotAt, spotOf, struckBefore } from '#test/kit/oracle.ts'
import { agreed } from '#test/kit/screen.ts'
import type { Screen } from '#test/kit/screen.ts'
import type { Run } from '#test/kit/shown.ts'

// Input methods, and text that runs both ways: what is written must end up where its author saw the caret.

const ENGLISH = 'Rivers run to the sea.'
const ARABIC = 'نؤكد right الماء to water.'
const FACILITATORS = 'Co-Facilitators'
/** The first paragraph that nothing happens in but one test. */
const FREE = 3

let meeting: Meeting
let chair: Screen
let ken: Screen
let colleague: Screen
let eu: Screen

beforeAll(async () => {
  const paragraphs = [ENGLISH, ARABIC, ...Array.from({ length: 30 }, () => ENGLISH)]
  meeting = await Meeting.call(paragraphs, ['KEN', 'EU'])
  ;[chair, ken, colleague, eu] = await Promise.all([
    meeting.seat('facilitator', 'Orsolya Tamm'),
    meeting.seat('KEN', 'Amina Otieno'),
    meeting.seat('KEN', 'Peter Mwangi'),
    meeting.seat('EU', 'Clara Weiss'),
  ])
})

afterAll(async () => {
  await meeting?.end()
})

let next = FREE
const fresh = () => String(next++)
const agree = () => agreed(chair, ken, colleague, eu)

/** Brackets of both delegations: insertions, a deletion, a replacement, one in another, two side by side. */
async function fillWithBrackets(label: string): Promise<void> {
  await colleague.place(label, { after: 'Rivers' })
  await colleague.type(' ab')
  await agree()
  await eu.place(label, { after: ' ab – KEN]' })
  await eu.type(' cd')
  await agree()
  await eu.place(label, { after: '[ a' })
  await eu.type('x')
  await agree()
  await eu.select(label, 'run')
  await eu.type('go')
  await colleague.select(label, 'the')
  await colleague.press('Delete')
  await agree()
}

type Write = (screen: Screen, text: string) => Promise<void>

const byKey: Write = (screen, text) => screen.type(text)

const byInputMethod: Write = async (screen, text) => {
  await screen.compose('n', 'ne', 'neko')
  await screen.commit(text)
}

/** Whether a text that was written at an offset of these runs is now where it belongs. */
function isRight(
  before: readonly Run[],
  after: readonly Run[],
  offset: number,
  text: string,
  by: string,
): boolean {
  const wanted = spotAt(before, offset)
  const got = spotOf(after, text)
  if (!got) return false
  const host = wanted.within.at(-1)
  const direct = host === undefined ? by === FACILITATORS : authorsIn(before).get(host) === by
  if (direct)
    return String(got.within) === String(wanted.within) && got.before.at(-1) === wanted.before.at(-1)
  const bracket = got.within.at(-1) ?? ''
  const around = got.within.slice(0, -1)
  if (authorsIn(after).get(bracket) !== by || String(around) !== String(wanted.within)) return false
  // Beside an own deletion it becomes what replaces the deleted words, and stands behind them.
  const stood = got.before.at(-2) ?? 0
  return [stood, stood - struckBefore(after, bracket)].includes(wanted.before.at(-1) ?? -1)
}

/** Writes at these places of a paragraph, takes it back each time, and tells of those that went elsewhere. */
async function wrongPlaces(
  screen: Screen,
  by: string,
  label: string,
  places: readonly number[],
  write: Write,
  text: string,
): Promise<string[]> {
  const wrong: string[] = []
  const before = await screen.text(label)
  const runs = await screen.runs(label)
  for (const offset of places) {
    // Between two elements the caret can be in either of them.
    const side = offset % 2 === 0 ? 'left' : 'right'
    await screen.place(label, { offset }, { offset }, side)
    await write(screen, text)
    const right = async () => {
      const shown = await screen.text(label)
      const caret = (await screen.caret())?.head
      return (
        isRight(runs, await screen.runs(label), offset, text, by) &&
        caret === shown.indexOf(text) + text.length
      )
    }
    await expect
      .poll(right)
      .toBe(true)
      .catch(async () => {
        const caret = (await screen.caret())?.head
        wrong.push(
          `${before.slice(0, offset)}|${before.slice(offset)} → ${await screen.text(label)}, ${caret}`,
        )
      })
    // What takes an input method longer than a moment is several steps.
    for (let steps = 0; steps < 5 && (await screen.text(label)) !== before; steps++) {
      await screen.press('Control+z')
      await screen.frame()
    }
    await screen.reads(label, before)
  }
  return wrong
}

/** The ways of writing share the places between them: place by place they take turns. */
const shareOf = (places: readonly number[], share: number, of: number): readonly number[] =>
  places.filter((_, i) => i % of === share)

const BUSY = '1'
const MIXED = '2'

// There are many places: the two who write take them one by one, and the others look at the end.
describe('while the others are away', () => {
  beforeAll(async () => {
    await fillWithBrackets(BUSY)
    await colleague.place(MIXED, { after: 'right' })
    await colleague.type(' في كل')
    await agree()
    await Promise.all([colleague.leave(), eu.leave()])
  })

  afterAll(async () => {
    await Promise.all([colleague.comeBack(), eu.comeBack()])
    await agree()
  })

  describe('at every edge of every bracket', () => {
    let edges: number[]

    beforeAll(async () => {
      const signs = (await ken.runs(BUSY)).reduce<number[]>(
        (ends, { text }) => [...ends, (ends.at(-1) ?? 0) + text.length],
        [],
      )
      edges = restingPlaces(await ken.runs(BUSY)).filter((offset) =>
        [0, ...signs].some((end) => Math.abs(end - offset) <= 1),
      )
    })

    test.each([
      ['a key', byKey, 'Q', 0],
      ['an input method', byInputMethod, '猫', 1],
    ] as const)('%s', async (_name, write, text, share) => {
      expect(await wrongPlaces(ken, 'KEN', BUSY, shareOf(edges, share, 3), write, text)).toEqual([])
      await agreed(chair, ken)
    })

    test('an input method of a facilitator', async () => {
      const places = shareOf(edges, 2, 3)
      expect(await wrongPlaces(chair, FACILITATORS, BUSY, places, byInputMethod, '猫')).toEqual([])
      await agreed(chair, ken)
    })
  })

  describe('at every place of a paragraph that runs both ways', () => {
    let places: number[]

    beforeAll(async () => {
      places = restingPlaces(await ken.runs(MIXED))
    })

    test.each([
      ['a key', byKey, 'Q', 0],
      ['a key of the other script', byKey, 'ق', 1],
      ['an input method', byInputMethod, 'ظظ', 2],
    ] as const)('%s', async (_name, write, text, share) => {
      expect(await wrongPlaces(ken, 'KEN', MIXED, shareOf(places, share, 3), write, text)).toEqual([])
      await agreed(chair, ken)
    })

    test('an input method of a facilitator', async () => {
      const some = shareOf(places, 2, 3)
      expect(await wrongPlaces(chair, FACILITATORS, MIXED, some, byInputMethod, 'w2')).toEqual([])
      await agreed(chair, ken)
    })
  })
})

/** Composes while somebody else does something to the same paragraph, and waits in between until it has arrived. */
async function composeDuring(label: string, act: () => Promise<void>): Promise<void> {
  const marker = fresh()
  const own = (await ken.text(label)).includes('– KEN]')
  await ken.compose('n', 'ne')
  // Into an own bracket it is written as it is composed; the others put their carets into the text they see.
  if (own) for (const other of [chair, colleague, eu]) await other.reads(label, /ne/)
  await act()
  await Promise.all([chair.saved(), colleague.saved(), eu.saved()])
  await eu.place(marker, { offset: 0 })
  await eu.type('Z')
  await ken.reads(marker, /Z/)
  await ken.compose('nek', 'neko')
  await ken.commit('猫')
  await ken.reads(label, /猫/)
  await agree()
}

describe('while others write in the same paragraph', () => {
  const cases = [
    {
      name: 'nobody does',
      where: 'own',
      act: async () => undefined,
      wanted: 'Rivers[ fi猫rm – KEN] run to the sea.',
    },
    {
      name: 'the base text before it grows',
      where: 'own',
      act: async (label: string) => {
        await chair.place(label, { offset: 0 })
        await chair.type('All ')
      },
      wanted: 'All Rivers[ fi猫rm – KEN] run to the sea.',
    },
    {
      name: 'a colleague writes at its start',
      where: 'own',
      act: async (label: string) => {
        await colleague.place(label, { after: 'Rivers[' })
        await colleague.type('XX')
      },
      wanted: 'Rivers[XX fi猫rm – KEN] run to the sea.',
    },
    {
      name: 'a colleague writes in its middle',
      where: 'own',
      act: async (label: string) => {
        await colleague.place(label, { before: 'm – KEN' })
        await colleague.type('XX')
      },
      wanted: 'Rivers[ fi猫rXXm – KEN] run to the sea.',
    },
    {
      name: 'a colleague writes at its end',
      where: 'own',
      act: async (label: string) => {
        await colleague.place(label, { after: 'rm' })
        await colleague.type('YY')
      },
      wanted: 'Rivers[ fi猫rmYY – KEN] run to the sea.',
    },
    {
      name: 'another proposes beside it',
      where: 'own',
      act: async (label: string) => {
        await eu.select(label, 'run')
        await eu.type('go')
      },
      wanted: 'Rivers[ fi猫rm – KEN] [run / go – EU] to the sea.',
    },
    {
      name: 'nobody does',
      where: 'base',
      act: async () => undefined,
      wanted: 'Rivers run to[猫 – KEN] the sea.',
    },
    {
      name: 'the text before it grows',
      where: 'base',
      act: async (label: string) => {
        await chair.place(label, { offset: 0 })
        await chair.type('All ')
      },
      wanted: 'All Rivers run to[猫 – KEN] the sea.',
    },
    {
      name: 'the text after it grows',
      where: 'base',
      act: async (label: string) => {
        await chair.place(label, { after: 'sea' })
        await chair.type('s')
      },
      wanted: 'Rivers run to[猫 – KEN] the seas.',
    },
    {
      name: 'the text grows right there',
      where: 'base',
      act: async (label: string) => {
        await chair.place(label, { after: 'run to' })
        await chair.type('wards')
      },
      wanted: /^Rivers run to(\[猫 – KEN\]wards|wards\[猫 – KEN\]) the sea\.$/,
    },
    {
      name: 'nobody does',
      where: 'foreign',
      act: async () => undefined,
      wanted: 'Rivers[ gr[猫 – KEN]een – EU] run to the sea.',
    },
    {
      name: 'its owner writes before the place',
      where: 'foreign',
      act: async (label: string) => {
        await eu.place(label, { after: 'Rivers[' })
        await eu.type(' so')
      },
      wanted: 'Rivers[ so gr[猫 – KEN]een – EU] run to the sea.',
    },
    {
      name: 'its owner writes after the place',
      where: 'foreign',
      act: async (label: string) => {
        await eu.place(label, { after: 'een' })
        await eu.type('ish')
      },
      wanted: 'Rivers[ gr[猫 – KEN]eenish – EU] run to the sea.',
    },
  ] as const

  test.each(cases)('composing in $where text: $name', async ({ where, act, wanted }) => {
    const label = fresh()
    if (where === 'own') {
      await colleague.place(label, { after: 'Rivers' })
      await colleague.type(' firm')
    }
    if (where === 'foreign') {
      await eu.place(label, { after: 'Rivers' })
      await eu.type(' green')
    }
    await agree()
    const spot = { own: 'Rivers[ fi', base: 'run to', foreign: 'Rivers[ gr' }[where]
    await ken.place(label, { after: spot })
    await composeDuring(label, () => act(label))
    await ken.reads(label, wanted)
    expect((await ken.caret())?.head).toBe((await ken.text(label)).indexOf('猫') + 1)
  })

  test('a facilitator composes in words that others want deleted: the brackets stay on them', async () => {
    const label = fresh()
    await eu.select(label, 'run to')
    await eu.press('Delete')
    await agree()
    await chair.place(label, { after: '[ru' })
    await chair.compose('n', 'ne', 'neko')
    await chair.commit('猫')
    await agree()
    expect(await eu.text(label)).toBe('Rivers [ru猫n to – EU delete] the sea.')
  })

  test('the bracket is decided meanwhile: what was composed is not lost', async () => {
    const label = fresh()
    await colleague.place(label, { after: 'Rivers' })
    await colleague.type(' firm')
    await agree()
    await ken.place(label, { after: 'Rivers[ fi' })
    await ken.compose('n', 'ne')
    await chair.place(label, { after: 'Rivers[ f' })
    await chair.page
      .locator('[data-row][aria-current="true"]', { hasText: 'rm' })
      .getByRole('button', { name: 'Not retained' })
      .click()
    await chair.reads(label, ENGLISH)
    await chair.saved()
    await ken.compose('nek', 'neko')
    await ken.commit('猫')
    await expect.poll(async () => (await ken.page.locator('main').textContent())?.includes('猫')).toBe(true)
    const offered = await ken.page.getByRole('alert').filter({ hasText: '猫' }).count()
    expect(offered === 1 || (await ken.text(label)).includes('猫')).toBe(true)
    await agree()
  })

  test('nothing went wrong on any page', () => {
    expect(meeting.problems()).toEqual([])
  })
})
