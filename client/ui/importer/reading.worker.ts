import { digest } from 'lib0/hash/sha256'
import { toHexString } from 'lib0/buffer'
import { draftDigest } from '#shared/formats/recognise/corrections/draft-digest.ts'
import { openText, readOpened, type OpenedText } from '#shared/formats/text/read-text.ts'
import type { BracketedText, ImportedProposal } from '#shared/model/import-brackets.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { withTableRows } from './table-rows.ts'
import type { FromReader, ReadAsked, Reading, ToReader } from './messages.ts'

/** Reads texts beside the page, so that typing and scrolling never wait for it. Holds the text that was opened last. */

let opened: OpenedText | null = null

const tell = (message: FromReader): void => self.postMessage(message, { transfer: [] })

self.addEventListener('message', ({ data }: MessageEvent<ToReader>) => {
  const { id, asked } = data
  if (data.kind === 'open' && !open(id, data.bytes)) return
  read(id, asked)
})

/** Returns false when the file holds no draft; the page has been told then. */
function open(id: number, bytes: Uint8Array): boolean {
  opened = null
  tell({ kind: 'progress', id, done: 0.05 })
  const result = openText(bytes)
  if (!result.ok) {
    tell({ kind: 'failed', id, failure: result })
    return false
  }
  opened = result.opened
  tell({ kind: 'progress', id, done: 0.5 })
  tell({ kind: 'opened', id, hash: toHexString(digest(bytes)), lines: textsOf(opened.lines) })
  return true
}

/** Returns the text of each line at the index of its number. */
function textsOf(shown: OpenedText['lines']): readonly string[] {
  const texts = Array.from({ length: (shown.at(-1)?.at ?? 0) + 1 }, () => '')
  for (const { at, text } of shown) texts[at] = text
  return texts
}

function read(id: number, { title, ...answers }: ReadAsked): void {
  if (!opened) return
  const result = readOpened(opened, { ...answers, ...(title.trim() === '' ? {} : { title }) })
  if (!result.ok) return tell({ kind: 'failed', id, failure: result })
  const { draft, names, remarks } = result
  const pieces = result.pieces.map((piece) => {
    const bracketed = piece.block ? draft.blocks[piece.block.index]?.bracketed : undefined
    return { ...piece, proponents: proponentsOf(bracketed), status: bracketed?.status ?? null }
  })
  const reading: Reading = {
    title: draft.title,
    pieces: withTableRows(pieces),
    names,
    remarks,
    digest: draftDigest(draft),
  }
  tell({ kind: 'read', id, reading })
}

function proponentsOf(bracketed: BracketedText | undefined): readonly (ParticipantId | null)[] {
  if (!bracketed) return []
  const found = new Set<ParticipantId | null>()
  const add = (proposals: readonly ImportedProposal[]): void => {
    for (const { by, cosponsors, amendments } of proposals) {
      for (const one of [by, ...cosponsors]) found.add(one)
      add(amendments)
    }
  }
  add(bracketed.proposals)
  if (bracketed.whole) add([{ ...bracketed.whole, start: 0, end: 0 }])
  for (const { by } of bracketed.requests) found.add(by)
  return [...found]
}
