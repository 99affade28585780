import { Users } from 'lucide-react'
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components'
import type { DocumentSession } from '#client/net/session.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import type { Presence as Present } from '#shared/protocol/wire.ts'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import styles from './presence.module.css'

/** Most chips in the header; the list behind them has everybody. */
const CHIPS = 4

/** Who is present: their number, the person included, and chips of the others by delegation. */
export function Presence({ session }: { readonly session: DocumentSession }) {
  const present = useValue(session.presence)
  const actor = useValue(useDesk().actor)
  const groups = byParticipant(present)
  const named = groups.filter((group) => group.participant !== null)
  const spoken = present.length === 0 ? strings.header.alone : strings.header.here(present.length)
  return (
    <DialogTrigger>
      <Button className={classes(styles.trigger)} aria-label={spoken}>
        {named.slice(0, CHIPS).map(({ participant }) =>
          participant === null ? null : (
            <span key={participant} className={classes(styles.stacked)}>
              <Chip participant={participant} />
            </span>
          ),
        )}
        <span className={classes(styles.count)}>
          <Users aria-hidden="true" />
          {present.length + 1}
        </span>
      </Button>
      <Popover className={classes(styles.popover)} placement="bottom end">
        <Dialog className={classes(styles.dialog)}>
          <Heading slot="title" className={classes(styles.title)}>
            {strings.header.hereTitle}
          </Heading>
          <ul className={classes(styles.list)}>
            <li>
              {actor.participant === null ? (
                <span className={classes(styles.observers)}>{strings.roles[actor.role]}</span>
              ) : (
                <Chip participant={actor.participant} />
              )}
              <span className={classes(styles.names)}>{strings.header.oneself(actor.name)}</span>
            </li>
            {groups.map((group) => (
              <li key={group.participant ?? ''}>
                {group.participant === null ? (
                  <span className={classes(styles.observers)}>{strings.header.observers}</span>
                ) : (
                  <Chip participant={group.participant} />
                )}
                <span className={classes(styles.names)}>{group.names.join(', ')}</span>
              </li>
            ))}
          </ul>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

interface PresenceGroup {
  readonly participant: ParticipantId | null
  readonly names: readonly string[]
}

/** The persons present by participant, in alphabetical order, observers last. */
function byParticipant(present: readonly Present[]): PresenceGroup[] {
  const groups = new Map<ParticipantId | null, Set<string>>()
  for (const one of present) {
    const names = groups.get(one.participant) ?? new Set()
    names.add(one.name || strings.header.unnamed)
    groups.set(one.participant, names)
  }
  return [...groups]
    .map(([participant, names]) => ({ participant, names: [...names].sort() }))
    .sort((a, b) => {
      if (a.participant === null) return 1
      return b.participant === null ? -1 : a.participant.localeCompare(b.participant)
    })
}
