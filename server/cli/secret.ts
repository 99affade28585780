import { randomBytes } from 'node:crypto'
import { adoptSecret, renewSecret, secretFault } from '../access/secret.ts'
import { takeServerLock } from '../store/server-lock.ts'
import { hasFlag, withStore } from './arguments.ts'
import { CliError, UsageError, print, type CliCommand } from './command.ts'

export const secretCommand: CliCommand = {
  name: 'secret',
  usage: '[--adopt | --renew]',
  summary: 'check that the secret belongs to the database, or make it so',
  details: [
    '--adopt  the file that is there is the right one, whatever the database says',
    '--renew  it is lost for good: make a new one. Who is who in unattributed rounds until now can then not be told',
    'Exits with 1 when the two do not belong together. Both options need the server to be stopped.',
  ],
  options: { adopt: { type: 'boolean' }, renew: { type: 'boolean' } },
  positionals: 0,
  run: async (call) => {
    const { dataDir } = call.config
    const [adopt, renew] = [hasFlag(call, 'adopt'), hasFlag(call, 'renew')]
    if (adopt && renew) throw new UsageError('Give --adopt or --renew, not both.')
    const lock = adopt || renew ? takeServerLock(dataDir) : null
    try {
      return await withStore(call, async (store) => {
        if (adopt && (await adoptSecret(store, dataDir)) === null)
          throw new CliError(`There is no secret in ${dataDir}.`)
        if (renew) await renewSecret(store, dataDir, randomBytes, call.now())
        const fault = await secretFault(store, dataDir)
        print(fault ?? 'The secret belongs to the database.')
        return fault === null ? 0 : 1
      })
    } finally {
      lock?.release()
    }
  },
}
