import type { AsSeen, Command } from './command.ts'
import type { TextFault } from './characters/text-policy.ts'
import { faultIn, looksBlank, stripText } from './characters/text-policy.ts'

/**
 * The texts in a command. All strings in it are checked, whatever their field, because people read them. Line
 * feeds pass here; the handler of the command decides whether a field may have several lines.
 */

/**
 * Fields of {@link AsSeen}. They are compared and not stored, and may quote words from before the text policy
 * existed.
 */
const COMPARED: ReadonlySet<string> = new Set<keyof AsSeen>(['seen', 'struck'])

/** Returns the first forbidden character in a command, or null. */
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

/** Returns the command without the forbidden characters in its texts. */
export const stripCommand = (command: Command): Command =>
  withTexts(command, (text) => stripText(text, 'lines').text) as Command

/**
 * Returns the command with an empty string for each text in which nothing can be seen. A wording that is
 * accepted as proposed stays as it is, since somebody may have proposed a space.
 */
export function withoutBlanks(command: Command): Command {
  const emptied = withTexts(command, (text) => (looksBlank(text) ? '' : text)) as Command
  const isAsProposed =
    command.kind === 'proposal-accept' && command.text !== undefined && command.text === command.seen
  return isAsProposed ? ({ ...emptied, text: command.text } as Command) : emptied
}

/** Returns a copy of a value with `change` applied to each text in it. */
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
