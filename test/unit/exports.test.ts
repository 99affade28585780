import { expect, test } from 'vitest'
import { Exports } from '#server/operate/exports.ts'
import { JOBS } from '#server/work/jobs.ts'
import type { JobInput, JobKind, JobOutput } from '#server/work/jobs.ts'
import type { ExportFormat } from '#server/operate/documents.ts'
import { newDocumentId } from '#shared/model/ids.ts'
import { encodeState } from '#shared/document/updates.ts'
import { scene } from '#test/kit/scene.ts'

test('21.10 an export is written once for each state; a text, which says its time, once for each minute of it', async () => {
  const whole = encodeState(scene('We plant reeds.').room.od.doc)
  const clock = { now: Date.UTC(2026, 5, 9, 14, 5) }
  const work = {
    run: <K extends JobKind>(kind: K, asked: JobInput<K>) =>
      Promise.resolve({ ok: true as const, value: JOBS[kind](asked) as JobOutput<K> }),
  }
  const registry = { encoded: () => Promise.resolve({ whole, tail: [], sequence: 1 }) }
  const exports = new Exports(registry, work, () => clock.now)
  const id = newDocumentId((length) => new Uint8Array(length))
  let paid = 0
  const written = async (format: ExportFormat): Promise<string> => {
    const outcome = await exports.of(id, format, 'base', 'payer', () => paid++)
    return outcome?.ok ? new TextDecoder().decode(outcome.value) : ''
  }
  expect(await written('text')).toContain('As at 9 June 2026, 14:05 UTC.')
  clock.now += 59_000
  await written('text')
  expect(paid).toBe(1)
  clock.now += 1_000
  expect(await written('text')).toContain('As at 9 June 2026, 14:06 UTC.')
  expect(paid).toBe(2)
  const json = await written('json')
  clock.now += 3_600_000
  expect(await written('json')).toBe(json)
  expect(paid).toBe(3)
})
