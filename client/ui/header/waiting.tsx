import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components'
import type { Opened } from '../opened.ts'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { fullTime } from '../words/time.ts'
import { waitingActs } from '../state/waiting.ts'
import { strings } from '../strings.ts'
import popover from './presence.module.css'
import styles from './waiting.module.css'

const words = strings.waiting

/** How many commands wait to be sent, and which. */
export function QueuedCommands({ commands }: { readonly commands: Opened['commands'] }) {
  const queued = useValue(commands.queued)
  const board = useValue(useDesk().board)
  if (queued.length === 0) return null
  return (
    <DialogTrigger>
      <Button className={classes(popover.trigger, styles.waiting)}>{words.count(queued.length)}</Button>
      <Popover className={classes(popover.popover)} placement="bottom end">
        <Dialog className={classes(popover.dialog)}>
          <Heading slot="title" className={classes(popover.title)}>
            {words.title}
          </Heading>
          <ol className={classes(popover.list)}>
            {waitingActs(board, queued).map(({ key, what, about, at }) => (
              <li key={key} title={fullTime(at)}>
                <strong>{what}</strong> <span className={classes(popover.names)}>{about}</span>
              </li>
            ))}
          </ol>
          <p className={classes(styles.note)}>{words.note}</p>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
