import type { Command, Executed } from '#shared/model/command.ts'
import type { HostId, ParticipantId, RandomBytes } from '#shared/model/ids.ts'
import { strings } from '../strings.ts'
import type { Desk } from './desk.ts'
import { notify } from './notify.ts'

/** From a choice on a card, in a dialog or by a key to the server, and back to what the screen says of it. */

/** What became of a command. */
export type Sent =
  | { readonly state: 'done'; readonly executed: Executed }
  /** Kept on this device until the server can be reached; nothing on the screen says that it has happened. */
  | { readonly state: 'queued' }
  /** `message`: a sentence for the person. */
  | { readonly state: 'refused'; readonly message: string }
  /** Not sent: an earlier command about the same is on its way. */
  | { readonly state: 'busy' }

interface Sending {
  /** What the command is about: the form that is open on it closes when the command is queued. */
  readonly about?: HostId
  /** One command about it at a time; its buttons are pending meanwhile. */
  readonly oneAtATime?: boolean
  /** The refusal is shown by the form that sent it, and by nothing else. */
  readonly inForm?: boolean
  /** The sentence that says that it was done; absent: the caller says it. */
  readonly done?: string
}

/** Sends a command, and says when it was refused or has to wait. */
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

/** For a form: null when it was done, which `done` says, or queued; otherwise the sentence that the form shows. */
export async function submit(desk: Desk, command: Command, done: string): Promise<string | null> {
  const sent = await send(desk, command, { inForm: true, done })
  return sent.state === 'refused' ? sent.message : null
}

async function post(desk: Desk, command: Command): Promise<Sent> {
  const reply = await desk.port.execute(command)
  if (reply.ok === 'queued') return { state: 'queued' }
  return reply.ok ? { state: 'done', executed: reply } : { state: 'refused', message: reply.message }
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

/** Whose words a facilitator or the secretariat writes down. */
export function onBehalf(desk: Desk): { onBehalfOf?: ParticipantId } {
  const { onBehalfOf } = desk.writing.get()
  return onBehalfOf === null ? {} : { onBehalfOf }
}
