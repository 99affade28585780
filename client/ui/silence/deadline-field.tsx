import { classes } from '../parts/classes.ts'
import { Picker } from '../parts/form/picker.tsx'
import fields from '../parts/form/field.module.css'
import { strings } from '../strings.ts'
import type { WallClock } from './deadline.ts'
import styles from './silence.module.css'

const words = strings.silence

interface Props {
  readonly clock: WallClock
  readonly onClock: (clock: WallClock) => void
  /** The chosen deadline in words, or what is wrong with it. */
  readonly said: string
  readonly wrong: boolean
}

/** Fields for a day, an hour and a time zone. */
export function DeadlineField({ clock, onClock, said, wrong }: Props) {
  return (
    <div className={classes(styles.deadline)}>
      <label className={classes(fields.field)}>
        <span className={classes(fields.label)}>{words.date}</span>
        <input
          type="date"
          className={classes(fields.input)}
          value={clock.date}
          onChange={(event) => onClock({ ...clock, date: event.target.value })}
        />
      </label>
      <label className={classes(fields.field)}>
        <span className={classes(fields.label)}>{words.time}</span>
        <input
          type="time"
          className={classes(fields.input)}
          value={clock.time}
          onChange={(event) => onClock({ ...clock, time: event.target.value })}
        />
      </label>
      <div className={classes(styles.zone)}>
        <Picker
          label={words.zone}
          initial={spoken(clock.zone)}
          nothing={strings.palette.nothing}
          find={findZones}
          onPick={(zone) => {
            if (zone !== null) onClock({ ...clock, zone })
          }}
        />
      </div>
      <p aria-live="polite" className={classes(styles.said, wrong && styles.wrong)}>
        {said}
      </p>
    </div>
  )
}

const spoken = (zone: string): string => zone.replaceAll('_', ' ')

function findZones(typed: string) {
  const wanted = typed.trim().toLowerCase()
  return zones()
    .filter((zone) => spoken(zone).toLowerCase().includes(wanted))
    .map((zone) => ({ id: zone, name: spoken(zone), shown: spoken(zone) }))
}

/** The zones of United Nations headquarters and offices, which are listed first. */
const SEATS = ['America/New_York', 'Europe/Paris', 'Europe/Zurich', 'Europe/Vienna', 'Africa/Nairobi', 'UTC']
let all: readonly string[] | null = null

function zones(): readonly string[] {
  all ??= [...new Set([...SEATS, ...Intl.supportedValuesOf('timeZone')])]
  return all
}
