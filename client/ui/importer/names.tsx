import { Disclosure, DisclosurePanel, Heading, Button as AriaButton } from 'react-aria-components'
import type { ReadName } from '#shared/model/import-brackets.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import type { NameAnswer } from '#shared/model/understanding.ts'
import { ParticipantPicker } from '../participants/participant-picker.tsx'
import { Button } from '../parts/button.tsx'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import type { ImportSession } from './session.ts'
import styles from './names.module.css'

const words = strings.import

interface Props {
  readonly session: ImportSession
  readonly names: readonly ReadName[]
  readonly answered: readonly NameAnswer[]
}

/** The names in brackets that the directory does not know. Each is asked about once. */
export function Names({ session, names, answered }: Props) {
  const unknown = names.filter(({ participant }) => participant === null)
  if (unknown.length === 0) return null
  const open = unknown.filter(({ written }) => !answered.some((answer) => answer.written === written))
  const answer = (written: string, participant: ParticipantId | null) =>
    session.changeNames([...answered.filter((one) => one.written !== written), { written, participant }])
  return (
    <Disclosure className={classes(styles.names)}>
      <Heading level={3}>
        <AriaButton slot="trigger" className={classes(styles.trigger)}>
          {words.names(open.length)}
        </AriaButton>
      </Heading>
      <DisclosurePanel>
        <p className={classes(styles.note)}>{words.namesNote}</p>
        <ul className={classes(styles.list)}>
          {unknown.map((name) => (
            <Name
              key={name.written}
              name={name}
              answer={answered.find(({ written }) => written === name.written)}
              onAnswer={(participant) => answer(name.written, participant)}
            />
          ))}
        </ul>
      </DisclosurePanel>
    </Disclosure>
  )
}

interface NameProps {
  readonly name: ReadName
  readonly answer: NameAnswer | undefined
  readonly onAnswer: (participant: ParticipantId | null) => void
}

function Name({ name, answer, onAnswer }: NameProps) {
  return (
    <li className={classes(styles.name)}>
      <ParticipantPicker
        label={words.nameUsed(name.written, name.count, name.line)}
        onPick={(participant) => {
          if (participant !== null) onAnswer(participant)
        }}
      />
      <Button small look="quiet" onPress={() => onAnswer(null)}>
        {words.nobody}
      </Button>
      {answer && (answer.participant ? <Chip participant={answer.participant} /> : words.nobody)}
    </li>
  )
}
