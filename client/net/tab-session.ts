import type { DocumentId } from '#shared/model/ids.ts'
import type { DocumentInfo } from '#shared/protocol/http.ts'
import { createApi } from './api.ts'
import type { Answer, Api, Failure } from './api.ts'

/** Where a tab keeps which of the browser's sessions is its own, so that a reload does not make it somebody else. */
export interface TabPage {
  /** In the tab's address: `?as=`. */
  readonly asked: string | null
  /** What this very tab kept before, whatever its address says now. */
  readonly kept: string | null
  keep(as: string): void
}

export type Come = { readonly ok: true; readonly api: Api; readonly info: DocumentInfo } | Failure

/**
 * Asks the server who this tab is. The address names a session of the browser; one that was copied from somebody else's
 * window names none of this browser's, and then it is the session of the link that was followed last. A tab that has
 * been somebody before is never made another person that way.
 */
export async function comeAs(
  document: DocumentId,
  page: TabPage,
  make: (document: DocumentId, as: string | null) => Api = createApi,
): Promise<Come> {
  const { asked, kept } = page
  let answer: Answer<DocumentInfo> = await make(document, asked).info()
  if (!answer.ok && answer.code === 'unauthorised' && asked !== null && asked !== kept)
    answer = await make(document, null).info()
  if (!answer.ok) return answer
  const info = answer.value
  page.keep(info.as)
  return { ok: true, api: make(document, info.as), info }
}

/** This browser tab, at a document. */
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

/** Null where the browser denies storage: then the address alone keeps it. */
function attempt<T>(run: () => T): T | null {
  try {
    return run()
  } catch {
    return null
  }
}
