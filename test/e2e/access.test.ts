import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Meeting, SENTENCE } from '#test/kit/meeting.ts'
import { agreed } from '#test/kit/screen.ts'
import type { Screen } from '#test/kit/screen.ts'

// For everyone: no serious finding on any screen, and the facilitators' whole work without a mouse.

const ARABIC = 'تبدأ الأنهار في ثلوج الجبال العالية وتنتهي في البحر الدافئ.'

let meeting: Meeting
let chair: Screen
let ken: Screen
let observer: Screen

beforeAll(async () => {
  meeting = await Meeting.call([...Array.from({ length: 10 }, () => SENTENCE), ARABIC], ['KEN', 'EU'])
  ;[chair, ken, observer] = await Promise.all([
    meeting.seat('facilitator', 'Orsolya Tamm'),
    meeting.seat('KEN', 'Amina Otieno'),
    meeting.seat('observer', 'Joaquim Abreu'),
  ])
  for (const at of ['1', '2', '3', '4']) {
    await ken.place(at, { after: 'Rivers' })
    await ken.type(' and springs')
  }
  await ken.select('2', 'snow')
  await ken.type('ice')
  await ken.place('3', { after: 'sea.' })
  await ken.press('Enter')
  await ken.type('Lakes are still.')
  await agreed(chair, ken, observer)
})

afterAll(async () => {
  await meeting?.end()
})

/** What a person with a screen reader, or with weak eyes, would run into; empty when nothing. */
async function findings(screen: Screen): Promise<string[]> {
  // Colours in between, while something fades, are nobody's.
  await screen.page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)))
  const { violations } = await new AxeBuilder({ page: screen.page })
    // The others need not be described; and no page here has frames, whose findings would be gathered in a window of their own.
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.html.slice(0, 160)}`),
    )
}

const current = () => chair.page.locator('[data-row][aria-current="true"]')
const dialog = (screen: Screen) => screen.page.getByRole('dialog')

/** Looks at the dialog that is open, and closes it whatever is found. */
async function examine(screen: Screen, name: string): Promise<string[]> {
  await dialog(screen).waitFor()
  await screen.frame()
  await screen.shoot(`access-${name.toLowerCase()}`)
  const found = await findings(screen)
  await screen.press('Escape')
  await dialog(screen).waitFor({ state: 'detached' })
  return found
}

describe('no serious finding', () => {
  test('on the text, as each role', async () => {
    for (const screen of [chair, ken, observer]) expect(await findings(screen)).toEqual([])
  })

  test('with the caret in a bracket and its card open', async () => {
    await ken.place('1', { after: ' and sp' })
    expect(await findings(ken)).toEqual([])
  })

  test.each([
    ['shortcuts', '?'],
    ['search', '/'],
    ['commands', 'Control+k'],
  ])('in the dialog: %s', async (name, key) => {
    await chair.press(key)
    expect(await examine(chair, name)).toEqual([])
  })

  test.each(['Invite', 'Import', 'History'])('in the dialog that a command opens: %s', async (name) => {
    await chair.press('Control+k')
    await dialog(chair).waitFor()
    await chair.type(name)
    await chair.page.getByRole('listbox').getByRole('option').first().waitFor()
    await chair.press('Enter')
    await chair.page.getByRole('heading', { name: new RegExp(name) }).waitFor()
    expect(await examine(chair, name)).toEqual([])
  })

  test('in the dark', async () => {
    for (const screen of [chair, ken]) {
      await screen.page.emulateMedia({ colorScheme: 'dark' })
      await screen.frame()
      expect(await findings(screen)).toEqual([])
      await screen.shoot(`access-dark-${screen === chair ? 'facilitator' : 'delegation'}`)
      await screen.page.emulateMedia({ colorScheme: 'light' })
    }
  })

  test('on a telephone', async () => {
    await observer.page.setViewportSize({ width: 390, height: 844 })
    await observer.frame()
    expect(await findings(observer)).toEqual([])
    await observer.page.locator('ins.content').first().click()
    await observer.frame()
    expect(await findings(observer)).toEqual([])
    await observer.shoot('access-telephone')
    const wider = () => observer.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(await wider()).toBeLessThanOrEqual(0)
  })
})

/** By how much the page, or the dialog that is open, is wider than its window. */
const tooWide = (screen: Screen): Promise<number> =>
  screen.page.evaluate(() => {
    const dialogs = [...document.querySelectorAll('[role="dialog"]')]
    return Math.max(
      document.documentElement.scrollWidth - innerWidth,
      ...dialogs.flatMap((one) => [
        one.scrollWidth - one.clientWidth,
        one.getBoundingClientRect().right - innerWidth,
      ]),
    )
  })

describe('16.7 nothing is cut off', () => {
  const DIALOGS = [
    'Keyboard shortcuts',
    'Search the text',
    'History of decisions',
    'Compare…',
    'All comments',
    'Silence procedure',
    'Issue a revision…',
    'Attribution of proposals…',
    'Write for a delegation…',
    'Meeting…',
    'Show paragraphs: By delegation',
    'Import a text…',
    'Invite…',
    'Change your name',
  ]

  // 1280 pixels at 200 %, and the narrowest that the guidelines for accessible pages name.
  test.each([
    [640, 450],
    [320, 256],
  ])('no page and no dialog scrolls sideways in %d by %d pixels', async (width, height) => {
    const wide = { width: 1440, height: 900 }
    for (const screen of [chair, ken]) {
      await screen.page.setViewportSize({ width, height })
      await screen.frame()
      expect(await tooWide(screen), screen.name).toBeLessThanOrEqual(0)
    }
    for (const name of DIALOGS) {
      await chair.press('Control+k')
      await dialog(chair).waitFor()
      await chair.type(name)
      await chair.page.getByRole('option', { name }).first().waitFor()
      await chair.press('Enter')
      await chair.page.getByRole('textbox', { name: 'All commands' }).waitFor({ state: 'detached' })
      await dialog(chair).waitFor()
      expect(await tooWide(chair), name).toBeLessThanOrEqual(0)
      await chair.press('Escape')
      await dialog(chair).waitFor({ state: 'detached' })
    }
    for (const screen of [chair, ken]) await screen.page.setViewportSize(wide)
  })

  test('on paper a paragraph that runs from right to left has its number beside it', async () => {
    await chair.page.emulateMedia({ media: 'print' })
    const number = await chair.page
      .locator('.ProseMirror .block', { hasText: 'الأنهار' })
      .evaluate((block) => {
        const sign = getComputedStyle(block, '::before')
        const { left, right } = block.getBoundingClientRect()
        const edge = right - Number.parseFloat(sign.right)
        return { content: sign.content, left: edge - Number.parseFloat(sign.width), right: edge, from: left }
      })
    expect(number.content).toBe('"11"')
    expect(number.right).toBeLessThanOrEqual(1440)
    expect(number.left).toBeGreaterThan(number.from)
    const page = await chair.page.evaluate(
      () => document.querySelector('main')!.getBoundingClientRect().right,
    )
    expect(number.right).toBeLessThanOrEqual(page)
    await chair.page.emulateMedia({ media: 'screen' })
  })

  test.each(['screen', 'print'] as const)(
    'a number with a suffix keeps to the height of a line from right to left too, on %s',
    async (media) => {
      await chair.page.emulateMedia({ media })
      const [height, line] = await chair.page
        .locator('.ProseMirror .block', { hasText: 'الأنهار' })
        .evaluate((block: HTMLElement) => {
          const { label } = block.dataset
          block.dataset.label = `${label} bis`
          const { height: whole } = getComputedStyle(block, '::before')
          block.dataset.label = label
          return [whole, getComputedStyle(block, '::before').height].map(Number.parseFloat)
        })
      await chair.page.emulateMedia({ media: 'screen' })
      expect(height).toBeLessThan(1.5 * line!)
    },
  )
})

/** Runs in the page: from now on what live regions say is written down. */
function listenIn(): void {
  const said: string[] = []
  Object.assign(window, { said })
  const live =
    '[aria-live="polite"], [aria-live="assertive"], [role="alert"], [role="status"], output:not([aria-live])'
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement
      const region = element?.closest(live)
      if (region && !region.closest('[aria-live="off"]') && region.textContent) said.push(region.textContent)
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
}

const heardBy = (screen: Screen): Promise<string[]> =>
  screen.page.evaluate(() => (window as Window & { said?: string[] }).said ?? [])

describe('with a screen reader', () => {
  test('18.1 18.3 seventeen keys are announced by one sentence, on what they do; 18.2 a decision by its own', async () => {
    for (const screen of [ken, observer]) await screen.page.evaluate(listenIn)
    await ken.place('5', { after: 'snow' })
    await expect.poll(async () => (await heardBy(ken)).at(-1)).toMatch(/^You are proposing an insertion/)
    const before = (await heardBy(ken)).length
    await ken.type(' and seventeen ke')
    await ken.saved()
    await expect.poll(async () => (await heardBy(ken)).slice(before)).toEqual(['Editing your bracket'])
    await chair.page.locator('[data-row]').filter({ hasText: 'seventeen' }).first().focus()
    await chair.press('r')
    await expect.poll(() => heardBy(observer)).toContain('Not retained: KEN’s insertion in 5')
  })
})

describe('without a mouse', () => {
  test('the facilitator goes through the brackets, decides, takes back, and edits', async () => {
    await chair.reload()
    await chair.saved()
    await chair.press('j')
    await expect.poll(() => current().evaluate((row) => row === document.activeElement)).toBe(true)
    await chair.press('a')
    await chair.reads('1', SENTENCE.replace('Rivers', 'Rivers and springs'))
    await chair.page.getByRole('button', { name: 'Undo' }).waitFor()
    await chair.press('u')
    await chair.reads('1', SENTENCE.replace('Rivers', 'Rivers[ and springs – KEN]'))
    await expect.poll(() => current().getAttribute('aria-label')).toContain('in 1')
    await chair.press('e')
    await expect.poll(() => chair.page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
    await chair.press('Control+a')
    await chair.type(' and all springs')
    await chair.press('Control+Enter')
    await chair.reads('1', SENTENCE.replace('Rivers', 'Rivers and all springs'))
    await expect.poll(() => current().getAttribute('aria-label')).toContain('in 2')
    await chair.press('r')
    await chair.reads('2', SENTENCE.replace('snow', '[snow / ice – KEN]'))
  })

  test('… goes into the text and out of it again', async () => {
    await expect.poll(() => current().count()).toBe(1)
    await chair.press('i')
    await expect
      .poll(() => chair.page.evaluate(() => document.activeElement?.className))
      .toContain('ProseMirror')
    await chair.press('Escape')
    await expect.poll(() => current().evaluate((row) => row === document.activeElement)).toBe(true)
  })

  test('… and finds every command by its name', async () => {
    await chair.press('Control+k')
    await chair.type('clean')
    await chair.page.getByRole('listbox').getByRole('option').first().waitFor()
    await chair.press('Enter')
    await expect.poll(() => chair.text('2')).toBe(SENTENCE.replace('snow', 'ice'))
    await agreed(ken, observer)
  })

  test('the first Tab skips to the text', async () => {
    await chair.reload()
    await chair.press('Tab')
    await expect
      .poll(() => chair.page.evaluate(() => document.activeElement?.textContent))
      .toBe('Skip to the text')
    await chair.press('Enter')
    await expect.poll(() => chair.page.evaluate(() => document.activeElement?.id)).toBe('text')
  })

  test('23.5 an import: what is to check is found, corrected and kept by key, and made at the end', async () => {
    const tree = chair.page.getByRole('tree')
    const toCheck = (count: string) => dialog(chair).locator('output', { hasText: count }).waitFor()
    const piece = () => tree.getByRole('treeitem', { selected: true }).getAttribute('aria-label')
    const openImport = async (heading: string) => {
      await chair.press('Control+k')
      await chair.type('Import a text')
      await chair.page.getByRole('listbox').getByRole('option').first().waitFor()
      await chair.press('Enter')
      await chair.page.getByRole('heading', { name: heading }).waitFor()
    }
    await openImport('Import a text')
    await chair.page
      .getByRole('textbox', { name: 'Or paste the text' })
      .fill(
        'Draft on wells\n\n1. We dig.\n\nMeans of digging are these.\n\n3. We end [now – EU, Well Keepers].',
      )
    await chair.page.getByRole('button', { name: 'Look at it' }).press('Enter')
    await toCheck('2 to check')
    await expect.poll(() => tree.evaluate((list) => list === document.activeElement)).toBe(true)
    expect(await findings(chair)).toEqual([])
    expect(await piece()).toMatch(/^Paragraph, .*line 5, To check: .*has no number/)
    await chair.press('h')
    await toCheck('1 to check')
    expect(await piece()).toMatch(/^Heading, line 5, Changed/)
    await chair.press('Escape')
    await dialog(chair).waitFor({ state: 'detached' })
    await openImport('Is it read as it is meant?')
    expect(await tree.getByRole('treeitem', { name: 'Heading, line 5, Changed' }).count()).toBe(1)
    await chair.page.getByRole('button', { name: 'Choose another text' }).press('Enter')
    await chair.page.getByRole('button', { name: 'Go on with Pasted text (1 change)' }).press('Enter')
    await chair.press('c')
    await toCheck('Nothing to check')
    await chair.press('u')
    await toCheck('1 to check')
    await chair.press('n')
    await chair.page.keyboard.type('2')
    await chair.press('Enter')
    // The name that nobody knows is left.
    await expect.poll(piece).toMatch(/To check: “Well Keepers” on line 7 is not in the directory/)
    await chair.press('w')
    await expect.poll(() => chair.page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    await chair.page.keyboard.type('KEN')
    await chair.page.getByRole('option', { name: 'Kenya' }).waitFor()
    await chair.press('Enter')
    await toCheck('Nothing to check')
    await expect.poll(() => tree.evaluate((list) => list === document.activeElement)).toBe(true)
    await chair.shoot('access-import')
    await chair.page.getByRole('button', { name: 'Make the document' }).press('Enter')
    await chair.page.getByRole('heading', { name: 'Imported' }).waitFor()
    await chair.press('Escape')
    await dialog(chair).waitFor({ state: 'detached' })
  })

  test('nothing went wrong on any page', () => {
    expect(meeting.problems()).toEqual([])
  })
})
