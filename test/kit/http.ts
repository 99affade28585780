import { randomBytes } from 'node:crypto'
import { importDraft } from '#server/operate/documents.ts'
import { issueLinks } from '#server/operate/links.ts'
import { openSqliteStore } from '#server/store/sqlite/sqlite.ts'
import { exportJson } from '#shared/document/export-json.ts'
import { readText } from '#shared/formats/text/read-text.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import type { Settings } from './server.ts'

/** Somebody's browser or program, as far as HTTP goes. */

export interface Link {
  readonly role: string
  readonly participant: string | null
  readonly url: string
  readonly token: string
}

export interface Imported {
  readonly document: string
  readonly title: string
  readonly paragraphs: readonly {
    readonly id: string
    readonly label: string | null
    readonly kind: string
    readonly chapeau: boolean
    readonly text: string
  }[]
  readonly warnings: readonly string[]
  readonly links: readonly Link[]
}

/**
 * A document of so many paragraphs, with a link for each role. What `informals import` does, without the start of a process;
 * a server may run on the folder meanwhile.
 */
export async function importPlain(
  folder: string,
  paragraphs: number,
  { PUBLIC_URL = 'http://127.0.0.1' }: Settings = {},
): Promise<Imported> {
  const lines = Array.from(
    { length: paragraphs },
    (_, i) => `${i + 1}. We reaffirm commitment number ${i + 1}.\n`,
  )
  const read = readText(new TextEncoder().encode(lines.join('\n')), { title: 'A draft' })
  if (!read.ok) throw new Error(read.message)
  const store = await openSqliteStore(folder)
  try {
    const operating = { store, random: randomBytes, now: Date.now() }
    const { id, od, title } = await importDraft({ ...operating, actor: 'server' }, read.draft)
    const issuing = { ...operating, publicUrl: PUBLIC_URL, createdBy: 'operator' } as const
    const links = await issueLinks(issuing, id, ['KEN', 'JPN'] as ParticipantId[])
    return {
      document: id,
      title,
      paragraphs: exportJson(od, 'base').paragraphs,
      warnings: read.warnings,
      links,
    }
  } finally {
    await store.close()
  }
}

export function linkFor({ links }: Pick<Imported, 'links'>, role: string, participant?: string): Link {
  const link = links.find((one) => one.role === role && (!participant || one.participant === participant))
  if (!link) throw new Error(`no link for ${role}`)
  return link
}

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: unknown
}

export interface Asking {
  readonly method?: string
  readonly token?: string
  readonly cookie?: string
  readonly origin?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export async function ask(url: string, asking: Asking = {}): Promise<Reply> {
  const headers: Record<string, string> = { ...asking.headers }
  if (asking.token) headers['authorization'] = `Bearer ${asking.token}`
  if (asking.cookie) headers['cookie'] = asking.cookie
  if (asking.origin) headers['origin'] = asking.origin
  if (asking.body !== undefined && !headers['content-type']) headers['content-type'] = 'application/json'
  const response = await fetch(url, {
    method: asking.method ?? (asking.body === undefined ? 'GET' : 'POST'),
    headers,
    redirect: 'manual',
    ...(asking.body === undefined
      ? {}
      : { body: typeof asking.body === 'string' ? asking.body : JSON.stringify(asking.body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? (JSON.parse(text) as unknown) : null,
  }
}

/** Follows a link as a browser with these cookies: the one that it has then for the link followed last. */
export async function followLink(url: string, cookie?: string): Promise<{ reply: Reply; cookie: string }> {
  const reply = await ask(url, cookie ? { cookie } : {})
  return { reply, cookie: (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '' }
}
