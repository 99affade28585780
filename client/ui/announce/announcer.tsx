import { useEffect } from 'react'
import type { DocumentSession } from '#client/net/session.ts'
import { browserTimers } from '#client/net/timers.ts'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { listen } from './listen.ts'

/** The live region in which screen readers announce what has just happened. */
export function Announcer({ session }: { readonly session: DocumentSession }) {
  const desk = useDesk()
  const said = useValue(desk.said)
  useEffect(() => listen(desk, session, browserTimers), [desk, session])
  return (
    <output className="visually-hidden" aria-live="polite">
      {said}
    </output>
  )
}
