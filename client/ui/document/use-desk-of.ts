import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { DocumentSession } from '#client/net/session.ts'
import { consequencesOf } from '#shared/document/commands/decide/consequences.ts'
import { proposedBelow } from '#shared/document/issue/proposed-below.ts'
import { renumbered } from '#shared/document/issue/renumber.ts'
import { paragraphsInOrder } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { newProposalId } from '#shared/model/ids.ts'
import { createDesk } from '../state/desk.ts'
import { noteFocus } from '../state/focus.ts'
import type { Desk } from '../state/desk.ts'
import type { Opened } from '../opened.ts'

/** Makes the desk of an open document. Opens the name dialog when the person has no name yet. */
export function useDeskOf({ info, session, commands }: Opened): Desk {
  const [desk] = useState(() => {
    const made = createDesk(info.actor, {
      execute: (command) => commands.run(command),
      now: Date.now,
      noteFocus,
      newProposal: () => newProposalId((length) => crypto.getRandomValues(new Uint8Array(length))),
      consequences: (id) => consequencesOf(session.od(), id),
      proposedBelow: (id) => proposedBelow(session.od(), id),
      renumbered: () => renumbered(session.od(), paragraphsInOrder(session.od())).paragraphs,
    })
    // Asked with the first rendering, so that nobody is interrupted while reading or writing.
    if (info.actor.name === '') made.panel.set('name')
    return made
  })
  useEffect(
    () =>
      session.actor.subscribe(() => {
        // A name given here a moment ago may not have reached the socket's session yet.
        const told = session.actor.get()
        desk.actor.set(told.name === '' ? { ...told, name: desk.actor.get().name } : told)
      }),
    [desk, session],
  )
  return desk
}

/** The present Yjs document, which is replaced by another object after a refusal. */
export function useOd(session: DocumentSession): OutcomeDocument {
  const subscribe = useCallback((listener: () => void) => session.onReplaced(() => listener()), [session])
  return useSyncExternalStore(subscribe, () => session.od())
}
