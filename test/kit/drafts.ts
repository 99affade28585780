import type { ImportedDraft } from '#shared/model/import.ts'

/** A draft of so many numbered paragraphs under one heading. */
export function plainDraft(paragraphs: number): ImportedDraft {
  return {
    title: 'Draft outcome document',
    front: ['Note'],
    blocks: [
      { kind: 'heading', number: null, text: 'Our vision' },
      ...Array.from({ length: paragraphs }, (_, i) => ({
        kind: 'paragraph' as const,
        number: i + 1,
        text: `We reaffirm commitment number ${i + 1}.`,
      })),
    ],
  }
}
