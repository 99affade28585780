import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { SECRET_FILE, secretFault } from '../access/secret.ts'
import { SAMPLE_FILE } from '../operate/sample.ts'
import { restoreInto } from '../operate/restore.ts'
import type { Damage, Enclosed } from '../store/port.ts'
import { takeServerLock } from '../store/server-lock.ts'
import { hasFlag, withStore } from './arguments.ts'
import { CliError, print, type CliCommand } from './command.ts'
import { damageLine } from './verify.ts'

export const backupCommand: CliCommand = {
  name: 'backup',
  usage: 'FILE',
  summary: 'copy everything into one new file, while the server runs or not',
  details: [
    'FILE holds the database as it is at one moment, and the secret: who has it can read everything.',
    'It is verified before it gets its name, and only this user may read it. It must not be there yet.',
    'Exits with 1 when there is damage in the copy; FILE is written then too, and “verify” names the damage.',
  ],
  options: {},
  positionals: 1,
  run: (call) =>
    withStore(call, async (store) => {
      const { dataDir } = call.config
      const file = resolve(call.positionals[0] ?? '')
      const fault = await secretFault(store, dataDir)
      if (fault) throw new CliError(fault)
      const damage = await store.backup(file, enclosures(dataDir))
      print(`Everything in ${dataDir} is copied into ${file}.`)
      return tellDamage(damage, 'The copy was verified and is sound.')
    }),
}

/** The files that belong to the database, as far as they exist. */
const enclosures = (dataDir: string): Enclosed[] =>
  [SECRET_FILE, SAMPLE_FILE].flatMap((name) => {
    try {
      return [{ name, content: readFileSync(join(dataDir, name)) }]
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
      throw error
    }
  })

export const restoreCommand: CliCommand = {
  name: 'restore',
  usage: 'FILE [--force] [--with-damage]',
  summary: 'put back what a backup holds, with the server stopped',
  details: [
    '--force        also where there are data already: they are kept aside, in a directory beside them',
    '--with-damage  also when the backup is not sound',
    'FILE is verified before anything is changed.',
  ],
  options: { force: { type: 'boolean' }, 'with-damage': { type: 'boolean' } },
  positionals: 1,
  run: async (call) => {
    const { dataDir } = call.config
    const lock = takeServerLock(dataDir)
    try {
      const file = resolve(call.positionals[0] ?? '')
      const choices = { force: hasFlag(call, 'force'), withDamage: hasFlag(call, 'with-damage') }
      const restored = restoreInto(dataDir, file, choices, call.now())
      if (!restored.ok) {
        for (const damage of restored.damage) print(damageLine(damage))
        throw new CliError(restored.message)
      }
      if (restored.aside) print(`What was there before is in ${restored.aside}.`)
      print(`${dataDir} holds again what ${file} does.`)
      return tellDamage(restored.damage, 'It was verified and is sound.')
    } finally {
      lock.release()
    }
  },
}

function tellDamage(damage: readonly Damage[], sound: string): number {
  for (const one of damage) print(damageLine(one))
  print(damage.length === 0 ? sound : `Damaged in ${damage.length} places.`)
  return damage.length === 0 ? 0 : 1
}
