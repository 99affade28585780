import type { ProposalRow } from '#shared/document/composition/board.ts'

/** A wording as words that may be taken out one by one. */
export interface Word {
  readonly text: string
  /** What stands between it and the next one. */
  readonly gap: string
}

export interface Words {
  /** White space before the first word: it belongs to the wording. */
  readonly lead: string
  readonly words: readonly Word[]
}

/** A comma or a dash that stands by itself goes with the word after it, at the end with the one before. */
export function wordsOf(wording: string): Words {
  const lead = /^\s*/.exec(wording)?.[0] ?? ''
  const words: Word[] = []
  let held = ''
  for (const [, part = '', gap = ''] of wording.slice(lead.length).matchAll(/(\S+)(\s*)/g)) {
    if (/[\p{L}\p{N}]/u.test(part)) {
      words.push({ text: held + part, gap })
      held = ''
    } else held += part + gap
  }
  const last = words.pop()
  if (held === '' || !last) return { lead, words: last ? [...words, last] : words }
  const trail = /\s*$/.exec(held)?.[0] ?? ''
  return { lead, words: [...words, { text: last.text + last.gap + held.trimEnd(), gap: trail }] }
}

/** The words that were chosen, in their order, with one space between words that were not neighbours. */
export function joined({ lead, words }: Words, chosen: ReadonlySet<number>): string {
  let text = ''
  words.forEach((word, i) => {
    if (!chosen.has(i)) return
    text += word.text + (i < words.length - 1 ? word.gap || ' ' : '')
  })
  if (text === '') return ''
  const trail = words.at(-1)?.gap ?? ''
  return lead + text.trimEnd() + trail
}

/** With one word, and nothing struck, there is no part of it but all or nothing. */
export const mayBeInPart = (row: ProposalRow): boolean =>
  row.text !== '' && (row.struck !== '' || wordsOf(row.text).words.length > 1)
