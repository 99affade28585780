import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as Y from 'yjs'
import { z } from 'zod'
import { circulateSample, negotiateSample } from '#shared/formats/sample/sample.ts'
import { isParticipantId, type DocumentId, type ParticipantId, type RandomBytes } from '#shared/model/ids.ts'
import { ROLES } from '#shared/model/role.ts'
import { linkUrl, invitationState } from '../access/invite.ts'
import { tokenHash } from '../access/token.ts'
import { isDocumentId } from '../access/document-id.ts'
import type { Store } from '../store/port.ts'
import { makeDocument, type Made } from './documents.ts'
import { issueLinks, type IssuedLink } from './links.ts'

/**
 * The sample document of a first start. Its links stay the same over restarts, so their tokens are stored beside the
 * database. That is acceptable for a sample: whoever can read the directory can read the database too.
 */
export interface Sample {
  readonly document: DocumentId
  readonly title: string
  readonly links: readonly IssuedLink[]
}

export interface SampleSetting {
  readonly store: Store
  readonly dataDir: string
  readonly publicUrl: string
  readonly random: RandomBytes
  readonly now: number
}

export const SAMPLE_FILE = 'sample.json'

const DELEGATIONS = ['KEN', 'EU', 'G77'] as ParticipantId[]

const memory = z.object({
  document: z.custom<DocumentId>(isDocumentId),
  links: z.array(
    z.object({
      role: z.enum(ROLES),
      participant: z.custom<ParticipantId>(isParticipantId).nullable(),
      token: z.string(),
    }),
  ),
})

/** The sample, created if there is none or if one of its links does not work any more. */
export async function openSample(setting: SampleSetting): Promise<Sample> {
  return (await remembered(setting)) ?? create(setting)
}

/** Null when there is none, or when a link of it no longer works. */
async function remembered({ store, dataDir, publicUrl, now }: SampleSetting): Promise<Sample | null> {
  const file = await readFile(fileIn(dataDir), 'utf8').catch(() => 'null')
  const kept = memory.safeParse(parseOrNull(file))
  if (!kept.success) return null
  const { document, links } = kept.data
  const entry = await store.document(document)
  if (!entry) return null
  for (const { token } of links) {
    const invitation = await store.invitationByToken(tokenHash(token))
    if (!invitation || invitationState(invitation, now) !== 'good') return null
  }
  return {
    document,
    title: entry.title,
    links: links.map((link) => ({ ...link, url: linkUrl(publicUrl, link.token) })),
  }
}

async function create(setting: SampleSetting): Promise<Sample> {
  const { store, dataDir, publicUrl, random, now } = setting
  const made = await makeDocument({ store, random, now, actor: 'server' }, (od) =>
    circulateSample(od, random, now),
  )
  await negotiate(setting, made)
  const links = await issueLinks(
    { store, random, now, publicUrl, createdBy: 'operator' },
    made.id,
    DELEGATIONS,
  )
  const kept = links.map(({ role, participant, token }) => ({ role, participant, token }))
  await writeFile(fileIn(dataDir), JSON.stringify({ document: made.id, links: kept }), { mode: 0o600 })
  return { document: made.id, title: made.title, links }
}

/** Adds the sample's negotiation as a log row of its own, so that Rev.1 can be read from the row before. */
async function negotiate({ store, random, now }: SampleSetting, { id, od }: Made): Promise<void> {
  const before = Y.encodeStateVector(od.doc)
  negotiateSample(od, random, now)
  const bytes = Y.encodeStateAsUpdate(od.doc, before)
  const entries = [{ kind: 'settle', actor: 'server', at: now, bytes }] as const
  const appended = await store.append({ document: id, expected: 1, entries, claims: [] })
  if (!appended.ok) throw new Error('somebody else has written in the sample already')
}

const fileIn = (dataDir: string): string => join(dataDir, SAMPLE_FILE)

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
