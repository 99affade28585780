import { spellParticipant } from '#shared/directory/directory.ts'
import type { DocumentId, ParticipantId } from '#shared/model/ids.ts'
import { isDelegationName } from '#shared/directory/delegation-name.ts'
import { ROLES, isRole, type Role } from '#shared/model/role.ts'
import { localUrl } from '../config.ts'
import { isDocumentId } from '../access/document-id.ts'
import { participantMistakenFor } from '#shared/directory/look-alike.ts'
import { openSqliteStore } from '../store/sqlite/sqlite.ts'
import type { Store } from '../store/port.ts'
import { CliError, UsageError, type Call } from './command.ts'

/** Reads arguments and options of the command line. Wrong ones throw {@link UsageError}. */

export const text = (call: Call, name: string): string | undefined => {
  const value = call.values[name]
  return typeof value === 'string' ? value : undefined
}

export const hasFlag = (call: Call, name: string): boolean => call.values[name] === true

export function oneOf<T extends string>(call: Call, name: string, choices: readonly T[], fallback: T): T {
  const value = text(call, name) ?? fallback
  const found = choices.find((choice) => choice === value)
  if (found === undefined) throw new UsageError(`--${name} must be one of ${choices.join(', ')}.`)
  return found
}

export function role(call: Call): Role {
  const value = text(call, 'role')
  if (!isRole(value)) throw new UsageError(`--role must be one of ${ROLES.join(', ')}.`)
  return value
}

export function participant(value: string): ParticipantId {
  const spelt = spellParticipant(value)
  if (!isDelegationName(spelt))
    throw new UsageError(
      `“${value}” is not a participant, or reads as something else: give a code such as KEN, EU or G77.`,
    )
  const other = participantMistakenFor(spelt)
  if (other !== null) throw new UsageError(`“${value}” reads like “${other}”: give a name of its own.`)
  return spelt
}

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/** An ISO date, or a duration from now: 90m, 12h, 7d, 2w. */
export function expiry(call: Call): number | null {
  const value = text(call, 'expires')
  if (value === undefined) return null
  const duration = /^(\d{1,6})([mhdw])$/.exec(value)
  const unit = duration?.[2] as keyof typeof UNITS | undefined
  const at = unit ? call.now() + Number(duration?.[1]) * UNITS[unit] : Date.parse(value)
  if (Number.isNaN(at))
    throw new UsageError(`--expires must be a date such as 2031-05-30T18:00Z or a duration such as 7d.`)
  if (at <= call.now()) throw new UsageError('--expires is in the past.')
  return at
}

export async function withStore<T>(call: Call, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openSqliteStore(call.config.dataDir)
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

export async function existing(store: Store, id: string | undefined): Promise<DocumentId> {
  if (!isDocumentId(id) || (await store.document(id)) === null)
    throw new CliError(`There is no document “${id}”. The command “documents” lists those there are.`)
  return id
}

export const publicUrl = ({ config }: Call): string => config.publicUrl ?? localUrl(config.host, config.port)
