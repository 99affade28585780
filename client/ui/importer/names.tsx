import { useMemo } from 'react'
import { Disclosure, DisclosurePanel, Heading, Button as AriaButton } from 'react-aria-components'
import type { ReadName } from '#shared/model/import-brackets.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import type { NameAnswer } from '#shared/model/understanding.ts'
import { ParticipantPicker } from '../participants/participant-picker.tsx'
import { Button } from '../parts/button.tsx'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import { knownNames } from './known-names.ts'
import type { ImportSession } from './session.ts'
import styles from './names.module.css'

const words = strings.import

interface Props {
  readonly session: ImportSession
  /** Those that are asked about: the directory does not have them. */
  readonly names: readonly ReadName[]
  readonly answered: readonly NameAnswer[]
}

/** The names in brackets that the directory does not know. Each is asked about once. */
export function Names({ session, names, answered }: Props) {
  const known = useMemo(() => knownNames(), [])
  if (names.length === 0) return null
  const answer = (written: string, participant: ParticipantId | null) =>
    session.changeNames([...answered.filter((one) => one.written !== written), { written, participant }])
  const open = names.filter(({ written }) => !answered.some((one) => one.written === written))
  const before = open.flatMap(({ written }) => {
    const participant = known.get(written)
    return participant === undefined ? [] : [{ written, participant }]
  })
  return (
    <div className={classes(styles.names)}>
      {before.length > 0 && (
        <Button small look="primary" onPress={() => session.changeNames([...answered, ...before])}>
          {words.asBefore(before.length)}
        </Button>
      )}
      <Disclosure>
        <Heading level={3}>
          <AriaButton
            slot="trigger"
            className={classes(styles.trigger)}
            data-clear={open.length === 0 || undefined}
          >
            {open.length === 0 ? words.namesSaid(names.length) : words.names(open.length)}
          </AriaButton>
        </Heading>
        <DisclosurePanel>
          <p className={classes(styles.note)}>{words.namesNote}</p>
          <ul className={classes(styles.list)}>
            {names.map((name) => (
              <li key={name.written}>
                <Name
                  name={name}
                  answer={answered.find(({ written }) => written === name.written)}
                  before={known.get(name.written)}
                  onAnswer={(participant) => answer(name.written, participant)}
                />
              </li>
            ))}
          </ul>
        </DisclosurePanel>
      </Disclosure>
    </div>
  )
}

interface NameProps {
  readonly name: ReadName
  readonly answer: NameAnswer | undefined
  /** Who was meant by it in an earlier text. */
  readonly before: ParticipantId | undefined
  /** Whether it is typed at once. */
  readonly focused?: boolean
  readonly onAnswer: (participant: ParticipantId | null) => void
}

/** A name, and who may be meant by it. */
export function Name({ name, answer, before, focused = false, onAnswer }: NameProps) {
  return (
    <div className={classes(styles.name)}>
      <ParticipantPicker
        label={words.nameUsed(name.written, name.count, name.lines[0] ?? 1)}
        focused={focused}
        onPick={(participant) => {
          if (participant !== null) onAnswer(participant)
        }}
      />
      <span className={classes(styles.choices)}>
        {before !== undefined && !answer && (
          <Button small onPress={() => onAnswer(before)}>
            {words.nameBefore} <Chip participant={before} />
          </Button>
        )}
        <Button small look="quiet" onPress={() => onAnswer(null)}>
          {words.nobody}
        </Button>
        {answer && (answer.participant ? <Chip participant={answer.participant} /> : words.nobody)}
      </span>
    </div>
  )
}
