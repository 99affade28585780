import type { FastifyReply } from 'fastify'
import { fail, type Failure } from '#shared/model/result.ts'
import type { Problem } from '#shared/protocol/http.ts'
import { NO_ACCESS } from '../access/visits.ts'
import type { Outcome } from '../work/messages.ts'

/** All errors of routes, by code: the status, and the sentence for a person. */
const PROBLEMS = {
  invalid: { status: 400, message: 'The request is not valid.' },
  unauthorised: { status: 401, message: NO_ACCESS.unauthorised },
  'not-allowed': { status: 403, message: 'Your role does not allow this.' },
  revoked: { status: 403, message: NO_ACCESS.revoked },
  expired: { status: 403, message: NO_ACCESS.expired },
  'foreign-origin': { status: 403, message: 'This request came from another site and was not carried out.' },
  'no-document': { status: 404, message: 'There is no such document.' },
  'no-revision': { status: 404, message: 'There is no such revision.' },
  'no-invitation': { status: 404, message: 'This document has no such invitation.' },
  'own-invitation': { status: 409, message: 'You came by this link yourself: somebody else must revoke it.' },
  'no-text': { status: 404, message: 'The record of this document has no such place.' },
  'not-found': { status: 404, message: 'There is nothing at this address.' },
  'unknown-host': {
    status: 421,
    message:
      'This server does not go by the name that you asked for. If it should, PUBLIC_URL must be set to that address.',
  },
  oversize: { status: 413, message: 'This is too large.' },
  'key-used': { status: 422, message: 'This key was used for another command.' },
  unreadable: { status: 422, message: 'This file could not be read as a draft.' },
  'too-many': { status: 429, message: 'Too many requests. Wait a moment and try again.' },
  'took-too-long': { status: 422, message: 'This took too long and was given up. Try it in smaller parts.' },
  internal: { status: 500, message: 'Something went wrong on the server.' },
  unavailable: { status: 503, message: 'The server could not save just now. Try again in a moment.' },
} as const

export type ProblemCode = keyof typeof PROBLEMS

export const failureOf = <Code extends ProblemCode>(code: Code): Failure<Code> =>
  fail(code, PROBLEMS[code].message)

/** Thrown in a route when the request cannot be served. The error handler sends the problem. */
export class RequestProblem extends Error {
  readonly problem: Problem
  readonly status: number
  constructor(code: ProblemCode, message: string = PROBLEMS[code].message, reported: string = code) {
    super(message)
    this.name = 'RequestProblem'
    this.status = PROBLEMS[code].status
    this.problem = { code: reported, message }
  }
}

export function sendProblem(reply: FastifyReply, problem: RequestProblem): FastifyReply {
  return reply.code(problem.status).header('cache-control', 'no-store').send(problem.problem)
}

/** The result of work in another thread. Throws {@link RequestProblem} when it failed. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  const problems = { busy: 'too-many', 'timed-out': 'took-too-long', failed: 'internal' } as const
  throw new RequestProblem(problems[outcome.code])
}
