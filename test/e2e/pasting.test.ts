import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Meeting, SENTENCE } from '#test/kit/meeting.ts'
import { agreed } from '#test/kit/screen.ts'
import type { Compared } from '#test/kit/paste-page.ts'
import type { Screen } from '#test/kit/screen.ts'

// Words that come otherwise than by keys: pasted, dropped, corrected by an aid.

const FINANCIAL = 'Rivers begin in the financial snow of high mountains.'

let meeting: Meeting
let ken: Screen
let chair: Screen

beforeAll(async () => {
  meeting = await Meeting.call(
    [...Array.from({ length: 10 }, () => FINANCIAL), ...Array.from({ length: 10 }, () => SENTENCE)],
    ['KEN'],
  )
  ;[ken, chair] = await Promise.all([
    meeting.seat('KEN', 'Amina Otieno'),
    meeting.seat('facilitator', 'Orsolya Tamm'),
  ])
})

afterAll(async () => {
  await meeting?.end()
})

let word = 1
/** A paragraph with the word that is corrected, and one without, that no test has touched. */
const freshWord = () => String(++word)
let place = 10
const freshPlace = () => String(++place)

const agree = () => agreed(ken, chair)
const corrected = (by: string) => FINANCIAL.replace('financial', by)

/** What a program leaves on the clipboard, or drops at the caret. */
async function bring(screen: Screen, html: string, how: 'paste' | 'drop' = 'paste'): Promise<void> {
  await screen.page.evaluate(
    ([source, way]) => {
      const data = new DataTransfer()
      data.setData('text/html', source)
      const common = { bubbles: true, cancelable: true }
      const range = getSelection()!.getRangeAt(0)
      const { left, top, height } = range.getBoundingClientRect()
      const at = { clientX: left, clientY: top + height / 2 }
      const event =
        way === 'paste'
          ? new ClipboardEvent('paste', { ...common, clipboardData: data })
          : new DragEvent('drop', { ...common, ...at, dataTransfer: data })
      range.startContainer.parentElement!.dispatchEvent(event)
    },
    [html, how] as const,
  )
}

describe('pasting', () => {
  test('16.10 what Word has copied stands in one’s own bracket, emphasis and all; the rest is new paragraphs', async () => {
    const at = freshPlace()
    await ken.place(at, { before: 'high' })
    await bring(
      ken,
      `<p class=MsoNormal>the <i>very</i>&nbsp;<del>low</del><ins>last</ins> <o:p></o:p></p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span>1.<span>&nbsp;&nbsp;</span></span><![endif]>plant</p>`,
    )
    await agree()
    expect(await chair.text(at)).toBe(SENTENCE.replace('high', '[the very last – KEN]high'))
    expect(await chair.text(`${at} bis`)).toBe('[plant – KEN]')
    await expect.poll(() => chair.page.locator(`.block[data-label="${at}"] em`).textContent()).toBe('very')
  })

  test('16.10 what is dropped goes to where it is dropped', async () => {
    const at = freshPlace()
    await ken.place(at, { before: 'snow' })
    await bring(ken, '<p>first <b>snow</b> and</p>', 'drop')
    await agree()
    expect(await chair.text(at)).toBe(SENTENCE.replace('snow', '[first snow and – KEN]snow'))
  })

  test('16.11 a picture changes nothing, not even what is selected', async () => {
    const at = freshPlace()
    await ken.select(at, 'snow')
    await bring(ken, '<img src="x" onerror="document.title = \'ran\'">')
    await ken.frame()
    expect(await ken.text(at)).toBe(SENTENCE)
    expect(await ken.page.title()).not.toBe('ran')
    expect(await ken.page.evaluate(() => String(getSelection()))).toBe('snow')
  })

  test('16.12 16.13 what is copied here is pasted as the words that would stand, in either form', async () => {
    const at = freshPlace()
    await ken.select(at, 'warm')
    await ken.type('cold')
    await agree()
    await ken.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await ken.select(at, '[warm / cold – KEN] sea')
    await ken.press('Control+c')
    for (const key of ['Control+v', 'Control+Shift+v']) {
      const target = freshPlace()
      await chair.page.bringToFront()
      await ken.page.bringToFront()
      await ken.place(target, { before: 'warm' })
      await ken.press(key)
      await ken.reads(target, SENTENCE.replace('warm', '[cold sea – KEN]warm'))
    }
    await agree()
  })

  test('16.14 whoever pastes what nobody sees is told that it was left out', async () => {
    const at = freshPlace()
    await ken.place(at, { before: 'snow' })
    await bring(ken, '<p>pure\u202e\u200b </p>')
    await ken.reads(at, SENTENCE.replace('snow', '[pure – KEN]snow'))
    await ken.page.getByRole('paragraph').filter({ hasText: 'Characters that cannot be seen' }).waitFor()
  })

  test('16.10 16.11 of a random document those words are pasted that a browser shows, as they are emphasised', async () => {
    const page = await meeting.browser.newPage()
    // In the mode of old pages tables inherit nothing.
    await page.setContent('<!doctype html>')
    const bundle = await build({
      configFile: false,
      logLevel: 'error',
      build: {
        write: false,
        lib: { entry: join(import.meta.dirname, '../kit/paste-page.ts'), name: 'paste', formats: ['iife'] },
      },
    })
    const [output] = Array.isArray(bundle) ? bundle : [bundle]
    if (!output || !('output' in output)) throw new Error('nothing was built')
    await page.addScriptTag({ content: output.output[0].code })
    const found = await page.evaluate(() => {
      const { paste } = window as unknown as { paste: PastePage }
      return Array.from({ length: 400 }, (_, i) => paste.compare(i + 1))
    })
    for (const [i, { html, pasted, shown }] of found.entries()) {
      expect(pasted.words, `seed ${i + 1}: ${html}`).toEqual(shown.words)
      // Invisible blocks part nothing in `innerText`, and cells are not apart there.
      if (!/<t(?:able|body|r|d|h)|visibility/.test(html))
        expect(pasted.tokens, `seed ${i + 1}: ${html}`).toEqual(shown.tokens)
    }
    expect(found.flatMap(({ shown }) => shown.words).length).toBeGreaterThan(1_000)
    await page.close()
  })
})

describe('16.15 a correction proposes whole words', () => {
  const wanted = corrected('[financial / fiscal – KEN]')

  /** Waits for the correction, for the caret behind it, and takes it back with one stroke. */
  async function isOneStep(at: string): Promise<void> {
    await ken.reads(at, wanted)
    await expect.poll(async () => (await ken.caret())?.head).toBe(wanted.indexOf(' – KEN'))
    await agree()
    await ken.press('Control+z')
    await ken.reads(at, FINANCIAL)
  }

  test('announced by the browser as a replacement', async () => {
    const at = freshWord()
    await ken.place(at, { after: 'financial' })
    await aid(ken, at, 'financial', 'fiscal', 'announced')
    await isOneStep(at)
  })

  test('announced for the letters that differ', async () => {
    const at = freshWord()
    await ken.place(at, { after: 'financial' })
    await aid(ken, at, 'nanci', 'sc', 'announced')
    await isOneStep(at)
  })

  test('by a command of the browser over the word', async () => {
    const at = freshWord()
    await ken.place(at, { offset: 0 })
    await aid(ken, at, 'financial', 'fiscal', 'command')
    await isOneStep(at)
  })

  test('by an extension that writes into the page', async () => {
    const at = freshWord()
    await ken.place(at, { offset: 0 })
    await aid(ken, at, 'financial', 'fiscal', 'node')
    await ken.reads(at, wanted)
    await agree()
    await ken.press('Control+z')
    await ken.reads(at, FINANCIAL)
  })

  test('by dictation over the selected word', async () => {
    const at = freshWord()
    await ken.select(at, 'financial')
    await (await ken.cdp()).send('Input.insertText', { text: 'fiscal' })
    await isOneStep(at)
  })

  test('by dictation over selected letters of it, with no key', async () => {
    const at = freshWord()
    await ken.select(at, 'nanci')
    await (await ken.cdp()).send('Input.insertText', { text: 'sc' })
    await isOneStep(at)
  })

  test('by an input method over the selected word', async () => {
    const at = freshWord()
    await ken.select(at, 'financial')
    await ken.compose('f', 'fis', 'fisca')
    await ken.commit('fiscal')
    await isOneStep(at)
  })

  test('by a keyboard that composes a word anew', async () => {
    const at = '1'
    await ken.place(at, { after: 'financial' })
    // Counted from the start of the whole text: the title stands before the first paragraph.
    const start = 'Draft Outcome Document\n'.length + FINANCIAL.indexOf('financial')
    const range = { replacementStart: start, replacementEnd: start + 'financial'.length }
    const caret = { selectionStart: 6, selectionEnd: 6 }
    await (await ken.cdp()).send('Input.imeSetComposition', { text: 'fiscal', ...caret, ...range })
    await ken.frame()
    await ken.commit('fiscal')
    await isOneStep(at)
  })

  test('letters typed and deleted by hand stay letters', async () => {
    const at = freshWord()
    await ken.place(at, { after: 'fi' }, { before: 'al snow' })
    await ken.type('sc')
    await ken.reads(at, corrected('fi[nanci / sc – KEN]al'))
    await ken.place(at, { after: 'high' })
    await ken.press('Backspace')
    await ken.reads(at, corrected('fi[nanci / sc – KEN]al').replace('high', 'hig[h – KEN delete]'))
    await agree()
  })

  test('a facilitator’s word is corrected as such', async () => {
    const at = freshWord()
    await chair.place(at, { after: 'financial' })
    await aid(chair, at, 'financial', 'fiscal', 'announced')
    await ken.reads(at, corrected('fiscal'))
    await agree()
  })

  test('nothing went wrong on any page', () => {
    expect(meeting.problems()).toEqual([])
  })
})

async function aid(
  screen: Screen,
  label: string,
  gone: string,
  by: string,
  how: Replacing['how'],
): Promise<void> {
  const replacing: Replacing = { label, gone, by, how }
  await screen.page.evaluate(replaceInPage, replacing)
}

/** What the bundle of `paste-page.ts` puts on a page. */
interface PastePage {
  compare(seed: number): Compared
}

interface Replacing {
  readonly label: string
  readonly gone: string
  readonly by: string
  readonly how: 'announced' | 'command' | 'node'
}

/** What an aid does in the page: it runs there, and may use nothing of this module. */
const replaceInPage = ({ label, gone, by, how }: Replacing): void => {
  const block = document.querySelector(`.ProseMirror > .block[data-label="${label}"]`)!
  const node = document.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode() as Text
  const from = node.data.indexOf(gone)
  const range = document.createRange()
  range.setStart(node, from)
  range.setEnd(node, from + gone.length)
  if (how === 'announced') {
    const data = new DataTransfer()
    data.setData('text/plain', by)
    const targetRanges = [
      new StaticRange({
        startContainer: node,
        startOffset: from,
        endContainer: node,
        endOffset: from + gone.length,
      }),
    ]
    const common = { inputType: 'insertReplacementText', bubbles: true, cancelable: true }
    block.dispatchEvent(new InputEvent('beforeinput', { ...common, dataTransfer: data, targetRanges }))
  } else if (how === 'command') {
    const selection = getSelection()!
    selection.removeAllRanges()
    selection.addRange(range)
    document.execCommand('insertText', false, by)
  } else node.replaceData(from, gone.length, by)
}
