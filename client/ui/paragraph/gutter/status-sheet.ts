import { useEffect, useState } from 'react'
import type { Board, BoardBlock } from '#shared/document/composition/board.ts'
import type { HostId } from '#shared/model/ids.ts'
import { isAgreedBlock, isStanding, marksOf, statusOf } from '../status.ts'

/**
 * Shows the status of paragraphs by a stylesheet of its own, because ProseMirror would take changed elements for
 * edits. The marks behind a paragraph are generated content, so that they are neither editable nor copied.
 */
export function useStatusSheet(board: Board, changed: ReadonlySet<HostId>): void {
  const [sheet] = useState(() => new CSSStyleSheet())
  useEffect(() => {
    document.adoptedStyleSheets.push(sheet)
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
    }
  }, [sheet])
  const rules = rulesFor(board, changed)
  useEffect(() => {
    sheet.replaceSync(rules)
  }, [sheet, rules])
}

const known = new WeakMap<BoardBlock, string>()

function rulesFor(board: Board, changed: ReadonlySet<HostId>): string {
  const rules: string[] = []
  for (const block of board.blocks) {
    // A status changes only with its block, but the reason for an empty number, and what is asked above it, may change without it.
    const own =
      block.vacant || block.above.length > 0
        ? rulesOf(board, block)
        : (known.get(block) ?? rulesOf(board, block))
    known.set(block, own)
    if (own !== '') rules.push(own)
    if (changed.has(block.id)) rules.push(`${selector(block.id)}{--changed:var(--warn)}`)
  }
  return rules.join('\n')
}

function rulesOf(board: Board, block: BoardBlock): string {
  if (!isStanding(block)) return ''
  const where = selector(block.id)
  const marks = marksOf(board, block)
  const status = statusOf(block)
  const lines = linesInGutter(block)
  return [
    // The line break that holds an empty block open; its number is in the same line as the reason.
    block.vacant && `${where} > br{display:none}`,
    marks && `${where}::after{content:${cssText(` ${marks}`)}}`,
    status === 'under-discussion' && `${where}{--floor:var(--accent)}`,
    isAgreedBlock(block) && `${where}{--agreed:var(--good)}`,
    lines > 0 && `${where}{--gutter-lines:${lines}}`,
  ]
    .filter(Boolean)
    .join('')
}

/** The number of lines under a paragraph's number. A short paragraph is made as high as these. */
function linesInGutter(block: BoardBlock): number {
  const counts = block.open > 0 ? 1 : 0
  return statusOf(block) === 'open' ? counts : counts + 1
}

const selector = (id: HostId): string => `.ProseMirror > .block[data-id="${CSS.escape(id)}"]`

const cssText = (text: string): string => `"${text.replace(/["\\]/g, String.raw`\$&`)}"`
