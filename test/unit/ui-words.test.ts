import { describe, expect, test } from 'vitest'
import { toneOf, TONE_COUNT } from '#client/tone.ts'
import { consultationPath } from '#client/ui/home/link.ts'
import { find } from '#client/ui/search/find.ts'
import type { Findable } from '#client/ui/search/find.ts'
import { actOf, SHORTCUTS } from '#client/ui/state/shortcuts.ts'
import type { KeyPress } from '#client/ui/state/shortcuts.ts'
import { timeAgo, timeInBrief, timeInFull } from '#client/ui/words/time.ts'
import type { ParticipantId } from '#shared/model/ids.ts'

const findable = (id: string, label: string, text: string, ...participants: string[]): Findable => ({
  id,
  label,
  readings: [{ text, parts: [{ from: 0, id }] }],
  participants,
})

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  code: '',
  shiftKey: false,
  isComposing: false,
  ...more,
})

const tone = (code: string) => toneOf(code as ParticipantId)

describe('search', () => {
  const items = [
    findable('p1', '1', 'We reaffirm the Côte d’Ivoire declaration, adopted at the twelfth session'),
    findable('p2', '12', 'We invite developed countries', 'KEN', 'EU'),
    findable('p3', '12 bis', 'We stress 12 areas', 'KEN'),
  ]
  const ids = (query: string) => find(items, query).map((found) => found.id)

  test('a number finds its paragraph before the words that contain it', () => {
    expect(ids('12')).toEqual(['p2', 'p3'])
    expect(ids('12 bis')).toEqual(['p3'])
  })

  test('a participant finds every paragraph with its brackets', () => {
    expect(ids('ken')).toEqual(['p2', 'p3'])
  })

  test('case and accents do not matter', () => {
    expect(ids('COTE D’IVOIRE')).toEqual(['p1'])
  })

  test('the excerpt shows the words around, cut at words', () => {
    const [found] = find(items, 'twelfth')
    expect(found?.excerpt).toBe('… declaration, adopted at the twelfth session')
  })

  test('nothing typed finds nothing', () => {
    expect(ids('  ')).toEqual([])
  })
})

describe('times', () => {
  const now = new Date(2026, 2, 10, 15, 30).getTime()
  const minutes = (n: number) => now - n * 60_000

  test('of today', () => {
    expect(timeAgo(minutes(0), now, 'en')).toBe('now')
    expect(timeAgo(minutes(5), now, 'en')).toBe('5 min. ago')
    expect(timeAgo(minutes(90), now, 'en-GB')).toBe('14:00')
  })

  test('of other days', () => {
    expect(timeAgo(new Date(2026, 2, 9, 23, 5).getTime(), now, 'en-GB')).toBe('9 Mar')
    expect(timeInFull(new Date(2026, 2, 9, 23, 5).getTime(), now, 'en-GB')).toBe('9 Mar, 23:05')
  })

  test('in brief, on a line that has room for little', () => {
    expect([0, 5, 90].map((n) => timeInBrief(minutes(n), now, 'de'))).toEqual(['jetzt', '5 Min.', '14:00'])
  })

  test('a clock that runs ahead does not make things happen in the future', () => {
    expect(timeAgo(minutes(-3), now, 'en')).toBe('now')
  })
})

describe('keys', () => {
  test('each shortcut has a key of its own', () => {
    expect(new Set(SHORTCUTS.map((shortcut) => shortcut.key)).size).toBe(SHORTCUTS.length)
    for (const { key, act } of SHORTCUTS) expect(actOf(press(key), false, true)).toBe(act)
  })

  test('not while typing, composing or holding a modifier, nor when single keys are off', () => {
    expect(actOf(press('a'), true, true)).toBeNull()
    expect(actOf(press('a', { isComposing: true }), false, true)).toBeNull()
    expect(actOf(press('a', { ctrlKey: true }), false, true)).toBeNull()
    expect(actOf(press('a', { altKey: true }), false, true)).toBeNull()
    expect(actOf(press('a'), false, false)).toBeNull()
  })

  test('the palette opens from anywhere, also while typing', () => {
    expect(actOf(press('k', { ctrlKey: true }), true, true)).toBe('palette')
    expect(actOf(press('k', { metaKey: true }), false, false)).toBe('palette')
    expect(actOf(press('k'), false, true)).toBe('previous')
  })
})

describe('tones', () => {
  test('are stable, for they tell participants apart from one day to the next', () => {
    expect(['KEN', 'EU', 'G77', 'US', 'JPN'].map(tone)).toEqual([10, 2, 7, 0, 4])
  })

  test('11.4 are one for all aliases: no colour or pattern tells one unnamed delegation from another', () => {
    const tones = ['0', '1', '7', 'v'].map((end) => tone(`Delegation-abcdefg${end}`))
    expect(new Set(tones)).toEqual(new Set(['?']))
  })

  test('lie in the range that the stylesheet defines', () => {
    for (let i = 0; i < 500; i++) {
      const value = tone(`P${i}`)
      expect(value).toBeLessThan(TONE_COUNT)
      expect(value).toBeGreaterThanOrEqual(0)
    }
  })
})

describe('links on the start page', () => {
  const origin = 'https://informals.example.org'

  test('an invitation or a document of this site is opened', () => {
    expect(consultationPath(`${origin}/i/abc`, origin)).toBe('/i/abc')
    expect(consultationPath(` ${origin}/d/abc/ `, origin)).toBe('/d/abc/')
  })

  test('anything else is not', () => {
    for (const link of ['https://elsewhere.example/i/abc', `${origin}/api/x`, 'javascript:alert(1)', ''])
      expect(consultationPath(link, origin)).toBeNull()
  })
})
