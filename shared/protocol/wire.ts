import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { CaretPlace } from '../model/caret.ts'
import { samePlace } from '../model/caret.ts'
import type { SessionId } from '../model/ids.ts'
import type { Actor } from '../model/participant.ts'

/**
 * The frames of `/sync/<document>`. Every frame is binary and begins with its number, a variable-length
 * unsigned integer. 0–3 are those of y-websocket, so that its provider can follow a document. The others are
 * our own and are sent only to a client that has sent {@link FRAME.hello}.
 */
export const FRAME = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  /** → protocol version (varUint). Asks for our own frames. */
  hello: 100,
  /** ← JSON {@link Welcome}. */
  welcome: 101,
  /** → number (varUint; from 1, increasing by 1), update (varUint8Array). */
  submit: 102,
  /** ← number (varUint): every submit up to this number is durable. */
  acknowledged: 103,
  /**
   * ← number (varUint), code and message (varString): this submit was not applied, and no later one is before
   * {@link FRAME.resume}. After an ordinary race (`refusal.ts`) the socket stays open for a client of version
   * 2.
   */
  refused: 104,
  /** → JSON {@link Caret} or null: where the sender is. */
  caret: 105,
  /** ← JSON {@link Presence}[]: everybody else who is connected. */
  presence: 106,
  /**
   * → empty. After `refused`: what the client sends now no longer contains what was refused; numbers begin
   * again at 1.
   */
  resume: 107,
} as const

export const PROTOCOL_VERSION = 2
/** Version 1 has no {@link FRAME.resume}: every refusal closes its socket. */
export const OLDEST_VERSION = 1

/** The largest frame that a client may send, in bytes. */
export const FRAME_LIMIT = 4 * 1024 * 1024

export interface Welcome {
  readonly session: SessionId
  readonly actor: Actor
}

export interface Caret {
  readonly anchor: CaretPlace
  readonly head: CaretPlace
}

export const sameCaret = (a: Caret | null, b: Caret | null): boolean =>
  a === b || (a !== null && b !== null && samePlace(a.anchor, b.anchor) && samePlace(a.head, b.head))

/**
 * A session of somebody else. Everything but the caret is what the server knows; the caret is what the client
 * says.
 */
export interface Presence {
  readonly session: SessionId
  readonly name: string
  readonly role: Actor['role']
  readonly participant: Actor['participant']
  readonly caret: Caret | null
}

/** The sync steps of y-protocols, inside {@link FRAME.sync}. */
export const SYNC = { step1: 0, step2: 1, update: 2 } as const

export type ClientFrame =
  | { readonly type: 'sync-step1'; readonly stateVector: Uint8Array }
  /** Sync step 2 and update. The server treats both as an update. */
  | { readonly type: 'sync-update'; readonly update: Uint8Array }
  | { readonly type: 'hello'; readonly version: number }
  | { readonly type: 'submit'; readonly number: number; readonly update: Uint8Array }
  | { readonly type: 'resume' }
  | { readonly type: 'caret'; readonly caret: unknown }
  /**
   * The awareness of a stock client, which is read and dropped, because clients do not speak for their
   * identity.
   */
  | { readonly type: 'ignored' }

/** Throws unless the bytes are exactly one frame. */
export function decodeClientFrame(bytes: Uint8Array): ClientFrame {
  const decoder = decoding.createDecoder(bytes)
  const frame = clientFrame(decoder)
  if (frame.type !== 'ignored' && decoding.hasContent(decoder)) throw new Error('bytes after the frame')
  return frame
}

function clientFrame(decoder: decoding.Decoder): ClientFrame {
  const type = decoding.readVarUint(decoder)
  switch (type) {
    case FRAME.sync: {
      const step = decoding.readVarUint(decoder)
      if (step === SYNC.step1) return { type: 'sync-step1', stateVector: decoding.readVarUint8Array(decoder) }
      if (step === SYNC.step2 || step === SYNC.update)
        return { type: 'sync-update', update: decoding.readVarUint8Array(decoder) }
      throw new Error(`unknown sync step ${step}`)
    }
    case FRAME.hello:
      return { type: 'hello', version: decoding.readVarUint(decoder) }
    case FRAME.submit:
      return {
        type: 'submit',
        number: decoding.readVarUint(decoder),
        update: decoding.readVarUint8Array(decoder),
      }
    case FRAME.resume:
      return { type: 'resume' }
    case FRAME.caret:
      return { type: 'caret', caret: JSON.parse(decoding.readVarString(decoder)) as unknown }
    case FRAME.awareness:
    case FRAME.queryAwareness:
      return { type: 'ignored' }
    default:
      throw new Error(`unknown frame ${type}`)
  }
}

export type ServerFrame =
  | { readonly type: 'sync-step1'; readonly stateVector: Uint8Array }
  | { readonly type: 'sync-step2'; readonly update: Uint8Array }
  | { readonly type: 'sync-update'; readonly update: Uint8Array }
  | { readonly type: 'welcome'; readonly welcome: Welcome }
  | { readonly type: 'acknowledged'; readonly number: number }
  | { readonly type: 'refused'; readonly number: number; readonly code: string; readonly message: string }
  | { readonly type: 'presence'; readonly present: readonly Presence[] }

/** Returns a frame of the server, or null for one of a kind that this client does not know. */
export function decodeServerFrame(bytes: Uint8Array): ServerFrame | null {
  const decoder = decoding.createDecoder(bytes)
  const type = decoding.readVarUint(decoder)
  switch (type) {
    case FRAME.sync: {
      const step = decoding.readVarUint(decoder)
      const body = decoding.readVarUint8Array(decoder)
      if (step === SYNC.step1) return { type: 'sync-step1', stateVector: body }
      return { type: step === SYNC.step2 ? 'sync-step2' : 'sync-update', update: body }
    }
    case FRAME.welcome:
      return { type: 'welcome', welcome: JSON.parse(decoding.readVarString(decoder)) as Welcome }
    case FRAME.acknowledged:
      return { type: 'acknowledged', number: decoding.readVarUint(decoder) }
    case FRAME.refused:
      return {
        type: 'refused',
        number: decoding.readVarUint(decoder),
        code: decoding.readVarString(decoder),
        message: decoding.readVarString(decoder),
      }
    case FRAME.presence:
      return { type: 'presence', present: JSON.parse(decoding.readVarString(decoder)) as Presence[] }
    default:
      return null
  }
}

/** Encodes a frame of either side. */
export function encodeFrame(frame: Exclude<ClientFrame, { type: 'ignored' }> | ServerFrame): Uint8Array {
  const encoder = encoding.createEncoder()
  const sync = (step: number, body: Uint8Array) => {
    encoding.writeVarUint(encoder, FRAME.sync)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, body)
  }
  const json = (type: number, value: unknown) => {
    encoding.writeVarUint(encoder, type)
    encoding.writeVarString(encoder, JSON.stringify(value))
  }
  switch (frame.type) {
    case 'sync-step1':
      sync(SYNC.step1, frame.stateVector)
      break
    case 'sync-step2':
      sync(SYNC.step2, frame.update)
      break
    case 'sync-update':
      sync(SYNC.update, frame.update)
      break
    case 'hello':
      encoding.writeVarUint(encoder, FRAME.hello)
      encoding.writeVarUint(encoder, frame.version)
      break
    case 'submit':
      encoding.writeVarUint(encoder, FRAME.submit)
      encoding.writeVarUint(encoder, frame.number)
      encoding.writeVarUint8Array(encoder, frame.update)
      break
    case 'resume':
      encoding.writeVarUint(encoder, FRAME.resume)
      break
    case 'caret':
      json(FRAME.caret, frame.caret)
      break
    case 'welcome':
      json(FRAME.welcome, frame.welcome)
      break
    case 'acknowledged':
      encoding.writeVarUint(encoder, FRAME.acknowledged)
      encoding.writeVarUint(encoder, frame.number)
      break
    case 'refused':
      encoding.writeVarUint(encoder, FRAME.refused)
      encoding.writeVarUint(encoder, frame.number)
      encoding.writeVarString(encoder, frame.code)
      encoding.writeVarString(encoder, frame.message)
      break
    case 'presence':
      json(FRAME.presence, frame.present)
      break
  }
  return encoding.toUint8Array(encoder)
}
