import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, type Result } from '#shared/model/result.ts'
import { SECRET_FILE, decodeSecret, secretFingerprint } from '../access/secret.ts'
import type { Damage } from '../store/port.ts'
import { DATABASE_FILES, openBackup, sync, type OpenedBackup } from '../store/sqlite/backup.ts'
import { SAMPLE_FILE } from './sample.ts'

/** The files of a data directory. The first is the database itself. */
const DATA_FILES = [...DATABASE_FILES, SECRET_FILE, SAMPLE_FILE]

const DAMAGED = 'The backup is damaged, and nothing was changed. --with-damage restores it as it is.'

export interface RestoreChoices {
  /** Restore even if the directory holds data, which are then kept aside. */
  readonly force: boolean
  /** Restore even if the backup is damaged. */
  readonly withDamage: boolean
}

/**
 * `aside`: the directory into which the former data were moved; null when there were none. `damage`: what was found in
 * the backup, whether it was restored or not.
 */
export type RestoreOutcome = Result<{ aside: string | null }, 'not-empty' | 'damaged'> & {
  readonly damage: readonly Damage[]
}

/**
 * Restores a backup into a data directory. No server may run on the directory meanwhile. Nothing is changed unless the
 * outcome is `ok`. Throws a `StoreError` when the file is not a backup.
 */
export function restoreInto(
  dataDir: string,
  file: string,
  { force, withDamage }: RestoreChoices,
  now: number,
): RestoreOutcome {
  const there = DATA_FILES.filter((name) => existsSync(join(dataDir, name)))
  if (there.length > 0 && !force) {
    const message = `There are data in ${dataDir} already (${there.join(', ')}). Set DATA_DIR to an empty directory, or give --force: they are then kept aside.`
    return { ...fail('not-empty', message), damage: [] }
  }
  const moment = new Date(now).toISOString().replaceAll(':', '-')
  const fresh = join(dataDir, `restoring-${moment}`)
  try {
    const opened = openBackup(file, fresh)
    const { enclosed } = opened
    const damage = [...opened.damage, ...secretDamage(opened)]
    if (damage.length > 0 && !withDamage) return { ...fail('damaged', DAMAGED), damage }
    for (const { name, content } of enclosed)
      if (DATA_FILES.includes(name)) writeFileSync(join(fresh, name), content, { mode: 0o600, flush: true })
    const aside = there.length > 0 ? join(dataDir, `replaced-${moment}`) : null
    if (aside) mkdirSync(aside, { mode: 0o700 })
    for (const name of there) renameSync(join(dataDir, name), join(aside ?? '', name))
    // The secret is moved before the database. If this is interrupted, a server started next must not make a new
    // secret.
    for (const name of DATA_FILES.toReversed())
      if (existsSync(join(fresh, name))) renameSync(join(fresh, name), join(dataDir, name))
    sync(dataDir)
    return { ok: true, damage, aside }
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

/** Reports a secret that is missing or belongs to other data; no server would open the restored data then. */
function secretDamage({ enclosed, fingerprint }: OpenedBackup): Damage[] {
  if (fingerprint === null) return []
  const file = enclosed.find(({ name }) => name === SECRET_FILE)
  const secret = file ? decodeSecret(Buffer.from(file.content).toString()) : null
  if (secret && secretFingerprint(secret) === fingerprint) return []
  const message = 'the secret that it holds is not that of its database'
  return [{ document: null, part: 'settings', sequence: null, message }]
}
