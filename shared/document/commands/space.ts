import type { Command, CommandResult } from '../../model/command.ts'
import { NEEDS, refuse } from '../../model/command.ts'
import type { ParticipantId } from '../../model/ids.ts'
import { withoutBlanks } from '../../model/command-text.ts'
import { can } from '../../model/role.ts'
import { markTabled } from '../drafts.ts'
import { isTabled } from '../schema.ts'
import { badCharacters } from './characters.ts'
import { commenting } from './commenting.ts'
import { deciding } from './decide/deciding.ts'
import type { CommandContext } from './command-context.ts'
import { notAllowed } from './command-context.ts'

/**
 * What can be asked of a private space: remarks, a draft taken back, and (by the server, when the room has them) that
 * drafts were tabled. Whoever comes here may open the space.
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
      // What is in a group's space is the group's, whichever member wrote it.
      return deciding['proposal-withdraw']({ ...executing, actor: { ...actor, participant: space } }, command)
    case 'drafts-table':
      markTabled(od, command.drafts, now)
      return { ok: true, affected: [] }
    default:
      return notAllowed('do this in a private space')
  }
}
