import type { AsSeen, Command } from './command.ts'
import type { TextFault } from './text-policy.ts'
import { faultIn, looksBlank, stripText } from './text-policy.ts'

/**
 * The texts that a command says, whatever its field: all are read by people. Line feeds may stand in them here; whether a
 * field has several lines is for its handler to say.
 */

/** Fields of {@link AsSeen}: they are compared and not kept, and may quote words from before there was a policy. */
const COMPARED: ReadonlySet<string> = new Set<keyof AsSeen>(['seen', 'struck'])

/** The first character of a command that may not stand in a text; null: there is none. */
export const faultInCommand = (command: Command): TextFault | null => faultWithin(command)

function faultWithin(value: unknown): TextFault | null {
  if (typeof value === 'string') return faultIn(value, 'lines')
  if (typeof value !== 'object' || value === null) return null
  for (const [field, part] of Object.entries(value)) {
    const fault = COMPARED.has(field) ? null : faultWithin(part)
    if (fault) return fault
  }
  return null
}

/** The same command without what may not stand in its texts. */
export const stripCommand = (command: Command): Command =>
  withTexts(command, (text) => stripText(text, 'lines').text) as Command

/**
 * The same command with an empty text for each that shows nothing. A wording that is accepted as it was proposed stays:
 * somebody may have proposed a space.
 */
export function withoutBlanks(command: Command): Command {
  const emptied = withTexts(command, (text) => (looksBlank(text) ? '' : text)) as Command
  const isAsProposed =
    command.kind === 'proposal-accept' && command.text !== undefined && command.text === command.seen
  return isAsProposed ? ({ ...emptied, text: command.text } as Command) : emptied
}

/** With `change` of each text. */
function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((part) => withTexts(part, change))
  return Object.fromEntries(
    Object.entries(value).map(([field, part]) => [
      field,
      COMPARED.has(field) ? (part as unknown) : withTexts(part, change),
    ]),
  )
}
