import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { Caret } from '#client/editor/carets/caret.ts'
import type { InputTarget, Key } from '#client/editor/input/pending-input.ts'
import { PendingInput, erasedBy } from '#client/editor/input/pending-input.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { openDocument } from '#shared/document/schema.ts'

const projection = new Projection(openDocument(new Y.Doc()), 'all', null)
const places = Array.from({ length: 4 }, () => new Caret(projection))
const placeOf = (n: number) => () => places[n]!

const key = (name: string, modifiers: Partial<Key> = {}): Key => ({
  key: name,
  code: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
})

/** What a text is told to do, in order; `place` is where its caret is. */
function target(place: number): InputTarget & { readonly done: string[] } {
  const done: string[] = []
  return {
    done,
    place: placeOf(place),
    goTo: (at) => done.push(`go to ${places.indexOf(at)}`),
    type: (text) => done.push(`type ${text}`),
    press: (pressed) => done.push(`press ${pressed.ctrlKey ? 'Ctrl-' : ''}${pressed.key}`),
    put: (lines) =>
      done.push(`put ${lines.map((line) => line.map(({ insert }) => insert).join('')).join('|')}`),
  }
}

test('14.9 what is done in a text that cannot be written in is done later, in its order', () => {
  const input = new PendingInput()
  expect(input.empty).toBe(true)
  for (const letter of 'accept') input.type(letter, placeOf(0))
  input.press(key('Backspace'), placeOf(0))
  input.press(key('Enter'), placeOf(0))
  input.put([[{ insert: 'one' }], [{ insert: 'two' }]], placeOf(0))
  input.type('!', placeOf(0))
  const into = target(0)
  input.replay(into)
  expect(into.done).toEqual(['type accept', 'press Backspace', 'press Enter', 'put one|two', 'type !'])
  expect(input.words()).toBe('accep\none\ntwo!')
})

test('14.9 each part of it is done where the caret was, and the caret goes to where it was put last', () => {
  const input = new PendingInput()
  input.type('a', placeOf(0))
  input.moved()
  input.press(key('Delete', { ctrlKey: true }), placeOf(1))
  input.moved()
  input.moved()
  const into = target(2)
  input.replay(into)
  expect(into.done).toEqual(['go to 0', 'type a', 'go to 1', 'press Ctrl-Delete', 'go to 2'])
})

test('14.9 words that were deleted again are not told', () => {
  const input = new PendingInput()
  input.type('a👩‍👩‍👧', placeOf(0))
  input.press(key('Backspace'), placeOf(0))
  expect(input.words()).toBe('a')
  input.press(key('Delete'), placeOf(0))
  input.press(key('Backspace'), placeOf(0))
  input.press(key('Backspace'), placeOf(0))
  expect(input.words()).toBe('')
  expect(input.empty).toBe(false)
})

/** What a key takes away of a text in which `|` is the caret. */
const erased = (name: string, drawn: string, modifiers: Partial<Key> = {}) => {
  const caret = drawn.indexOf('|')
  const text = drawn.replace('|', '')
  const { from, to } = erasedBy(key(name, modifiers), text, caret)
  return text.slice(from, to)
}

test('a key deletes what the browser would: a character as it is seen, a word, or all to the edge', () => {
  expect(erased('Backspace', 'free|dom')).toBe('e')
  expect(erased('Delete', 'free|dom')).toBe('d')
  expect(erased('Backspace', 'é👨‍👩‍👧|')).toBe('👨‍👩‍👧')
  expect(erased('Backspace', 'from extreme |poverty', { ctrlKey: true })).toBe('extreme ')
  expect(erased('Delete', 'from| extreme poverty', { altKey: true })).toBe(' extreme')
  expect(erased('Backspace', 'from extreme| poverty', { metaKey: true })).toBe('from extreme')
  for (const name of ['Backspace', 'Delete']) {
    expect(erased(name, '|')).toBe('')
    expect(erased(name, '|', { ctrlKey: true })).toBe('')
  }
})
