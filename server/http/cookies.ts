import { isDocumentId } from '../access/document-id.ts'
import type { Carried } from '../access/visits.ts'
import type { DocumentId } from '#shared/model/ids.ts'
import type { HttpContext } from './context.ts'

/**
 * A browser holds one session for each invitation it followed, so that each of its tabs can be somebody else. Each is a
 * cookie of its own, named after the invitation; besides, one that is named after the document alone holds the session
 * of the link that was followed last, for addresses that do not say `?as=<invitation>`.
 */

export type Cookies = Readonly<Record<string, string | undefined>>

const COOKIE_PREFIX = 'informals_'

/** Where browsers heed it, a name that no neighbouring site can set: who could would slip its own session in. */
const prefixOf = ({ publicUrl }: Pick<HttpContext, 'publicUrl'>): string =>
  publicUrl?.startsWith('https:') ? `__Host-${COOKIE_PREFIX}` : COOKIE_PREFIX

/** As invite() makes them. */
export const isInvitationId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{16}$/.test(value)

/** Of an invitation's session; null: of the link that was followed last. */
export const cookieName = (
  context: Pick<HttpContext, 'publicUrl'>,
  document: DocumentId,
  as: string | null,
): string => `${prefixOf(context)}${document}${as === null ? '' : `_${as}`}`

/** The token that is meant by `?as=`; it may be another invitation's, if the browser has none of this one's. */
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

/** Every session that a browser brings along, of all documents. */
export function sessionsIn(context: HttpContext, cookies: Cookies): Held[] {
  const prefix = prefixOf(context)
  return Object.entries(cookies).flatMap(([name, token]) => {
    if (!name.startsWith(prefix) || token === undefined) return []
    const [document, as = null, ...more] = name.slice(prefix.length).split('_')
    const ours = isDocumentId(document) && (as === null || isInvitationId(as)) && more.length === 0
    return ours ? [{ document, as, token }] : []
  })
}
