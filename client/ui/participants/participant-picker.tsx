import { X } from 'lucide-react'
import { nameOf, participantsMatching, spellParticipant } from '#shared/directory/directory.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { isDelegationName } from '#shared/directory/delegation-name.ts'
import { participantKey } from '#shared/model/participant.ts'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { Picker } from '../parts/form/picker.tsx'
import type { PickerItem } from '../parts/form/picker.tsx'
import { strings } from '../strings.ts'
import styles from './participants.module.css'

const words = strings.participants

interface PickerProps {
  readonly label: string
  readonly note?: string
  readonly onPick: (participant: ParticipantId | null) => void
  /** Participants to offer first: those that are in the room already. */
  readonly present?: readonly ParticipantId[]
  readonly several?: boolean
  readonly focused?: boolean
}

/** A picker for one participant: from the directory, or by a code that the directory does not have. */
export function ParticipantPicker({ label, note, onPick, present = [], several, focused }: PickerProps) {
  return (
    <Picker
      label={label}
      {...(note ? { note } : {})}
      placeholder={words.search}
      nothing={words.nobody}
      find={(typed) => found(typed, present)}
      onPick={(id) => onPick(id as ParticipantId | null)}
      {...(several ? { several } : {})}
      {...(focused ? { focused } : {})}
    />
  )
}

function found(typed: string, present: readonly ParticipantId[]): readonly PickerItem[] {
  const entries = participantsMatching(typed).map(({ participant, name }) => ({ code: participant, name }))
  const known = new Set([...present, ...entries.map(({ code }) => code)].map(participantKey))
  const here = typed.trim() === '' ? present.map((code) => ({ code, name: nameOf(code) })) : []
  const other = spellParticipant(typed, present) as ParticipantId
  const custom =
    isDelegationName(other) && !known.has(participantKey(other))
      ? [{ code: other, name: words.other(other) }]
      : []
  const hereCodes = new Set(here.map(({ code }) => code))
  return [...here, ...entries.filter(({ code }) => !hereCodes.has(code)), ...custom].map(
    ({ code, name }) => ({
      id: code,
      name: name === code ? code : `${name} (${code})`,
      shown: (
        <>
          <Chip participant={code} />
          <span>{name}</span>
        </>
      ),
    }),
  )
}

interface SeveralProps {
  readonly label: string
  readonly note?: string
  readonly present?: readonly ParticipantId[]
  readonly chosen: readonly ParticipantId[]
  readonly onChange: (chosen: readonly ParticipantId[]) => void
}

/** A picker for several participants, each with a button to remove it. */
export function ParticipantsPicker({ label, note, present, chosen, onChange }: SeveralProps) {
  return (
    <div className={classes(styles.several)}>
      <ParticipantPicker
        label={label}
        several
        {...(note ? { note } : {})}
        {...(present ? { present } : {})}
        onPick={(participant) => {
          if (participant !== null && !chosen.includes(participant)) onChange([...chosen, participant])
        }}
      />
      {chosen.length > 0 && (
        <ul className={classes(styles.chosen)}>
          {chosen.map((participant) => (
            <li key={participant}>
              <Chip participant={participant} />
              <button
                type="button"
                aria-label={words.remove(nameOf(participant))}
                onClick={() => onChange(chosen.filter((other) => other !== participant))}
              >
                <X aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
