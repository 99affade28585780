import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ACTS } from '#test/chaos/acts.ts'
import { FIRST_FIVE_MINUTES, PARAGRAPH_MENU } from '#test/chaos/coverage.ts'

test('five people in chaos do all that README’s first five minutes tell and a paragraph’s menu offers', () => {
  const names = ACTS.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  const told = Object.values(FIRST_FIVE_MINUTES).flat()
  const known = new Set([...told, ...Object.values(PARAGRAPH_MENU)])
  expect([...known].sort()).toEqual([...names].sort())
})

test('each step of README’s first five minutes is among them', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
  const [, minutes = ''] = /## The first five minutes\n([\s\S]*?)\n## /u.exec(readme) ?? []
  const steps = [...minutes.matchAll(/^(\d+)\. /gmu)].map(([, number]) => Number(number))
  expect(Object.keys(FIRST_FIVE_MINUTES).map(Number)).toEqual(steps)
})
