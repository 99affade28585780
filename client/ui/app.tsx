import { useEffect, useState } from 'react'
import type { Failure } from '#shared/model/result.ts'
import { browserTab, identifyTab } from '#client/net/tab-session.ts'
import type { DocumentId } from '#shared/model/ids.ts'
import { DocumentScreen } from './document/document-screen.tsx'
import { Home } from './home/home.tsx'
import { Unopened } from './home/unopened.tsx'
import { openConsultationAs } from './opened.ts'
import type { Opened } from './opened.ts'
import { strings } from './strings.ts'

export function App() {
  const [attempt, setAttempt] = useState(0)
  const id = documentOf(location.pathname)
  if (id === null) return <Home unknown={location.pathname !== '/'} />
  return <Consultation key={attempt} id={id} onRetry={() => setAttempt(attempt + 1)} />
}

function documentOf(path: string): DocumentId | null {
  const id = /^\/d\/([^/]+)\/?$/.exec(path)?.[1]
  return id === undefined ? null : (decodeURIComponent(id) as DocumentId)
}

/** Asks the server who this is, then opens the document. */
function Consultation({ id, onRetry }: { readonly id: DocumentId; readonly onRetry: () => void }) {
  const [opened, setOpened] = useState<Opened | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  useEffect(() => {
    let opening: Opened | null = null
    let left = false
    const open = async () => {
      const tab = await identifyTab(id, browserTab(id))
      if (left) return
      if (!tab.ok) return setFailure(tab)
      opening = openConsultationAs(tab.info, tab.api)
      setOpened(opening)
    }
    void open()
    return () => {
      left = true
      opening?.dispose()
    }
  }, [id])
  useEffect(() => {
    document.title = opened ? `${opened.info.title} – ${strings.product}` : strings.product
  }, [opened])
  if (failure) return <Unopened message={failure.message} onRetry={onRetry} />
  return opened && <DocumentScreen opened={opened} />
}
