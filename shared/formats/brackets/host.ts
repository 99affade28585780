import { DEPTH_LIMIT } from '../../model/proposals/proposal.ts'
import type { ImportedStatements, ImportedWording } from '../../model/import-brackets.ts'
import { alternativesOf, sourceOf } from './alternatives.ts'
import type { Alternative } from './alternatives.ts'
import type { BracketDoubtCode } from '../../model/understanding.ts'
import { unescapeSigns } from './escape.ts'
import { ExactHostWriter } from './exact-writer.ts'
import { HostWriter } from './host-writer.ts'
import type { HostSink, Insertion, Range, ReadHost } from './host-writer.ts'
import type { NameBook } from './name-book.ts'
import type { WrittenName } from './name-list.ts'
import { readDeletion, readRequest } from './requests.ts'
import type { FindBlock } from './requests.ts'
import { readNames } from './name-list.ts'
import { readStatement } from './statement.ts'
import type { Statement } from './statement.ts'
import type { WhiteSpaceCursor } from './white-space.ts'
import { deletionsOf, joinStatements, NOTHING_SAID, statementsOf } from './statements.ts'
import type { Bracket, BracketNode } from './tree.ts'

/** What reading one text needs to know besides its nodes. */
export interface HostContext {
  readonly names: NameBook
  readonly find: FindBlock
  /** What is said of the brackets that span several blocks, by their keys. */
  readonly saidLater: ReadonlyMap<number, ImportedStatements>
  /** Whether the text is an export, in which every bracket is written in one way. */
  readonly exact: boolean
  /** What an export says of the white space of its words, and whether its stars are emphasis; null: white space is worked out. */
  readonly spaced: { readonly whiteSpace: WhiteSpaceCursor; readonly emphasised: boolean } | null
  /** Is told of a bracket that was kept as words, or is not clear. `text`: its words. */
  readonly doubt: (code: BracketDoubtCode, text: string) => void
}

/** Ends the bracket of an export that asks to delete words of which none is left. */
export const WORDS_GONE = ' (words gone)'

const MOVING = /^(?:to be )?(?:moved?|placed?|merged?) (?:to|after|before|with|under|in|into) /iu

/** The same behind the names of those who ask for it, where a number or a letter says where to. */
const MOVED_BY =
  /^[^:]{1,120}:\s+(?:to )?(?:be )?(?:moved?|placed?|merged?) (?:to|after|before|behind|below|with|under|into) (?:the )?(?:para(?:graph)?s?\.? |[PO]P)?[\d(]/iu

/** Whether a bracket holds known names and no words. */
const isNamesOnly = (source: string): boolean =>
  !/[–—:]|\s-\s|\bon behalf\b/u.test(source) &&
  readNames(source.trim().replace(/^\((.+)\)$/u, '$1'), true) !== null

/** Names glued to the bracket that they propose: `[calm]EU, JPN`. */
const GLUED = /^(\p{Lu}[\p{L}\p{N}&]+(?:(?:,\s?|\/|\+)\p{Lu}[\p{L}\p{N}&]+)*)(?=[\s.,;:)]|$)/u

/** Reads the nodes of a text. `depth`: in how many wordings it is nested; 0 for base text. */
export function readHost(nodes: readonly BracketNode[], depth: number, context: HostContext): ReadHost {
  const reader = new HostReader(depth, context)
  reader.readAll(nodes)
  return reader.finish()
}

class HostReader {
  readonly #depth: number
  readonly #context: HostContext
  readonly #writer: HostSink
  /** Whether words stand before what is read next. */
  #hasWords = false
  /** The writer, where white space is worked out; else null. */
  readonly #loose: HostWriter | null
  /** The proposals that the last bracket made, as long as nothing but spaces followed it. */
  #last: readonly (Insertion | Range)[] = []

  constructor(depth: number, context: HostContext) {
    this.#depth = depth
    this.#context = context
    const { spaced, exact } = context
    this.#loose = spaced ? null : new HostWriter(exact)
    this.#writer = this.#loose ?? new ExactHostWriter(spaced!.whiteSpace, spaced!.emphasised)
  }

  finish(): ReadHost {
    return this.#writer.finish()
  }

  readAll(nodes: readonly BracketNode[]): void {
    if (this.#context.spaced) {
      this.#readStretches(nodes)
      return
    }
    for (const [i, node] of nodes.entries()) {
      if (node.kind === 'words') this.#words(node.text, i > 0 && nodes[i + 1]?.kind === 'bracket')
      else this.#bracket(node)
    }
  }

  /** Before the first bracket, between two, and behind the last stands one stretch of words each, which may be empty. */
  #readStretches(nodes: readonly BracketNode[]): void {
    let words = ''
    for (const node of nodes) {
      if (node.kind === 'words') {
        words += node.text
        continue
      }
      this.#writer.words(words)
      words = ''
      this.#bracket(node)
    }
    this.#writer.words(words)
  }

  /** `between`: it stands between two brackets. */
  #words(text: string, between: boolean): void {
    const rest = this.#context.exact ? text : this.#said(text)
    if (rest === '') return
    if (!this.#context.exact && between && /^\s*\/\s*$/u.test(rest)) {
      this.#loose?.space()
      return
    }
    if (rest.trim() === '') this.#loose?.space()
    else {
      this.#last = []
      this.#hasWords = true
      this.#writer.words(this.#context.exact ? unescapeSigns(rest) : rest)
    }
  }

  /** Takes `(EU)` or `(G77: delete)` directly behind a bracket as said of it. Returns the text behind that. */
  #said(text: string): string {
    if (this.#last.length === 0) return text
    const match = /^\s?\(([^()]{1,160})\)/u.exec(text) ?? GLUED.exec(text)
    const inside = match?.[1] ?? ''
    if (!match || this.#isAcronym(inside)) return text
    const said = readStatement(inside, true)
    if (!said) return text
    this.#say(said)
    return text.slice(match[0].length)
  }

  /** Whether a name is the initials of the words before it: `small island developing States (SIDS)`. */
  #isAcronym(name: string): boolean {
    const [last] = this.#last
    if (!last || 'deletions' in last) return false
    const words = last.wording.text.split(/[\s-]+/u).filter((word) => /^\p{L}/u.test(word))
    const initials = words.map((word) => word.charAt(0).toUpperCase()).join('')
    return name.length > 1 && initials.includes(name.replace(/s$/u, '').toUpperCase())
  }

  /** Whether the last bracket makes one proposal, and nobody is named for it. */
  #isNobodys(): boolean {
    const [last, ...others] = this.#last
    return others.length === 0 && last !== undefined && !('deletions' in last) && last.wording.by === null
  }

  #say(said: Statement): void {
    const { names } = this.#context
    for (const one of this.#last) {
      if ('deletions' in one) continue
      one.wording = { ...one.wording, ...joinStatements(one.wording, statementsOf(said, names)) }
    }
  }

  #bracket(outer: Bracket): void {
    const { names, find, doubt, exact } = this.#context
    const bracket = exact ? outer : innermost(outer)
    const source = sourceOf(bracket.nodes)
    if (exact && source.endsWith(WORDS_GONE)) {
      doubt('request-void', source)
      return
    }
    if (this.#depth >= DEPTH_LIMIT) {
      doubt('brackets-too-deep', source)
      this.#plain(bracket)
      return
    }
    const plain = bracket.nodes.every(({ kind }) => kind === 'words') && bracket.opens && bracket.closes
    const asked = plain && this.#depth === 0 ? readRequest(source, find, names, exact) : null
    const deletes = plain && !exact && this.#depth === 0 && this.#last.length === 0
    const request = asked ?? (deletes ? readDeletion(source, names) : null)
    if (request) {
      this.#writer.request(request)
      return
    }
    if (exact) {
      this.#alternatives(bracket)
      return
    }
    if (plain && (MOVING.test(source) || MOVED_BY.test(source))) {
      doubt('request-unplaced', source)
      this.#plain(bracket)
      return
    }
    const whole = plain && this.#last.length > 0 ? readStatement(source, true) : null
    if (whole && (whole.clauses.some(({ verb }) => verb !== 'want') || this.#isNobodys())) {
      this.#say(whole)
      return
    }
    if (plain && this.#last.length === 0 && isNamesOnly(source)) {
      doubt('names-alone', source)
      this.#plain(bracket)
      return
    }
    this.#alternatives(bracket)
  }

  #plain(bracket: Bracket): void {
    this.#last = []
    this.#writer.words(sourceOf([bracket]))
  }

  #alternatives(bracket: Bracket): void {
    const alternatives = alternativesOf(bracket, this.#context.exact)
    const base = alternatives.map((one, i) => isBase(one, i, alternatives))
    if (!this.#context.spaced && alternatives.every(({ nodes }) => sourceOf(nodes).trim() === '')) {
      if (!this.#context.exact) this.#plain(bracket)
      return
    }
    if (!this.#context.exact && (isUnclear(alternatives) || this.#isLoose(alternatives)))
      this.#context.doubt('alternative-unclear', sourceOf([bracket]))
    const first = base.indexOf(true)
    if (first < 0) {
      const said = this.#context.saidLater.get(bracket.key) ?? null
      const made = alternatives.map((one): Insertion => ({ wording: this.#wording(one, said) }))
      for (const one of made) this.#writer.insertion(one)
      this.#last = made
      return
    }
    this.#range(alternatives, base)
  }

  /** Whether it is an alternative to what stands before it, and no bracket says where that begins. */
  #isLoose([first]: readonly Alternative[]): boolean {
    return first?.isAlternative === true && this.#last.length === 0 && this.#hasWords
  }

  /** Words of the text that some ask to delete, or to replace by the other alternatives. */
  #range(alternatives: readonly Alternative[], base: readonly boolean[]): void {
    const { names } = this.#context
    const words = alternatives.filter((_, i) => base[i])
    const others = alternatives.filter((_, i) => !base[i])
    const retaining = words.flatMap(({ said }) =>
      (said?.clauses ?? []).filter(({ verb }) => verb === 'retain' || verb === 'want'),
    )
    const deleting = words.some(({ said }) => said?.clauses.some(({ verb }) => verb === 'delete'))
    // Behind a request to delete, who retains opposes that.
    const against = (deleting ? [] : retaining.flatMap((clause) => clause.names)).flatMap((name) =>
      names.participants([name]).map((by) => ({ by, position: 'oppose' as const, ...earlierOf(name) })),
    )
    const offered = (one: Alternative): ImportedWording => {
      const wording = this.#wording(one, null)
      return others.length > 1
        ? wording
        : { ...wording, ...joinStatements(wording, { ...NOTHING_SAID, positions: against }) }
    }
    const deletions = words.flatMap(({ said }) =>
      said?.clauses.some(({ verb }) => verb === 'delete') ? deletionsOf(said, names) : [],
    )
    const range: Range = { deletions, wordings: [] }
    // `[… – KEN delete]`: the words are gone.
    if (
      !this.#context.spaced &&
      others.length === 0 &&
      words.every(({ nodes }) => sourceOf(nodes).trim() === '…')
    )
      return
    this.#writer.open(range)
    for (const [i, one] of words.entries()) {
      if (i > 0) this.#writer.words(' / ')
      this.readAll(trimmed(one.nodes))
    }
    range.wordings.push(...others.map(offered))
    this.#writer.close(range)
    this.#last = [range]
  }

  #wording({ nodes, said }: Alternative, later: ImportedStatements | null): ImportedWording {
    const { text, proposals, spans } = readHost(nodes, this.#depth + 1, this.#context)
    const statements = later ?? statementsOf(said, this.#context.names)
    return { ...statements, text, amendments: proposals, ...(spans && { spans }) }
  }
}

/**
 * Whether an alternative is words of the text: it says so, some ask to delete it and nobody proposes it, some retain it,
 * or it stands without names before one that somebody proposes in its place.
 */
function isBase({ said }: Alternative, index: number, all: readonly Alternative[]): boolean {
  if (said?.base) return true
  const verbs = new Set(said?.clauses.map(({ verb }) => verb))
  const replaced = all.length > 1 && index === 0
  if (said && !said.received && !verbs.has('want') && verbs.has('delete')) return true
  if (replaced && said && !said.received && !verbs.has('want') && verbs.has('retain')) return true
  // `EU, G77 retain`: the first names belong to the verb behind the last.
  return (
    replaced && !said && all.slice(1).some((other) => other.said?.clauses.some(({ verb }) => verb === 'want'))
  )
}

/** Whether somebody is named behind some of several alternatives, and nothing is said behind another. */
const isUnclear = (all: readonly Alternative[]): boolean =>
  all.length > 1 && all.some(({ said }) => said === null) && all.some(({ said }) => said !== null)

/** A bracket that holds nothing but another one says no more than that: `[[tall – EU]]`. */
function innermost(bracket: Bracket): Bracket {
  let inner = bracket
  for (;;) {
    const filled = inner.nodes.filter((node) => node.kind === 'bracket' || node.text.trim() !== '')
    const [only] = filled
    if (filled.length !== 1 || only?.kind !== 'bracket') return inner
    if (only.opens !== inner.opens || only.closes !== inner.closes) return inner
    inner = only
  }
}

const earlierOf = ({ earlier }: WrittenName): { readonly earlier?: true } => (earlier ? { earlier } : {})

/** The nodes without spaces at both ends. */
function trimmed(nodes: readonly BracketNode[]): BracketNode[] {
  return nodes.map((node, i) => {
    if (node.kind !== 'words') return node
    const start = i === 0 ? node.text.trimStart() : node.text
    return { ...node, text: i === nodes.length - 1 ? start.trimEnd() : start }
  })
}
