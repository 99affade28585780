import type { Label } from '../../model/label.ts'
import type { Language } from '../../model/language.ts'
import { asLanguage } from '../../model/language.ts'
import type { ParagraphKind } from '../../model/paragraph.ts'
import type { Annotation } from '../brackets/exported-words.ts'
import { readPath, writePath } from './label-path.ts'

/**
 * What an export says of itself at its end, so that it is read back exactly. One item about the whole, and one a block:
 *
 *     title 1 language en emphasis; # =x3Fa; # Article 1 =9bQz; Article 1 > 1 ~21 =Pk0d; > 2 =…; > 2 > (a) @1 + =…; – @1 %b; *
 *
 * A block begins with the sign of its kind and the path of its label, of which a step that is the same as in the path before is left
 * empty. Then come, as far as there are any:
 *
 *     @1      its level              +, +12   it is proposed, behind block 12    ~012    the white space of its words
 *     'fr     its language           !        it has neither words nor a number ^0.2,1  the marks of footnotes among its words
 *     %sfb    its annotations        &0,3     which full-width signs are words   =x3Fa   a check of its letters
 *     |       it is a cell of a table's head
 */
export interface ExportedOutline {
  /** How many of the first blocks are the title; `alone`: it stands over them; 0: there is none. */
  readonly title: number | 'alone'
  readonly language: Language | null
  /** Whether stars among the words are emphasis. */
  readonly emphasised: boolean
  readonly items: readonly OutlineItem[]
}

export interface OutlineItem {
  readonly kind: ParagraphKind
  readonly label: Label | null
  readonly level: number
  /** Whether it is a cell of the head of a table. */
  readonly header?: true
  /** Null: that of the text. */
  readonly language: Language | null
  /** Whether the block is proposed. */
  readonly proposed: boolean
  /** The index of the block that it is proposed behind; null: the nearest paragraph before it. */
  readonly behind: number | null
  /** Whether it has no words, and no number either: {@link NO_WORDS} stands in its place. */
  readonly empty: boolean
  /** See `white-space.ts`. */
  readonly whiteSpace: string
  readonly marks: readonly WrittenMark[]
  /** Which of the full-width signs among the words are words, from 0. */
  readonly own: readonly number[]
  readonly annotations: ReadonlySet<Annotation>
  /** See `checkOf`. */
  readonly check: string
}

/** The mark of a footnote: which note it is of, and how often before it the text has the same number, both from 0. */
export interface WrittenMark {
  readonly note: number
  readonly nth: number
  /** How many units before and behind the number are part of the mark: ` ²`, `[² – KEN]`. */
  readonly before: number
  readonly behind: number
}

/** Before the label of a block; of a heading once for each level. */
const KIND_SIGNS: Readonly<Record<ParagraphKind, string>> = {
  paragraph: '',
  heading: '#',
  separator: '*',
  note: '^',
}
const ANNOTATION_SIGNS: Readonly<Record<Annotation, string>> = {
  status: 's',
  former: 'f',
  positions: 'p',
  vacant: 'v',
  bullet: 'b',
}

export function writeOutline({ title, language, emphasised, items }: ExportedOutline): string {
  const about = [`title ${title}`, language ? `language ${language}` : '', emphasised ? 'emphasis' : '']
  let before: readonly string[] = []
  const written = items.map((item) => {
    const path = item.label ? writePath(item.label) : null
    const text = writeItem(item, path ? shortened(path, before) : '')
    before = path ?? before
    return text
  })
  return [about.filter((part) => part !== '').join(' '), ...written].join('; ')
}

const BETWEEN = '>'

/** Leaves out the steps that are the same in the path before. */
function shortened(path: readonly string[], before: readonly string[]): string {
  let same = 0
  while (same < path.length - 1 && path[same] === before[same]) same++
  return path.map((step, i) => (i < same ? '' : step)).join(BETWEEN)
}

function writeItem(item: OutlineItem, path: string): string {
  const {
    kind,
    level,
    header,
    language,
    proposed,
    behind,
    empty,
    whiteSpace,
    marks,
    own,
    annotations,
    check,
  } = item
  const sign = kind === 'heading' ? KIND_SIGNS.heading.repeat(level + 1) : KIND_SIGNS[kind]
  const annotated = Object.entries(ANNOTATION_SIGNS).flatMap(([one, letter]) =>
    annotations.has(one as Annotation) ? letter : [],
  )
  const tokens = [
    kind !== 'heading' && level > 0 ? `@${level}` : '',
    header ? '|' : '',
    proposed ? `+${behind === null ? '' : behind + 1}` : '',
    language ? `'${language}` : '',
    empty ? '!' : '',
    annotated.length > 0 ? `%${annotated.join('')}` : '',
    whiteSpace === '' ? '' : `~${whiteSpace}`,
    marks.length > 0 ? `^${marks.map(writeMark).join(',')}` : '',
    own.length > 0 ? `&${own.join(',')}` : '',
    check === '' ? '' : `=${check}`,
  ]
  return [sign + (sign !== '' && path !== '' ? ' ' : '') + (path || (sign === '' ? NO_LABEL : '')), ...tokens]
    .filter((part) => part !== '')
    .join(' ')
}

/** Stands in the text for a block that has neither words nor a number. */
export const NO_WORDS = '(no words)'

/** Stands in place of the path of a paragraph without a label. */
const NO_LABEL = '–'

/** Returns null when it is no outline. */
export function readOutline(text: string): ExportedOutline | null {
  const [about = '', ...written] = text.trim().split('; ')
  const { title, language, emphasis } = ABOUT.exec(about)?.groups ?? {}
  if (title === undefined) return null
  const items: OutlineItem[] = []
  let before: readonly string[] = []
  for (const one of written) {
    const read = readItem(one, before)
    if (!read) return null
    items.push(read.item)
    before = read.path ?? before
  }
  return {
    title: title === 'alone' ? title : Number(title),
    language: asLanguage(language ?? ''),
    emphasised: emphasis !== undefined,
    items,
  }
}

const ABOUT = /^title (?<title>alone|\d+)(?: language (?<language>[a-z]{2}))?(?: (?<emphasis>emphasis))?$/u
const TOKEN = /(?:^|\s+)(?<sign>[@|+'!%~^&=])(?<value>[^\s@|+'!%~^&=]*)$/u
const SIGN = /^(?<sign>#+|\*|\^)?\s*(?<path>.*)$/u

function readItem(
  text: string,
  before: readonly string[],
): { readonly item: OutlineItem; readonly path: readonly string[] | null } | null {
  const tokens = new Map<string, string>()
  let rest = text.trim()
  for (let token = TOKEN.exec(rest); token && token.index > 0; token = TOKEN.exec(rest)) {
    tokens.set(token.groups?.['sign'] ?? '', token.groups?.['value'] ?? '')
    rest = rest.slice(0, token.index)
  }
  const { sign = '', path: written = '' } = SIGN.exec(rest)?.groups ?? {}
  const path = written === '' || written === NO_LABEL ? null : lengthened(written, before)
  const label = path ? readPath(path) : null
  if (path && !label) return null
  const kind = sign.startsWith('#') ? 'heading' : KINDS.get(sign)
  if (!kind) return null
  const proposed = tokens.get('+')
  const list = (token: string): string[] =>
    tokens
      .get(token)
      ?.split(',')
      .filter((one) => one !== '') ?? []
  const item: OutlineItem = {
    kind,
    label,
    level: kind === 'heading' ? sign.length - 1 : Number(tokens.get('@') ?? 0),
    ...(tokens.has('|') ? { header: true } : {}),
    language: asLanguage(tokens.get("'") ?? ''),
    proposed: proposed !== undefined,
    behind: proposed ? Number(proposed) - 1 : null,
    empty: tokens.has('!'),
    whiteSpace: tokens.get('~') ?? '',
    marks: list('^').map(readMark),
    own: list('&').map(Number),
    annotations: new Set(
      Array.from(tokens.get('%') ?? '').flatMap((letter) => ANNOTATIONS.get(letter) ?? []),
    ),
    check: tokens.get('=') ?? '',
  }
  return { item, path }
}

const KINDS = new Map(Object.entries(KIND_SIGNS).map(([kind, sign]) => [sign, kind as ParagraphKind]))
const ANNOTATIONS = new Map(
  Object.entries(ANNOTATION_SIGNS).map(([annotation, sign]) => [sign, annotation as Annotation]),
)

const lengthened = (written: string, before: readonly string[]): readonly string[] =>
  written.split(BETWEEN).map((step, i) => (step.trim() === '' ? (before[i] ?? '') : step.trim()))

const writeMark = ({ note, nth, before, behind }: WrittenMark): string =>
  [note, nth, before, behind].join('.').replace(/(?:\.0)+$/u, '')

function readMark(written: string): WrittenMark {
  const [note = 0, nth = 0, before = 0, behind = 0] = written.split('.').map(Number)
  return { note, nth, before, behind }
}
