import { readText } from '#shared/formats/text/read-text.ts'
import type { ReadOptions } from '#shared/formats/text/read-text.ts'
import { formatLabel, formatStep } from '#shared/model/label.ts'
import type { ImportedDraft, ReadCode } from '#shared/model/import.ts'

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The draft read from a text that must be one. */
export function accepted(text: string, options?: ReadOptions): { draft: ImportedDraft; warnings: string } {
  const result = readText(utf8(text), options)
  if (!result.ok) throw new Error(`refused: ${result.code}: ${result.message}`)
  return { draft: result.draft, warnings: result.warnings.join('\n') }
}

/** The refusal of a file that must not be imported. */
export function refused(
  file: string | Uint8Array,
  options?: ReadOptions,
): { code: ReadCode; message: string } {
  const result = readText(typeof file === 'string' ? utf8(file) : file, options)
  if (result.ok) throw new Error(`imported as ${outline(result.draft).join(' / ')}`)
  return { code: result.code, message: result.message }
}

/** One line a block: `# heading`, `---` for a separator, `3: text`. */
export function outline(draft: ImportedDraft): string[] {
  return draft.blocks.map(({ kind, label, text }) => {
    if (kind === 'heading')
      return ['#', label ? formatStep(label) : '', text].filter((part) => part !== '').join(' ')
    return kind === 'separator' ? '---' : `${label && formatLabel(label)}: ${text}`
  })
}

/** The full reference of each block; empty for those without a label. */
export const labels = ({ blocks }: ImportedDraft): string[] =>
  blocks.map(({ label }) => (label ? formatLabel(label) : ''))

export const wordsOf = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '')

/** Every word that the draft kept, in the order of the source, numbers printed as `1.`. */
export function keptWords(draft: ImportedDraft): string[] {
  const blocks = draft.blocks.map(({ label, text }) => (label ? `${formatStep(label)}. ${text}` : text))
  return wordsOf([...draft.front, ...blocks].join(' '))
}
