import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { recordGet } from '#shared/document/records.ts'
import type { Looked } from '#shared/protocol/http.ts'
import { BUSY, FormerTexts } from '../../operate/former-texts.ts'
import type { Looker } from '../../store/port.ts'
import { callerIn, payerOf } from '../caller.ts'
import type { HttpContext } from '../context.ts'
import { inTurn, payWork } from './in-turn.ts'
import { RequestProblem, type ProblemCode } from '../problem.ts'

/** Routes for former texts: a revision, the text as of a log row, and when a person last marked it as seen. */

interface NumberRoute {
  Params: { document: string; number: string }
}

interface DocumentRoute {
  Params: { document: string }
}

/** Requests per minute and session, because a text that is not kept must be computed from the log. */
const TEXTS = 120

const limit = (max: number) =>
  ({ config: { rateLimit: { max, timeWindow: '1 minute' }, needs: 'read' } }) as const

export function textRoutes(app: FastifyInstance, context: HttpContext): void {
  const texts = new FormerTexts(context.store)
  const paid = (request: FastifyRequest) => (bytes: number) =>
    payWork(context, payerOf(callerIn(request), request), bytes)

  app.get<NumberRoute>('/api/documents/:document/revisions/:number', limit(TEXTS), async (request, reply) => {
    const { document, invitation } = callerIn(request)
    const number = wholeNumber(request.params.number, 'no-revision')
    const sequence = await context.registry.read(
      document,
      (od) => recordGet(od, `revision/${number}`)?.sequence ?? 0,
    )
    const text = sequence === null ? null : await texts.at(document, sequence, invitation.id, paid(request))
    return sendText(reply, text, 'no-revision')
  })

  app.get<NumberRoute>('/api/documents/:document/texts/:number', limit(TEXTS), async (request, reply) => {
    const { document, invitation } = callerIn(request)
    const sequence = wholeNumber(request.params.number, 'no-text')
    return sendText(reply, await texts.at(document, sequence, invitation.id, paid(request)), 'no-text')
  })

  const often = limit(context.rates.commands)
  app.get<DocumentRoute>('/api/documents/:document/looked', often, async (request, reply) =>
    sendLooked(reply, await context.store.looked(lookerOf(request))),
  )
  app.put<DocumentRoute>('/api/documents/:document/looked', often, async (request, reply) => {
    const look = () => context.store.look(lookerOf(request), context.now())
    return sendLooked(reply, await inTurn(context, request, callerIn(request), look))
  })
}

function wholeNumber(value: string, otherwise: ProblemCode): number {
  if (!/^[1-9][0-9]{0,14}$/.test(value)) throw new RequestProblem(otherwise)
  return Number(value)
}

function sendText(
  reply: FastifyReply,
  text: string | null | typeof BUSY,
  otherwise: ProblemCode,
): FastifyReply {
  if (text === BUSY) throw new RequestProblem('too-many')
  if (text === null) throw new RequestProblem(otherwise)
  return reply.type('application/json; charset=utf-8').send(text)
}

function lookerOf(request: FastifyRequest): Looker {
  const { document, visit, invitation } = callerIn(request)
  return { document, invitation: invitation.id, name: visit.name }
}

/** Serialised here, because Fastify would send null as an empty answer. */
const sendLooked = (reply: FastifyReply, answer: Looked): FastifyReply =>
  reply.type('application/json; charset=utf-8').send(JSON.stringify(answer))
