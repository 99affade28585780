import type { FastifyBaseLogger } from 'fastify'
import type { RandomBytes } from '#shared/model/ids.ts'
import type { Readiness } from '../operate/readiness.ts'
import type { Spaces } from '../operate/spaces.ts'
import type { Limits } from '../room/limits/limits.ts'
import type { Quotas } from '../room/limits/quota.ts'
import type { Registry } from '../room/registry.ts'
import type { AliasMaker } from '../room/round.ts'
import type { Store } from '../store/port.ts'
import type { BackgroundWork } from '../work/background-work.ts'
import type { Deadlines } from './server.ts'
import type { KnowsHost } from './hosts.ts'
import type { IsTrustedProxy } from './proxies.ts'
import type { KeyedQueue } from './keyed-queue.ts'

/** What all routes work with. */
export interface HttpContext {
  readonly store: Store
  readonly registry: Registry
  readonly spaces: Spaces
  /** Counts what each invitation and address spends, in rooms and by requests. */
  readonly quotas: Quotas
  readonly limits: Limits
  readonly turns: KeyedQueue
  /** Runs long work in other threads. */
  readonly work: BackgroundWork
  readonly random: RandomBytes
  /** Computes the aliases of unattributed rounds. */
  readonly aliases: AliasMaker
  readonly now: () => number
  /** Milliseconds of a clock that never goes back, for rates. */
  readonly monotonic: () => number
  readonly readiness: () => Promise<Readiness>
  readonly log: FastifyBaseLogger
  /** The configured URL; null to use the host that a request came to, if it is known. */
  readonly publicUrl: string | null
  /** Which hosts are this server's; by default loopback names and that of `publicUrl`. */
  readonly knowsHost?: KnowsHost
  /** Which addresses are trusted proxies; by default none. */
  readonly isTrustedProxy?: IsTrustedProxy
  /** By default those for production. */
  readonly deadlines?: Deadlines
  /** Directory of the built client. */
  readonly clientDir: string
  /** Requests per minute that one session or address may make, for links and for commands. */
  readonly rates: { readonly links: number; readonly commands: number }
}
