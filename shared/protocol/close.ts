/**
 * The reasons for which the server closes a socket. After 4400–4499 a client must not reconnect by itself, and y-websocket's
 * provider does not. After 4500 and above, and after every code of RFC 6455, it may.
 */
export const CLOSE = {
  /** A frame or an update could not be decoded or is not well formed. */
  malformed: { code: 4400, reason: 'malformed' },
  /** No session, or it has ended. */
  unauthorised: { code: 4401, reason: 'unauthorised' },
  /** The invitation was revoked or has expired. */
  revoked: { code: 4403, reason: 'revoked' },
  /** No such document. */
  'no-document': { code: 4404, reason: 'no-document' },
  /** An update was refused, and nothing that this connection sent after it was applied. */
  refused: { code: 4409, reason: 'refused' },
  /** A frame over the size limit. */
  oversize: { code: 4413, reason: 'oversize' },
  /** Too many frames in too short a time. */
  flood: { code: 4429, reason: 'flood' },
  /** The server is shutting down, for a restart as a rule. */
  'going-away': { code: 4500, reason: 'going-away' },
  /** The client did not read fast enough. */
  slow: { code: 4501, reason: 'slow' },
  /** The store failed. Nothing that was not acknowledged has been kept. */
  'store-failed': { code: 4502, reason: 'store-failed' },
  /** The attribution of the round has changed. The client needs a fresh document and a fresh client id. */
  'new-round': { code: 4503, reason: 'new-round' },
  /** This link or this address has used up its allowance. It is renewed with time. */
  busy: { code: 4504, reason: 'busy' },
  /**
   * The server's disk is full or not writable. Nothing that was not acknowledged has been kept; reading is
   * possible.
   */
  unwritable: { code: 4505, reason: 'unwritable' },
} as const

export type CloseReason = keyof typeof CLOSE

export const isPermanent = (code: number): boolean => code >= 4400 && code < 4500
