import { expect, test } from 'vitest'
import { filterBlocks } from '#client/ui/outline/filter.ts'
import { agreedOf } from '#client/ui/paragraph/status.ts'
import type { Filter } from '#client/ui/outline/filter.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { paragraphHistory } from '#shared/document/history/history.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { chair } from '#test/kit/commanding.ts'
import { ken, Treaty } from '#test/kit/treaty.ts'

/** Headings are negotiated as paragraphs are. */

const KEN = 'KEN' as ParticipantId

test('12.2 14.18 a heading has positions, comments and a status, and is found by the filters and counted by what it has', () => {
  const treaty = new Treaty()
  const { od } = treaty
  const heading = treaty.at('Means')
  const projection = new Projection(od)
  const reader = new BoardReader(projection)
  const headingsAgreed = () => agreedOf(reader.board()).find(({ kind }) => kind === 'heading')
  const found = (filter: Filter) =>
    filterBlocks(reader.board(), filter, { mine: KEN, changed: new Set() }).map(({ id }) => id)
  expect(treaty.refusal(ken, { kind: 'position-take', on: heading, position: 'reserve' })).toBeNull()
  expect(found({ kind: 'mine' })).toEqual([heading])
  const comment = treaty.newComment()
  const said = { kind: 'comment-add', comment, on: heading, thread: null, text: 'Which means?' } as const
  expect(treaty.refusal(ken, said)).toBeNull()
  expect(reader.board().comments.map(({ on }) => on)).toEqual([heading])
  const proposal = treaty.ask({ kind: 'delete-paragraph', paragraph: heading })
  expect(found({ kind: 'undecided' })).toEqual([heading])
  const agree = { kind: 'paragraph-status', paragraph: heading, status: 'agreed-ad-ref' } as const
  expect(treaty.refusal(chair, agree)).toBe('open-brackets')
  treaty.run(chair, { kind: 'proposal-not-retain', proposal })
  expect(found({ kind: 'undecided' })).toEqual([])
  expect(headingsAgreed()).toEqual({ kind: 'heading', agreed: 0, all: 3 })
  expect(treaty.refusal(chair, agree)).toBeNull()
  expect(headingsAgreed()).toEqual({ kind: 'heading', agreed: 1, all: 3 })
  expect(paragraphHistory(od, heading).map(({ what }) => what)).toEqual(
    expect.arrayContaining(['position', 'proposed', 'decided', 'status']),
  )
  projection.destroy()
})
