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
import type { Limits } from './limits.ts'
import { readCaret } from './presence.ts'
import type { Quotas } from './quota.ts'
import type { Session } from './session.ts'

/** The first part of the way of a frame: limits, then decoding. What comes out is well formed, and no more than that. */
export type Intake =
  | { readonly kind: 'nothing' }
  /** Awareness of a stock client: its word is not taken, but it hangs up on a server that stays silent. */
  | { readonly kind: 'pulse' }
  | { readonly kind: 'close'; readonly reason: CloseReason }
  | { readonly kind: 'hello'; readonly version: number }
  | { readonly kind: 'resume' }
  | { readonly kind: 'caret'; readonly caret: Caret | null }
  | { readonly kind: 'join'; readonly vector: Uint8Array }
  | { readonly kind: 'update'; readonly update: Uint8Array; readonly number: number | null }

const NOTHING: Intake = { kind: 'nothing' }
const close = (reason: CloseReason): Intake => ({ kind: 'close', reason })

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
  // Slices are copies: a frame may be a small window on a large buffer, and what is queued outlives it.
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

/** By its first bytes a frame says of what kind it is: one that is too large for its kind, or its sender, is not decoded. */
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

/** The connection's own share first: one that floods is sent away for good, before it uses up what others share. */
function unpaid(session: Session, { length }: Uint8Array, quotas: Quotas, now: number): CloseReason | null {
  if (!session.bucket.take(now, 1)) return 'flood'
  const paid = quotas.spend(session.payer, 'frames', 1) && quotas.spend(session.payer, 'received', length)
  return paid ? null : 'busy'
}

function takeCaret(session: Session, value: unknown): Intake {
  const caret = readCaret(value)
  if (caret === undefined) return close('malformed')
  return session.greeted && can(session.actor.role, 'propose') ? { kind: 'caret', caret } : NOTHING
}
