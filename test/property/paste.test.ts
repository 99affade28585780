import { JSDOM } from 'jsdom'
import { expect, test } from 'vitest'
import { withTable } from '#client/editor/paste/html-lines.ts'
import { plainLines } from '#client/editor/paste/plain-lines.ts'
import { histories } from '#test/kit/histories.ts'
import { drawn, pastedOf } from '#test/kit/parse-html.ts'
import { randomHtml } from '#test/kit/random-html.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const { DOMParser } = new JSDOM('').window
/** The words are a letter and a number each. What is left out between two numbers may make one of them. */
const lettersOf = (text: string): string => text.replaceAll(/[^w\d]/g, '')

test('16.10 whatever HTML is pasted comes to lines of its own words, in their order', () => {
  let words = 0
  for (const seed of seedsUpTo(histories(0.4))) {
    const random = new Random(seed)
    const html = randomHtml(random, 4 + random.int(40))
    const lines = pastedOf(html)
    for (const line of lines)
      expect(line, `seed ${seed}`).toMatch(/^[^\p{Cc}\u00a0\u00ad\u202e]*\S[^\p{Cc}\u00a0\u00ad\u202e]*$/u)
    const pasted = lettersOf(lines.join(' '))
    const source = new DOMParser().parseFromString(withTable(html), 'text/html').documentElement.textContent
    expect(isWithin(pasted, lettersOf(source)), `seed ${seed}`).toBe(true)
    words += pasted.match(/w/g)?.length ?? 0
  }
  // It would prove nothing if all was left out.
  expect(words).toBeGreaterThan(histories(0.4))
})

test('16.10 whatever text is pasted comes to lines without line breaks, and loses no word', () => {
  for (const seed of seedsUpTo(histories(0.4))) {
    const random = new Random(seed)
    const parts = [
      'word',
      'a long line of words that a mail would break',
      ' ',
      '\t',
      '\n',
      '\r\n',
      '\u00a0',
      '> ',
      '\f',
      '\u2028',
      '.',
    ]
    const text = Array.from({ length: random.int(30) }, () => random.pick(parts)).join('')
    const lines = plainLines(text).map(drawn)
    for (const line of lines) expect(line, `seed ${seed}`).not.toMatch(/[\n\r\t\f\u00a0\u2028]/)
    expect(lines.join(' ').match(/\w+/g), `seed ${seed}`).toEqual(text.match(/\w+/g))
  }
})

/** Whether the characters of one text stand in another in the same order. */
function isWithin(part: string, whole: string): boolean {
  let at = 0
  for (const character of whole) if (character === part[at]) at++
  return at === part.length
}
