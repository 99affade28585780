import type { Node } from 'prosemirror-model'
import { standingWordsOf } from '../standing.ts'
import type { Pasted } from './characters.ts'
import { written } from './characters.ts'
import { linesOfHtml, withTable } from './html-lines.ts'
import { plainLines } from './plain-lines.ts'

/** What a clipboard, or something dropped, has to offer. */
export interface Offered {
  readonly html: string
  readonly text: string
}

/**
 * The words to paste. `shown`: the document into which they are pasted; words copied from it with their brackets are
 * the words that would stand. No lines: there is nothing to paste, and nothing is to be changed.
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

const isBlank = ({ body }: Document): boolean =>
  (body.textContent ?? '').trim() === '' && body.querySelector('img, picture, svg, video, canvas') === null
