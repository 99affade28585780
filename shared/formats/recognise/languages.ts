import type { ImportedBlock } from '../../model/import.ts'
import { firstKey, inLanguage, labelKey } from '../../model/label-path.ts'
import type { Language } from '../../model/language.ts'
import { languageOf } from '../../model/language.ts'

/** Blocks with their languages, and the language of the draft; null when it cannot be told. */
export interface InLanguages {
  readonly blocks: readonly ImportedBlock[]
  readonly language: Language | null
}

/**
 * Says in which language a draft is, which of its blocks are in another one, and which words their labels are written with:
 * those of the block that the path of a label begins with, else those of the draft.
 */
export function inLanguages(blocks: readonly ImportedBlock[]): InLanguages {
  const language = languageOf(blocks.map(({ text }) => text).join('\n'))
  if (language === null) return { blocks, language }
  const told = blocks.map((block) => {
    const own = languageOf(block.text)
    return own === null || own === language ? block : { ...block, language: own }
  })
  const firsts = new Map<string, Language>()
  for (const { label, language: own } of told)
    if (label && !label.within && own) firsts.set(labelKey(label), own)
  const worded = told.map((block) => ({
    ...block,
    label: block.label && inLanguage(block.label, firsts.get(firstKey(block.label)) ?? language),
  }))
  return { blocks: worded, language }
}
