import type { Command, CommandResult } from '../../model/command.ts'
import { DONE, NEEDS, refuse } from '../../model/command.ts'
import type { ParticipantId } from '../../model/ids.ts'
import { withoutBlanks } from '../../model/command-text.ts'
import { can } from '../../model/role.ts'
import { markTabled } from '../drafts.ts'
import { isTabled } from '../schema.ts'
import { badCharacters } from './checks/characters.ts'
import { commenting } from './commenting.ts'
import { deciding } from './decide/deciding.ts'
import type { CommandContext } from './command-context.ts'
import { notAllowed } from './command-context.ts'

/**
 * Executes a command in a private space's document. Allowed are comments, withdrawing a draft, and
 * `drafts-table`, which the server sends once the room holds the drafts. The caller has checked that the actor
 * may open the space.
 */
export function executeInSpace(
  executing: CommandContext,
  said: Command,
  space: ParticipantId,
): CommandResult {
  const { od, actor, now } = executing
  if (!can(actor.role, NEEDS[said.kind])) return notAllowed('do this')
  const unreadable = badCharacters(said)
  if (unreadable) return unreadable
  const command = withoutBlanks(said)
  switch (command.kind) {
    case 'comment-add':
      return commenting['comment-add'](executing, command)
    case 'comment-remove':
      return commenting['comment-remove'](executing, command)
    case 'comment-resolve':
      return commenting['comment-resolve'](executing, command)
    case 'proposal-withdraw':
      if (isTabled(od, command.proposal)) return refuse('no-such-draft', 'This draft was tabled.')
      // A draft belongs to the group, whichever member wrote it, so the withdrawal is made in the group's name.
      return deciding['proposal-withdraw']({ ...executing, actor: { ...actor, participant: space } }, command)
    case 'drafts-table':
      markTabled(od, command.drafts, now)
      return DONE
    default:
      return notAllowed('do this in a private space')
  }
}
