import type { ImportedPosition } from '../../model/import-brackets.ts'
import type { NameBook } from './name-book.ts'
import { readStatement } from './statement.ts'
import type { Statement } from './statement.ts'
import { statementsOf } from './statements.ts'
import { sourceOf } from './alternatives.ts'
import type { BracketNode } from './tree.ts'

/**
 * Takes positions on the whole paragraph off its end: `[… – EU reserve; CAN to come back]`, `(G77: reserve)`. A request to
 * delete it is none.
 */
export function readPositions(
  nodes: readonly BracketNode[],
  names: NameBook,
): { readonly positions: readonly ImportedPosition[]; readonly rest: readonly BracketNode[] } {
  const last = nodes.at(-1)
  if (
    last?.kind === 'bracket' &&
    last.opens &&
    last.closes &&
    last.nodes.every(({ kind }) => kind === 'words')
  ) {
    const said = statementIn(/^\s*(?:…|\.\.\.)\s+[–—-]\s+(.+)$/su.exec(sourceOf(last.nodes))?.[1])
    if (said)
      return { positions: statementsOf(said, names).positions, rest: withoutSpace(nodes.slice(0, -1)) }
  }
  if (last?.kind === 'words' && nodes.length === 1) {
    const match = /\s\(([^()]{1,160})\)$/u.exec(last.text.slice(-170))
    const said = statementIn(match?.[1])
    if (match && said)
      return {
        positions: statementsOf(said, names).positions,
        rest: [{ kind: 'words', text: last.text.slice(0, -match[0].length) }],
      }
  }
  return { positions: [], rest: nodes }
}

/** Returns a statement in which nobody proposes or asks to delete. */
function statementIn(text: string | undefined): Statement | null {
  const said = text === undefined ? null : readStatement(text)
  if (!said || said.clauses.length === 0) return null
  return said.clauses.every(({ verb }) => verb !== 'want' && verb !== 'delete') ? said : null
}

function withoutSpace(nodes: readonly BracketNode[]): readonly BracketNode[] {
  const last = nodes.at(-1)
  if (last?.kind !== 'words') return nodes
  const text = last.text.trimEnd()
  return text === '' ? nodes.slice(0, -1) : [...nodes.slice(0, -1), { kind: 'words', text }]
}
