import { useMemo } from 'react'
import type { Api } from '#client/net/api.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { History } from '../history/history.tsx'
import { MergeDialog } from '../decide/merge-dialog.tsx'
import { ProposalHistory } from '../history/proposal-history.tsx'
import { Importer } from '../importer/importer.tsx'
import { InviteDialog } from '../dialogs/invite-dialog.tsx'
import { NameDialog } from '../dialogs/name-dialog.tsx'
import { ShortcutsDialog } from '../dialogs/shortcuts-dialog.tsx'
import { commandsFor } from '../palette/commands.ts'
import type { CommandPort } from '../palette/commands.ts'
import { CommandPalette, Search } from '../palette/palette.tsx'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'

interface Props {
  readonly api: Api
  readonly od: OutcomeDocument
  readonly commands: CommandPort
}

/** The command palette. The commands depend on the moment, so they are listed each time it opens. */
function CommandsPanel({ commands }: { readonly commands: CommandPort }) {
  const desk = useDesk()
  const actor = useValue(desk.actor)
  const named = useMemo(() => commandsFor(desk, actor, commands), [desk, actor, commands])
  return <CommandPalette commands={named} />
}

/** The open panel in front of the document; at most one is open. */
export function Panels({ api, od, commands }: Props) {
  const desk = useDesk()
  const panel = useValue(desk.panel)
  switch (panel) {
    case null:
      return null
    case 'commands':
      return <CommandsPanel commands={commands} />
    case 'search':
      return <Search od={od} />
    case 'shortcuts':
      return <ShortcutsDialog />
    case 'history':
      return <History />
    case 'merge':
      return <MergeDialog />
    case 'proposal-history':
      return <ProposalHistory od={od} />
    case 'import':
      return <Importer api={api} />
    case 'invite':
      return <InviteDialog api={api} />
    case 'name':
      return <NameDialog onName={(name) => saveName(name)} onClose={() => desk.panel.set(null)} />
  }

  async function saveName(name: string): Promise<string | null> {
    const answer = await api.setName(name)
    if (!answer.ok) return answer.message
    desk.actor.set(answer.value.actor)
    return null
  }
}
