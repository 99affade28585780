import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { DocumentId } from '#shared/model/ids.ts'
import { secretFault } from '../access/secret.ts'
import type { Damage, Head, Store } from '../store/port.ts'
import { hasFlag, text, withStore } from './arguments.ts'
import { CliError, print, printJson, type Call, type CliCommand } from './command.ts'

export const verifyCommand: CliCommand = {
  name: 'verify',
  usage: '[--witness FILE] [--note FILE] [--json]',
  summary: 'look for damage in everything that is stored',
  details: [
    "Runs SQLite's own checks, follows the hash chains, and computes anew whatever follows from the log.",
    '--note FILE     when all is sound, write down where each log ends. Keep FILE elsewhere. One that is there',
    '                already is first taken as a witness.',
    '--witness FILE  every log must still hold what was noted: that nothing was cut off can be proved by that alone',
    '--json          print JSON',
    'Exits with 1 when anything is damaged.',
  ],
  options: { witness: { type: 'string' }, note: { type: 'string' }, json: { type: 'boolean' } },
  positionals: 0,
  run: (call) => withStore(call, (store) => run(call, store)),
}

interface Noted {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly heads: readonly Head[]
}

async function run(call: Call, store: Store): Promise<number> {
  const note = text(call, 'note')
  const witness = text(call, 'witness') ?? (note !== undefined && existsSync(note) ? note : undefined)
  const noted = witness === undefined ? null : readNoted(witness)
  // Read before the verification, so that rows written meanwhile are not included in what was verified.
  const [documents, heads] = [await store.documents(), await store.heads()]
  const damage = [...(await store.verify(noted?.heads ?? [])), ...(await secretDamage(call, store))]
  if (note !== undefined && damage.length === 0) writeNoted(note, { at: call.now(), heads })
  const unproven = unprovenBy(noted)
  if (hasFlag(call, 'json')) printJson({ documents: documents.length, damage, unproven })
  else {
    for (const one of damage) print(damageLine(one))
    const rows = documents.reduce((sum, entry) => sum + entry.sequence, 0)
    const sound = `All sound. Documents: ${documents.length}, log rows: ${rows}.`
    print(damage.length === 0 ? sound : `Damaged in ${damage.length} places.`)
    for (const sentence of unproven) print(`Not proved: ${sentence}`)
    if (note !== undefined) print(damage.length === 0 ? `Noted in ${note}.` : 'Nothing was noted.')
  }
  return damage.length === 0 ? 0 : 1
}

async function secretDamage({ config }: Call, store: Store): Promise<Damage[]> {
  const fault = await secretFault(store, config.dataDir)
  return fault === null ? [] : [{ document: null, part: 'settings', sequence: null, message: fault }]
}

/** What verification cannot prove from the data alone. */
const unprovenBy = (noted: Noted | null): string[] => [
  noted === null
    ? 'that nothing was cut off at the end of a log. Note where they end now and then (--note FILE), and keep FILE elsewhere.'
    : `that nothing was cut off that was written after ${new Date(noted.at).toISOString()}.`,
  'that no session and no look of a person was removed: whoever misses one follows the link again.',
  'that nobody has written everything anew, all hashes included: only a witness shows that.',
]

export function damageLine({ document, part, sequence, message }: Damage): string {
  const where = document === null ? 'The database' : `Document ${document}`
  const row = sequence === null ? '' : `, row ${sequence}`
  const table = part === 'log' && sequence !== null ? '' : `, ${part}`
  return `${where}${table}${row}: ${message.replace(/\.$/, '')}.`
}

const chainEnd = z.object({ sequence: z.int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/) })
const notedFile = z.object({
  at: z.int(),
  heads: z.array(z.object({ document: z.custom<DocumentId>(isText), log: chainEnd, access: chainEnd })),
})

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function readNoted(file: string): Noted {
  try {
    return notedFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw new CliError(`${file} ${absent ? 'is not there' : 'is not what “verify --note” writes'}.`)
  }
}

/** Writes the file completely or not at all. */
function writeNoted(file: string, noted: Noted): void {
  const path = resolve(file)
  writeFileSync(`${path}.partial`, `${JSON.stringify(noted, null, 2)}\n`, { flush: true })
  renameSync(`${path}.partial`, path)
}
