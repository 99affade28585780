import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createDocument } from '#shared/document/create.ts'
import { openDocument } from '#shared/document/schema.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import type { ImportedBlock, ImportedDraft } from '#shared/model/import.ts'
import { isLeftOut } from '#shared/model/label.ts'
import { histories } from '#test/kit/histories.ts'
import { accepted } from '#test/kit/imported.ts'
import { written } from '#test/kit/labels.ts'
import { draftIn, outlineDraft, shapeOf } from '#test/kit/outlines.ts'
import { LANGUAGES } from '#shared/model/language.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

function exported(draft: ImportedDraft, random: Random): string {
  const od = openDocument(new Y.Doc())
  createDocument(od, draft, (length) => random.bytes(length), 0)
  return writeText(od, 'base')
}

const lineOf = ({ kind, label, level, text }: ImportedBlock): string =>
  `${kind === 'heading' ? '#' : level} ${written(label) ?? '-'}${label && isLeftOut(label) ? ' (left out)' : ''}: ${text.replace(/^[–-] /u, '')}`

test('19.8 19.14 what is exported as text is read again with the same outline and the same words', () => {
  for (const seed of seedsUpTo(histories(1 / 4))) {
    const shape = shapeOf(seed)
    // The first of these headings cannot be told from a title.
    if (shape === 'unnumbered-sections') continue
    const random = new Random(seed + 40_000)
    const draft = outlineDraft(random, shape)
    const text = exported(draft, random)
    const read = accepted(text).draft.blocks.map(lineOf)
    expect(read, `seed ${seed}\n${text}`).toEqual(draft.blocks.map(lineOf))
  }
})

test('24.3 what is exported in a language is read again in it, with the same words of labels', () => {
  for (const seed of seedsUpTo(histories(1 / 16)))
    for (const language of LANGUAGES) {
      const random = new Random(seed + 50_000)
      const draft = draftIn(language, random)
      const text = exported(draft, random)
      const read = accepted(text).draft
      expect(read.language, `seed ${seed}\n${text}`).toBe(language)
      expect(read.blocks.map(lineOf), `seed ${seed}\n${text}`).toEqual(draft.blocks.map(lineOf))
    }
})
