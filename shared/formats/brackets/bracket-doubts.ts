import { participantMistakenFor } from '../../directory/look-alike.ts'
import type { ReadName } from '../../model/import-brackets.ts'
import type { BracketDoubtCode } from '../../model/understanding.ts'
import type { FoundDoubt } from '../recognise/lines/doubts.ts'
import { excerpt } from '../recognise/lines/line.ts'

const SENTENCES: Readonly<Record<BracketDoubtCode, (line: number, text: string) => string>> = {
  'bracket-unclosed': (line) => `A bracket is opened and not closed on line ${line}; it was kept as a word.`,
  'bracket-unopened': (line) =>
    `A bracket is closed that was not opened on line ${line}; it was kept as a word.`,
  'brackets-too-deep': (line, text) =>
    `Brackets nested too deep were kept as words on line ${line} (“${text}”).`,
  'request-unplaced': (line, text) =>
    `What is asked for on line ${line} (“${text}”) was kept as words, because its place was not found.`,
  'request-void': (line, text) =>
    `A request on line ${line} (“${text}”) to delete words that are gone was left out.`,
  'agreed-with-brackets': (line) =>
    `The paragraph on line ${line} is marked as agreed and has open brackets; the mark was kept as words.`,
  'alternative-unclear': (line, text) =>
    `Of the alternatives on line ${line} (“${text}”) some have no names, or do not say what they replace; look at whose they are.`,
  'names-alone': (line, text) =>
    `The bracket “${text}” on line ${line} holds names alone; it was kept as words.`,
}

/** Codes whose summary lists the words, and not the lines alone. */
const QUOTED: ReadonlySet<BracketDoubtCode> = new Set([
  'brackets-too-deep',
  'request-unplaced',
  'request-void',
])

/** Returns a doubt about a bracket. `text`: its words. */
export function bracketDoubt(code: BracketDoubtCode, line: number, text: string): FoundDoubt {
  const words = excerpt(text.trim())
  const listed = QUOTED.has(code) ? `line ${line} (“${words}”)` : String(line)
  return { code, line, message: SENTENCES[code](line, words), listed }
}

/** Returns the doubt about a name that the directory does not have, where it occurs first. */
export function nameDoubt({ written, lines }: ReadName): FoundDoubt {
  const line = lines[0] ?? 1
  const other = participantMistakenFor(written)
  const said = other
    ? `“${written}” on line ${line} is not in the directory and looks like ${other}; say who is meant, or it is left out.`
    : `“${written}” on line ${line} is not in the directory; say who is meant, or it stays as it is written.`
  return { code: 'name-unknown', line, message: said, name: written, listed: `“${written}” (line ${line})` }
}
