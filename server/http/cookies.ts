import { isDocumentId } from '../access/document-id.ts'
import type { Carried } from '../access/visits.ts'
import type { DocumentId } from '#shared/model/ids.ts'
import type { HttpContext } from './context.ts'

/**
 * Cookies of sessions. A browser holds one session for each invitation that it followed, so that its tabs can be
 * different persons. Each session has a cookie named after the invitation. A further cookie, named after the document
 * alone, holds the session of the link followed last, for URLs without `?as=<invitation>`.
 */

export type Cookies = Readonly<Record<string, string | undefined>>

const COOKIE_PREFIX = 'informals_'

/**
 * The name's prefix. `__Host-` cookies cannot be set by neighbouring sites, which could plant a session of their own.
 */
const prefixOf = ({ publicUrl }: Pick<HttpContext, 'publicUrl'>): string =>
  publicUrl?.startsWith('https:') ? `__Host-${COOKIE_PREFIX}` : COOKIE_PREFIX

/** The form of an invitation's id: see `invite`. */
export const isInvitationId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{16}$/.test(value)

/** The name of the cookie for an invitation's session; with null for that of the link followed last. */
export const cookieName = (
  context: Pick<HttpContext, 'publicUrl'>,
  document: DocumentId,
  as: string | null,
): string => `${prefixOf(context)}${document}${as === null ? '' : `_${as}`}`

/** The token for `?as=`. If the browser has none for that invitation, it may be another one's. */
export function tokenIn(
  context: HttpContext,
  cookies: Cookies,
  document: DocumentId,
  as: unknown,
): string | undefined {
  const latest = cookies[cookieName(context, document, null)]
  if (as === undefined) return latest
  return isInvitationId(as) ? (cookies[cookieName(context, document, as)] ?? latest) : undefined
}

export interface Held extends Carried {
  readonly document: DocumentId
}

/** All sessions in a browser's cookies, of all documents. */
export function sessionsIn(context: HttpContext, cookies: Cookies): Held[] {
  const prefix = prefixOf(context)
  return Object.entries(cookies).flatMap(([name, token]) => {
    if (!name.startsWith(prefix) || token === undefined) return []
    const [document, as = null, ...more] = name.slice(prefix.length).split('_')
    const ours = isDocumentId(document) && (as === null || isInvitationId(as)) && more.length === 0
    return ours ? [{ document, as, token }] : []
  })
}
