import type { Admitted } from '#shared/document/admit/verdict.ts'
import type { Clock } from './clock.ts'
import { Bucket, type Expense, type Limits } from './limits.ts'
import { UnknownCallers } from './unknown-callers.ts'

/** On whose account something is done. */
export interface Payer {
  readonly invitation: string
  /** Where it comes from, as {@link accountOf} says; null: it counts for nobody else there. */
  readonly address: string | null
}

/** The network that an address is in, as far as one household or office has it: an IPv6 host has millions of them. */
export function accountOf(address: string): string {
  const mapped = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!mapped.includes(':')) return mapped
  const [before = [], after = []] = mapped.split('::').map((part) => part.split(':').filter(Boolean))
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return [...before, ...zeros, ...after].slice(0, 4).join(':')
}

/** Accounts that are remembered. Those that owe nothing are forgotten first, and then those used longest ago. */
const REMEMBERED = 20_000
const LOOKED_AT = 64

/**
 * What invitations and addresses have spent, in all rooms and by all connections and requests: so a room that is
 * unloaded, a new connection or a session begun anew bring no fresh allowance. Time is that of a clock which never goes
 * back.
 */
export class Quotas {
  /** Those who have no invitation. */
  readonly unknownCallers: UnknownCallers
  readonly #limits: Limits
  readonly #clock: Pick<Clock, 'monotonic'>
  readonly #accounts = new Map<string, Account>()

  constructor(limits: Limits, clock: Pick<Clock, 'monotonic'>) {
    this.#limits = limits
    this.#clock = clock
    this.unknownCallers = new UnknownCallers(limits.unknownCallers, clock)
  }

  /** What is added to a document is kept for ever, and sent to everybody who comes. False when it is too much for now. */
  take(
    invitation: string,
    { claimed, created }: Pick<Admitted, 'claimed' | 'created'>,
    bytes: number,
  ): boolean {
    const now = this.#clock.monotonic()
    const account = this.#accountOf(`invitation ${invitation}`, 1)
    return (
      account.clients.take(now, claimed.length) &&
      account.proposals.take(now, created.length) &&
      account.stored.take(now, bytes)
    )
  }

  /** What was written beside what was taken before. It is owed, when there was not so much left. */
  store(invitation: string, bytes: number): void {
    this.#accountOf(`invitation ${invitation}`, 1).stored.charge(this.#clock.monotonic(), bytes)
  }

  /** False when it is too much for now: nothing is taken then. */
  spend(payer: Payer, expense: Expense, cost: number): boolean {
    const now = this.#clock.monotonic()
    const buckets = this.#accountsOf(payer).map((account) => account[expense])
    if (!buckets.every((bucket) => bucket.has(now, cost))) return false
    for (const bucket of buckets) bucket.charge(now, cost)
    return true
  }

  /** Takes what was found out only afterwards. */
  charge(payer: Payer, expense: Expense, cost: number): void {
    const now = this.#clock.monotonic()
    for (const account of this.#accountsOf(payer)) account[expense].charge(now, cost)
  }

  /** How many accounts are remembered. */
  get size(): number {
    return this.#accounts.size
  }

  #accountsOf({ invitation, address }: Payer): Account[] {
    const own = this.#accountOf(`invitation ${invitation}`, 1)
    return address === null ? [own] : [own, this.#accountOf(`address ${address}`, this.#limits.addressFactor)]
  }

  #accountOf(key: string, times: number): Account {
    const now = this.#clock.monotonic()
    const account = this.#accounts.get(key) ?? openAccount(this.#limits, times, now)
    // Last used, last to go.
    this.#accounts.delete(key)
    this.#accounts.set(key, account)
    if (this.#accounts.size > REMEMBERED) this.#forgetOne(now)
    return account
  }

  #forgetOne(now: number): void {
    let oldest: string | undefined
    let looked = 0
    for (const [key, account] of this.#accounts) {
      oldest ??= key
      if (isUntouched(account, now)) {
        oldest = key
        break
      }
      if (++looked === LOOKED_AT) break
    }
    if (oldest !== undefined) this.#accounts.delete(oldest)
  }
}

type Account = Readonly<Record<Expense | 'clients' | 'proposals' | 'stored', Bucket>>

function openAccount(limits: Limits, times: number, now: number): Account {
  const bucket = (burst: number, perSecond: number) => new Bucket(times * burst, times * perSecond, now)
  const { frames, received, documents, writes, work } = limits.expenses
  return {
    frames: bucket(frames.burst, frames.perSecond),
    received: bucket(received.burst, received.perSecond),
    documents: bucket(documents.burst, documents.perSecond),
    writes: bucket(writes.burst, writes.perSecond),
    work: bucket(work.burst, work.perSecond),
    clients: bucket(limits.clientsBurst, limits.clientsPerSecond),
    proposals: bucket(limits.proposalsBurst, limits.proposalsPerSecond),
    stored: bucket(limits.bytesBurst, limits.bytesPerSecond),
  }
}

const isUntouched = (account: Account, now: number): boolean =>
  Object.values(account).every((bucket) => bucket.isFull(now))
