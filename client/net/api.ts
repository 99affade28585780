import type { FrozenText } from '#shared/document/history/compared.ts'
import type { Command, CommandResult } from '#shared/model/command.ts'
import type { DocumentId } from '#shared/model/ids.ts'
import type {
  Attributions,
  CommandRequest,
  DocumentInfo,
  ImportRequest,
  ImportResponse,
  InvitationList,
  InviteRequest,
  InviteResponse,
  ListedInvitation,
  Looked,
  NameRequest,
  Problem,
} from '#shared/protocol/http.ts'
import { fail, type Failure, type Result } from '#shared/model/result.ts'
import { stripText } from '#shared/model/characters/text-policy.ts'

/**
 * What a request gives. The code of a failure is the server's, `http-<status>` for an answer without one, or `unreachable`
 * for no answer.
 */
export type Answer<T> = Result<{ value: T }>
export type CommandReply = CommandResult | Failure

export interface ExportChoice {
  readonly format: 'text' | 'json'
  readonly view: 'all' | 'clean' | 'base'
}

/** How a text is to be imported. */
export type ImportWish = Omit<ImportRequest, 'from' | 'file'>

/** The routes of shared/protocol/http.ts for one document. No method rejects: a failure is a value. */
export interface Api {
  info(): Promise<Answer<DocumentInfo>>
  setName(name: string): Promise<Answer<DocumentInfo>>
  /** Executes a command once for its key. After `unreachable` it may be sent again under the same key. */
  command(key: string, command: Command): Promise<CommandReply>
  importText(file: Uint8Array, wish?: ImportWish): Promise<Answer<ImportResponse>>
  invite(request: InviteRequest): Promise<Answer<InviteResponse>>
  /** The document's links, for those who may invite. */
  invitations(): Promise<Answer<InvitationList>>
  revoke(invitation: string): Promise<Answer<ListedInvitation>>
  exportText(choice: ExportChoice): Promise<Answer<string>>
  /** The text of a revision. */
  revision(number: number): Promise<Answer<FrozenText>>
  /** The text as of a log row. */
  textAt(sequence: number): Promise<Answer<FrozenText>>
  /** Which delegations the aliases of unattributed rounds stand for; for those who decide. */
  attributions(): Promise<Answer<Attributions>>
  /** When this person last marked the document as seen, on any device. */
  looked(): Promise<Answer<Looked>>
  /** Marks the document as seen by this person now. */
  look(): Promise<Answer<Looked>>
}

export interface ApiEnvironment {
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>
}

const UNREACHABLE = fail(
  'unreachable',
  'The server could not be reached. Please try again when the connection is back.',
)

const browserApiEnvironment: ApiEnvironment = {
  fetch: (path, init) => fetch(path, init),
}

/** `as`: which of this browser's sessions to use; null for that of the link followed last. */
export function createApi(
  document: DocumentId,
  as: string | null = null,
  environment: ApiEnvironment = browserApiEnvironment,
): Api {
  const base = `/api/documents/${encodeURIComponent(document)}`
  const ask = (path: string, method = 'GET', body?: unknown) =>
    request(environment, withSession(path, as), method, body)
  return {
    info: async () => json(await ask(base)),
    setName: async (name) => {
      const body: NameRequest = { name: stripText(name, 'line').text }
      return json(await ask(`${base}/name`, 'PUT', body))
    },
    command: async (key, command) => {
      const body: CommandRequest = { key, command }
      return commandAnswer(await ask(`${base}/commands`, 'POST', body))
    },
    importText: async (file, { title: given, ...wish } = {}) => {
      const title = stripText(given ?? '', 'line').text.trim()
      const named = title === '' ? {} : { title }
      const body: ImportRequest = { from: document, file: base64(file), ...wish, ...named }
      return json(await ask('/api/documents', 'POST', body))
    },
    invite: async (wish) => json(await ask(`${base}/invitations`, 'POST', wish)),
    invitations: async () => json(await ask(`${base}/invitations`)),
    revoke: async (invitation) =>
      json(await ask(`${base}/invitations/${encodeURIComponent(invitation)}`, 'DELETE')),
    exportText: async ({ format, view }) => text(await ask(`${base}/export?format=${format}&view=${view}`)),
    revision: async (number) => json(await ask(`${base}/revisions/${number}`)),
    textAt: async (sequence) => json(await ask(`${base}/texts/${sequence}`)),
    attributions: async () => json(await ask(`${base}/attributions`)),
    looked: async () => json(await ask(`${base}/looked`)),
    look: async () => json(await ask(`${base}/looked`, 'PUT')),
  }
}

/** Adds to an address which of this browser's sessions to use. */
export const withSession = (address: string, as: string | null): string =>
  as === null ? address : `${address}${address.includes('?') ? '&' : '?'}as=${encodeURIComponent(as)}`

/** Statuses of proxies without a server behind them, and of a server that asks to be called later: as no answer. */
const LATER = new Set([429, 502, 503, 504])

/** Sends a request; null when no server answered. */
async function request(
  environment: ApiEnvironment,
  path: string,
  method: string,
  body: unknown,
): Promise<Response | null> {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' }
  const content = body === undefined ? {} : { body: JSON.stringify(body) }
  try {
    const response = await environment.fetch(path, {
      method,
      headers,
      ...content,
      credentials: 'same-origin',
    })
    return LATER.has(response.status) ? null : response
  } catch {
    return null
  }
}

export const isUnreachable = (answer: CommandReply): boolean => !answer.ok && answer.code === UNREACHABLE.code

async function json<T>(response: Response | null): Promise<Answer<T>> {
  if (response === null) return UNREACHABLE
  if (!response.ok) return problem(response)
  return read(async () => ({ ok: true, value: (await response.json()) as T }))
}

async function text(response: Response | null): Promise<Answer<string>> {
  if (response === null) return UNREACHABLE
  if (!response.ok) return problem(response)
  return read(async () => ({ ok: true, value: await response.text() }))
}

/** The outcome of a command; a refusal comes with status 409 and the refusal as its body. */
async function commandAnswer(response: Response | null): Promise<CommandReply> {
  if (response === null) return UNREACHABLE
  if (!response.ok) return problem(response)
  return read(async () => (await response.json()) as CommandResult)
}

/** An answer that breaks off half-way counts as none. */
async function read<T>(run: () => Promise<T>): Promise<T | Failure> {
  try {
    return await run()
  } catch {
    return UNREACHABLE
  }
}

async function problem(response: Response): Promise<Failure> {
  try {
    const body = (await response.json()) as Partial<Problem>
    if (typeof body.code === 'string' && typeof body.message === 'string')
      return fail(body.code, body.message)
  } catch {
    // Not an answer of our own routes; the status is reported below.
  }
  return fail(`http-${response.status}`, `The server answered with an error (${response.status}).`)
}

/** Base64 of bytes. Encoded in pieces, because String.fromCharCode takes a limited number of arguments. */
function base64(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(binary)
}
