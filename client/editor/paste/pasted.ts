import type { Node } from 'prosemirror-model'
import { standingWordsOf } from './standing.ts'
import type { Pasted } from './characters.ts'
import { written } from './characters.ts'
import { linesOfHtml, withTable } from './html-lines.ts'
import { plainLines } from './plain-lines.ts'

/** What a clipboard, or something dropped, holds: as HTML and as plain text, each '' when it is missing. */
export interface Offered {
  readonly html: string
  readonly text: string
}

/**
 * Returns the words to paste. `shown`: the document into which they are pasted. Plain text that was copied from it with
 * its brackets gives the words that would stand if these were accepted (see `standing.ts`). The plain text is read only
 * when the HTML has neither words nor pictures. No lines mean that there is nothing to paste and nothing must be changed.
 */
export function readPasted({ html, text }: Offered, shown: Node): Pasted {
  if (html !== '') {
    const document = new DOMParser().parseFromString(withTable(html), 'text/html')
    const lines = linesOfHtml(document)
    if (lines.length > 0 || !isBlank(document)) return written(lines)
  }
  const lines = plainLines(text).map((line) => {
    return standingWordsOf(line.map(({ insert }) => insert).join(''), shown) ?? line
  })
  return written(lines)
}

/** Returns lines as they are pasted into a block. A footnote takes no paragraph behind it, so its lines become one. */
export function linesFor(block: Node, lines: Pasted['lines']): Pasted['lines'] {
  if (block.type.name !== 'note' || lines.length < 2) return lines
  return [lines.flatMap((line, i) => (i === 0 ? line : [{ insert: ' ' }, ...line]))]
}

const isBlank = ({ body }: Document): boolean =>
  (body.textContent ?? '').trim() === '' && body.querySelector('img, picture, svg, video, canvas') === null
