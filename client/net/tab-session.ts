import type { DocumentId } from '#shared/model/ids.ts'
import type { Result } from '#shared/model/result.ts'
import type { DocumentInfo } from '#shared/protocol/http.ts'
import { createApi } from './api.ts'
import type { Answer, Api } from './api.ts'

/** Remembers which of the browser's sessions a tab uses, so that the tab is the same person after a reload. */
export interface TabPage {
  /** The session named in the tab's address by `?as=`; null when none is. */
  readonly asked: string | null
  /** The session that this tab used before, whatever its address says now; null when none. */
  readonly kept: string | null
  keep(as: string): void
}

export type TabIdentity = Result<{ api: Api; info: DocumentInfo }>

/**
 * Asks the server which person this tab belongs to, and remembers the session. When the address names a session that
 * this browser does not have (an address copied from somebody else), the session of the link followed last is used;
 * but a tab that has used a session before never changes to another person's in this way.
 */
export async function identifyTab(
  document: DocumentId,
  page: TabPage,
  make: (document: DocumentId, as: string | null) => Api = createApi,
): Promise<TabIdentity> {
  const { asked, kept } = page
  let answer: Answer<DocumentInfo> = await make(document, asked).info()
  if (!answer.ok && answer.code === 'unauthorised' && asked !== null && asked !== kept)
    answer = await make(document, null).info()
  if (!answer.ok) return answer
  const info = answer.value
  page.keep(info.as)
  return { ok: true, api: make(document, info.as), info }
}

/** The session memory of this browser tab for a document. */
export function browserTab(document: DocumentId): TabPage {
  const key = `informals/${document}/as`
  return {
    asked: new URLSearchParams(location.search).get('as'),
    kept: attempt(() => sessionStorage.getItem(key)),
    keep: (as) => {
      attempt(() => sessionStorage.setItem(key, as))
      const address = new URL(location.href)
      address.searchParams.set('as', as)
      if (address.href !== location.href) history.replaceState(history.state, '', address)
    },
  }
}

/** Null when the browser denies storage; then the address alone remembers the session. */
function attempt<T>(run: () => T): T | null {
  try {
    return run()
  } catch {
    return null
  }
}
