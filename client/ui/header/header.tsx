import { History, PanelLeft, Search } from 'lucide-react'
import type { DocumentSession } from '#client/net/session.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { Chip } from '../parts/chip.tsx'
import { IconButton } from '../parts/button.tsx'
import type { Opened } from '../opened.ts'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { useSelected, useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import { Connection } from './connection.tsx'
import styles from './header.module.css'
import { MainMenu } from './menu.tsx'
import { Presence } from './presence.tsx'
import { WritingSwitch } from '../writing/writing-switch.tsx'
import { ViewSwitch } from './view-switch.tsx'
import { TextOf } from '../parts/text-of.tsx'
import { QueuedCommands } from './waiting.tsx'

interface Props {
  readonly session: DocumentSession
  readonly commands: Opened['commands']
  readonly title: string
  readonly outlineOpen: boolean
  readonly onOutline: () => void
  readonly onExport: () => void
  /** The private spaces that this person may open. */
  readonly spaces: readonly ParticipantId[]
}

export function DocumentHeader(props: Props) {
  const { session, commands, title, outlineOpen, onOutline, onExport, spaces } = props
  const desk = useDesk()
  const shown = useSelected(desk.board, (board) => board.title) || title
  return (
    <header className={classes(styles.header)}>
      <div className={classes(styles.start)}>
        <IconButton
          label={outlineOpen ? strings.header.outlineHide : strings.header.outlineShow}
          aria-expanded={outlineOpen}
          aria-controls="outline"
          onPress={onOutline}
        >
          <PanelLeft aria-hidden="true" className={classes(styles.panel)} />
        </IconButton>
        <TextOf words={shown} className={classes(styles.title)} title={shown} />
        <WriterLabel />
        <WritingSwitch spaces={spaces} />
      </div>
      <ViewSwitch />
      <div className={classes(styles.end)}>
        <QueuedCommands commands={commands} />
        <Connection session={session} commands={commands} />
        <Presence session={session} />
        <span className={classes(styles.tools)}>
          <IconButton label={strings.header.search} shortcut="/" onPress={() => desk.panel.set('search')}>
            <Search aria-hidden="true" />
          </IconButton>
          <IconButton label={strings.header.history} onPress={() => desk.panel.set('history')}>
            <History aria-hidden="true" />
          </IconButton>
        </span>
        <MainMenu onExport={onExport} />
      </div>
    </header>
  )
}

/** Shows who the person is and for whom they write. */
function WriterLabel() {
  const actor = useValue(useDesk().actor)
  const saysItself = actor.role === 'delegation' || actor.participant === null
  return (
    <span className={classes(styles.you)} title={strings.header.you(actor.role, actor.participant)}>
      <span className="visually-hidden">{strings.header.you(actor.role, actor.participant)}</span>
      <span aria-hidden="true" className={classes(styles.role)}>
        {actor.role === 'delegation' && actor.participant ? (
          <Chip participant={actor.participant} />
        ) : (
          <span className={classes(styles.plain)}>{strings.roles[actor.role]}</span>
        )}
        {actor.name && saysItself && <span className={classes(styles.name)}>{actor.name}</span>}
      </span>
    </span>
  )
}
