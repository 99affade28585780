import { nameOf } from '#shared/directory/directory.ts'
import { EarlierNote } from '../positions/earlier-note.tsx'
import { PositionControl } from '../positions/position-control.tsx'
import { StanceChips } from '../positions/stances.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useDesk } from '../state/desk.ts'
import { useSpeaker } from '../state/speaking.ts'
import { strings } from '../strings.ts'
import dialogs from '../dialogs/dialogs.module.css'
import forms from '../parts/form/form.module.css'
import type { ParagraphDialogProps } from './paragraph-dialogs.tsx'
import { nameOfBlock } from './status.ts'

const words = strings.paragraph.position

/** The dialog with all positions on a paragraph as a whole, and the buttons for the person's own. */
export function PositionDialog({ block, onClose }: ParagraphDialogProps) {
  const speaker = useSpeaker(useDesk())
  const said = block.positions.filter(({ position }) => position !== null)
  return (
    <Dialog title={words.title(block.label)} onClose={onClose}>
      {said.length === 0 ? (
        <p className={classes(forms.lead)}>{words.none}</p>
      ) : (
        <StanceChips entries={block.positions} wording={block.spokenOf.wording} full />
      )}
      {speaker !== null && <p className={classes(dialogs.groupLabel)}>{words.as(nameOf(speaker))}</p>}
      <EarlierNote on={block.id} positions={block.positions} spokenOf={block.spokenOf} />
      <PositionControl
        on={block.id}
        positions={block.positions}
        wording={block.spokenOf.wording}
        proponent={null}
        what={nameOfBlock(block)}
      />
    </Dialog>
  )
}
