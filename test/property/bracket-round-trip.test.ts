import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createDocument } from '#shared/document/create.ts'
import type { Piece } from '#shared/document/composition/compose.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { openDocument } from '#shared/document/schema.ts'
import { readText } from '#shared/formats/text/read-text.ts'
import { writeTextExport } from '#shared/formats/text/write-text.ts'
import type { ImportedDraft } from '#shared/model/import.ts'
import { accepted } from '#test/kit/imported.ts'
import { histories } from '#test/kit/histories.ts'
import { negotiatedDocument } from '#test/kit/negotiated-document.ts'
import { Random } from '#test/kit/random.ts'
import { describeDocument } from '#test/kit/same-document.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const AS_AT = Date.UTC(2026, 5, 9, 14, 5)

function made(draft: ImportedDraft): OutcomeDocument {
  const od = openDocument(new Y.Doc())
  const random = new Random(7)
  createDocument(od, draft, (length) => random.bytes(length), AS_AT)
  return od
}

const again = (od: OutcomeDocument): OutcomeDocument =>
  made(accepted(writeTextExport(od, 'all', AS_AT)).draft)

test('21.10 an export of everything, read again, makes the same outline, words, proposals, names, positions and statuses', () => {
  for (const seed of seedsUpTo(histories(1 / 4))) {
    const od = negotiatedDocument(seed)
    const text = writeTextExport(od, 'all', AS_AT)
    const read = made(accepted(text).draft)
    expect(describeDocument(read), `seed ${seed}\n${text}`).toEqual(describeDocument(od))
  }
})

const TEXTS = join(import.meta.dirname, '../../../shared/texts')
const CASES = join(import.meta.dirname, '../../../shared/cases/import')
const found = [TEXTS, CASES].flatMap((folder) =>
  existsSync(folder)
    ? readdirSync(folder).flatMap((name) => (name.endsWith('.txt') ? [join(folder, name)] : []))
    : [],
)

/** Without the marks of footnotes, which are no words. */
const wordsIn = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (piece.kind === 'mark' ? '' : piece.text)).join('')

/** Letters and numbers, without spaces and signs. */
const lettersOf = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '')

test('21.1 no word in a bracket of a text by other hands is lost, doubled or moved', () => {
  for (const file of found) {
    const result = readText(readFileSync(file))
    // Names are spelt as the directory spells them, so that their letters are others.
    if (!result.ok || result.names.length > 0) continue
    const od = made(result.draft)
    const projection = new Projection(od, 'all')
    const blocks = projection.blocks()
    for (const [i, { text, bracketed }] of result.draft.blocks.entries()) {
      if (bracketed?.status || bracketed?.former || bracketed?.vacant || bracketed?.requests.length) continue
      const { pieces } = projection.composed(blocks[i]!)
      expect(lettersOf(wordsIn(pieces)), `${file}, block ${i}`).toBe(lettersOf(text))
    }
    projection.destroy()
  }
})

test('21.10 so does the export of a text by other hands', () => {
  for (const file of found) {
    const result = readText(readFileSync(file))
    if (!result.ok) continue
    const od = made(result.draft)
    expect(describeDocument(again(od)), file).toEqual(describeDocument(od))
  }
})
