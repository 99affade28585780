import type { Admitted } from '#shared/document/admit/verdict.ts'
import type { Clock } from './clock.ts'
import { Bucket, type Limits } from './limits.ts'

/**
 * What the holders of one invitation may add to a document, together. All of it is kept for ever and sent to everybody
 * who comes, so that one link in the wrong hands could make the document too heavy for all others.
 */
export class Quotas {
  readonly #limits: Limits
  readonly #clock: Pick<Clock, 'monotonic'>
  readonly #byInvitation = new Map<string, Quota>()

  constructor(limits: Limits, clock: Pick<Clock, 'monotonic'>) {
    this.#limits = limits
    this.#clock = clock
  }

  /** False when it is too much for now. */
  take(
    invitation: string,
    { claimed, created }: Pick<Admitted, 'claimed' | 'created'>,
    bytes: number,
  ): boolean {
    const now = this.#clock.monotonic()
    const quota = this.#byInvitation.get(invitation) ?? newQuota(this.#limits, now)
    this.#byInvitation.set(invitation, quota)
    return (
      quota.clients.take(now, claimed.length) &&
      quota.proposals.take(now, created.length) &&
      quota.bytes.take(now, bytes)
    )
  }
}

interface Quota {
  readonly clients: Bucket
  readonly proposals: Bucket
  readonly bytes: Bucket
}

const newQuota = (limits: Limits, now: number): Quota => ({
  clients: new Bucket(limits.clientsBurst, limits.clientsPerSecond, now),
  proposals: new Bucket(limits.proposalsBurst, limits.proposalsPerSecond, now),
  bytes: new Bucket(limits.bytesBurst, limits.bytesPerSecond, now),
})
