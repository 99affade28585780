import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { pino, type Logger } from 'pino'
import { secretOf } from './access/secret.ts'
import { sweepDaily } from './access/sweep.ts'
import { rememberVisits } from './access/visit-memory.ts'
import { localUrl, type Config } from './config.ts'
import { buildApp } from './http/app.ts'
import { hostCheck } from './http/hosts.ts'
import { trustedProxies } from './http/proxies.ts'
import { KeyedQueue } from './http/keyed-queue.ts'
import { freeBytesAt, readinessOf } from './operate/readiness.ts'
import { Spaces } from './operate/spaces.ts'
import { systemClock } from './room/clock.ts'
import { DEFAULT_LIMITS } from './room/limits/limits.ts'
import { Quotas } from './room/limits/quota.ts'
import { Registry } from './room/registry.ts'
import { aliasMaker } from './room/round.ts'
import { takeServerLock, type ServerLock } from './store/server-lock.ts'
import { openSqliteStore } from './store/sqlite/sqlite.ts'
import type { Store } from './store/port.ts'
import { documentWorkIn, openBackgroundWork } from './work/background-work.ts'

/** A running server. */
export interface Running {
  readonly url: string
  readonly store: Store
  /** Resolves, with a sentence for the operator, when the server cannot go on and must be restarted. */
  readonly broken: Promise<string>
  /** Stops accepting requests, makes everything durable, and closes all connections. */
  stop(): Promise<void>
}

const CLIENT_DIR = fileURLToPath(new URL('../dist/client', import.meta.url))

/** Milliseconds that requests in progress may take when the server stops. */
const PATIENCE = 3_000

/** Starts a server. Rejects with a sentence for the operator when that fails. */
export async function startServer(config: Config): Promise<Running> {
  const lock = takeServerLock(config.dataDir)
  try {
    return await start(config, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

async function start(config: Config, lock: ServerLock): Promise<Running> {
  const log = logger(config)
  const broken = Promise.withResolvers<string>()
  const { store, aliases } = await openData(config, (error) => {
    log.fatal(error, 'the store is lost')
    broken.resolve(error.message)
  })
  const work = openBackgroundWork({ report: (message) => log.error({ message }, 'work was given up') })
  const doors = newDoors()
  const registry = new Registry({
    store,
    aliases,
    away: documentWorkIn(work),
    clock: systemClock,
    ...doors,
    random: randomBytes,
    snapshotEvery: config.snapshotEvery,
    report: (problem) => log.error(problem, 'room'),
  })
  const { app, sync } = await buildApp({
    store,
    registry,
    ...doors,
    work,
    aliases,
    readiness: readinessIn(config, store),
    spaces: new Spaces({ store, registry, now: () => systemClock.now() }),
    random: randomBytes,
    now: () => systemClock.now(),
    monotonic: () => systemClock.monotonic(),
    log,
    publicUrl: config.publicUrl,
    ...believed(config),
    clientDir: CLIENT_DIR,
    rates: { links: 3_000, commands: 600 },
  })
  try {
    await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    await work.close()
    await store.close()
    throw listenError(error, config)
  }
  registry.watch()
  const stopSweeping = sweepVisits(store, log)
  warnUnlessBuilt(log)
  return {
    url: config.publicUrl ?? localUrl(config.host, (app.server.address() as AddressInfo).port),
    store,
    broken: broken.promise,
    stop: async () => {
      stopSweeping()
      await stopServing(app, registry)
      sync.stop()
      await work.close()
      await store.close()
      lock.release()
    },
  }
}

const readinessIn = ({ dataDir }: Config, store: Store) =>
  readinessOf({ store, clock: systemClock, freeBytes: () => freeBytesAt(dataDir) })

/** Opens the database and the secret that belongs to it. */
async function openData(config: Config, onLost: (error: Error) => void) {
  const store = rememberVisits(await openSqliteStore(config.dataDir, onLost))
  try {
    return { store, aliases: aliasMaker(await secretOf(store, config.dataDir, randomBytes)) }
  } catch (error) {
    await store.close()
    throw error
  }
}

function sweepVisits(store: Store, log: Logger): () => void {
  const report = (problem: unknown) => log.error(problem, 'expired sessions could not be swept')
  return sweepDaily({ store, clock: systemClock, report })
}

/** The limits and counts that rooms and routes share. */
const newDoors = () => ({
  limits: DEFAULT_LIMITS,
  quotas: new Quotas(DEFAULT_LIMITS, systemClock),
  turns: new KeyedQueue(),
})

function warnUnlessBuilt(log: Logger): void {
  if (!existsSync(join(CLIENT_DIR, 'index.html')))
    log.warn('The interface is not built, so pages cannot be shown: run `npm run build`.')
}

async function stopServing(app: FastifyInstance, registry: Registry): Promise<void> {
  // Awaited later: it waits for requests in progress, and those may wait for a room's flush.
  const closed = app.close()
  await registry.close()
  const impatient = setTimeout(() => app.server.closeAllConnections(), PATIENCE)
  await closed
  clearTimeout(impatient)
}

/** What may be believed of a request's headers. */
const believed = (config: Config) => ({
  knowsHost: hostCheck(config),
  isTrustedProxy: trustedProxies(config.trustedProxies),
})

function logger(config: Config): Logger {
  return pino(
    {
      level: config.logLevel,
      base: null,
      redact: ['token', '*.token', 'headers.cookie', 'headers.authorization', '*.headers.cookie'],
    },
    // Standard output is only for what the operator asked for.
    pino.destination({ dest: 2, sync: true }),
  )
}

function listenError(error: unknown, { host, port }: Config): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'EADDRINUSE':
      return new Error(
        `Port ${port} on ${host} is in use. Set PORT to another one, or PORT=0 for any free one.`,
      )
    case 'EACCES':
      return new Error(`Port ${port} may not be used by this user. Set PORT to one above 1023.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Error(`HOST ${host} is not an address of this machine.`)
    default:
      return error instanceof Error ? error : new Error(String(error))
  }
}
