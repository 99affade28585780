import { JSDOM } from 'jsdom'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { clipboard } from '#client/editor/paste/clipboard.ts'
import { plainLines } from '#client/editor/paste/plain-lines.ts'
import { readPasted } from '#client/editor/paste/pasted.ts'
import type { Drafter } from '#test/kit/drafting.ts'
import { drawn } from '#test/kit/parse-html.ts'
import { insertAfter, ken, scene, selectWords, shown, twoDelegations, typeKeys } from '#test/kit/scene.ts'

const { window } = new JSDOM('')

beforeAll(() => {
  vi.stubGlobal('DOMParser', window.DOMParser)
})

afterAll(() => {
  vi.unstubAllGlobals()
})

/** What a drafter’s selection leaves on the clipboard. */
function copied({ state }: Drafter): { html: string; text: string } {
  const { props } = clipboard(() => undefined, undefined)
  const view = { state } as Parameters<NonNullable<typeof props.transformCopied>>[1]
  const slice = props.transformCopied!.call(
    clipboard(() => undefined, undefined),
    state.selection.content(),
    view,
  )
  const holder = window.document.createElement('div')
  const { content, openStart, openEnd } = slice
  holder.append(props.clipboardSerializer!.serializeFragment(content, { document: window.document }))
  // As ProseMirror does, so that what is pasted can be told from a whole paragraph.
  holder.firstElementChild?.setAttribute('data-pm-slice', `${openStart} ${openEnd} []`)
  const text = props.clipboardTextSerializer!.call(
    clipboard(() => undefined, undefined),
    slice,
    view,
  )
  return { html: holder.innerHTML, text }
}

/** The words that come of a copy, by its rich and by its plain form. */
function both(drafter: Drafter): [html: string[], text: string[]] {
  const { html, text } = copied(drafter)
  const { doc } = drafter.state
  const pasted = (offered: { html: string; text: string }) => readPasted(offered, doc).lines.map(drawn)
  return [pasted({ html, text }), pasted({ html: '', text })]
}

describe('16.12 brackets that were copied here are pasted as the words that would stand', () => {
  test('words proposed in place of others', () => {
    const amina = scene('to <unsustainable> patterns').seat(ken)
    typeKeys(amina, 'wasteful')
    selectWords(amina, 0, '[unsustainable / wasteful – KEN] ')
    expect(copied(amina).text).toBe('[unsustainable / wasteful – KEN] ')
    expect(both(amina)).toEqual([['wasteful '], ['wasteful ']])
  })

  test('words that only one asks to delete', () => {
    const amina = scene('<mutual> duties').seat(ken)
    amina.dispatch((tr) => tr.deleteSelection())
    selectWords(amina, 0, '[mutual – KEN delete]')
    expect(both(amina)).toEqual([[], []])
    selectWords(amina, 0, '[mutual – KEN delete] duties')
    expect(both(amina)).toEqual([[' duties'], [' duties']])
  })

  test('the first of several wordings for the same words, with what is proposed in it', () => {
    const { room, amina, ingrid } = twoDelegations('free from extreme poverty')
    selectWords(amina, 0, 'extreme')
    selectWords(ingrid, 0, 'extreme')
    typeKeys(amina, 'all')
    typeKeys(ingrid, 'any')
    room.settleDown()
    insertAfter(ingrid, 0, '/ all', ' forms of')
    room.settleDown()
    const text = amina.text()
    expect(text).toBe('free from [extreme / all[ forms of – NOR] – KEN / any – NOR] poverty')
    selectWords(amina, 0, text)
    expect(both(amina)).toEqual([['free from all forms of poverty'], ['free from all forms of poverty']])
    selectWords(amina, 0, 'any – NOR] poverty')
    expect(both(amina)[0]).toEqual(['any poverty'])
  })

  test('brackets that nobody sees here are literal characters', () => {
    const amina = scene('one').seat(ken)
    const pasted = readPasted({ html: '', text: '[shall][should]' }, amina.state.doc)
    expect(pasted.lines.map(drawn)).toEqual(['[shall][should]'])
  })
})

test('16.13 of several paragraphs those copied from their start have their numbers, rich and plain', () => {
  const { room } = scene('Rivers run.', 'Lakes rest.', 'Seas rise.')
  const amina = room.seat(ken)
  insertAfter(amina, 0, 'Rivers', ' all')
  const { doc } = amina.state
  const last = doc.content.size - 1
  amina.select(4, last)
  const { html, text } = copied(amina)
  expect(text).toBe('ers[ all – KEN] run.\n\n2. Lakes rest.\n\n3. Seas rise.')
  const page = new window.DOMParser().parseFromString(html, 'text/html')
  expect(Array.from(page.querySelectorAll('p'), (p) => p.textContent)).toEqual(text.split('\n\n'))
  expect(page.querySelector('ins')?.textContent).toBe(' all')
  expect(html).not.toContain('data-by')
  const words = ['ers all run.', 'Lakes rest.', 'Seas rise.']
  expect(both(amina)).toEqual([words, words])
})

test('16.11 what has no words changes nothing, not even what is selected', () => {
  const amina = scene('free from <extreme> poverty').seat(ken)
  for (const offered of [
    { html: '<img src="x">', text: 'https://a.example/x.png' },
    { html: '<p><del>gone</del></p>', text: 'gone' },
    { html: '', text: '\r\n\r\n' },
    { html: '', text: '\u200b' },
  ])
    amina.binding.paste(readPasted(offered, amina.state.doc).lines)
  expect(shown(amina)).toEqual(['free from <extreme> poverty'])
})

test('16.14 what nobody sees is left out, and said; soft hyphens and no-break spaces are not spoken of', () => {
  const { doc } = scene('x').seat(ken).state
  const read = (text: string) => {
    const { lines, stripped } = readPasted({ html: '', text }, doc)
    return [lines.map(drawn).join('|'), stripped]
  }
  expect(read('sus\u00adtain\u00adable\u00a0growth')).toEqual(['sustainable growth', false])
  expect(read('BETA \u202eevif')).toEqual(['BETA evif', true])
  expect(read('zero\u200bwidth')).toEqual(['zerowidth', true])
  expect(read('می\u200cروند')).toEqual(['می\u200cروند', false])
})

test.each([
  ['one line keeps its spaces', ' and all', [' and all']],
  ['a space', ' ', [' ']],
  ['lines', 'one\r\ntwo\r\rthree\n\n\nfour\ffive', ['one', 'two', 'three', 'four', 'five']],
  ['tabs and no-break spaces', 'water\tsoil\u00a0 and \u202fair', ['water soil and air']],
  ['quoted mail', '> One\n> two.\n>\n>> Three', ['One', 'two.', 'Three']],
  ['a sign that quotes nothing', 'more\n> 5 per cent', ['more', '> 5 per cent']],
  [
    'bullets and numbers of a word processor',
    '•\tplant\n1.\tsow\n(a)\treap\n2. keep',
    ['plant', 'sow', 'reap', '2. keep'],
  ],
  [
    'a paragraph that a mail broke into lines of one width',
    'We, the peoples of the valley, have resolved that\nno river shall be dammed without the consent of\nall who drink from it.\n\nNext.',
    [
      'We, the peoples of the valley, have resolved that no river shall be dammed without the consent of all who drink from it.',
      'Next.',
    ],
  ],
  [
    'paragraphs of their own, long and short',
    'We, the peoples of the valley, have resolved that no river shall be dammed:\nfor any reason;\nby anybody.',
    [
      'We, the peoples of the valley, have resolved that no river shall be dammed:',
      'for any reason;',
      'by anybody.',
    ],
  ],
])('16.10 plain text: %s', (_name, text, lines) => {
  expect(plainLines(text).map(drawn)).toEqual(lines)
})

test('16.10 what is pasted stands in a bracket of one’s own, each further line in one', () => {
  const amina = scene('We call upon all States to change |patterns of consumption.').seat(ken)
  const html = '<p>the <i>ways</i> and </p><table><tr><td>water</td><td>energy</td></tr></table>'
  amina.binding.paste(readPasted({ html, text: '' }, amina.state.doc).lines)
  expect(shown(amina)).toEqual([
    'We call upon all States to change [the ways and – KEN]patterns of consumption.',
    '[water energy| – KEN]',
  ])
  expect(amina.state.doc.rangeHasMark(0, 60, amina.state.schema.marks.em!)).toBe(true)
})
