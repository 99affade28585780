/**
 * The brackets of a draft as trees, one for each block. A bracket that is opened in one block and closed in a later one
 * stands in each of them, and in all those between, as one part.
 */
export type BracketNode = WordsNode | Bracket

export interface WordsNode {
  readonly kind: 'words'
  readonly text: string
}

export interface Bracket {
  readonly kind: 'bracket'
  readonly nodes: readonly BracketNode[]
  /** What the parts of one bracket have in common. */
  readonly key: number
  /** Whether it is opened, and closed, in this block. */
  readonly opens: boolean
  readonly closes: boolean
}

/** A bracket without its other half, which is a word. */
export interface Unpaired {
  readonly block: number
  /** Its offset in the text of the block. */
  readonly at: number
  readonly sign: '[' | ']'
}

export interface Trees {
  /** For each block its nodes. */
  readonly blocks: readonly (readonly BracketNode[])[]
  readonly unpaired: readonly Unpaired[]
}

interface Sign {
  readonly block: number
  readonly at: number
  /** Whether nothing stands before it in its block. */
  readonly begins: boolean
}

/** Most blocks that a bracket may span which begins one block and ends another; and one that does one of the two. */
const SPAN_LIMIT = 200
const LOOSE_LIMIT = 6
/** How deep brackets are told apart. Any deeper their signs are words: nothing reads as deep, and trees are walked recursively. */
const NESTING_LIMIT = 64

/**
 * Whether a bracket with these contents is no bracket of a negotiation, as `[sic]`. `before`: the text that it directly
 * follows; `whole`: it is all of its block; `cell`: the block is a cell of a table.
 */
export type IsWord = (inside: string, before: string, whole: boolean, cell: boolean) => boolean

/** What pairing needs to know of a block. `heading`: its level as a heading; null for what is none. */
export interface TreeSource {
  readonly text: string
  readonly heading: number | null
  readonly cell: boolean
}

/** Pairs the brackets of these blocks and returns a tree for each. Takes linear time. */
export function readTrees(sources: readonly TreeSource[], isWord: IsWord): Trees {
  const texts = sources.map(({ text }) => text)
  const { keys, unpaired } = new Pairing(sources, isWord)
  let carried: readonly number[] = []
  const tooDeep = new Set<number>()
  const blocks = texts.map((text, block) => {
    const { nodes, open } = treeOf(text, keys[block] ?? NO_KEYS, carried, tooDeep)
    carried = open
    return nodes
  })
  return { blocks, unpaired: unpaired.sort((a, b) => a.block - b.block || a.at - b.at) }
}

const NO_KEYS: ReadonlyMap<number, number> = new Map()
const BEGINS = /^(?<signs>[\s[(“"]*)(?:(?<option>(?:option|alternative)[^:]{0,12}:)(?<more>[\s[]*))?/iu
const ENDS = /[\s\]).,;:”"]/u

/** Returns whether what stands before an offset of a text is no words of it. */
function beginningOf(text: string): (at: number) => boolean {
  const { signs = '', option, more = '' } = BEGINS.exec(text)?.groups ?? {}
  const opened = option === undefined ? Infinity : signs.length + option.length
  return (at) => at <= signs.length || (at >= opened && at <= opened + more.length)
}

/** Returns the offset from which on a text has no words. */
function endOf(text: string): number {
  let at = text.length
  while (at > 0 && ENDS.test(text.charAt(at - 1))) at--
  return at
}

/** Finds for each text the offsets of its paired signs with the key of the pair. */
class Pairing {
  readonly keys: Map<number, number>[]
  readonly unpaired: Unpaired[] = []
  readonly #sources: readonly TreeSource[]
  readonly #isWord: IsWord
  #open: Sign[] = []
  #pairs = 0

  constructor(sources: readonly TreeSource[], isWord: IsWord) {
    this.#sources = sources
    this.#isWord = isWord
    this.keys = sources.map(() => new Map<number, number>())
    for (const [block, { text, heading }] of sources.entries()) {
      if (heading !== null) this.#endAbove(heading)
      const begins = beginningOf(text)
      const end = endOf(text)
      for (const { index: at } of text.matchAll(/[[\]]/gu)) {
        if (text[at] === '[') this.#open.push({ block, at, begins: begins(at) })
        else this.#close(block, at, at >= end)
      }
    }
    for (const { block, at } of this.#open) this.unpaired.push({ block, at, sign: '[' })
  }

  /** A bracket goes on over a heading only when it was opened at a higher one. */
  #endAbove(heading: number): void {
    const goesOn = ({ block }: Sign): boolean => (this.#sources[block]?.heading ?? Infinity) < heading
    for (const one of this.#open)
      if (!goesOn(one)) this.unpaired.push({ block: one.block, at: one.at, sign: '[' })
    this.#open = this.#open.filter(goesOn)
  }

  /** `ends`: no words stand behind it in its block. */
  #close(block: number, at: number, ends: boolean): void {
    const { text = '', cell = false } = this.#sources[block] ?? {}
    const top = this.#open.at(-1)
    if (top?.block === block) {
      this.#open.pop()
      const inside = text.slice(top.at + 1, at)
      const whole = top.at === 0 && at === text.length - 1
      const before = text.slice(Math.max(0, top.at - 20), top.at)
      if (!/[[\]]/u.test(inside) && this.#isWord(inside, before, whole, cell)) return
      this.#pair(top, block, at)
      return
    }
    const found = this.#openedBefore(block, ends)
    if (found < 0) {
      this.unpaired.push({ block, at, sign: ']' })
      return
    }
    const [opened, ...missed] = this.#open.splice(found)
    for (const one of missed) this.unpaired.push({ block: one.block, at: one.at, sign: '[' })
    if (opened) this.#pair(opened, block, at)
  }

  /**
   * Returns the index of the bracket that is closed in a later block; -1 when there is none. What ends a block closes
   * what began one, over brackets in between that were never closed.
   */
  #openedBefore(block: number, ends: boolean): number {
    const last = this.#open.length - 1
    const top = this.#open[last]
    const loose = top !== undefined && (ends || top.begins) && block - top.block <= LOOSE_LIMIT
    for (let i = last; i >= 0 && i > last - 8; i--) {
      const { block: from, begins } = this.#open[i]!
      if (block - from > SPAN_LIMIT) break
      if (begins && (ends || i === last)) return i
    }
    return loose ? last : -1
  }

  #pair({ block, at }: Sign, to: number, end: number): void {
    this.#pairs++
    this.keys[block]?.set(at, this.#pairs)
    this.keys[to]?.set(end, this.#pairs)
  }
}

interface Building {
  readonly key: number
  readonly opens: boolean
  readonly nodes: BracketNode[]
}

/**
 * `carried`: the keys of the brackets that are open where the text begins, the outermost first. `tooDeep`: the keys of
 * those that are words, to which it adds.
 */
function treeOf(
  text: string,
  keys: ReadonlyMap<number, number>,
  carried: readonly number[],
  tooDeep: Set<number>,
): { nodes: readonly BracketNode[]; open: readonly number[] } {
  const top: BracketNode[] = []
  const stack: Building[] = carried.map((key) => ({ key, opens: false, nodes: [] }))
  const here = (): BracketNode[] => stack.at(-1)?.nodes ?? top
  const close = (closes: boolean): void => {
    const last = stack.pop()
    if (last) here().push({ kind: 'bracket', ...last, closes })
  }
  let from = 0
  const words = (to: number): void => {
    if (to > from) here().push({ kind: 'words', text: text.slice(from, to) })
    from = to + 1
  }
  for (const [at, key] of [...keys].sort(([a], [b]) => a - b)) {
    if (text[at] === '[' && stack.length >= NESTING_LIMIT) tooDeep.add(key)
    if (tooDeep.has(key)) continue
    words(at)
    if (text[at] === '[') stack.push({ key, opens: true, nodes: [] })
    else close(true)
  }
  words(text.length)
  const open = stack.map(({ key }) => key)
  while (stack.length > 0) close(false)
  return { nodes: top, open }
}
