import type { CommandOutcome } from '#client/net/command-queue.ts'
import type { Command } from '#shared/model/command.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import { strings } from '../strings.ts'
import type { Desk } from './desk.ts'

/** Asking the server for something, and saying what came of it. */

let notices = 0

export function notify(
  desk: Desk,
  text: string,
  tone: 'done' | 'refused' = 'done',
  undo: ProposalId | null = null,
): void {
  desk.notice.set({ key: ++notices, tone, text, undo })
  desk.said.set(text)
}

/** One at a time on each proposal; null while another is on its way. */
export async function ask(desk: Desk, on: HostId, command: Command): Promise<CommandOutcome | null> {
  if (desk.busy.get().has(on)) return null
  desk.busy.set(new Set([...desk.busy.get(), on]))
  try {
    return await desk.port.execute(command)
  } finally {
    const busy = new Set(desk.busy.get())
    busy.delete(on)
    desk.busy.set(busy)
  }
}

/**
 * Asks without waiting for what was asked before, for commands come to the server in their order; true when it was done
 * there and then. What was refused, or has to wait, is said.
 */
export async function askAndSay(desk: Desk, on: HostId, command: Command): Promise<boolean> {
  const result = await desk.port.execute(command)
  if (result.ok === 'queued') {
    if (desk.task.get()?.proposal === on) desk.task.set(null)
    notify(desk, strings.decided.queued)
    return false
  }
  if (!result.ok) notify(desk, result.message, 'refused')
  return result.ok
}
