import type { Line } from './line.ts'
import { ENDS, startsBlock, startsLower } from './line.ts'

/**
 * Recognises letters. A draft is circulated under a note or a letter, which may contain a numbered list and
 * ends in names that look like headings. These are the set phrases of letters in the languages in which drafts
 * are circulated.
 */
const SALUTATION =
  /^(?:your )?(?:excellenc(?:y|ies)|dear |madam|sir\b|distinguished |(?:madame|monsieur|mesdames)[ ,]|excelent[ií]sim|estimad[oa]|señora? |صاحب السعادة|السيد|أصحاب السعادة|уважаем|ваше превосходительство)/iu

const CLOSING =
  /please accept|accept,? (?:your )?excellenc|yours (?:sincerely|faithfully|truly|ever)|sincerely yours|^(?:(?:with )?(?:best|kind|warm|kindest|warmest)[a-z ]{0,12} (?:regards|wishes)|(?:best|kind) regards|regards|sincerely|respectfully)[,.]?$|^(?:bien )?(?:cordialement|à vous)|salutations distinguées|^(?:un )?(?:cordial saludo|saludos)|^с (?:уважением|наилучшими)|assurances? of (?:our|my|its|his|her|the|their)|veuillez (?:agréer|accepter)|vous prie d.agréer|haute considération|(?:seguridades|garantías) de (?:mi|nuestra|su)|atentamente|وتفضلوا|تفضلوا بقبول|заверения в|顺致|此致/iu

const SIGNATURE =
  /^\(?(?:signed|signé|firmado)\b|^(?:H\. ?E\.|S\. ?E\.|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Mme|M\.) |\b(?:ambassador|permanent (?:representative|mission|observer)|plenipotentiary|co-?facilitators?$|charg[ée] d|ambassad(?:eur|rice)|représentante? permanente?|embajador|representante permanente)\b|signature|^(?:cc|encl(?:osures?)?|annex(?:es)?)\s*:|سفير|الممثل الدائم/iu

const COMPLIMENTS =
  /presents? (?:its|their|his|her) compliments|présente ses compliments|saluda atentamente/iu

export const isSalutation = (text: string): boolean =>
  (text.length < 80 && SALUTATION.test(text)) || COMPLIMENTS.test(text.slice(0, 400))
export const isClosing = (text: string): boolean => CLOSING.test(text)
export const isSignature = (text: string): boolean => text.length < 120 && SIGNATURE.test(text)

/** The lines of a letter's salutation and closing phrase. */
export interface Letter {
  readonly salutation: number
  readonly closing: number
}

/**
 * Returns a function that returns, for a line index, the last letter that begins before it; -1 for a part that
 * it lacks.
 */
export function findLetters(lines: readonly Line[]): (end: number) => Letter {
  let letter: Letter = { salutation: -1, closing: -1 }
  const before = lines.map((line, i) => {
    const now = letter
    if (startsBlock(line) && isSalutation(line.text)) letter = { salutation: i, closing: -1 }
    else if (isClosing(line.text)) letter = { salutation: now.salutation, closing: i }
    return now
  })
  return (end) => before[end] ?? letter
}

/** Whether a block of unnumbered prose lies between two lines: then the letter continues after its list. */
export const proseBetween = (lines: readonly Line[], from: number, to: number): boolean =>
  lastProse(lines, from, to) > from

/** Returns where the last such block between `from` and `to` begins; `from` when there is none. */
function lastProse(lines: readonly Line[], from: number, to: number): number {
  let end = to
  for (let i = to - 1; i > from; i--) {
    const line = lines[i]
    const before = lines[i - 1]
    if (!line || !startsBlock(line)) continue
    const ended = ENDS.test(lines[end - 1]?.text ?? '')
    if (ended && before && ENDS.test(before.text) && !startsLower(line.text) && wordCount(lines, i, end) >= 6)
      return i
    end = i
  }
  return from
}

function wordCount(lines: readonly Line[], from: number, to: number): number {
  let count = 0
  for (let i = from; i < to && count < 6; i++) count += lines[i]?.text.split(' ', 6).length ?? 0
  return count
}
