import { JSDOM } from 'jsdom'
import { linesOfHtml, withTable } from '#client/editor/paste/html-lines.ts'
import { written } from '#client/editor/paste/characters.ts'
import type { Line } from '#client/editor/paste/line-writer.ts'

const { DOMParser } = new JSDOM('').window

/** What would be pasted of a clipboard's HTML: one string a paragraph, `*emphasis*` and `**strong**` marked. */
export function pastedOf(html: string): string[] {
  const document = new DOMParser().parseFromString(withTable(html), 'text/html')
  return written(linesOfHtml(document)).lines.map(drawn)
}

export const drawn = (line: Line): string =>
  line
    .map(({ insert, attributes = {} }) => {
      const signs = (attributes.em ? '*' : '') + (attributes.strong ? '**' : '')
      return signs + insert + signs
    })
    .join('')
