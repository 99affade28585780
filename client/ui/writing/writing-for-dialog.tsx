import { useState } from 'react'
import { nameOf } from '#shared/directory/directory.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { ParticipantPicker } from '../participants/participant-picker.tsx'
import { participantsIn } from '../participants/present.ts'
import { FormDialog } from '../parts/form/form-dialog.tsx'
import { notify } from '../state/notify.ts'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'

const words = strings.writing

/** The dialog in which facilitators and the secretariat choose the delegation whose words they write down. */
export function WritingForDialog({ onClose }: { readonly onClose: () => void }) {
  const desk = useDesk()
  const board = useValue(desk.board)
  const [chosen, setChosen] = useState<ParticipantId | null>(null)
  return (
    <FormDialog
      title={words.chooseTitle}
      lead={words.chooseLead}
      submit={words.submit}
      incomplete={chosen === null}
      onClose={onClose}
      onSubmit={() => {
        if (chosen !== null) {
          desk.writing.set({ onBehalfOf: chosen, space: null })
          notify(desk, words.now(nameOf(chosen)))
        }
        return Promise.resolve(null)
      }}
    >
      <ParticipantPicker
        label={words.delegation}
        present={participantsIn(board)}
        onPick={setChosen}
        focused
      />
    </FormDialog>
  )
}
