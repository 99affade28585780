import { expect, test } from 'vitest'
import { RoundWatch } from '#client/editor/rights/round-watch.ts'
import type { ParticipantId } from '#shared/model/ids.ts'

const [KEN, ALIAS, CHAIR] = ['KEN', 'Delegation-0ken0ken', 'Co-Facilitators'] as [
  ParticipantId,
  ParticipantId,
  ParticipantId,
]

const changes = (watch: RoundWatch, participant: ParticipantId | null, onBehalfOf: ParticipantId | null) =>
  watch.changes({ participant }, { onBehalfOf })

test('the round changes where a name becomes an alias or an alias a name, also when that is not known at once', () => {
  const watch = new RoundWatch()
  const names = [KEN, KEN, null, ALIAS, ALIAS, null, KEN]
  expect(names.map((name) => changes(watch, name, null))).toEqual([
    false,
    false,
    false,
    true,
    false,
    false,
    true,
  ])
})

test('whoever begins to write for another has not changed the round', () => {
  const watch = new RoundWatch()
  expect(changes(watch, CHAIR, null)).toBe(false)
  expect(changes(watch, null, KEN)).toBe(false)
  expect(changes(watch, ALIAS, KEN)).toBe(false)
  expect(changes(watch, KEN, KEN)).toBe(true)
})
