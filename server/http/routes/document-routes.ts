import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { headOf } from '#shared/document/schema.ts'
import { entriesOf, recordGet } from '#shared/document/records.ts'
import type { Command } from '#shared/model/command.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Attributions, CommandResponse, DocumentInfo } from '#shared/protocol/http.ts'
import { attributionsOf } from '../../operate/attributions.ts'
import { Exports } from '../../operate/exports.ts'
import type { Quotas } from '../../room/limits/quota.ts'
import { inRound } from '../../room/round.ts'
import { personImitatedBy } from '#shared/directory/look-alike.ts'
import { personMistakenFor } from '../../access/person-name.ts'
import { actorOf, callerIn, payerOf, type Caller } from '../caller.ts'
import type { HttpContext } from '../context.ts'
import { inTurn, payWork } from './in-turn.ts'
import { RequestProblem, unwrap } from '../problem.ts'
import { commandRequest, exportQuery, nameRequest, parse } from './schemas.ts'

/** The routes under /api. */

interface DocumentRoute {
  Params: { document: string }
}

export function documentRoutes(app: FastifyInstance, context: HttpContext): void {
  const limit = { max: context.rates.commands, timeWindow: '1 minute' }
  const { quotas } = context
  const exports = new Exports(context.registry, context.work, () => context.now())
  app.addHook('onRequest', async (request, reply) => {
    // Answers must not be cached on a machine that others use too.
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
  app.get<DocumentRoute>('/api/documents/:document', { config: { needs: 'read' } }, (request) =>
    getInfo(context, request),
  )
  app.get<DocumentRoute>(
    '/api/documents/:document/attributions',
    { config: { rateLimit: limit, needs: 'decide' } },
    (request) => getAttributions(context, request),
  )

  app.put<DocumentRoute>(
    '/api/documents/:document/name',
    { config: { rateLimit: limit, needs: 'read' } },
    (request) => putName(context, request),
  )

  app.post<DocumentRoute>(
    '/api/documents/:document/commands',
    { config: { rateLimit: limit, needs: 'read' }, bodyLimit: 1024 * 1024 },
    async (request, reply): Promise<CommandResponse> => {
      const caller = callerIn(request)
      const { key, command } = parse(commandRequest, request.body)
      takeFrom(quotas, caller, command)
      const { document, invitation } = caller
      const answer = await context.spaces.command(document, {
        actor: actorOf(caller),
        key,
        command,
        invitation: invitation.id,
      })
      if (!answer) throw new RequestProblem('no-document')
      if (!answer.ok && (answer.code === 'key-used' || answer.code === 'revoked'))
        throw new RequestProblem(answer.code, answer.message)
      reply.code(answer.ok ? 200 : 409)
      return answer
    },
  )

  app.get<DocumentRoute>(
    '/api/documents/:document/export',
    { config: { rateLimit: limit, needs: 'read' } },
    async (request, reply) => {
      const caller = callerIn(request)
      const { format, view } = parse(exportQuery, request.query)
      const payer = payerOf(caller, request)
      const written = await exports.of(caller.document, format, view, payer.invitation, (bytes) =>
        payWork(context, payer, bytes),
      )
      if (written === null) throw new RequestProblem('no-document')
      reply.type(format === 'json' ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8')
      const { buffer, byteOffset, byteLength } = unwrap(written)
      // A view of the bytes and not a copy, because exports may have megabytes.
      return reply.send(Buffer.from(buffer, byteOffset, byteLength))
    },
  )
}

type Request = FastifyRequest<DocumentRoute>

/** Charges a command like typed text, because commands are kept in the log for ever, refused ones too. */
function takeFrom(quotas: Quotas, { invitation }: Caller, command: Command): void {
  const made = 'bridge' in command ? [command.bridge] : []
  const created = command.kind === 'paragraph-propose' ? [command.proposal] : made
  const bytes = Buffer.byteLength(JSON.stringify(command))
  if (!quotas.take(invitation.id, { claimed: [], created }, bytes)) throw new RequestProblem('too-many')
}

async function getInfo(context: HttpContext, request: Request): Promise<DocumentInfo> {
  const caller = callerIn(request)
  return infoOf(context, caller, actorOf(caller))
}

async function infoOf(
  context: HttpContext,
  { document, invitation }: Caller & Pick<DocumentInfo, 'document'>,
  actor: Actor,
): Promise<DocumentInfo> {
  const known = await context.registry.read(document, (od) => ({
    title: recordGet(od, 'title') ?? '',
    actor: inRound(recordGet(od, 'policy'), document, context.aliases, actor),
  }))
  if (known === null) throw new RequestProblem('no-document')
  return { document, as: invitation.id, ...known, spaces: await context.spaces.of(document, actor) }
}

async function getAttributions(context: HttpContext, request: Request): Promise<Attributions> {
  const { document } = callerIn(request)
  const invitations = await context.store.invitations(document)
  const invited = invitations.flatMap(({ role, participant }) =>
    role === 'delegation' && participant !== null ? [participant] : [],
  )
  const attributions = await context.registry.readInSteps(document, (od) =>
    attributionsOf(od, document, invited, context.aliases),
  )
  if (attributions === null) throw new RequestProblem('no-document')
  return { attributions }
}

/** The persons who have written something in the document's record. */
function personsOnRecord(od: OutcomeDocument): ReadonlySet<string> {
  const persons = new Set<string>()
  for (const id of od.proposals.keys()) persons.add(headOf(od, id as ProposalId)?.person ?? '')
  for (const kind of ['comment', 'decision'] as const)
    for (const [, { person }] of entriesOf(od, kind)) persons.add(person)
  return persons
}

async function putName(context: HttpContext, request: Request): Promise<DocumentInfo> {
  const caller = callerIn(request)
  const { name } = parse(nameRequest, request.body)
  const invited = (await context.store.invitations(caller.document)).flatMap((one) => one.participant ?? [])
  const onRecord = (await context.registry.read(caller.document, personsOnRecord)) ?? new Set()
  const other = personMistakenFor(name, actorOf(caller), invited) ?? personImitatedBy(name, onRecord)
  if (other !== null)
    throw new RequestProblem('invalid', `This name reads like “${other}”: give your own name.`, 'name-taken')
  const { tokenHash } = caller.visit
  await inTurn(context, request, caller, () => context.store.nameVisit(tokenHash, name))
  context.registry.rename(tokenHash, name)
  return infoOf(context, caller, { ...actorOf(caller), name })
}
