import { JSDOM } from 'jsdom'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { watchTyping } from '#client/ui/document/text/typing.ts'

const { window } = new JSDOM(
  '<div class="ProseMirror" tabindex="0"><p>text</p></div><button>card</button><p id="beside">beside</p>',
)
const page = window.document
const at = (selector: string) => page.querySelector<HTMLElement>(selector)!

beforeAll(() => {
  vi.stubGlobal('Element', window.Element)
})

afterAll(() => {
  vi.unstubAllGlobals()
})

const press = (element: Element) =>
  element.dispatchEvent(new window.Event('pointerdown', { bubbles: true, composed: true }))

test('14.7 whoever was in the text is still typing when the text lets go of the focus', () => {
  const watch = watchTyping(page)
  expect(watch.typing()).toBe(false)
  at('.ProseMirror').focus()
  expect(watch.typing()).toBe(true)
  at('.ProseMirror').blur()
  expect(page.activeElement).toBe(page.body)
  expect(watch.typing()).toBe(true)
  press(at('.ProseMirror p'))
  expect(watch.typing()).toBe(true)
  watch.stop()
})

test('14.7 she has left it by a key, by a press elsewhere, or when something else takes the focus', () => {
  const watch = watchTyping(page)
  const ways = [() => watch.leave(), () => press(at('#beside')), () => at('button').focus()]
  for (const leave of ways) {
    at('.ProseMirror').focus()
    expect(watch.typing()).toBe(true)
    leave()
    expect(watch.typing()).toBe(false)
    at('.ProseMirror').blur()
    at('button').blur()
  }
  watch.stop()
})

test('when it is stopped it hears nothing more', () => {
  const watch = watchTyping(page)
  watch.stop()
  at('.ProseMirror').focus()
  expect(watch.typing()).toBe(false)
})
