import type { FastifyRequest } from 'fastify'
import { payerOf, type Caller } from '../caller.ts'
import type { Payer } from '../../room/limits/quota.ts'
import type { HttpContext } from '../context.ts'
import { RequestProblem } from '../problem.ts'

/**
 * Makes a durable write beside the log. Writes of one invitation are made one at a time, and their number is limited.
 */
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

/** Cost of a job in another thread, milliseconds: for each megabyte read or written, and at least. */
const MEGABYTE = 200
const LEAST = 20

/** Charges a job in another thread by the bytes of its input or result. Throws {@link RequestProblem}. */
export function payWork({ quotas }: Pick<HttpContext, 'quotas'>, payer: Payer, bytes: number): void {
  if (!quotas.spend(payer, 'work', LEAST)) throw new RequestProblem('too-many')
  // A job that costs more than what is left overdraws the account and is not refused.
  quotas.charge(payer, 'work', (bytes / 1e6) * MEGABYTE)
}
