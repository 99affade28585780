import { afterAll, beforeAll, expect, test } from 'vitest'
import { Meeting, SENTENCE } from '#test/kit/meeting.ts'
import { agreed } from '#test/kit/screen.ts'
import type { Screen } from '#test/kit/screen.ts'

// Selections that a mouse or a spelling checker makes, in a real browser.

let meeting: Meeting
let ken: Screen
let eu: Screen
let chair: Screen

beforeAll(async () => {
  meeting = await Meeting.call(30, ['KEN', 'EU'])
  ;[ken, eu, chair] = await Promise.all([
    meeting.seat('KEN', 'Amina Otieno'),
    meeting.seat('EU', 'Clara Weiss'),
    meeting.seat('facilitator', 'Orsolya Tamm'),
  ])
})

afterAll(async () => {
  await meeting?.end()
})

const agree = () => agreed(ken, eu, chair)
const [HEAD, TAIL] = [SENTENCE.slice(0, 10), SENTENCE.slice(10)]

/** Drags over two paragraphs, from one offset to the other; backwards when the second label comes first. */
async function drag(screen: Screen, from: string, to: string, offset: number): Promise<void> {
  const [start, end] = await screen.page.evaluate(
    ({ labels, at }) => {
      const spot = (label: string): { x: number; y: number } => {
        const block = document.querySelector(`.ProseMirror > .block[data-label="${label}"]`)!
        block.scrollIntoView({ block: 'nearest' })
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
        const range = document.createRange()
        const text = walker.nextNode()!
        range.setStart(text, at)
        range.setEnd(text, at)
        const { x, y, height } = range.getBoundingClientRect()
        return { x, y: y + height / 2 }
      }
      labels.map(spot)
      return labels.map(spot)
    },
    { labels: [from, to], at: offset },
  )
  const { mouse } = screen.page
  await mouse.move(start!.x, start!.y)
  await mouse.down()
  await mouse.move((start!.x + end!.x) / 2, (start!.y + end!.y) / 2, { steps: 4 })
  await mouse.move(end!.x, end!.y, { steps: 4 })
  await mouse.up()
  await screen.frame()
}

const two = (): [string, string] => [meeting.fresh(), meeting.fresh()]

for (const key of ['Delete', 'Backspace', 'Control+x']) {
  test(`${key} on words dragged over in two paragraphs asks for the deletion in each`, async () => {
    const [first, second] = two()
    await drag(ken, first, second, 10)
    await ken.press(key)
    await agree()
    expect(await eu.text(first)).toBe(`${HEAD}[${TAIL} – KEN delete]`)
    expect(await eu.text(second)).toBe(`[${HEAD} – KEN delete]${TAIL}`)
  })
}

test('dragged backwards and typed over: the words replace those in the first paragraph', async () => {
  const [first, second] = two()
  await drag(ken, second, first, 10)
  await ken.type('ab')
  await agree()
  expect(await eu.text(first)).toBe(`${HEAD}[${TAIL} / ab – KEN]`)
  expect(await eu.text(second)).toBe(`[${HEAD} – KEN delete]${TAIL}`)
})

test('composed over words in two paragraphs', async () => {
  const [first, second] = two()
  await drag(ken, first, second, 10)
  await ken.compose('n', 'ne')
  await ken.commit('猫')
  await agree()
  expect(await eu.text(first)).toBe(`${HEAD}[${TAIL} / 猫 – KEN]`)
  expect(await eu.text(second)).toBe(`[${HEAD} – KEN delete]${TAIL}`)
})

test('a facilitator drags over two paragraphs and types: both stay, with what is left', async () => {
  const [first, second] = two()
  await drag(chair, first, second, 10)
  await chair.type('x')
  await agree()
  expect(await eu.text(first)).toBe(`${HEAD}x`)
  expect(await eu.text(second)).toBe(TAIL)
})

test('a triple click takes the paragraph and nothing of the next', async () => {
  const [first, second] = two()
  await drag(ken, first, first, 3)
  await ken.page
    .locator(`.ProseMirror > .block[data-label="${first}"]`)
    .click({ clickCount: 3, position: { x: 200, y: 10 } })
  await ken.frame()
  await ken.press('Delete')
  await agree()
  expect(await eu.text(first)).toBe(`[${SENTENCE} – KEN delete]`)
  expect(await eu.text(second)).toBe(SENTENCE)
})

test('a spelling checker replaces a word: the whole word is proposed', async () => {
  const at = meeting.fresh()
  await ken.select(at, 'snow')
  await ken.page.evaluate(() => document.execCommand('insertText', false, 'snaw'))
  await agree()
  expect(await eu.text(at)).toBe(SENTENCE.replace('snow', '[snow / snaw – KEN]'))
})

test('a dead key gives one letter in one bracket', async () => {
  const at = meeting.fresh()
  await ken.place(at, { after: 'snow' })
  await ken.compose('´')
  await ken.commit('é')
  await ken.type('t')
  await agree()
  expect(await eu.text(at)).toBe(SENTENCE.replace('snow', 'snow[ét – KEN]'))
})

test('a key right on the heels of a composition stays behind it', async () => {
  const at = meeting.fresh()
  await ken.place(at, { after: 'snow' })
  await ken.compose('ㅎ', '하')
  const cdp = await ken.cdp()
  await Promise.all([cdp.send('Input.insertText', { text: '한' }), ken.page.keyboard.type('!?')])
  await agree()
  expect(await eu.text(at)).toBe(SENTENCE.replace('snow', 'snow[한!? – KEN]'))
})

test('undo after a decision leaves it, and nobody is sent away', async () => {
  const at = meeting.fresh()
  await ken.place(at, { after: 'snow' })
  await ken.type(' ice')
  await agree()
  await chair.page.evaluate(async (label) => {
    const wording = document.querySelector(`.ProseMirror > .block[data-label="${label}"] ins.content`)
    const proposal = wording?.getAttribute('data-id')
    const command = { kind: 'proposal-accept', proposal, seen: wording?.textContent, struck: '' }
    const answer = await fetch(`/api/documents/${location.pathname.split('/').at(-1)}/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key: crypto.randomUUID(), command }),
    })
    if (!answer.ok) throw new Error(await answer.text())
  }, at)
  await ken.reads(at, SENTENCE.replace('snow', 'snow ice'))
  await ken.press('Control+z')
  await ken.type('!')
  await agree()
  expect(await eu.text(at)).toBe(SENTENCE.replace('snow', 'snow ice[! – KEN]'))
})

test('everything selected and deleted: each paragraph keeps its words, asked to go', async () => {
  const at = meeting.fresh()
  await eu.place(at, { after: 'snow' })
  await eu.press('Control+a', 'Control+a', 'Delete')
  await agree()
  expect(await ken.text(at)).toBe(`[${SENTENCE} – EU delete]`)
  expect(await ken.text('30')).toBe(`[${SENTENCE} – EU delete]`)
})

test('nothing went wrong on any page', () => {
  expect(meeting.problems()).toEqual([])
})
