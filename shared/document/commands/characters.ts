import type { Command, Refusal } from '../../model/command.ts'
import { refuse } from '../../model/command.ts'
import { faultInCommand } from '../../model/command-text.ts'
import type { TextForm } from '../../model/text-policy.ts'
import { describeFault, faultIn } from '../../model/text-policy.ts'

/** Whether any text of a command holds a character that may stand in none. Null: it does not. */
export function badCharacters(command: Command): Refusal | null {
  const fault = faultInCommand(command)
  return fault && refuse('forbidden-character', describeFault(fault, 'this text'))
}

/** Whether one text does, given its form. `what` it is: "a title". */
export function badText(text: string, form: TextForm, what: string): Refusal | null {
  const fault = faultIn(text, form)
  return fault && refuse('forbidden-character', describeFault(fault, what))
}
