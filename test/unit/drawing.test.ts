import { expect, test } from 'vitest'
import { delegate } from '#test/kit/drafting.ts'
import { insertAfter, scene } from '#test/kit/scene.ts'
import type { Drafter } from '#test/kit/drafting.ts'

/** The opening brackets that no line breaks beside, each with the text behind it. */
function tightBrackets({ state }: Drafter): string[] {
  const found: string[] = []
  state.doc.descendants((node, _at, parent, index) => {
    const sign = node.marks.find(({ type }) => type.name === 'sign')
    if (sign?.attrs.tight === true) found.push(`${node.text}${parent?.maybeChild(index + 1)?.text}`)
  })
  return found
}

test.for([
  ['snow', ', ice', ['[, ice']],
  ['snow', '؛ ice', ['[؛ ice']],
  ['snow', 's', []],
  ['snow', ' ice', []],
  ['snow ', ', ice', []],
] as const)(
  'a bracket behind “%s” with “%s” in it keeps its punctuation to the word before',
  ([before, words, wanted]) => {
    const amina = scene('of snow and').seat(delegate('amina', 'KEN'))
    insertAfter(amina, 0, before, words)
    expect(tightBrackets(amina)).toEqual(wanted)
  },
)

/** The words that are kept beside a bracket sign. */
function unbroken({ state }: Drafter): string[] {
  const found: string[] = []
  state.doc.descendants((node) => {
    if (node.marks.some(({ type }) => type.name === 'unbroken')) found.push(node.text ?? '')
  })
  return found
}

test('of a bracket that begins or ends with a space, the word beside the sign stays on its line; not in one’s own', () => {
  const { room } = scene('of snow and')
  const [amina, nils] = [room.seat(delegate('amina', 'KEN')), room.seat(delegate('nils', 'NOR'))]
  insertAfter(amina, 0, 'snow', ' clean and safe ')
  room.settleDown()
  expect(unbroken(nils)).toEqual([' clean', 'safe '])
  expect(unbroken(amina)).toEqual([])
  expect(nils.text()).toBe(amina.text())
})
