import type { ImportedStatus } from '../../model/import-brackets.ts'
import type { Label } from '../../model/label.ts'
import type { ExportedWords } from './exported-words.ts'
import type { NameBook } from './name-book.ts'
import { readNames } from './name-list.ts'
import { readReference } from './reference.ts'

/** What marks around the words of a paragraph say, and the words without them. */
export interface Marks {
  readonly text: string
  readonly status: ImportedStatus | null
  readonly former: Label | null
  readonly vacant: boolean
  /** Where a vacant paragraph was moved to, as its mark says: `5`; null when it does not say. */
  readonly movedTo: string | null
}

const VACANT =
  /^(?:[[(]|[–—-]\s)?\s*(?:(?:para(?:graph|\.)? )?(?:deleted|merged (?:with|into) .{1,60}|intentionally (?:left )?(?:blank|omitted))|moved? (?:to|as|into) (?:(?:a )?new )?(?:para(?:graph)?s?\.? )?(?<to>[^\]]{1,60}?))\s*(?:[\])]|\s[–—-])?\.?$/iu
const AGREED =
  'agreed|ad ref(?:erendum)?\\b|provisionally agreed|tentatively agreed|convenu|acordado|согласовано|متفق عليه|已商定|商定'
/** In brackets at the end of the text, or without them behind the end of a sentence. */
const STATUS = new RegExp(
  `(?:^|\\s|(?<=[。；！？]))[[(（［]\\s*(?<in>(?:${AGREED})(?=[\\s,;:.–—\\]）］)])[^\\[\\]()]{0,120}?)\\s*[\\])）］][.]?$|(?:^|(?<=[.;:!?。]["”’)\\]]?)\\s)(?:[–—✓✔☑*-]\\s*(?=agreed))?(?<bare>AGREED(?: AD REF(?:ERENDUM)?)?|Agreed(?: ad ref(?:erendum)?)?|[Aa]d ref(?:erendum)?)(?<day>,? \\d{1,2} \\p{L}+(?: \\d{4})?)?[.]?$`,
  'iu',
)
const FORMER =
  /\s*[[(]\s*(?:(?:former(?:ly)?|ex|previously|old)[ -])\s*(?:(?:para(?:graph|\.)?|op|pp)s?\s+)?(?<of>(?:[^\][()]|\([^()]{1,6}\)|(?<=[ .])\p{L}{1,2}\)(?=[ )])){1,120}?)\s*[\])](?=\s|$)\s*/iu

/** Takes the marks off the text of a block. */
export function readMarks(text: string, names: NameBook): Marks {
  const vacant = VACANT.exec(text)
  if (vacant)
    return { text: '', status: null, former: null, vacant: true, movedTo: vacant.groups?.['to'] ?? null }
  // Somebody may propose words for a number that stands empty.
  const empty = /^\[(?:Deleted|Moved to (?<to>[^\][]{1,60}))\] (?=\[)/u.exec(text)
  if (empty) {
    const rest = marksAround(text.slice(empty[0].length), names)
    return { ...rest, vacant: true, movedTo: empty.groups?.['to'] ?? null }
  }
  return marksAround(text, names)
}

/** Reads the marks of a block of an export, which says which it has. */
export function readExportedMarks({ written, annotations }: ExportedWords, names: NameBook): Marks {
  const marked = annotations.has('status') ? statusAt(written, names) : null
  let text = marked?.rest ?? written
  const origin = annotations.has('former') ? formerIn(text) : null
  text = origin?.rest ?? text
  const empty = annotations.has('vacant') ? /^\[(?:Deleted|Moved to [^\][]{1,60})\] ?/u.exec(text) : null
  return {
    text: text.slice(empty?.[0].length ?? 0),
    status: marked?.status ?? null,
    former: origin?.former ?? null,
    vacant: empty !== null,
    movedTo: null,
  }
}

/** Reads the marks of words: what stood before them, and their status. */
function marksAround(text: string, names: NameBook): Marks {
  const marked = statusAt(text, names)
  const { rest, former } = formerIn(marked?.rest ?? text)
  const again = marked ? null : statusAt(rest, names)
  return {
    text: again?.rest ?? rest,
    status: marked?.status ?? again?.status ?? null,
    former,
    vacant: false,
    movedTo: null,
  }
}

const TAIL = 160

/** The same before the words. */
const STATUS_BEFORE = new RegExp(
  `^[[(（［]\\s*(?<in>(?:${AGREED})(?=[\\s,;:.–—\\]）］)])[^\\[\\]()]{0,120}?)\\s*[\\])）］]\\s+(?=\\S)`,
  'iu',
)

function statusAt(text: string, names: NameBook): { rest: string; status: ImportedStatus } | null {
  const first = STATUS_BEFORE.exec(text)
  if (first) return { rest: text.slice(first[0].length), status: statusIn(first.groups?.['in'] ?? '', names) }
  const from = Math.max(0, text.length - TAIL)
  const match = STATUS.exec(text.slice(from))
  if (!match) return null
  const { in: inside, bare = '', day = '' } = match.groups ?? {}
  const said = inside ?? bare + day
  const before = text.slice(0, from + match.index).trimEnd()
  const stop = match[0].endsWith('].') && /[\p{L}\p{N}]$/u.test(before) ? '.' : ''
  return { rest: before + stop, status: statusIn(said, names) }
}

/** Reads `Agreed ad ref, pending KEN, placement to be decided`, `agreed in small group, 3 June`. */
export function statusIn(said: string, names: NameBook): ImportedStatus {
  const words = said.trim().replace(/\.$/u, '')
  const behind = words.replace(
    /^(?:provisionally |tentatively )?(?:agreed|convenu|acordado|согласовано|متفق عليه|已商定|商定)?\s*(?:ad ref(?:erendum)?\b)?[\s,;:–—-]*/iu,
    '',
  )
  const notes: string[] = []
  let placement = false
  let pending: ImportedStatus['pending'] = []
  let inPending = false
  for (const part of behind.split(/\s*[,;]\s*/u)) {
    if (part === '') continue
    const list =
      /^(?:pending|subject to)(?: the)?(?: approval of| confirmation (?:of|by)| agreement of)? (.+)$/iu.exec(
        part,
      )?.[1] ?? (inPending ? part : null)
    const waiting = list === null ? null : readNames(list, false)
    if (/placement/iu.test(part)) placement = true
    else if (waiting) {
      inPending = true
      pending = [...pending, ...names.participants(waiting)]
      continue
    } else notes.push(part)
    inPending = false
  }
  const partly = /ad ref|provision|tentativ|small group|contact group|informal|working group/iu.test(words)
  return { status: partly ? 'agreed-ad-ref' : 'agreed', pending, placement, note: notes.join(', ') }
}

function formerIn(text: string): { rest: string; former: Label | null } {
  for (const part of [text.slice(0, TAIL), text.slice(-TAIL)]) {
    const match = FORMER.exec(part)
    const former = match && readReference(match.groups?.['of'] ?? '')
    if (!match || !former) continue
    const at = text.indexOf(match[0])
    const [before, behind] = [text.slice(0, at), text.slice(at + match[0].length)]
    if (before !== '' && behind !== '') continue
    return { rest: (before + behind).trim(), former }
  }
  return { rest: text, former: null }
}
