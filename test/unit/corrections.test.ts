import { describe, expect, test } from 'vitest'
import { facilitator } from '#test/kit/drafting.ts'
import type { Drafter } from '#test/kit/drafting.ts'
import {
  insertAfter,
  ken,
  putAfter,
  scene,
  selectWords,
  shown,
  twoDelegations,
  typeKeys,
} from '#test/kit/scene.ts'

/**
 * What ProseMirror makes of a correction in the page: the letters that differ. `«…»` are deleted, `{…}` come, as in
 * `fi«nanci»{sc}al`; the rest says where.
 */
function correct(drafter: Drafter, drawn: string, block = 0): void {
  const [, before = '', gone = '', come = ''] = /^(.*?)«(.*)»\{(.*)\}/su.exec(drawn) ?? []
  putAfter(drafter, block, before + gone)
  const end = drafter.state.selection.from
  const tr = drafter.state.tr.insertText(come, end - gone.length, end)
  drafter.binding.dispatch(tr, 'aid')
}

describe('16.15 a correction by an aid proposes whole words', () => {
  test.each([
    ['letters within a word', 'the fi«nanci»{sc}al crisis', 'the [financial / fiscal| – KEN] crisis'],
    ['a letter that was missing', 'a gover«»{n}ment acts', 'a [goverment / government| – KEN] acts'],
    ['a letter too many', 'all o«o»{}f them', 'all [oof / of| – KEN] them'],
    ['an ending', 'each State«»{s} acts', 'each [State / States| – KEN] acts'],
    ['a beginning', 'is «»{un}fair', 'is [fair / unfair| – KEN]'],
    ['letters at the edge of the text', '«r»{R}ivers run', '[rivers / Rivers| – KEN] run'],
    ['two words into one', 'in« »{}to it', '[in to / into| – KEN] it'],
    ['one word into two', 'a«»{ }lot of it', '[alot / a lot| – KEN] of it'],
    [
      'two words with what stands between',
      'the b«ig r»{road st}iver',
      'the [big river / broad stiver| – KEN]',
    ],
    ['a comma between words', 'rivers«»{,} lakes', 'rivers[,| – KEN] lakes'],
    ['a whole word', 'of «all»{any} kinds', 'of [all / any| – KEN] kinds'],
    ['a word that is new', 'of «»{all }kinds', 'of [all |– KEN] kinds'],
    ['a word that is too much', 'of of« of»{} it', 'of of|[ of – KEN delete] it'],
    ['a space that the browser made a no-break one', 'a« big»{\u00a0} lake', 'a |[big – KEN delete] lake'],
    ['such a space behind the words', 'a «big »{\u00a0}lake', 'a |[big – KEN delete] lake'],
    ['a no-break space in place of a space', 'of 5« »{\u00a0}tons', 'of 5[  / \u00a0| – KEN]tons'],
    ['words joined by a hyphen', 'a long-t«u»{e}rm plan', 'a [long-turm / long-term| – KEN] plan'],
    ['a hyphen', 'a long«»{-}term plan', 'a [longterm / long-term| – KEN] plan'],
    ['an apostrophe', 'the State«»{’}s duty', 'the [States / State’s| – KEN] duty'],
    ['a figure', 'of 1«.5»{,500} tons', 'of [1.5 / 1,500| – KEN] tons'],
    ['Arabic', 'نؤكد على الم«ا»{ي}ه', 'نؤكد على [الماه / الميه| – KEN]'],
    ['Russian, with a combining mark', 'новый го«й»{и\u0306} план', null],
    ['Chinese: no further than the word', '应对经济危«机»{急}的影响', '应对经济[危机 / 危急| – KEN]的影响'],
    ['Thai: no further than the word', 'ภาษาไท«ย»{ส}ของเรา', 'ภาษา[ไทย / ไทส| – KEN]ของเรา'],
  ])('%s', (_name, drawn, wanted) => {
    const amina = scene(drawn.replace(/«(.*)»\{.*\}/su, '$1')).seat(ken)
    correct(amina, drawn)
    if (wanted) expect(shown(amina)).toEqual([wanted])
    else expect(amina.text()).toMatch(/^новый \[гой \/ гои\u0306 – KEN\] план$/u)
  })

  test('of a longer passage that an aid has written anew only the words that differ', () => {
    const amina = scene('We recal the pact of the future here.').seat(ken)
    correct(amina, 'We «recal the pact of the»{recall the Pact of the} future here.')
    expect(shown(amina)).toEqual(['We [recal the pact / recall the Pact| – KEN] of the future here.'])
  })

  test('it is one step to undo', () => {
    const amina = scene('the financial crisis').seat(ken)
    correct(amina, 'the fi«nanci»{sc}al crisis')
    amina.undo.undo()
    expect(amina.text()).toBe('the financial crisis')
    expect(amina.undo.undo()).toBe(false)
  })

  test('in another’s bracket, no further than its wording', () => {
    const { room, amina, ingrid } = twoDelegations('from poverty')
    insertAfter(amina, 0, 'from', ' extrem')
    room.settleDown()
    correct(ingrid, 'from[ extrem«»{e}')
    expect(ingrid.text()).toBe('from[ [extrem / extreme – NOR] – KEN] poverty')
  })

  test('the word keeps its emphasis', () => {
    const { room } = scene('We, recaling it.')
    const chair = room.seat(facilitator('fay'))
    const amina = room.seat(ken)
    selectWords(chair, 0, 'recaling')
    chair.dispatch((tr) =>
      tr.addMark(tr.selection.from, tr.selection.to, tr.doc.type.schema.marks.em!.create()),
    )
    room.settleDown()
    correct(amina, 'We, recal«»{l}ing')
    expect(amina.text()).toBe('We, [recaling / recalling – KEN] it.')
    let emphasised = ''
    amina.state.doc.descendants(({ marks, text = '' }) => {
      if (marks.some(({ type }) => type.name === 'em')) emphasised += `${text}|`
    })
    expect(emphasised).toBe('recaling|recalling|')
  })
})

describe('16.15 … but where one writes directly the text is just corrected, and brackets keep their words', () => {
  test('in one’s own bracket', () => {
    const amina = scene('from| poverty').seat(ken)
    typeKeys(amina, ' extrem')
    correct(amina, 'from[ extrem«»{e}')
    expect(shown(amina)).toEqual(['from[ extreme| – KEN] poverty'])
  })

  test('as a facilitator in base text', () => {
    const { room } = scene('the financial crisis')
    const amina = room.seat(ken)
    const chair = room.seat(facilitator('fay'))
    selectWords(amina, 0, 'fin')
    amina.dispatch((tr) => tr.deleteSelection())
    room.settleDown()
    correct(chair, 'anci«a»{e}l')
    room.settleDown()
    expect(amina.text()).toBe('the [fin – KEN delete]anciel crisis')
  })
})

test.each([
  ['the same word', 'financial'],
  ['the word with characters that nobody sees', 'finan\u200bcial\u202e'],
])('16.15 %s in place of a word asks for nothing', (_what, text) => {
  const amina = scene('the <financial> crisis').seat(ken)
  amina.dispatch((tr) => tr.insertText(text))
  expect(shown(amina)).toEqual(['the financial| crisis'])
  expect(amina.undo.undo()).toBe(false)
})

test('16.15 what is typed letter by letter changes no more than the letters', () => {
  const amina = scene('the fi<nanci>al crisis').seat(ken)
  typeKeys(amina, 'sc')
  expect(shown(amina)).toEqual(['the fi[nanci / sc| – KEN]al crisis'])
})

/** An input method shows these drafts one after the other in place of the selection, and ends with the last. */
function compose(drafter: Drafter, ...drafts: readonly string[]): void {
  drafter.binding.holdForComposition()
  let { from, to } = drafter.state.selection
  drafter.surface.composing = true
  for (const draft of drafts) {
    drafter.binding.dispatch(drafter.state.tr.insertText(draft, from, to))
    to = from + draft.length
  }
  drafter.surface.composing = false
  drafter.binding.composed(drafts.at(-1) ?? '')
  drafter.binding.settle()
}

describe('16.15 an input method', () => {
  test('over a selected word replaces the word', () => {
    const amina = scene('the <financial> crisis').seat(ken)
    compose(amina, 'f', 'fis', 'fiscal')
    expect(shown(amina)).toEqual(['the [financial / fiscal| – KEN] crisis'])
  })

  test.each([
    ['in the middle of a word', 'the fi<nanci>al crisis', 'sc', 'the [financial / fiscal| – KEN] crisis'],
    ['at its end', 'each <Sta>te acts', 'De la', 'each [State / De late| – KEN] acts'],
    ['of two words', 'the bi<g ri>ver', 'rd is o', 'the [big river / bird is over| – KEN]'],
  ])('over selected letters %s replaces the words that they stand in', (_where, before, text, after) => {
    const amina = scene(before).seat(ken)
    compose(amina, text.slice(0, 1), text)
    expect(shown(amina)).toEqual([after])
  })

  test('that takes up a word that stands there proposes the whole word', () => {
    for (const [before, drafts, after] of [
      ['a <goverment> acts', ['government'], 'a [goverment / government| – KEN] acts'],
      ['the <colour> red', ['colou', 'color'], 'the [colour / color| – KEN] red'],
      ['each <State> acts', ['States'], 'each [State / States| – KEN] acts'],
    ] as const) {
      const amina = scene(before).seat(ken)
      // A keyboard that composes a word anew has nothing selected: the caret stands at its end.
      const { from, to } = amina.state.selection
      amina.select(to)
      amina.binding.holdForComposition()
      amina.surface.composing = true
      let end = to
      for (const draft of drafts) {
        amina.binding.dispatch(amina.state.tr.insertText(draft, from, end))
        end = from + draft.length
      }
      amina.surface.composing = false
      amina.binding.composed(drafts.at(-1)!)
      amina.binding.settle()
      expect(shown(amina)).toEqual([after])
    }
  })

  test('that only adds letters adds letters', () => {
    const amina = scene('fianc|e').seat(ken)
    compose(amina, '´', 'é')
    expect(shown(amina)).toEqual(['fianc[é| – KEN]e'])
  })

  test('over a selected word in one’s own bracket changes the wording', () => {
    const amina = scene('from| poverty').seat(ken)
    typeKeys(amina, ' financial')
    selectWords(amina, 0, 'financial')
    compose(amina, 'f', 'fiscal')
    expect(shown(amina)).toEqual(['from[ fiscal| – KEN] poverty'])
  })
})
