import { readText } from '#shared/formats/text/read-text.ts'
import type { Read } from '#shared/model/import.ts'
import { formatLabel } from '#shared/model/label.ts'
import { writeBlock } from './bracketed.ts'

/** A source and what is read of it, as a file of cases has them. */
export interface DraftCase {
  readonly name: string
  readonly source: string
  readonly expected: string
}

/** Signs of such a file for characters that an editor would change or hide. */
const SIGNS: Readonly<Record<string, string>> = {
  '⇥': '\t',
  '␌': '\f',
  '␍': '\r',
  '⍽': '\u00a0',
  '␭': '\u00ad',
}

/**
 * Divides a file of cases: each begins with a line `=== name`; a line `---` stands between the source and what is read of it, as
 * `writeRead` writes it.
 */
export const casesIn = (file: string): DraftCase[] =>
  file
    .split(/^=== /mu)
    .slice(1)
    .map((part) => {
      const [head = '', expected = ''] = part.split('\n---\n')
      const [name = '', ...lines] = head.split('\n')
      const source = lines.join('\n').replaceAll(/[⇥␌␍⍽␭]/gu, (sign) => SIGNS[sign] ?? sign)
      return { name, source, expected: expected.trim() }
    })

/** Writes what was read: front matter, blocks with their brackets, footnote marks, furniture, and the doubts by line. */
export function writeRead(text: string): string {
  const read = readText(new TextEncoder().encode(text))
  if (!read.ok) return `refused: ${read.code}`
  const { draft, pieces } = read
  const furniture = pieces.flatMap(({ kind, text: words }) => (kind === 'furniture' ? [words] : []))
  const doubts = pieces.flatMap((piece) => piece.doubts.map(({ code, line }) => `${code} ${line}`))
  return [
    `title: ${draft.title}`,
    ...draft.front.map((lines) => `front: ${lines.replaceAll('\n', ' / ')}`),
    ...draft.blocks.map(writeOne),
    ...(furniture.length > 0 ? [`left out: ${furniture.join(' ¦ ')}`] : []),
    ...(doubts.length > 0 ? [`? ${doubts.join(', ')}`] : []),
  ].join('\n')
}

function writeOne(block: Read['draft']['blocks'][number]): string {
  const { kind, label, level, notes = [] } = block
  const marks = notes.map(({ at, note }) => ` {note ${note + 1} at ${at}}`).join('')
  const name = kind === 'heading' ? '#' : kind === 'separator' ? '*' : ''
  const parts = [name, label ? formatLabel(label) : '', level > 0 ? `@${level}` : ''].filter(Boolean)
  return `${parts.join(' ') || '–'}: ${writeBlock(block)}${marks}`
}

/** Writes what is read of the second of three paragraphs, and the codes of its doubts. */
export function writeParagraph(text: string): string {
  const second = /^\[?\d/u.test(text) ? text : `2. ${text}`
  const lines = ['Draft text on otters', '1. We begin.', second, '3. We rest.']
  const read = readText(new TextEncoder().encode(lines.join('\n\n')))
  const block = read.ok ? read.draft.blocks[2] : undefined
  if (!read.ok || !block) return 'refused'
  const codes = read.pieces[2]?.doubts.map(({ code }) => code) ?? []
  return [writeBlock(block), ...(codes.length > 0 ? [`? ${codes.join(', ')}`] : [])].join(' ')
}
