import { useCallback, useEffect, useState } from 'react'
import type { Api } from '#client/net/api.ts'
import type { DocumentSession } from '#client/net/session.ts'
import { changesSince } from '#shared/document/history/since.ts'
import type { ChangedBlock } from '#shared/document/history/since.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { Looked } from '#shared/protocol/http.ts'
import type { Desk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'

/** What changed while this person was away. */
export interface SinceLooked {
  /** When the person last marked the text as seen; null for never, or while it is not known. */
  readonly looked: Looked
  readonly changed: readonly ChangedBlock[]
  /** Marks the text as seen now. Resolves with null when that was stored, otherwise with the sentence why not. */
  readonly seen: () => Promise<string | null>
}

const NOTHING: readonly ChangedBlock[] = []

/**
 * What had changed when the text was opened; changes that happen while it is open do not count. Changes stay listed,
 * on all devices, until the person marks them as seen. If there were none, leaving the page marks the text as seen.
 */
export function useSinceLooked(
  desk: Desk,
  api: Api,
  session: DocumentSession,
  od: OutcomeDocument,
): SinceLooked {
  const ready = useValue(session.ready)
  const [looked, setLooked] = useState<Looked>(null)
  const [changed, setChanged] = useState(NOTHING)
  // Several people may have followed one link; their names distinguish them.
  const { name } = useValue(desk.actor)
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
