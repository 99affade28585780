import type { ProposalRow } from '#shared/document/composition/board.ts'

/** A word of a wording that may be accepted in part. */
export interface Word {
  readonly text: string
  /** The text between it and the next word. */
  readonly gap: string
}

export interface Words {
  /** White space before the first word. It is part of the wording. */
  readonly lead: string
  readonly words: readonly Word[]
}

/** Divides a wording into words. Punctuation by itself is joined to the next word, or at the end to the one before. */
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

/** The chosen words in order, with one space between words that were not neighbours. */
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

/** Whether a proposal can be accepted in part: it has several words, or also deletes some. */
export const mayBeInPart = (row: ProposalRow): boolean =>
  row.text !== '' && (row.struck !== '' || wordsOf(row.text).words.length > 1)
