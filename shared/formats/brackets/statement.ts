import type { WrittenName } from './name-list.ts'
import { readNames, withEarlierMarked } from './name-list.ts'
import { memoize } from './memoize.ts'
import { VERBS, VERBS_BEFORE, type Verb } from './verbs.ts'

/** What is said behind the words of a bracket: `EU, JPN; G77 delete; CAN reserve`. */
export interface Statement {
  readonly clauses: readonly Clause[]
  /** Whether it says that the words are those of the text: `base`. */
  readonly base: boolean
  /** Whether it says that nobody is named: `as received`. */
  readonly received: boolean
  readonly condition: string | null
}

/** One part between semicolons. `want`: names without a verb. */
export interface Clause {
  readonly verb: Verb
  readonly names: readonly WrittenName[]
  readonly except: readonly WrittenName[]
  /** Whether the words that it asks to delete go on in a later bracket. */
  readonly continued: boolean
  /** On which it will be withdrawn, where another request follows it. */
  readonly condition?: string
}

const CONTINUED = /\s*\(continued\)$/iu
const CONDITION = /^to withdraw if\s+/iu
const LONGEST = 3_000

/** Reads what is said behind a dash, or in round brackets behind a bracket; null when it is something else. */
export const readStatement = (text: string, strict = false): Statement | null =>
  text.length > REMEMBERED ? readSaid(text, strict) : (strict ? readStrictly : readFreely)(text)

/** Longer texts are not kept, in UTF-16 units. */
const REMEMBERED = 200
const readStrictly = memoize((text) => readSaid(text, true))
const readFreely = memoize((text) => readSaid(text, false))

function readSaid(text: string, strict: boolean): Statement | null {
  const trimmed = inAscii(text.trim()).replace(/\.$/u, '')
  if (trimmed === '' || trimmed.length > LONGEST) return null
  const clauses: Clause[] = []
  let base = false
  let received = false
  let condition: string[] = []
  for (const part of clausesIn(trimmed)) {
    const words = part.trim()
    const said = condition.length > 0 || CONDITION.test(words) ? readClause(words, strict) : null
    if (said?.verb !== 'delete' && (condition.length > 0 || CONDITION.test(words))) {
      condition.push(condition.length > 0 ? words : words.replace(CONDITION, ''))
      continue
    }
    if (condition.length > 0) conditionOn(clauses, condition)
    condition = []
    if (/^base$/iu.test(words)) base = true
    else if (/^as received$/iu.test(words)) received = true
    else if (/^as received,/iu.test(words)) {
      const names = readNames(words.slice(words.indexOf(',') + 1), strict)
      if (!names) return null
      received = true
      clauses.push({ verb: 'want', names, except: [], continued: false })
    } else {
      const clause = readClause(
        words.replace(/^base,\s*/iu, () => ((base = true), '')),
        strict,
      )
      if (!clause) return null
      clauses.push(clause)
    }
  }
  if (!isPlausible(clauses) && !base && !received && condition.length === 0) return null
  return { clauses, base, received, condition: condition.length > 0 ? condition.join('; ') : null }
}

/** A condition behind which another request to delete follows belongs to the request before it. */
function conditionOn(clauses: Clause[], condition: readonly string[]): void {
  const last = clauses.pop()
  if (last) clauses.push({ ...last, condition: condition.join('; ') })
}

/** The signs between names as drafts in Latin letters have them. */
const inAscii = (said: string): string =>
  said
    .replaceAll(/；|؛/gu, ';')
    .replaceAll(/[，、،]\s*/gu, ', ')
    .replaceAll(/：\s*/gu, ': ')

const SAID_IN_ROUND = /\s*\((?=[^()]*\b(?:oppose|reserve|delete|support|retain|flexible))([^()]*)\)/giu
/** A semicolon, a comma behind a verb, or the place before `supported by` and its like, with a comma or without. */
const CLAUSE_END =
  /;|(?<=\s(?:delete|retain|keep|oppose|reserve|support|flexible|come back)s?),\s*|(?:,\s*|\s+)(?=(?:supp(?:orted|\.)|opp(?:osed|\.)|seconded|reserved|joined) by )/iu

/** Divides what is said into what each says. */
const clausesIn = (said: string): string[] =>
  said
    .replaceAll(SAID_IN_ROUND, '; $1')
    .split(CLAUSE_END)
    .filter((part) => part.trim() !== '')

/** How long a verb at the end of what is said is at most, with what belongs to it, in UTF-16 units. */
const LONGEST_VERB = 80

function readClause(said: string, strict: boolean): Clause | null {
  const plain = withEarlierMarked(said).replaceAll(/\s*\(draft\)/giu, '')
  const text = plain.replace(CONTINUED, '')
  const continued = text !== plain
  for (const [verb, pattern] of VERBS_BEFORE) {
    const match = pattern.exec(text)
    // Behind a space alone what follows a verb are rather its words: only known names are taken for names.
    const known = strict || match?.groups?.['sign'] === undefined
    const names = match ? readNames(text.slice(match[0].length).replace(/^\((.+)\)$/u, '$1'), known) : null
    if (names) return { verb, names, except: [], continued: false }
  }
  let verb: Verb = 'want'
  let rest = text
  const from = Math.max(0, text.length - LONGEST_VERB)
  const tail = text.slice(from)
  for (const [name, pattern] of VERBS) {
    const match = pattern.exec(tail)
    if (!match) continue
    verb = name
    rest = text.slice(0, from + match.index)
    break
  }
  const excepting = /\s*\(except ([^()]*)\)\s*$/iu.exec(rest)
  const except = excepting ? readNames(excepting[1] ?? '', strict) : []
  if (excepting) rest = rest.slice(0, excepting.index)
  if (rest.trim() === '' && verb === 'delete') return { verb, names: [], except: [], continued }
  const names = readNames(rest.replace(/:\s*$/u, ''), strict)
  return names && except ? { verb, names, except, continued } : null
}

/**
 * Whether these are names of delegations: some that are known, or a verb, or nothing but what looks like codes or names.
 */
function isPlausible(clauses: readonly Clause[]): boolean {
  const all = clauses.flatMap(({ names }) => names)
  if (all.some(({ participant }) => participant !== null)) return true
  if (clauses.some(({ verb }) => verb !== 'want')) return true
  return (
    all.length > 0 &&
    all.every(({ written }) =>
      /^(?:[A-Z][A-Z0-9&-]{0,9}s?|\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){0,3})$/u.test(written),
    )
  )
}

/** A dash before names: with a space before it, or a long one with a space behind it. */
const DASH = /\s(?:--|[-–—])(?=\s|\p{L})\s*|[–—]\s+/gu

/** How many dashes at the end of a text may begin what is said: each is tried, and takes the time of all behind it. */
const MOST_DASHES = 32

/**
 * Splits a text into the words and what is said of them behind a dash; null when nothing is said. `exact`: names stand
 * nowhere else.
 */
export function splitStatement(
  text: string,
  exact: boolean,
): { readonly words: string; readonly said: Statement } | null {
  const { length } = text.trimEnd()
  const dashes = [...text.matchAll(DASH)].slice(-MOST_DASHES)
  for (const match of dashes) {
    const behind = match.index + match[0].length
    const said = length - behind > LONGEST + 1 ? null : readStatement(text.slice(behind))
    if (said) return { words: text.slice(0, match.index), said }
  }
  return exact ? null : namedAtEnd(text)
}

/** Names that the directory knows, in round brackets or behind a colon at the end: `slowly (EU)`, `slowly: EU, JPN`. */
function namedAtEnd(text: string): { readonly words: string; readonly said: Statement } | null {
  const match =
    /^(?<words>.*\S)(?:\s+[({<](?<round>[^(){}<>]{1,160})[)}>]|:\s+(?<colon>[^:()]{1,160}))\s*$/su.exec(text)
  const { words = '', round, colon } = match?.groups ?? {}
  const said = readStatement(round ?? colon ?? '', true)
  return said ? { words, said } : null
}
