import { expect, test } from 'vitest'
import { createDesk } from '#client/ui/state/desk.ts'
import { send } from '#client/ui/state/send.ts'
import { command as schema } from '#server/http/routes/command-schema.ts'
import { parse } from '#server/http/routes/schemas.ts'
import type { Command } from '#shared/model/command.ts'
import { NAMED_PARAGRAPHS_LIMIT } from '#shared/model/command.ts'
import type { ParagraphId, ParticipantId, PersonId, ProposalId } from '#shared/model/ids.ts'

const id = (n: number) => `p${String(n).padStart(16, '0')}` as ParagraphId
const many = (n: number) => Array.from({ length: n }, (_, i) => id(i + 1))
const proposal = `q${'0'.repeat(16)}` as ProposalId

const commands = (n: number): readonly Command[] => [
  { kind: 'paragraph-status', paragraph: id(0), status: 'agreed-ad-ref', below: many(n) },
  { kind: 'proposal-accept', proposal, below: many(n) },
  { kind: 'option-choose', proposal, option: id(0), dropped: many(n) },
]

test('13.6 an act on more paragraphs than one may name is not sent, and it is said what to do instead', async () => {
  const sent: Command[] = []
  const desk = createDesk(
    {
      person: 'p' as PersonId,
      name: 'Ilse',
      role: 'facilitator',
      participant: 'Co-Facilitators' as ParticipantId,
    },
    {
      execute: (command) => {
        sent.push(command)
        return Promise.resolve({ ok: true, affected: [] })
      },
      now: () => 0,
      newProposal: () => proposal,
      consequences: () => [],
      proposedBelow: () => [],
      renumbered: () => new Map(),
      noteFocus: () => () => true,
    },
  )
  for (const command of commands(NAMED_PARAGRAPHS_LIMIT)) await send(desk, command)
  expect(sent).toHaveLength(3)
  for (const command of commands(NAMED_PARAGRAPHS_LIMIT + 1))
    expect(await send(desk, command)).toEqual({
      state: 'refused',
      code: 'invalid',
      message:
        'This would reach 2,001 paragraphs, and one act reaches at most 2,000: do it for each division below it.',
    })
  expect(sent).toHaveLength(3)
})

test('13.6 the server refuses such an act with the same advice', () => {
  for (const command of commands(NAMED_PARAGRAPHS_LIMIT)) expect(parse(schema, command)).toEqual(command)
  for (const command of commands(NAMED_PARAGRAPHS_LIMIT + 1))
    expect(() => parse(schema, command)).toThrow(/names at most 2000 paragraphs: do it division by division/)
})
