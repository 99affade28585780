import type { Bracket, BracketNode } from './tree.ts'
import type { Statement } from './statement.ts'
import { readStatement, splitStatement } from './statement.ts'
import { readNames } from './name-list.ts'

/** One of the alternatives in a bracket, with what is said of it; null when nothing is. */
export interface Alternative {
  readonly nodes: readonly BracketNode[]
  readonly said: Statement | null
}

/** Between the alternatives of a bracket. */
const STROKE = /\s\/\s/u
/** Two words of which one is to be chosen. */
const CHOICE = /^\p{L}[\p{L}’'-]*(?:\/\p{L}[\p{L}’'-]*)+$/u
const ONE_TERM = /^(?:and\/or|or\/and|he\/she|she\/he|his\/her|her\/his|s\/he|w\/o|n\/a)$/iu

/** Divides the contents of a bracket into its alternatives. `exact`: they are written as in an export, in no other way. */
export function alternativesOf({ nodes, closes }: Bracket, exact: boolean): readonly Alternative[] {
  const parts = dividedAt(nodes, exact)
  return parts.map((part, i) => alternative(part, closes || i < parts.length - 1, exact))
}

function dividedAt(nodes: readonly BracketNode[], exact: boolean): BracketNode[][] {
  const [only] = nodes
  if (!exact && nodes.length === 1 && only?.kind === 'words') {
    const words = only.text.trim()
    if (CHOICE.test(words) && !ONE_TERM.test(words))
      return words.split('/').map((text): BracketNode[] => [{ kind: 'words', text }])
  }
  const parts: BracketNode[][] = [[]]
  for (const node of nodes) {
    const pieces = node.kind === 'words' && node.text.trim() !== '/' ? node.text.split(STROKE) : []
    if (node.kind !== 'words' || pieces.length < 2) {
      parts.at(-1)?.push(node)
      continue
    }
    for (const [i, text] of pieces.entries()) {
      if (i > 0) parts.push([])
      if (text !== '') parts.at(-1)?.push({ kind: 'words', text })
    }
  }
  return parts
}

/** Takes the names off the end, or off the start where they stand as `EU: text`. `ends`: the bracket is closed in this block. */
function alternative(nodes: readonly BracketNode[], ends: boolean, exact: boolean): Alternative {
  const last = nodes.at(-1)
  const split = ends && last?.kind === 'words' ? splitStatement(last.text, exact) : null
  if (split) {
    const words = split.words.trimEnd()
    const rest: BracketNode[] = words === '' ? [] : [{ kind: 'words', text: words }]
    return { nodes: [...nodes.slice(0, -1), ...rest], said: split.said }
  }
  if (exact) return { nodes, said: null }
  const first = nodes[0]
  const named = first?.kind === 'words' ? /^\s*([^:]{1,120}):\s+(?=\S)/u.exec(first.text) : null
  if (!first || first.kind !== 'words' || !named) return { nodes, said: null }
  const names = readNames(named[1] ?? '', true)
  const said = names && readStatement(named[1] ?? '', true)
  if (!said || said.clauses.some(({ verb }) => verb !== 'want')) return { nodes, said: null }
  return { nodes: [{ kind: 'words', text: first.text.slice(named[0].length) }, ...nodes.slice(1)], said }
}

/** Returns the text of nodes as it stood in the source. */
export const sourceOf = (nodes: readonly BracketNode[]): string =>
  nodes
    .map((node) =>
      node.kind === 'words'
        ? node.text
        : `${node.opens ? '[' : ''}${sourceOf(node.nodes)}${node.closes ? ']' : ''}`,
    )
    .join('')
