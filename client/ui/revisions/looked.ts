import { useCallback, useEffect, useState } from 'react'
import type { Api } from '#client/net/api.ts'
import type { DocumentSession } from '#client/net/session.ts'
import { changesSince } from '#shared/document/history/since.ts'
import type { ChangedBlock } from '#shared/document/history/since.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { Looked } from '#shared/protocol/http.ts'
import type { Desk } from '../state/desk.ts'
import { useStore } from '../state/store.ts'

/** What changed while this person was away. */
export interface SinceLooked {
  /** When she last looked; null: never before, or not known yet. */
  readonly looked: Looked
  readonly changed: readonly ChangedBlock[]
  /** From here on, changes count from now. Null when it was kept, otherwise why not. */
  readonly seen: () => Promise<string | null>
}

const NOTHING: readonly ChangedBlock[] = []

/**
 * What had changed when the text was opened; what happens before her eyes is no news. What she has not said she has seen
 * stays news, on every device; where there was none, leaving is as good as saying so.
 */
export function useSinceLooked(
  desk: Desk,
  api: Api,
  session: DocumentSession,
  od: OutcomeDocument,
): SinceLooked {
  const ready = useStore(session.ready)
  const [looked, setLooked] = useState<Looked>(null)
  const [changed, setChanged] = useState(NOTHING)
  // Several people may have followed one link: by their names they are told apart.
  const { name } = useStore(desk.actor)
  const [knownOf, setKnownOf] = useState<string | null>(null)
  const known = knownOf === name
  const show = useCallback(
    (blocks: readonly ChangedBlock[]) => {
      setChanged(blocks)
      desk.changed.set(new Set(blocks.map(({ paragraph }) => paragraph)))
    },
    [desk],
  )
  const seen = useCallback(async () => {
    const answer = await api.look()
    if (!answer.ok) return answer.message
    setLooked(answer.value)
    show(NOTHING)
    return null
  }, [api, show])
  useEffect(() => {
    if (!ready || known) return
    let left = false
    const read = async () => {
      const answer = await api.looked()
      if (left || !answer.ok) return
      if (answer.value === null) await api.look()
      else {
        const before = await api.textAt(answer.value.sequence)
        if (left || !before.ok) return
        show(changesSince(before.value, answer.value.at, od))
        setLooked(answer.value)
      }
      setKnownOf(name)
    }
    void read()
    return () => {
      left = true
    }
  }, [api, od, ready, name, known, show])
  useEffect(() => {
    if (!known || changed.length > 0) return
    const leave = () => {
      if (document.visibilityState === 'hidden') void api.look()
    }
    document.addEventListener('visibilitychange', leave)
    return () => document.removeEventListener('visibilitychange', leave)
  }, [api, known, changed])
  return { looked, changed, seen }
}
