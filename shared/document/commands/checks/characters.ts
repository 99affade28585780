import type { Command, Refusal } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import { faultInCommand } from '../../../model/command-text.ts'
import type { TextForm } from '../../../model/characters/text-policy.ts'
import { describeFault, faultIn } from '../../../model/characters/text-policy.ts'

/**
 * Returns the refusal when a text of the command holds a character that the text policy forbids; null when none
 * does.
 */
export function badCharacters(command: Command): Refusal | null {
  const fault = faultInCommand(command)
  return fault && refuse('forbidden-character', describeFault(fault, 'this text'))
}

/** The same for one text of the given form. `what` names the text in the message: "a title". */
export function badText(text: string, form: TextForm, what: string): Refusal | null {
  const fault = faultIn(text, form)
  return fault && refuse('forbidden-character', describeFault(fault, what))
}
