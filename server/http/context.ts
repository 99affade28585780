import type { FastifyBaseLogger } from 'fastify'
import type { RandomBytes } from '#shared/model/ids.ts'
import type { Readiness } from '../operate/readiness.ts'
import type { Spaces } from '../operate/spaces.ts'
import type { Limits } from '../room/limits.ts'
import type { Quotas } from '../room/quota.ts'
import type { Registry } from '../room/registry.ts'
import type { AliasMaker } from '../room/round.ts'
import type { Store } from '../store/port.ts'
import type { BackgroundWork } from '../work/background-work.ts'
import type { Deadlines } from './server.ts'
import type { KnowsHost } from './hosts.ts'
import type { IsTrustedProxy } from './proxies.ts'
import type { Turns } from './turns.ts'

/** What the routes work with. */
export interface HttpContext {
  readonly store: Store
  readonly registry: Registry
  readonly spaces: Spaces
  /** What has been spent by whom, in rooms and by requests. */
  readonly quotas: Quotas
  readonly limits: Limits
  readonly turns: Turns
  /** Where long work is done. */
  readonly work: BackgroundWork
  readonly random: RandomBytes
  /** What stands for a delegation in an unattributed round. */
  readonly aliases: AliasMaker
  readonly now: () => number
  /** Milliseconds of a clock that never goes back, for rates. */
  readonly monotonic: () => number
  readonly readiness: () => Promise<Readiness>
  readonly log: FastifyBaseLogger
  /** As configured; null: whatever known address the request came to. */
  readonly publicUrl: string | null
  /** Absent: loopback names and that of `publicUrl`. */
  readonly knowsHost?: KnowsHost
  /** Absent: nobody is believed who speaks for others. */
  readonly isTrustedProxy?: IsTrustedProxy
  /** Absent: as they are in use. */
  readonly deadlines?: Deadlines
  /** Where the built client is. */
  readonly clientDir: string
  /** Requests a minute from one visit or address, for links and for commands. */
  readonly rates: { readonly links: number; readonly commands: number }
}
