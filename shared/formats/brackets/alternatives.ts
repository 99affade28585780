import type { Bracket, BracketNode } from './tree.ts'
import type { Statement } from './statement.ts'
import { readStatement, splitStatement } from './statement.ts'

/** One of the alternatives in a bracket, with what is said of it; null when nothing is. */
export interface Alternative {
  readonly nodes: readonly BracketNode[]
  readonly said: Statement | null
  /** Whether it says that it is another wording of what stands before it: `Alt. JPN: …`. */
  readonly isAlternative?: true
}

/** Between the alternatives of a bracket. */
const STROKE = /\s\/{1,2}\s/u
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
    const left = [...nodes.slice(0, -1), ...rest]
    const headed = exact ? null : named(left)
    return headed?.isAlternative && !headed.said
      ? { ...headed, said: split.said }
      : { nodes: left, said: split.said }
  }
  return exact ? { nodes, said: null } : (namedBehind(nodes) ?? named(nodes))
}

/** Takes a bracket that holds nothing but names, or what they say, off the end: `calm [JPN]`. */
function namedBehind(nodes: readonly BracketNode[]): Alternative | null {
  const last = nodes.at(-1)
  if (nodes.length < 2 || last?.kind !== 'bracket' || last.nodes.length !== 1) return null
  const said = readStatement(sourceOf(last.nodes), true)
  return said && { nodes: nodes.slice(0, -1), said }
}

/** Takes the names off the start: `EU: calm`, `EU – calm`, `Alt. JPN: calm`, `(EU) calm`. */
function named(nodes: readonly BracketNode[]): Alternative {
  const [first, ...rest] = nodes
  if (first?.kind !== 'words') return { nodes, said: null }
  const match =
    /^\s*(?:(?<head>[^:–—]{1,120}?)(?::\s+|\s+[-–—]\s+)|\((?<round>[^()]{1,120})\)\s+)(?=\S)/u.exec(
      first.text,
    ) ?? /^\s*(?<head>alt)\.\s+(?=\S)/iu.exec(first.text)
  const head = match && readHead(match.groups?.['head'] ?? match.groups?.['round'] ?? '')
  if (!match || !head) return { nodes, said: null }
  const words = { kind: 'words' as const, text: first.text.slice(match[0].length) }
  const { said, isAlternative } = head
  return { nodes: [words, ...rest], said, ...(isAlternative ? { isAlternative } : {}) }
}

/** What a head says that a text is, beside whose it is. */
const ALTERNATIVE = /(?<![\p{L}-])alt(?:ernative|\.)?(?: ?\d{1,2})?(?![\p{L}])\.?/iu
/** Reads what stands before the words of a bracket: names, also with `alt`, `proposal` or `delete` beside them. */
function readHead(head: string): Pick<Alternative, 'said' | 'isAlternative'> | null {
  const isAlternative = ALTERNATIVE.test(head)
  const names = head
    .replace(ALTERNATIVE, '')
    .trim()
    .replace(/^\((.+)\)$/u, '$1')
  if (names === '') return isAlternative ? { said: null, isAlternative } : null
  const said = readStatement(names, true)
  const verbs = new Set(said?.clauses.map(({ verb }) => verb))
  if (!said || verbs.size !== 1 || !(verbs.has('want') || verbs.has('delete'))) return null
  return isAlternative ? { said, isAlternative } : { said }
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
