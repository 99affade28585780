import type { Admitted } from '#shared/document/admit/verdict.ts'
import type { Clock } from '../clock.ts'
import { Bucket, type Expense, type Limits } from './limits.ts'
import { UnknownCallers } from './unknown-callers.ts'

/** The invitation and the network address that an expense is charged to. */
export interface Payer {
  readonly invitation: string
  /** As {@link accountOf} gives it; null when nothing is charged to an address. */
  readonly address: string | null
}

/**
 * The account of an IP address: an IPv4 address itself (also when mapped into IPv6), and the /64 network of an IPv6
 * address, because a single host can use all addresses of its network.
 */
export function accountOf(address: string): string {
  const mapped = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!mapped.includes(':')) return mapped
  const [before = [], after = []] = mapped.split('::').map((part) => part.split(':').filter(Boolean))
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return [...before, ...zeros, ...after].slice(0, 4).join(':')
}

/** Most accounts remembered, and how many of the least recently used are examined when one must be forgotten. */
const REMEMBERED = 20_000
const LOOKED_AT = 64

/**
 * What invitations and addresses have spent, over all rooms, connections and requests of the process. Unloading a room,
 * reconnecting or beginning a new session therefore gives no new allowance.
 *
 * Invariants:
 *
 * - `spend` charges the invitation and the address, or neither.
 * - A full account is forgotten before one that has spent something; forgetting it changes nothing.
 * - At most {@link REMEMBERED} accounts are kept, so memory is bounded whatever addresses call.
 */
export class Quotas {
  /** Limits callers without a valid session, who have no invitation to charge. */
  readonly unknownCallers: UnknownCallers
  readonly #limits: Limits
  readonly #clock: Pick<Clock, 'monotonic'>
  readonly #accounts = new Map<string, Account>()

  constructor(limits: Limits, clock: Pick<Clock, 'monotonic'>) {
    this.#limits = limits
    this.#clock = clock
    this.unknownCallers = new UnknownCallers(limits.unknownCallers, clock)
  }

  /**
   * Charges what an update adds to a document: client ids, proposals and bytes, which are kept for ever and sent to
   * everybody. False when one of them exceeds the allowance for now.
   */
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

  /** Charges bytes stored beyond those of {@link take}, for example by a command. May overdraw the account. */
  store(invitation: string, bytes: number): void {
    this.#accountOf(`invitation ${invitation}`, 1).stored.charge(this.#clock.monotonic(), bytes)
  }

  /** Charges an expense in advance. False, and nothing charged, when an account has not so much left. */
  spend(payer: Payer, expense: Expense, cost: number): boolean {
    const now = this.#clock.monotonic()
    const buckets = this.#accountsOf(payer).map((account) => account[expense])
    if (!buckets.every((bucket) => bucket.has(now, cost))) return false
    for (const bucket of buckets) bucket.charge(now, cost)
    return true
  }

  /** Charges an expense whose amount is known only afterwards. May overdraw the accounts. */
  charge(payer: Payer, expense: Expense, cost: number): void {
    const now = this.#clock.monotonic()
    for (const account of this.#accountsOf(payer)) account[expense].charge(now, cost)
  }

  /** The number of accounts remembered. */
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
    // Reinserted at the end: a map keeps insertion order, so the least recently used account comes first.
    this.#accounts.delete(key)
    this.#accounts.set(key, account)
    if (this.#accounts.size > REMEMBERED) this.#forgetOne(now)
    return account
  }

  /** Forgets a full account among the least recently used; the very oldest when none of those is full. */
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

/** One token bucket for each thing that is counted. */
type Account = Readonly<Record<Expense | 'clients' | 'proposals' | 'stored', Bucket>>

/** A full account with `times` the allowance of one invitation. */
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
