import { Check, CloudOff, LoaderCircle, Unplug } from 'lucide-react'
import type { DocumentSession } from '#client/net/session.ts'
import type { ConnectionStatus } from '#client/net/status.ts'
import type { Opened } from '../opened.ts'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import styles from './connection.module.css'

interface Props {
  readonly session: DocumentSession
  readonly commands: Opened['commands']
}

/** The state of saving. "Saved" is shown only when all that was written is durable and all commands are answered. */
export function Connection({ session, commands }: Props) {
  const status = useValue(session.status)
  const queued = useValue(commands.queued).length > 0
  const unwritten = useValue(useDesk().unwritten)
  const { icon, text, note, tone } = spoken({ ...status, unsaved: status.unsaved || queued || unwritten })
  return (
    // Not announced, because it changes at every key. The banner announces a lost or restored connection.
    <output className={classes(styles.connection, styles[tone])} title={note ?? text} aria-live="off">
      {icon}
      <span className={classes(styles.text)}>{text}</span>
    </output>
  )
}

interface Spoken {
  readonly icon: React.ReactNode
  readonly text: string
  readonly note?: string
  readonly tone: 'calm' | 'busy' | 'warn' | 'bad'
}

function spoken({ connection, unsaved, unwritable }: ConnectionStatus): Spoken {
  const words = strings.connection
  if (unwritable)
    return {
      icon: <CloudOff aria-hidden="true" />,
      text: words.unwritable,
      note: words.unwritableLong,
      tone: 'warn',
    }
  switch (connection) {
    case 'online':
      return unsaved
        ? { icon: <LoaderCircle aria-hidden="true" />, text: words.saving, tone: 'busy' }
        : { icon: <Check aria-hidden="true" />, text: words.saved, tone: 'calm' }
    case 'connecting':
      return { icon: <LoaderCircle aria-hidden="true" />, text: words.connecting, tone: 'busy' }
    case 'offline':
      return {
        icon: <CloudOff aria-hidden="true" />,
        text: words.offline,
        note: words.offlineLong,
        tone: 'warn',
      }
    case 'stopped':
      return { icon: <Unplug aria-hidden="true" />, text: words.stopped, tone: 'bad' }
  }
}
