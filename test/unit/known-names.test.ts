import { afterEach, expect, test, vi } from 'vitest'
import { keepNames, knownNames } from '#client/ui/importer/known-names.ts'
import { readText } from '#shared/formats/text/read-text.ts'
import type { ParticipantId } from '#shared/model/ids.ts'

afterEach(() => vi.unstubAllGlobals())

/** What a browser keeps for a page. */
function stubStorage(): Map<string, string> {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
  return kept
}

const answer = (written: string, participant: string | null) => ({
  written,
  participant: participant as ParticipantId | null,
})

test('23.7 who was meant by a name is offered again; the last word counts, and nobody is not offered', () => {
  stubStorage()
  keepNames([answer('Ruritania', 'KEN'), answer('Oz', 'JPN')])
  keepNames([answer('Ruritania', 'CHE'), answer('Nowhere', null)])
  expect([...knownNames()]).toEqual([
    ['Oz', 'JPN'],
    ['Ruritania', 'CHE'],
  ])
})

test('23.7 what is kept is read as something that came from outside', () => {
  const kept = stubStorage()
  for (const value of ['{', '7', '[{"written":"Oz","participant":"delete"}]']) {
    kept.set('informals.names', value)
    expect(knownNames().size).toBe(0)
  }
  keepNames(Array.from({ length: 400 }, (_, i) => answer(`Name ${i}`, 'KEN')))
  expect(knownNames().size).toBe(300)
})

test('23.7 answers about names that a text does not have are passed over', () => {
  const text = new TextEncoder().encode('Wells\n\n1. We dig.\n\n2. We end.')
  expect(readText(text, { names: [answer('Ruritania', 'KEN')] })).toMatchObject({ ok: true, names: [] })
})
