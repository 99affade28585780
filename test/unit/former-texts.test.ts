import { expect, it } from 'vitest'
import { BUSY, FormerTexts } from '#server/operate/former-texts.ts'
import type { DocumentId } from '#shared/model/ids.ts'

const DOCUMENT = 'd'.repeat(16) as DocumentId

/** A store with rows 1 to `last`, and how often each was asked of it. */
function stored(last: number) {
  const asked: number[] = []
  const rows = { last, fails: false }
  const texts = new FormerTexts({
    textAt: (_document, sequence) => {
      asked.push(sequence)
      if (rows.fails) return Promise.reject(new Error('the disk is gone'))
      return Promise.resolve(sequence <= rows.last ? `text ${sequence}` : null)
    },
  })
  return { texts, asked, rows, at: (sequence: number, asker = 'KEN') => texts.at(DOCUMENT, sequence, asker) }
}

it('8.3 what many ask for at once, and again, is read once', async () => {
  const { at, asked } = stored(3)
  expect(await Promise.all([at(2), at(2), at(2)])).toEqual(['text 2', 'text 2', 'text 2'])
  expect(await at(2)).toBe('text 2')
  expect(asked).toEqual([2])
})

it('8.3 what is asked for least lately is forgotten first', async () => {
  const { at, asked } = stored(20)
  for (let sequence = 1; sequence <= 8; sequence++) await at(sequence)
  await at(1)
  await at(9)
  asked.length = 0
  await at(1)
  await at(2)
  expect(asked).toEqual([2])
})

it('8.3 whoever asks for ever other texts waits for those it asked for, and nobody else does', async () => {
  const { at, asked } = stored(1_000)
  const all = await Promise.all(Array.from({ length: 100 }, (_, i) => at(i + 1)))
  expect(all.filter((text) => text === BUSY)).toHaveLength(68)
  expect(asked).toHaveLength(32)
  const beside = Promise.all([...Array.from({ length: 40 }, (_, i) => at(i + 200)), at(900, 'NOR')])
  expect((await beside).at(-1)).toBe('text 900')
  expect(await at(100)).toBe('text 100')
})

it('8.3 a row that is not there yet, and a store that failed, are asked again', async () => {
  const { at, asked, rows } = stored(1)
  expect(await at(2)).toBeNull()
  rows.last = 2
  expect(await at(2)).toBe('text 2')
  rows.fails = true
  await expect(at(1)).rejects.toThrow('the disk is gone')
  rows.fails = false
  expect(await at(1)).toBe('text 1')
  expect(asked).toEqual([2, 2, 1, 1])
})
