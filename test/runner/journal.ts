import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** What happens to each test, a line of JSON each, written while the tests run: it is whole up to wherever a run ended. */
export const JournalLine = z.discriminatedUnion('what', [
  z.object({ what: z.literal('file'), file: z.string() }),
  z.object({ what: z.literal('begun'), file: z.string(), test: z.string() }),
  z.object({
    what: z.literal('ended'),
    file: z.string(),
    test: z.string(),
    state: z.enum(['passed', 'failed', 'skipped', 'pending']),
  }),
  z.object({ what: z.literal('file-ended'), file: z.string(), state: z.string(), problem: z.string() }),
  z.object({ what: z.literal('run-ended') }),
])
export type JournalLine = z.infer<typeof JournalLine>

/** Without a last line that a killed run left half written. */
export function readJournal(path: string): JournalLine[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.slice(0, -1).map((line) => JournalLine.parse(JSON.parse(line)))
}
