import type { Command, CommandResult } from '../../model/command.ts'
import { NEEDS } from '../../model/command.ts'
import { can } from '../../model/role.ts'
import { withoutBlanks } from '../../model/command-text.ts'
import { badCharacters } from './checks/characters.ts'
import { commenting } from './commenting.ts'
import { deciding } from './decide/deciding.ts'
import type { CommandContext, Handlers } from './command-context.ts'
import { notAllowed } from './command-context.ts'
import { language } from './language.ts'
import { meeting } from './meeting.ts'
import { notePlacing } from './note-placing.ts'
import { positions } from './positions.ts'
import { proposing } from './proposing.ts'
import { revising } from './revising.ts'
import { silencing } from './silencing.ts'
import { paragraphStatus } from './paragraph-status.ts'
import { tabling } from './tabling.ts'
import { finish } from '../steps.ts'
import type { Steps } from '../steps.ts'

const TABLE: Handlers = {
  ...deciding,
  ...proposing,
  ...positions,
  ...paragraphStatus,
  ...tabling,
  ...revising,
  ...silencing,
  ...commenting,
  ...meeting,
  ...language,
  ...notePlacing,
}

/**
 * Executes a command, or refuses it and changes nothing. The server calls this inside one Yjs transaction and
 * writes the command to the log.
 */
export const execute = (executing: CommandContext, command: Command): CommandResult =>
  finish(executeInSteps(executing, command))

/**
 * {@link execute} in steps, each to be taken inside a Yjs transaction. Between two of them nobody else may change the
 * document, or be shown what is changed. A refusal comes before anything was changed.
 */
export function* executeInSteps(executing: CommandContext, command: Command): Steps<CommandResult> {
  if (!can(executing.actor.role, NEEDS[command.kind])) return notAllowed('do this')
  const unreadable = badCharacters(command)
  if (unreadable) return unreadable
  yield
  const handler = TABLE[command.kind] as (executing: CommandContext, command: Command) => Handled
  const handled = handler(executing, withoutBlanks(command))
  return 'next' in handled ? yield* handled : handled
}

type Handled = CommandResult | Steps<CommandResult>
