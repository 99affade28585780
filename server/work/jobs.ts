import { randomBytes } from 'node:crypto'
import * as Y from 'yjs'
import { encodeState } from '#shared/document/updates.ts'
import { slicesOf } from '#shared/document/slices.ts'
import { createDocument } from '#shared/document/create.ts'
import { openDocument } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { draftDigest } from '#shared/formats/recognise/corrections/draft-digest.ts'
import { readAnswers } from '#shared/formats/recognise/corrections/read-answers.ts'
import { readText } from '#shared/formats/text/read-text.ts'
import type { ReadCode } from '#shared/model/import.ts'
import { fail, type Failure, type Result } from '#shared/model/result.ts'
import { writeExport, type ExportFormat } from '../operate/documents.ts'
import type { ExportView } from '#shared/document/export-json.ts'
import { replay } from '../store/snapshot.ts'

/** The jobs that run in other threads. Inputs and results consist of plain values and bytes. */

/** A committed document: one update that encodes a whole state, and the updates since, oldest first (all Yjs V1). */
export interface EncodedDocument {
  readonly whole: Uint8Array
  readonly tail: readonly Uint8Array[]
}

/** For each kind of job its input and its result. */
export interface Jobs {
  /** Reads the body of an import request and makes a document of it. */
  readonly import: { readonly asked: ImportAsked; readonly done: ImportDone }
  /** Writes an export in UTF-8. */
  readonly export: { readonly asked: ExportAsked; readonly done: Uint8Array }
  /** Encodes a whole document as one update. */
  readonly encode: { readonly asked: EncodedDocument; readonly done: Uint8Array }
  /** Cuts updates, in their order, into parts of about `most` bytes. */
  readonly slice: { readonly asked: SliceAsked; readonly done: readonly Uint8Array[] }
}

export type JobKind = keyof Jobs
export type JobInput<K extends JobKind> = Jobs[K]['asked']
export type JobOutput<K extends JobKind> = Jobs[K]['done']

export interface ImportAsked {
  /** JSON: `{ from, title?, answers?, names?, shown?, file }`, the file in base64. */
  readonly body: Uint8Array
  /** The time of the request, in milliseconds since 1970. */
  readonly now: number
}

/** `request`: the other fields of the body, not validated; absent when the body itself could not be read. */
export type ImportDone =
  | Failure<'not-json' | 'not-base64'>
  | (Result<MadeDocument, ReadCode | 'read-otherwise'> & { readonly request: object })

interface MadeDocument {
  readonly title: string
  /** The Yjs update that creates the document's content, and its client id. */
  readonly bytes: Uint8Array
  readonly client: number
  readonly warnings: readonly string[]
}

export interface ExportAsked {
  readonly document: EncodedDocument
  readonly format: ExportFormat
  readonly view: ExportView
  /** The time that the export states, in milliseconds since 1970. */
  readonly asAt: number
}

export interface SliceAsked {
  readonly updates: readonly Uint8Array[]
  readonly most: number
}

export const JOBS: { readonly [K in JobKind]: (asked: JobInput<K>) => JobOutput<K> } = {
  import: importFile,
  export: ({ document, format, view, asAt }) => {
    const doc = replay(document.whole, document.tail)
    const text = writeExport(openDocument(doc), format, view, asAt)
    doc.destroy()
    return new TextEncoder().encode(text)
  },
  encode: ({ whole, tail }) => {
    const doc = replay(whole, tail)
    const bytes = encodeState(doc)
    doc.destroy()
    return bytes
  },
  slice: ({ updates, most }) => updates.flatMap((update) => [...slicesOf(update, most)]),
}

function importFile({ body, now }: ImportAsked): ImportDone {
  const parsed = parseObject(body)
  if (!parsed) return fail('not-json', 'The request is not valid.')
  const { file, answers = [], names = [], shown, ...request } = parsed
  if (typeof file !== 'string' || !BASE64.test(file))
    return fail('not-base64', 'The request is not valid: file: must be base64.')
  const title = 'title' in request && typeof request.title === 'string' ? { title: request.title } : {}
  const answered = readAnswers({ answers, names })
  if (!answered.ok) return { ...answered, request }
  const read = readText(Buffer.from(file, 'base64'), {
    ...title,
    answers: answered.answers,
    names: answered.names,
  })
  if (!read.ok) return { ...read, request }
  if (shown !== undefined && shown !== draftDigest(read.draft)) return { ...READ_OTHERWISE, request }
  const od = openDocument(new Y.Doc())
  createDocument(od, read.draft, randomBytes, now)
  const made = {
    title: recordGet(od, 'title') ?? '',
    bytes: Y.encodeStateAsUpdate(od.doc),
    client: od.doc.clientID,
  }
  return { ok: true, request, ...made, warnings: read.warnings }
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

const READ_OTHERWISE = fail(
  'read-otherwise',
  'The text would be read otherwise than it was shown. Reload the page and look at it again; what you changed is kept.',
)

interface ImportBody {
  readonly file?: unknown
  readonly answers?: unknown
  readonly names?: unknown
  readonly shown?: unknown
}

function parseObject(body: Uint8Array): ImportBody | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}
