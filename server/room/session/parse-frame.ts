import { can } from '#shared/model/role.ts'
import type { CloseReason } from '#shared/protocol/close.ts'
import {
  FRAME,
  OLDEST_VERSION,
  PROTOCOL_VERSION,
  SYNC,
  decodeClientFrame,
  type Caret,
  type ClientFrame,
} from '#shared/protocol/wire.ts'
import type { Limits } from '../limits/limits.ts'
import { readCaret } from './presence.ts'
import type { Quotas } from '../limits/quota.ts'
import type { Session } from './session.ts'

/**
 * What a received frame asks for. It is within the limits and well formed; whether its content is permitted is decided
 * later, by admission.
 */
export type Intake =
  | { readonly kind: 'nothing' }
  /** Awareness of a stock y-websocket client. Its content is ignored, but the client closes when no answer comes. */
  | { readonly kind: 'pulse' }
  | { readonly kind: 'close'; readonly reason: CloseReason }
  | { readonly kind: 'hello'; readonly version: number }
  | { readonly kind: 'resume' }
  | { readonly kind: 'caret'; readonly caret: Caret | null }
  | { readonly kind: 'join'; readonly vector: Uint8Array }
  | { readonly kind: 'update'; readonly update: Uint8Array; readonly number: number | null }

const NOTHING: Intake = { kind: 'nothing' }
const close = (reason: CloseReason): Intake => ({ kind: 'close', reason })

/**
 * Counts a frame against the limits of its connection, invitation and address, and decodes it. Never throws: a frame
 * that is too much or malformed gives `close` with the reason. `now`: milliseconds of a clock that never goes back.
 */
export function parseFrame(
  session: Session,
  bytes: Uint8Array,
  limits: Limits,
  quotas: Quotas,
  now: number,
): Intake {
  const refused = tooMuch(session, bytes, limits) ?? unpaid(session, bytes, quotas, now)
  if (refused) return close(refused)
  let frame: ClientFrame
  try {
    frame = decodeClientFrame(bytes)
  } catch {
    return close('malformed')
  }
  // The slices are copies: a frame may be a view of a larger buffer, which queued work must not keep alive.
  switch (frame.type) {
    case 'ignored':
      return session.greeted ? NOTHING : { kind: 'pulse' }
    case 'hello':
      return frame.version >= OLDEST_VERSION && frame.version <= PROTOCOL_VERSION
        ? { kind: 'hello', version: frame.version }
        : close('malformed')
    case 'resume':
      return session.refused === session.attempt ? { kind: 'resume' } : close('malformed')
    case 'caret':
      return takeCaret(session, frame.caret)
    case 'sync-step1':
      if (!session.bucket.take(now, limits.joinCost)) return close('flood')
      if (!quotas.spend(session.payer, 'documents', 1)) return close('busy')
      return { kind: 'join', vector: frame.stateVector.slice() }
    case 'sync-update':
      return { kind: 'update', update: frame.update.slice(), number: null }
    case 'submit':
      return session.greeted && frame.number === session.submitted + 1
        ? { kind: 'update', update: frame.update.slice(), number: frame.number }
        : close('malformed')
  }
}

/** Refuses a frame that is too large for its kind or its sender. Only its first two bytes are read. */
function tooMuch(session: Session, bytes: Uint8Array, limits: Limits): CloseReason | null {
  const [type, step] = bytes
  const { length } = bytes
  const writes = can(session.actor.role, 'propose')
  switch (type) {
    case FRAME.caret:
      return length > limits.caretBytes ? 'malformed' : null
    case FRAME.submit:
      return length > (writes ? limits.frameBytes : limits.readerBytes) ? 'oversize' : null
    case FRAME.sync:
      if (step === SYNC.step1)
        return length > Math.min(limits.joinBytes, limits.frameBytes) ? 'oversize' : null
      return length > (writes ? limits.frameBytes : limits.readerBytes) ? 'oversize' : null
    default:
      return length > Math.min(limits.readerBytes, limits.frameBytes) ? 'oversize' : null
  }
}

/**
 * Charges a frame. The connection's own allowance is checked first, so that a flooding connection is closed before it
 * uses up what it shares with others of its invitation and address.
 */
function unpaid(session: Session, { length }: Uint8Array, quotas: Quotas, now: number): CloseReason | null {
  if (!session.bucket.take(now, 1)) return 'flood'
  const paid = quotas.spend(session.payer, 'frames', 1) && quotas.spend(session.payer, 'received', length)
  return paid ? null : 'busy'
}

/** Only the carets of sessions that may write are shown; those of others are ignored. */
function takeCaret(session: Session, value: unknown): Intake {
  const caret = readCaret(value)
  if (caret === undefined) return close('malformed')
  return session.greeted && can(session.actor.role, 'propose') ? { kind: 'caret', caret } : NOTHING
}
