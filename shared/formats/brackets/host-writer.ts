import type { SourceSpans } from '../../model/import.ts'
import type { ImportedProposal, ImportedRequest, ImportedWording } from '../../model/import-brackets.ts'
import { Parts } from './parts.ts'
import type { Deletion } from './statements.ts'

/** A text with the proposals and requests on it. */
export interface ReadHost {
  readonly text: string
  readonly proposals: readonly ImportedProposal[]
  readonly requests: readonly ImportedRequest[]
  /** Emphasis and marks of footnotes, where the source says exactly where in the text they are. */
  readonly spans?: SourceSpans
}

/** Takes what stands in a text, in its order, and makes a host of it. */
export interface HostSink {
  words(text: string): void
  insertion(insertion: Insertion): void
  open(range: Range): void
  close(range: Range): void
  request(request: Omit<ImportedRequest, 'at'>): void
  finish(): ReadHost
}

/** A wording at a point. Its statements may be completed until the text is finished. */
export interface Insertion {
  wording: ImportedWording
}

/** Words of the text with the requests to delete them and the wordings offered instead. */
export interface Range {
  readonly deletions: readonly Deletion[]
  /** Complete when the range is closed. */
  readonly wordings: ImportedWording[]
}

/** What stands between two stretches of words. */
type Between =
  | { readonly kind: 'space' }
  | { readonly kind: 'insertion'; readonly insertion: Insertion }
  | { readonly kind: 'open'; readonly range: Range }
  | { readonly kind: 'close'; readonly range: Range }
  | { readonly kind: 'request'; readonly request: Omit<ImportedRequest, 'at'> }

/** Nothing stands before these without a space being wrong. */
const CLOSING = /^[,.;:!?)\]»”’…،؛؟。，；：]/u

/**
 * Writes the words outside brackets as one text and finds where in it each bracket stands. A space that separated a
 * bracket from its neighbours goes into its wording, so that the text reads well without the bracket and with it:
 *
 *     from [extreme – US] poverty      from poverty        `extreme ` behind `from `
 *     reeds [where possible].          reeds.              ` where possible` behind `reeds`
 *     reeds[, as it were,] of          reeds of            `, as it were,` behind `reeds`
 */
export class HostWriter implements HostSink {
  readonly #exact: boolean
  #text = ''
  #between: Between[] = []
  readonly #placed: (() => ImportedProposal)[] = []
  readonly #requests: ImportedRequest[] = []
  readonly #starts = new Map<Range, number>()
  readonly #parts = new Parts()

  /** `exact`: the text is an export. */
  constructor(exact: boolean) {
    this.#exact = exact
  }

  words(text: string): void {
    this.#settle(text)
    const glued = this.#text === '' || /\s$/u.test(this.#text) ? text.trimStart() : text
    this.#text += glued
  }

  space(): void {
    this.#between.push({ kind: 'space' })
  }

  insertion(insertion: Insertion): void {
    this.#between.push({ kind: 'insertion', insertion })
  }

  open(range: Range): void {
    this.#between.push({ kind: 'open', range })
  }

  close(range: Range): void {
    this.#between.push({ kind: 'close', range })
  }

  request(request: Omit<ImportedRequest, 'at'>): void {
    if (this.#exact) this.#dropSpace()
    this.#between.push({ kind: 'request', request })
  }

  finish(): ReadHost {
    this.#settle('')
    const proposals = this.#placed.map((proposal) => proposal()).sort((a, b) => a.start - b.start)
    return { text: this.#text, proposals, requests: this.#requests }
  }

  /** In an export a space is put before a request, which is none of the text. */
  #dropSpace(): void {
    if (this.#between.at(-1)?.kind === 'space') this.#between.pop()
    else if (this.#between.length === 0) this.#text = this.#text.replace(/ $/u, '')
  }

  /** Places what stands before `next`, which is empty at the end. */
  #settle(next: string): void {
    const between = this.#between
    this.#between = []
    const spaced = /\s$/u.test(this.#text) || this.#text === ''
    const follows = /^\s/u.test(next) || between.findLast(isSpaceOrInsertion)?.kind === 'space'
    const closes = next === '' || CLOSING.test(next.trimStart())
    const places = between.filter(({ kind }) => kind === 'insertion').length
    // Before a sign, or at the end, the space goes along with the words that it stood before.
    const asked = between.some(({ kind }) => kind === 'request')
    const drawn = (places > 0 || asked) && spaced && closes && this.#text !== ''
    if (drawn || (next === '' && spaced)) this.#text = this.#text.trimEnd()
    let seen = 0
    let before = false
    for (const one of between) {
      if (one.kind === 'space') before = true
      else if (one.kind === 'insertion') {
        seen++
        const own = one.insertion.wording.text
        const tight = CLOSING.test(own.trimStart())
        const prefix = (drawn && !tight) || (!drawn && !spaced && (before || /^\s/u.test(own))) ? ' ' : ''
        const goesOn = next === '' ? seen < places : follows || (!drawn && /\s$/u.test(own))
        const suffix = !drawn && (spaced || !follows) && goesOn ? ' ' : ''
        this.#insert(one.insertion, prefix, suffix)
        before = false
      } else this.#mark(one)
    }
    if (before && !/^\s/u.test(next) && next !== '' && !spaced) this.#text += ' '
  }

  #insert(insertion: Insertion, prefix: string, suffix: string): void {
    const at = this.#text.length
    this.#placed.push(() => ({ ...padded(insertion.wording, prefix, suffix), start: at, end: at }))
  }

  #mark(one: Extract<Between, { kind: 'open' | 'close' | 'request' }>): void {
    if (one.kind === 'request') this.#requests.push({ ...one.request, at: this.#text.length })
    else if (one.kind === 'open') this.#starts.set(one.range, this.#text.length)
    else this.#closeRange(one.range)
  }

  #closeRange(range: Range): void {
    const opened = this.#starts.get(range) ?? this.#text.length
    const end = this.#text.trimEnd().length
    const start = opened + (/^\s*/u.exec(this.#text.slice(opened))?.[0].length ?? 0)
    if (start >= end) return
    for (const ended of this.#parts.close(range, start, end, this.#text)) {
      const { start: from, end: to } = ended
      this.#placed.push(() => ({ ...padded(ended, '', ''), start: from, end: to }))
    }
  }
}

const isSpaceOrInsertion = ({ kind }: Between): boolean => kind === 'space' || kind === 'insertion'

/** The wording without its own spaces at the ends, and with these. */
function padded(wording: ImportedWording, prefix: string, suffix: string): ImportedWording {
  const lead = wording.text.length - wording.text.trimStart().length
  const trimmed = wording.text.trim()
  const by = prefix.length - lead
  const text = prefix + trimmed + suffix
  const within = (at: number): number => Math.max(0, Math.min(text.length, at + by))
  return {
    ...wording,
    text,
    amendments: wording.amendments.map((one) => ({ ...one, start: within(one.start), end: within(one.end) })),
  }
}
