import { useState } from 'react'
import type { ParagraphId } from '#shared/model/ids.ts'
import { LANGUAGES } from '#shared/model/language.ts'
import type { Language } from '#shared/model/language.ts'
import dialogs from '../dialogs/dialogs.module.css'
import { useValue } from '../hooks/use-value.ts'
import { classes } from '../parts/classes.ts'
import { FormDialog } from '../parts/form/form-dialog.tsx'
import { referenceOf } from '../paragraph/status.ts'
import { useDesk } from '../state/desk.ts'
import { submit } from '../state/send.ts'
import { blocksById } from '../state/walk.ts'
import { strings } from '../strings.ts'

const words = strings.room.language

interface Props {
  /** The paragraph whose language it is about; null: the document's. */
  readonly paragraph: ParagraphId | null
  readonly onClose: () => void
}

/** The dialog in which facilitators say in which language the document, or a paragraph, is. */
export function LanguageDialog({ paragraph, onClose }: Props) {
  const desk = useDesk()
  const board = useValue(desk.board)
  const own = board.language
  const block = (paragraph && blocksById(board).get(paragraph)) ?? null
  const now = block ? block.language : own
  const [wanted, setWanted] = useState<Language | null>(now)
  const of = paragraph ? { paragraph } : {}
  return (
    <FormDialog
      title={block ? words.ofParagraph(referenceOf(block)) : words.title}
      lead={words.lead}
      submit={words.submit}
      incomplete={wanted === now}
      onClose={onClose}
      onSubmit={() =>
        submit(
          desk,
          { kind: 'language-set', language: wanted, ...of },
          words.done(wanted === null ? words.unknown : words.names[wanted]),
        )
      }
    >
      <label className={classes(dialogs.selectRow)}>
        {words.label}
        <select
          className={classes(dialogs.select)}
          value={wanted ?? ''}
          onChange={(event) => setWanted(LANGUAGES.find((each) => each === event.target.value) ?? null)}
        >
          {!(block && own) && <option value="">{words.unknown}</option>}
          {LANGUAGES.map((each) => (
            <option key={each} value={each} lang={each}>
              {words.names[each]}
            </option>
          ))}
        </select>
      </label>
    </FormDialog>
  )
}
