import type { FastifyInstance, FastifyRequest } from 'fastify'
import { newDocumentId } from '#shared/model/ids.ts'
import type { ImportResponse } from '#shared/protocol/http.ts'
import { issueLinks } from '../../operate/links.ts'
import type { ImportDone } from '../../work/jobs.ts'
import { actorOf, baseUrl, bodyBytes, callerOf, pay, payerOf, somebodyWho } from '../caller.ts'
import type { HttpContext } from '../context.ts'
import { payWork } from './in-turn.ts'
import { RequestProblem, unwrap } from '../problem.ts'
import { importFields, parse } from './schemas.ts'

/** `POST /api/documents` makes a document from an uploaded text. Another thread parses the body and the text. */

/** Most bytes of a body. Far more than the reader accepts, so that the reader explains why a large file is refused. */
const IMPORT_BODY = 32 * 1024 * 1024

export function importRoutes(app: FastifyInstance, context: HttpContext): void {
  // A scope of its own, in which bodies are not parsed here.
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
        // Checked before a body of this size is read: the caller must be allowed to import in some document.
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
  const read = unwrap(await context.work.run('import', { body, now: context.now() }, request.ip))
  const { from } = parse(importFields, fieldsOf(read))
  const caller = await callerOf(context, request, from, 'import')
  if (!read.ok) throw new RequestProblem('unreadable', read.message, read.code)
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

/** The body's fields without the file. Throws {@link RequestProblem} for a body that is not valid. */
function fieldsOf(read: ImportDone): object {
  if ('request' in read) return read.request
  throw new RequestProblem('invalid', read.message)
}
