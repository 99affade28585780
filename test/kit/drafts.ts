import type { ImportedDraft } from '#shared/model/import.ts'

/** A draft of so many numbered paragraphs under one heading. */
export function plainDraft(paragraphs: number): ImportedDraft {
  return {
    title: 'Draft outcome document',
    front: ['Note'],
    blocks: [
      { kind: 'heading', label: null, level: 0, text: 'Our vision' },
      ...Array.from({ length: paragraphs }, (_, i) => ({
        kind: 'paragraph' as const,
        label: { number: i + 1, suffix: 0 },
        level: 0,
        text: `We reaffirm commitment number ${i + 1}.`,
      })),
    ],
  }
}
