import type { FastifyRequest } from 'fastify'
import { payerOf, type Caller } from './caller.ts'
import type { Payer } from '../room/quota.ts'
import type { HttpContext } from './context.ts'
import { RequestProblem } from './problem.ts'

/** A durable write beside the log: of one invitation one at a time, and only so many. */
export async function inTurn<T>(
  { quotas, turns }: HttpContext,
  request: FastifyRequest,
  caller: Caller,
  write: () => Promise<T>,
): Promise<T> {
  if (!quotas.spend(payerOf(caller, request), 'writes', 1)) throw new RequestProblem('too-many')
  const written = await turns.take(caller.invitation.id, async () => ({ value: await write() }))
  if (!written) throw new RequestProblem('too-many')
  return written.value
}

/** What a megabyte costs that another thread reads or writes, milliseconds; and anything at all. */
const MEGABYTE = 200
const LEAST = 20

/** Takes what a job of other threads costs, by the bytes of what it is given or gives. */
export function payWork({ quotas }: Pick<HttpContext, 'quotas'>, payer: Payer, bytes: number): void {
  if (!quotas.spend(payer, 'work', LEAST)) throw new RequestProblem('too-many')
  // One that turns out larger than what is left is owed, not refused.
  quotas.charge(payer, 'work', (bytes / 1e6) * MEGABYTE)
}
