import type { AsSeen, Command } from './command.ts'
import type { TextFault } from './text-policy.ts'
import { faultIn, stripText } from './text-policy.ts'

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
export const stripCommand = (command: Command): Command => stripWithin(command) as Command

function stripWithin(value: unknown): unknown {
  if (typeof value === 'string') return stripText(value, 'lines').text
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(stripWithin)
  return Object.fromEntries(
    Object.entries(value).map(([field, part]) => [field, COMPARED.has(field) ? part : stripWithin(part)]),
  )
}
