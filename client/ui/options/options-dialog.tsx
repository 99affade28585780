import { useSelected, useValue } from '../hooks/use-value.ts'
import { isAgreedBlock } from '../paragraph/status.ts'
import type { ParagraphDialogProps } from '../paragraph/paragraph-dialogs.tsx'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { EarlierNote } from '../positions/earlier-note.tsx'
import { PositionControl } from '../positions/position-control.tsx'
import { StanceChips } from '../positions/stances.tsx'
import { useDesk } from '../state/desk.ts'
import { strings } from '../strings.ts'
import forms from '../parts/form/form.module.css'
import { chooseOption } from './choose.ts'
import { mayDo } from './option-marks.tsx'
import styles from './options-dialog.module.css'
import { effectOfChoosing, optionAt } from './options.ts'
import type { OptionPlace, ShownOption } from './options.ts'

const words = strings.options
/** From this length on an opening was cut: see the board. */
const OPENING_SHOWN = 79

/** The options of a place, with who prefers which and what choosing one takes off. */
export function OptionsDialog({ block, onClose }: ParagraphDialogProps) {
  const desk = useDesk()
  const board = useValue(desk.board)
  const { role } = useValue(desk.actor)
  const place = optionAt(board, block.id)?.place
  if (!place) return null
  return (
    <Dialog title={words.title(place.options.length)} shape="wide" onClose={onClose}>
      <p className={classes(forms.lead)}>{words.lead[mayDo(role)]}</p>
      <ul className={classes(styles.list)}>
        {place.options.map((option) => (
          <OptionItem key={option.head.id} place={place} option={option} onClose={onClose} />
        ))}
      </ul>
    </Dialog>
  )
}

interface ItemProps {
  readonly place: OptionPlace
  readonly option: ShownOption
  readonly onClose: () => void
}

function OptionItem({ place, option, onClose }: ItemProps) {
  const desk = useDesk()
  const { role } = useValue(desk.actor)
  const { head, name, reference, blocks, size, open } = option
  const agreed = blocks.filter(isAgreedBlock).length
  const opening = blocks.find((block) => block.opening !== '' && block.opening !== head.opening) ?? head
  return (
    <li className={classes(styles.item)}>
      <div className={classes(styles.head)}>
        <h3 className={classes(styles.name)}>
          {head.label === '' ? name : strings.paragraph.named(head.label)}
        </h3>
        {mayDo(role) === 'decide' && <Choose place={place} option={option} onClose={onClose} />}
      </div>
      <p className={classes(styles.opening)} dir="auto">
        {opening.opening.length < OPENING_SHOWN ? opening.opening : `${opening.opening}…`}
      </p>
      <p className={classes(styles.size)}>
        {[words.size(size, open), ...(agreed > 0 ? [words.agreedCount(agreed)] : [])].join(', ')}
      </p>
      <StanceChips entries={head.positions} wording={head.spokenOf.wording} full support={words.prefer} />
      <EarlierNote on={head.id} positions={head.positions} spokenOf={head.spokenOf} />
      <PositionControl
        on={head.id}
        positions={head.positions}
        wording={head.spokenOf.wording}
        proponent={null}
        what={reference}
        support={words.prefer}
      />
    </li>
  )
}

/** What goes with it is said beside the button. */
function Choose({ place, option, onClose }: ItemProps) {
  const desk = useDesk()
  const busy = useSelected(desk.busy, (ids) => ids.has(option.head.id))
  const { size, open, not } = effectOfChoosing(place, option)
  const choose = async () => {
    if (await chooseOption(desk, place, option)) onClose()
  }
  return (
    <div className={classes(styles.choose)}>
      <span className={classes(styles.taking, not !== null && styles.not)}>
        {not ?? words.takesOff(size, open)}
      </span>
      <Button
        small
        look="primary"
        isDisabled={not !== null}
        isPending={busy}
        aria-label={words.chooseNamed(option.reference)}
        onPress={() => void choose()}
      >
        {words.choose}
      </Button>
    </div>
  )
}
