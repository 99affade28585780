import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { openDocument } from '#shared/document/schema.ts'
import { recordSet } from '#shared/document/records.ts'
import type { Steps } from '#shared/document/steps.ts'
import { Unchanged, changeInSteps } from '#server/room/live/live.ts'
import { Turns } from '#server/room/batch/turns.ts'

/** Time in which each step takes three milliseconds, and the turns that are asked for. */
function timed() {
  let at = 0
  let asked = 0
  const next = async () => {
    asked++
    at += 100
  }
  return { turns: new Turns({ monotonic: () => (at += 3) }, next), asked: () => asked }
}

function* thirty(): Steps<void> {
  for (let i = 0; i < 30; i++) yield
}

function* faulty(): Steps<void> {
  yield
  throw new Error('a defect')
}

describe('turns', () => {
  it('17.11 are asked for when a turn was long, and each is counted anew', async () => {
    const { turns, asked } = timed()
    turns.begin()
    await turns.run(thirty())
    // Three looks at the clock make nine milliseconds; then one more, when the next turn begins.
    expect(asked()).toBe(10)
  })
})

describe('a change in steps that throws', () => {
  const od = openDocument(new Y.Doc())
  const { turns } = timed()

  it('13.2 at first has changed nothing', async () => {
    await expect(changeInSteps({ od }, faulty(), turns)).rejects.toBeInstanceOf(Unchanged)
  })

  it('13.2 later has changed something, so that the document must be loaded anew', async () => {
    function* steps(): Steps<void> {
      recordSet(od, 'title', 'half')
      yield* faulty()
    }
    const error = await changeInSteps({ od }, steps(), turns).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ message: 'a defect' })
    expect(error).not.toBeInstanceOf(Unchanged)
  })
})
