import { expect, test } from 'vitest'
import type { DocumentSession } from '#client/net/session.ts'
import { reportNotTyped } from '#client/ui/document/text/not-typed.ts'
import { createDesk } from '#client/ui/state/desk.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { PERSON } from '#test/kit/fake-desk.ts'

/** An editor's window, what is offered back in it, by burst, and the message that goes by itself. */
function window() {
  const offers = new Map<string, { code: string; words: string }>()
  const session: Pick<DocumentSession, 'offerWords'> = {
    offerWords: (id, { code }, words) => void offers.set(id, { code, words }),
  }
  const desk = createDesk(PERSON, {
    execute: () => Promise.reject(new Error('nothing is asked of the server')),
    now: () => 0,
    newProposal: () => 'q1' as ProposalId,
    consequences: () => [],
    proposedBelow: () => [],
    renumbered: () => new Map(),
    noteFocus: () => () => true,
  })
  const say = reportNotTyped(desk, session)
  return { say, offered: () => [...offers.values()], message: () => desk.notice.get()?.text ?? null }
}

test('14.9 words that met no place are one offer a burst, which nothing takes away but its author', () => {
  const { say, offered, message } = window()
  say('agreed', 'a')
  expect(offered()).toEqual([])
  expect(message()).toBe('This paragraph is agreed. Not written: “a”')
  say('agreed', 'an')
  say('agreed', 'and all')
  expect(message()).toBe(null)
  expect(offered()).toEqual([{ code: 'agreed', words: 'and all' }])
  say('gone', 'else')
  expect(offered()).toEqual([
    { code: 'agreed', words: 'and all' },
    { code: 'gone', words: 'else' },
  ])
})

test('the same words typed in vain twice are two offers', () => {
  const { say, offered } = window()
  for (const words of ['no', 'nor', 'n', 'no']) say('agreed', words)
  expect(offered()).toEqual([
    { code: 'agreed', words: 'nor' },
    { code: 'agreed', words: 'no' },
  ])
})

test('what is no words is a message', () => {
  const { say, offered, message } = window()
  say('too-deep')
  expect(message()).toMatch(/eight deep/)
  expect(offered()).toEqual([])
})
