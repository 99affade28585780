import type { ImportedPosition } from '../../model/import-brackets.ts'
import type { NameBook } from './name-book.ts'
import { readStatement } from './statement.ts'
import type { Statement } from './statement.ts'
import { statementsOf } from './statements.ts'
import { sourceOf } from './alternatives.ts'
import type { BracketNode } from './tree.ts'

/** What is said of a whole paragraph: `… – EU reserve; CAN to come back`. */
const OF_ALL = /^\s*(?:…|\.\.\.)\s+[–—-]\s+(.+)$/su

/**
 * Takes positions on the whole paragraph off its end: `[… – EU reserve; CAN to come back]`, `[EU reserves]`, `(G77: reserve)`.
 * A request to delete it is none. `exact`: only in the first way.
 */
export function readPositions(
  given: readonly BracketNode[],
  names: NameBook,
  exact: boolean,
): { readonly positions: readonly ImportedPosition[]; readonly rest: readonly BracketNode[] } {
  const nodes = exact ? given : withStatementBracketed(given)
  const last = nodes.at(-1)
  if (last?.kind !== 'bracket' || !last.opens || !last.closes) return { positions: [], rest: nodes }
  if (last.nodes.some(({ kind }) => kind !== 'words')) return { positions: [], rest: nodes }
  const source = sourceOf(last.nodes)
  const ofAll = OF_ALL.exec(source)?.[1]
  const said =
    ofAll === undefined && (exact || !followsWords(nodes))
      ? null
      : readStatement(ofAll ?? source, ofAll === undefined)
  return said && isPositionOnly(said)
    ? { positions: statementsOf(said, names).positions, rest: withoutSpace(nodes.slice(0, -1)) }
    : { positions: [], rest: nodes }
}

/**
 * Takes the names off the end of a paragraph whose number says that it was added, `2 bis. We rest. [G77]`, `(G77)`: they propose
 * it. Null when it ends otherwise.
 */
export function readProponents(
  nodes: readonly BracketNode[],
): { readonly said: Statement; readonly rest: readonly BracketNode[] } | null {
  const last = nodes.at(-1)
  if (last?.kind === 'bracket') {
    const said = followsWords(nodes) ? readStatement(sourceOf(last.nodes), true) : null
    return isNamesOnly(said) ? { said, rest: withoutSpace(nodes.slice(0, -1)) } : null
  }
  const match = last && /\s\((?<inside>[^()]{1,160})\)\.?$/u.exec(last.text)
  const said = match ? readStatement(match.groups?.['inside'] ?? '', true) : null
  if (!match || !isNamesOnly(said)) return null
  const words = last.text.slice(0, match.index)
  const text = words + (match[0].endsWith('.') && !words.endsWith('.') ? '.' : '')
  return { said, rest: [...nodes.slice(0, -1), ...(text === '' ? [] : [{ kind: 'words' as const, text }])] }
}

const isNamesOnly = (said: Statement | null): said is Statement =>
  said !== null && said.clauses.length > 0 && said.clauses.every(({ verb }) => verb === 'want')

/** Whether the last bracket follows words, and not another bracket of which it might speak. */
function followsWords(nodes: readonly BracketNode[]): boolean {
  const before = nodes.at(-2)
  return before?.kind === 'words' && before.text.trim() !== ''
}

/** Makes a bracket of what delegations say in round brackets behind the last words: `We rest (G77: delete).` */
function withStatementBracketed(nodes: readonly BracketNode[]): readonly BracketNode[] {
  const last = nodes.at(-1)
  if (last?.kind !== 'words') return nodes
  const match = /(?<=\S)\s\((?<inside>[^()]{1,160})\)(?<stop>\.?)$/u.exec(last.text.slice(-170))
  const { inside = '', stop = '' } = match?.groups ?? {}
  const said = match ? readStatement(inside, true) : null
  if (!match || !said || said.clauses.some(({ verb }) => verb === 'want')) return nodes
  const words = last.text.slice(0, -match[0].length)
  const text = words.endsWith('.') ? words : words + stop
  return [
    ...nodes.slice(0, -1),
    { kind: 'words', text: `${text} ` },
    { kind: 'bracket', nodes: [{ kind: 'words', text: inside }], key: NO_KEY, opens: true, closes: true },
  ]
}

/** No bracket of several blocks has this key. */
const NO_KEY = -1

const isPositionOnly = ({ clauses }: Statement): boolean =>
  clauses.length > 0 && clauses.every(({ verb }) => verb !== 'want' && verb !== 'delete')

function withoutSpace(nodes: readonly BracketNode[]): readonly BracketNode[] {
  const last = nodes.at(-1)
  if (last?.kind !== 'words') return nodes
  const text = last.text.trimEnd()
  return text === '' ? nodes.slice(0, -1) : [...nodes.slice(0, -1), { kind: 'words', text }]
}
