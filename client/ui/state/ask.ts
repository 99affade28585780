import type { Command } from '#shared/model/command.ts'
import type { ParticipantId, RandomBytes } from '#shared/model/ids.ts'
import { strings } from '../strings.ts'
import type { Desk } from './desk.ts'
import { notify } from './notify.ts'

/** From a choice in a dialog or a menu to the server, and back to what the screen says of it. */

export const randomBytes: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length))

/** Null when it was executed, or is kept until it can be; otherwise the sentence to show. */
export async function carryOut(desk: Desk, command: Command, done: string): Promise<string | null> {
  const result = await desk.port.execute(command)
  if (result.ok === 'queued') {
    notify(desk, strings.decided.queued)
    return null
  }
  if (!result.ok) return result.message
  notify(desk, done)
  return null
}

/** For what has no dialog to show a refusal in. */
export async function carryOutNow(desk: Desk, command: Command, done: string): Promise<void> {
  const refused = await carryOut(desk, command, done)
  if (refused !== null) notify(desk, refused, 'refused')
}

/** Whose words a facilitator or the secretariat writes down. */
export function onBehalf(desk: Desk): { onBehalfOf?: ParticipantId } {
  const { onBehalfOf } = desk.writing.get()
  return onBehalfOf === null ? {} : { onBehalfOf }
}
