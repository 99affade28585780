import { expect, test } from 'vitest'
import { natureOf } from '#client/ui/cards/nature.ts'
import { strings } from '#client/ui/strings.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { headOf } from '#shared/document/schema.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import type { ParagraphChange } from '#shared/model/command.ts'
import { Treaty } from '#test/kit/treaty.ts'

/** A page that has been open since before an update of the server meets proposals of kinds that it does not know. */

const KINDS: readonly [string, (treaty: Treaty) => ParagraphChange][] = [
  ['a request', (treaty) => ({ kind: 'delete-paragraph', paragraph: treaty.at('Each'), below: true })],
  [
    'a request about two paragraphs',
    (treaty) => ({ kind: 'move', paragraph: treaty.at('Each'), after: treaty.at('Means are') }),
  ],
]

test.each(KINDS)('%s of an unknown kind shows its names, and a card that asks to reload', (_, change) => {
  const treaty = new Treaty()
  const id = treaty.ask(change(treaty))
  treaty.od.proposals.get(id)!.set('head', { ...headOf(treaty.od, id), kind: 'annex-of-later' })
  const projection = new Projection(treaty.od)
  const shown = projection.blocks().map((block) => projection.composed(block).pieces)
  const { blocks } = new BoardReader(projection).board()
  projection.destroy()
  expect(shown.map((pieces) => pieces.map(({ text }) => text).join(''))).toContain(
    'Each Party shall: [… – KEN]',
  )
  const row = blocks.flatMap(({ places }) => places.flatMap(({ rows }) => rows)).find((one) => one.id === id)!
  expect(row.nature).toBe('unknown')
  expect(natureOf(row)).toBe('a proposal that this page cannot show: reload')
  expect(strings.proposalIn('KEN', row.nature, '2')).toBe('KEN’s proposal that this page cannot show in 2')
  expect(writeText(treaty.od)).toContain('Each Party shall: [… – KEN]')
})
