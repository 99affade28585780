import type { Line } from './text-lines.ts'
import { ENDS, startsBlock, startsLower } from './text-lines.ts'

/**
 * A draft is circulated under a note or a letter, which may hold a numbered list of its own and ends in names that
 * look like headings. These are the set phrases that tell a letter, in the languages drafts are circulated in.
 */
const SALUTATION =
  /^(?:your )?(?:excellenc(?:y|ies)|dear |madam|sir\b|distinguished |(?:madame|monsieur|mesdames)[ ,]|excelent[ií]sim|estimad[oa]|señora? |صاحب السعادة|السيد|أصحاب السعادة|уважаем|ваше превосходительство)/iu

const CLOSING =
  /please accept|accept,? (?:your )?excellenc|yours (?:sincerely|faithfully|truly)|sincerely yours|assurances? of (?:our|my|its|his|her|the|their)|veuillez (?:agréer|accepter)|vous prie d.agréer|haute considération|(?:seguridades|garantías) de (?:mi|nuestra|su)|atentamente|وتفضلوا|تفضلوا بقبول|заверения в|顺致|此致/iu

const SIGNATURE =
  /^\(?(?:signed|signé|firmado)\b|^(?:H\. ?E\.|S\. ?E\.|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Mme|M\.) |\b(?:ambassador|permanent (?:representative|mission|observer)|plenipotentiary|co-?facilitators?$|charg[ée] d|ambassad(?:eur|rice)|représentante? permanente?|embajador|representante permanente)\b|signature|^(?:cc|encl(?:osures?)?|annex(?:es)?)\s*:|سفير|الممثل الدائم/iu

export const isSalutation = (text: string): boolean => text.length < 80 && SALUTATION.test(text)
export const isClosing = (text: string): boolean => CLOSING.test(text)
export const isSignature = (text: string): boolean => text.length < 120 && SIGNATURE.test(text)

/** The place in a letter, if there is one: where it begins with a salutation, and where it takes its leave. */
export interface Letter {
  readonly salutation: number
  readonly closing: number
}

/** The last letter that begins before line `end` (an index); either place is -1 where it has none. */
export function letterBefore(lines: readonly Line[], end: number): Letter {
  let salutation = -1
  let closing = -1
  for (let i = 0; i < end; i++) {
    const line = lines[i]
    if (!line) continue
    if (startsBlock(line) && isSalutation(line.text)) {
      salutation = i
      closing = -1
    } else if (isClosing(line.text)) closing = i
  }
  return { salutation, closing }
}

/** A leave taken at the beginning of a block of its own, in the lines after `from` and before `to`. */
export function closesLetter(lines: readonly Line[], from: number, to: number): boolean {
  let block = ''
  for (let i = from + 1; i < to; i++) {
    const line = lines[i]
    if (!line) continue
    if (startsBlock(line)) {
      if (isSalutation(line.text)) return false
      block = ''
    } else if (block === '') continue
    block += ` ${line.text}`
    if (isClosing(block)) return true
  }
  return false
}

/** A whole unnumbered sentence or more, standing as a block of its own: the letter goes on after its list. */
export function proseBetween(lines: readonly Line[], from: number, to: number): boolean {
  for (let i = from + 1; i < to; i++) {
    const line = lines[i]
    const before = lines[i - 1]
    if (!line || !before || !startsBlock(line) || startsLower(line.text) || !ENDS.test(before.text)) continue
    let last = i
    while (last + 1 < to && !startsBlock(lines[last + 1] ?? line)) last++
    const words = lines
      .slice(i, last + 1)
      .map((l) => l.text)
      .join(' ')
    if (words.split(' ').length >= 6 && ENDS.test(words)) return true
  }
  return false
}
