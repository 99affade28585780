/**
 * Why the server closes a socket. 4400–4499 are permanent: a client must not reconnect by itself (y-websocket's
 * provider honours that too). 4500 and above, and every code of RFC 6455, may be retried.
 */
export const CLOSE = {
  /** A frame or an update could not be decoded, or breaks the grammar. */
  malformed: { code: 4400, reason: 'malformed' },
  /** No session, or it has ended. */
  unauthorised: { code: 4401, reason: 'unauthorised' },
  /** The invitation was revoked or has expired. */
  revoked: { code: 4403, reason: 'revoked' },
  /** No such document. */
  'no-document': { code: 4404, reason: 'no-document' },
  /** An update was refused: what this connection sent from then on was not applied. */
  refused: { code: 4409, reason: 'refused' },
  /** A frame over the size limit. */
  oversize: { code: 4413, reason: 'oversize' },
  /** Too many frames in a short time. */
  flood: { code: 4429, reason: 'flood' },
  /** The server is going down for a moment. */
  'going-away': { code: 4500, reason: 'going-away' },
  /** The reader could not keep up. */
  slow: { code: 4501, reason: 'slow' },
  /** The store failed; what was not acknowledged was not kept. */
  'store-failed': { code: 4502, reason: 'store-failed' },
  /** The round has become attributed or unattributed: a fresh document under a fresh client id is needed. */
  'new-round': { code: 4503, reason: 'new-round' },
  /** By this link, or from this address, more was asked for than the server gives at a time: later it gives more. */
  busy: { code: 4504, reason: 'busy' },
  /** The server's disk is full, or takes nothing: what was not acknowledged was not kept. Reading goes on. */
  unwritable: { code: 4505, reason: 'unwritable' },
} as const

export type CloseReason = keyof typeof CLOSE

export const isPermanent = (code: number): boolean => code >= 4400 && code < 4500
