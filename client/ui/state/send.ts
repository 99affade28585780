import type { Command, Executed } from '#shared/model/command.ts'
import { NAMED_PARAGRAPHS_LIMIT } from '#shared/model/command.ts'
import type { HostId, ParticipantId, RandomBytes } from '#shared/model/ids.ts'
import { strings } from '../strings.ts'
import type { Desk } from './desk.ts'
import { notify } from './notify.ts'

/** Sends the commands of all cards, dialogs and keys, and reports what became of them. */

/** What became of a command. */
export type Sent =
  | { readonly state: 'done'; readonly executed: Executed }
  /** Kept on this device until the server can be reached; the screen must not show it as done. */
  | { readonly state: 'queued' }
  /** `message`: a sentence for the person. */
  | { readonly state: 'refused'; readonly code: string; readonly message: string }
  /** Not sent, because an earlier command about the same host is not answered yet. */
  | { readonly state: 'busy' }

interface Sending {
  /** The host that the command is about. A form that is open on it closes when the command is queued. */
  readonly about?: HostId
  /** Whether only one command about the host may be pending; its buttons are disabled meanwhile. */
  readonly oneAtATime?: boolean
  /** Whether the sending form shows a refusal itself, so that no message is shown. */
  readonly inForm?: boolean
  /** The message for success; absent when the caller reports it. */
  readonly done?: string
}

/** Sends a command. Shows a message when it was refused or queued. Never rejects. */
export async function send(desk: Desk, command: Command, sending: Sending = {}): Promise<Sent> {
  const { about, oneAtATime = false, inForm = false, done } = sending
  const sent =
    about !== undefined && oneAtATime ? await sendAlone(desk, command, about) : await post(desk, command)
  if (sent.state === 'queued') {
    if (about !== undefined && desk.task.get()?.proposal === about) desk.task.set(null)
    notify(desk, strings.decided.queued)
  }
  if (sent.state === 'refused' && !inForm) notify(desk, sent.message, 'refused')
  if (sent.state === 'done' && done !== undefined) notify(desk, done)
  return sent
}

/** Sends a command for a form. Null when it was done (the message is `done`) or queued, else the sentence to show. */
export async function submit(desk: Desk, command: Command, done: string): Promise<string | null> {
  const sent = await send(desk, command, { inForm: true, done })
  return sent.state === 'refused' ? sent.message : null
}

async function post(desk: Desk, command: Command): Promise<Sent> {
  const named = 'below' in command ? command.below : 'dropped' in command ? command.dropped : undefined
  if (named && named.length > NAMED_PARAGRAPHS_LIMIT)
    return { state: 'refused', code: 'invalid', message: strings.paragraph.tooMany(named.length) }
  const reply = await desk.port.execute(command)
  if (reply.ok === 'queued') return { state: 'queued' }
  return reply.ok
    ? { state: 'done', executed: reply }
    : { state: 'refused', code: reply.code, message: reply.message }
}

async function sendAlone(desk: Desk, command: Command, about: HostId): Promise<Sent> {
  if (desk.busy.get().has(about)) return { state: 'busy' }
  desk.busy.set(new Set([...desk.busy.get(), about]))
  try {
    return await post(desk, command)
  } finally {
    const busy = new Set(desk.busy.get())
    busy.delete(about)
    desk.busy.set(busy)
  }
}

export const randomBytes: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length))

/** The command field for writing on behalf of a delegation; empty when the person writes for itself. */
export function onBehalf(desk: Desk): { onBehalfOf?: ParticipantId } {
  const { onBehalfOf } = desk.writing.get()
  return onBehalfOf === null ? {} : { onBehalfOf }
}
