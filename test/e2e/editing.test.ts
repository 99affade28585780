import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Meeting, SENTENCE } from '#test/kit/meeting.ts'
import { agreed } from '#test/kit/screen.ts'
import type { Screen } from '#test/kit/screen.ts'

// Real keys in a real browser: what a gesture becomes, on the own screen and on the others'.

let meeting: Meeting
let chair: Screen
let ken: Screen
let colleague: Screen
let eu: Screen
let observer: Screen

beforeAll(async () => {
  meeting = await Meeting.call(40, ['KEN', 'EU'])
  ;[chair, ken, colleague, eu, observer] = await Promise.all([
    meeting.seat('facilitator', 'Orsolya Tamm'),
    meeting.seat('KEN', 'Amina Otieno'),
    meeting.seat('KEN', 'Peter Mwangi'),
    meeting.seat('EU', 'Clara Weiss'),
    meeting.seat('observer', 'Joaquim Abreu'),
  ])
})

afterAll(async () => {
  await meeting?.end()
})

const agree = () => agreed(chair, ken, colleague, eu, observer)
const swap = (words: string, by: string) => SENTENCE.replace(words, by)

describe('a delegation writes in the base text', () => {
  test('a word that is typed is one bracket', async () => {
    const at = meeting.fresh()
    await ken.place(at, { after: 'Rivers' })
    await ken.type(' and springs')
    await agree()
    expect(await eu.text(at)).toBe(swap('Rivers', 'Rivers[ and springs – KEN]'))
  })

  test('what is selected and typed over is one replacement', async () => {
    const at = meeting.fresh()
    await ken.select(at, 'snow')
    await ken.type('ice')
    await agree()
    expect(await eu.text(at)).toBe(swap('snow', '[snow / ice – KEN]'))
  })

  test('Backspace, pressed again and again, extends one deletion; what is typed then replaces it', async () => {
    const at = meeting.fresh()
    await ken.place(at, { after: 'snow' })
    await ken.press('Backspace', 'Backspace', 'Backspace', 'Backspace')
    expect(await ken.text(at)).toBe(swap('snow', '[snow – KEN delete]'))
    await ken.type('ice')
    await agree()
    expect(await eu.text(at)).toBe(swap('snow', '[snow / ice – KEN]'))
  })

  test('Delete, pressed again and again, extends one deletion', async () => {
    const at = meeting.fresh()
    await ken.place(at, { before: 'high ' })
    await ken.press('Delete', 'Delete', 'Delete', 'Delete', 'Delete')
    await agree()
    expect(await eu.text(at)).toBe(swap('high ', '[high – KEN delete] '))
  })

  test('Control and Backspace asks for the deletion of the word', async () => {
    const at = meeting.fresh()
    await ken.place(at, { after: 'snow' })
    await ken.press('Control+Backspace')
    await agree()
    expect(await eu.text(at)).toBe(swap('snow', '[snow – KEN delete]'))
  })
})

test('a key on the heels of a click goes where the click was', async () => {
  const at = meeting.fresh()
  await ken.place(meeting.fresh(), { after: 'snow' })
  await ken.page.evaluate((label) => {
    const block = document.querySelector(`.ProseMirror > .block[data-label="${label}"]`)
    // What a click does: the browser tells of the selection only when this is over.
    getSelection()?.collapse(document.createTreeWalker(block!, NodeFilter.SHOW_TEXT).nextNode(), 6)
    const key = { key: 'q', charCode: 113, bubbles: true, cancelable: true }
    for (const type of ['keydown', 'keypress']) block!.dispatchEvent(new KeyboardEvent(type, key))
  }, at)
  await ken.reads(at, SENTENCE.replace('Rivers', 'Rivers[q – KEN]'))
})

describe('brackets', () => {
  test('Backspace behind a bracket steps over its name, and goes on in its wording', async () => {
    const at = meeting.fresh()
    await ken.place(at, { after: 'Rivers' })
    await ken.type(' too')
    await ken.place(at, { after: ' too – KEN]' })
    await ken.press('Backspace')
    expect(await ken.text(at)).toBe(swap('Rivers', 'Rivers[ too – KEN]'))
    await ken.press('Backspace')
    expect(await ken.text(at)).toBe(swap('Rivers', 'Rivers[ to – KEN]'))
    await ken.press('Backspace', 'Backspace', 'Backspace')
    await agree()
    expect(await eu.text(at)).toBe(SENTENCE)
  })

  test('typing in another’s bracket amends it', async () => {
    const at = meeting.fresh()
    await ken.place(at, { after: 'Rivers' })
    await ken.type(' and springs')
    await agree()
    await eu.place(at, { after: '[ and' })
    await eu.type(' clear')
    await agree()
    expect(await ken.text(at)).toBe(swap('Rivers', 'Rivers[ and[ clear – EU] springs – KEN]'))
  })

  test('two colleagues type in the same bracket at once, and both carets stay', async () => {
    const at = meeting.fresh()
    await ken.place(at, { after: 'Rivers' })
    await ken.type(' and springs')
    await agree()
    await Promise.all([ken.place(at, { after: '[ and' }), colleague.place(at, { after: 'springs' })])
    await Promise.all([ken.type(' all the many'), colleague.type(' of clear water')])
    await agree()
    const wanted = swap('Rivers', 'Rivers[ and all the many springs of clear water – KEN]')
    expect(await eu.text(at)).toBe(wanted)
    expect((await ken.caret())?.head).toBe(wanted.indexOf(' springs'))
    expect((await colleague.caret())?.head).toBe(wanted.indexOf(' – KEN'))
  })

  test('a facilitator edits base text under a bracket', async () => {
    const at = meeting.fresh()
    await ken.select(at, 'snow of high')
    await ken.type('ice')
    await agree()
    await chair.place(at, { after: '[snow' })
    await chair.type(' and rain')
    await agree()
    expect(await ken.text(at)).toBe(swap('snow of high', '[snow and rain of high / ice – KEN]'))
    await chair.place(at, { after: 'Rivers' })
    await chair.type(' all')
    await agree()
    expect(await eu.text(at)).toMatch(/^Rivers all begin/)
  })

  test('arrow keys walk over signs in both directions and never get stuck', async () => {
    const at = meeting.fresh()
    await ken.select(at, 'snow')
    await ken.type('ice')
    await ken.place(at, { after: 'Rivers' })
    await ken.type(' all')
    await agree()
    const { length } = await ken.text(at)
    await ken.place(at, { offset: 0 })
    const walk = async (key: string, end: number) => {
      const seen: number[] = []
      for (let steps = 0; steps < length + 5; steps++) {
        await ken.press(key)
        await ken.frame()
        const offset = (await ken.caret())?.head ?? -1
        seen.push(offset)
        if (offset === end) return seen
      }
      throw new Error(`${key} never came to ${end}: ${seen.join(' ')}`)
    }
    const forth = await walk('ArrowRight', length)
    const back = await walk('ArrowLeft', 0)
    expect(forth.every((offset, i) => i === 0 || offset > (forth[i - 1] ?? 0))).toBe(true)
    expect([length, ...back].toReversed()).toEqual([0, ...forth])
  })

  test('a click on a name puts the caret at its edge', async () => {
    const at = meeting.fresh()
    await ken.place(at, { after: 'Rivers' })
    await ken.type(' all')
    await ken.saved()
    const text = await ken.text(at)
    const [from, to] = [text.indexOf(' – KEN]'), text.indexOf(' – KEN]') + ' – KEN]'.length]
    const name = ken.page.locator(`.block[data-label="${at}"] .sign[data-side="wording-end"]`)
    const box = await name.boundingBox()
    if (!box) throw new Error('the name is not shown')
    for (const part of [0.2, 0.4, 0.6, 0.8]) {
      await ken.page.mouse.click(box.x + box.width * part, box.y + box.height / 2)
      await expect.poll(async () => [from, to].includes((await ken.caret())?.head ?? -1)).toBe(true)
    }
  })
})

describe('paragraphs and the clipboard', () => {
  test('Enter proposes a new paragraph; Backspace in the empty one takes it back', async () => {
    const at = meeting.fresh()
    const before = await agree()
    await ken.place(at, { after: 'warm sea.' })
    await ken.press('Enter')
    await expect.poll(() => ken.texts()).toHaveLength(before.length + 1)
    await ken.press('Backspace')
    await expect.poll(() => ken.texts()).toHaveLength(before.length)
    expect(await agree()).toEqual(before)
  })

  test('a new paragraph is numbered, and amended like a bracket', async () => {
    const at = meeting.fresh()
    await ken.place(at, { after: 'warm sea.' })
    await ken.press('Enter')
    await ken.type('Lakes are still.')
    await eu.reads(`${at} bis`, '[Lakes are still. – KEN]')
    await agree()
    await eu.place(`${at} bis`, { after: 'Lakes' })
    await eu.type(' and ponds')
    await agree()
    expect(await chair.text(`${at} bis`)).toBe('[Lakes[ and ponds – EU] are still. – KEN]')
  })

  test('of two pasted lines the first goes into the sentence, the second is a new paragraph', async () => {
    const at = meeting.fresh()
    await ken.place(at, { after: 'Rivers' })
    await paste(ken, ', brooks\nThe second line.')
    await agree()
    expect(await eu.text(at)).toBe(swap('Rivers', 'Rivers[, brooks – KEN]'))
    expect(await eu.text(`${at} bis`)).toBe('[The second line. – KEN]')
  })

  test('copying gives the literal brackets; pasting them gives words, and nobody’s marks', async () => {
    const at = meeting.fresh()
    const target = meeting.fresh()
    await eu.place(at, { after: 'Rivers' })
    await eu.type(' of Europe')
    await agree()
    await ken.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await ken.place(at, { before: 'Rivers' }, { before: ' in the snow' })
    await ken.press('Control+c')
    await expect
      .poll(() => ken.page.evaluate(() => navigator.clipboard.readText()))
      .toBe('Rivers[ of Europe – EU] begin')
    await ken.place(target, { after: 'high mountains' })
    await ken.press('Control+v')
    await agree()
    expect(await eu.text(target)).toBe(swap('high mountains', 'high mountains[Rivers of Europe begin – KEN]'))
    expect((await eu.runs(target)).filter(({ side }) => side !== null).map(({ by }) => by)).toEqual([
      'KEN',
      'KEN',
    ])
  })
})

// What is typed with pauses is taken back in several steps, and a slow machine pauses: these words come at once.
describe('undo', () => {
  test('takes back one’s own words and leaves a colleague’s; redo brings them again', async () => {
    const at = meeting.fresh()
    await ken.place(at, { after: 'Rivers' })
    await ken.page.keyboard.insertText(' and springs')
    await agree()
    await colleague.place(at, { after: 'springs' })
    await colleague.page.keyboard.insertText(' of ours')
    await agree()
    await ken.press('Control+z')
    await ken.reads(at, swap('Rivers', 'Rivers[ of ours – KEN]'))
    await agree()
    await ken.press('Control+Shift+z')
    await ken.reads(at, swap('Rivers', 'Rivers[ and springs of ours – KEN]'))
    await agree()
    await colleague.press('Control+z')
    await colleague.reads(at, swap('Rivers', 'Rivers[ and springs – KEN]'))
    await agree()
  })

  test('takes back a replacement with one stroke', async () => {
    const at = meeting.fresh()
    await ken.select(at, 'snow')
    await ken.type('i')
    await ken.saved()
    await ken.press('Control+z')
    await ken.reads(at, SENTENCE)
    await agree()
  })
})

describe('while others write', () => {
  test('their edits before and behind it do not move the own caret', async () => {
    const at = meeting.fresh()
    await ken.place(at, { after: 'high' })
    await Promise.all([eu.place(at, { after: 'Rivers' }), chair.place(at, { after: 'warm' })])
    await Promise.all([eu.type(' and streams'), chair.type('er')])
    await ken.type(' and cold')
    await agree()
    expect(await observer.text(at)).toBe(
      'Rivers[ and streams – EU] begin in the snow of high[ and cold – KEN] mountains and end in the warmer sea.',
    )
  })

  test('… nor the text under one’s eyes', async () => {
    const at = '38'
    const block = ken.page.locator(`.block[data-label="${at}"]`)
    await ken.place(at, { after: 'snow' })
    await block.evaluate((element) => element.scrollIntoView({ block: 'center' }))
    const top = () => block.evaluate((element) => Math.round(element.getBoundingClientRect().top))
    const before = await top()
    const caret = await ken.caret()
    await eu.place('23', { after: 'Rivers' })
    await paste(eu, ', the first and the last of all the waters that run over the earth in our days,')
    await eu.place('24', { after: 'warm sea.' })
    await eu.press('Enter')
    await paste(eu, 'A further paragraph, long enough to take two lines on every screen that one may have.')
    await chair.place('25', { after: 'Rivers' })
    await paste(chair, ' and all other waters of which we have heard at one time or another in our lives')
    await agree()
    await ken.frame()
    expect(await ken.caret()).toEqual(caret)
    expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(2)
  })

  test('an observer’s keys change nothing', async () => {
    const before = await agree()
    await observer.page.locator('.ProseMirror .block').nth(3).click()
    await observer.type('x')
    await observer.press('Backspace', 'Delete', 'Enter', 'Control+v')
    expect(await agree()).toEqual(before)
    expect(await observer.page.locator('.ProseMirror').getAttribute('contenteditable')).toBe('false')
  })

  test('nothing went wrong on any page', () => {
    expect(meeting.problems()).toEqual([])
  })
})

async function paste(screen: Screen, text: string): Promise<void> {
  await screen.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await screen.page.evaluate((words) => navigator.clipboard.writeText(words), text)
  await screen.press('Control+v')
}
