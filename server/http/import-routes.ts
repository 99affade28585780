import type { FastifyInstance, FastifyRequest } from 'fastify'
import { newDocumentId } from '#shared/model/ids.ts'
import type { ImportResponse } from '#shared/protocol/http.ts'
import { issueLinks } from '../operate/links.ts'
import type { ImportDone } from '../work/jobs.ts'
import { actorOf, baseUrl, bodyBytes, callerOf, pay, payerOf, somebodyWho } from './caller.ts'
import type { HttpContext } from './context.ts'
import { payWork } from './in-turn.ts'
import { RequestProblem, unwrap } from './problem.ts'
import { importFields, parse } from './schemas.ts'

/** `POST /api/documents`: a text by other hands becomes a document. It is read in another thread, from the body on. */

/** Well over what the reader takes, so that a large file is answered with the reader's own words. */
const IMPORT_BODY = 32 * 1024 * 1024

export function importRoutes(app: FastifyInstance, context: HttpContext): void {
  // A scope of its own, in which bodies stay bytes.
  void app.register(async (scope) => {
    scope.removeContentTypeParser('application/json')
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body)
    })
    scope.post(
      '/api/documents',
      {
        config: { rateLimit: { max: context.rates.commands, timeWindow: '1 minute' } },
        bodyLimit: IMPORT_BODY,
        // Before so large a body is read: from anybody who may import at all.
        onRequest: async (request) => {
          const caller = await somebodyWho(context, request, 'import')
          pay(context, request, caller)
          payWork(context, payerOf(caller, request), 5 * bodyBytes(request))
        },
      },
      (request, reply) => {
        reply.code(201)
        return postImport(context, request)
      },
    )
  })
}

async function postImport(context: HttpContext, request: FastifyRequest): Promise<ImportResponse> {
  const { body } = request
  if (!(body instanceof Uint8Array)) throw new RequestProblem('invalid')
  const read = unwrap(await context.work.run('import', { body }, request.ip))
  const { from } = parse(importFields, fieldsOf(read))
  const caller = await callerOf(context, request, from, 'import')
  if (!read.ok) throw unreadable(read)
  const { store, random } = context
  const { title, bytes, client, warnings } = read
  const now = context.now()
  const id = newDocumentId(random)
  await store.createDocument({ id, title, at: now, actor: actorOf(caller), bytes, client, due: null })
  const createdBy = caller.visit.person
  const links = await issueLinks(
    { store, random, now, publicUrl: baseUrl(context, request), createdBy },
    id,
    [],
  )
  return {
    document: id,
    title,
    links: links.map(({ role, participant, url }) => ({ role, participant, url })),
    warnings,
  }
}

/** The body's fields but for the file. Throws the problem when it is no such body. */
function fieldsOf(read: ImportDone): object {
  if ('request' in read) return read.request
  throw read.code === 'not-json'
    ? new RequestProblem('invalid')
    : new RequestProblem('invalid', 'The request is not valid: file: must be base64.')
}

const unreadable = (read: Extract<ImportDone, { ok: false }>): RequestProblem =>
  'message' in read
    ? new RequestProblem('unreadable', read.message, read.code)
    : new RequestProblem('unreadable')
