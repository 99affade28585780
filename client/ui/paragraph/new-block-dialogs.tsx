import { useState } from 'react'
import type { Board, BoardBlock } from '#shared/document/composition/board.ts'
import type { ParagraphChange } from '#shared/model/command.ts'
import type { ParagraphId } from '#shared/model/ids.ts'
import { DIVISIONS } from '#shared/model/division.ts'
import { divisionOfStep, LABEL_WORDS } from '#shared/model/label-words.ts'
import type { DivisionKind } from '#shared/model/division.ts'
import { HEADING_LEVELS } from '#shared/model/proposals/proposal.ts'
import dialogs from '../dialogs/dialogs.module.css'
import { useValue } from '../hooks/use-value.ts'
import { classes } from '../parts/classes.ts'
import { Field } from '../parts/form/field.tsx'
import { FormDialog } from '../parts/form/form-dialog.tsx'
import { useDesk } from '../state/desk.ts'
import { strings } from '../strings.ts'
import { propose } from './perform.ts'
import type { ParagraphDialogProps } from './paragraph-dialogs.tsx'
import { referenceOf } from './status.ts'

const words = strings.paragraph

/** The dialog for a new paragraph that is the first below another one. */
export function NewBelowDialog({ block, paragraph, onClose }: ParagraphDialogProps) {
  const reference = referenceOf(block)
  return (
    <ProposedTextDialog
      words={words.newBelow}
      reference={reference}
      lines={5}
      change={(text) => ({ kind: 'paragraph', paragraph, block: { kind: 'paragraph', under: true }, text })}
      done={words.done.newBelow(reference)}
      onClose={onClose}
    />
  )
}

/** The dialog for a paragraph that is offered in place of another one. */
export function AlternativeDialog({ block, paragraph, onClose }: ParagraphDialogProps) {
  const reference = referenceOf(block)
  return (
    <ProposedTextDialog
      words={words.alternative}
      reference={reference}
      lines={7}
      change={(text) => ({ kind: 'alternative', paragraph, text })}
      done={words.done.alternative(reference)}
      onClose={onClose}
    />
  )
}

interface ProposedTextProps {
  readonly words: typeof words.newBelow
  readonly reference: string
  readonly lines: number
  readonly change: (text: string) => ParagraphChange
  /** What is said when it has been proposed. */
  readonly done: string
  readonly onClose: () => void
}

/** A form for the words of a proposed paragraph. */
function ProposedTextDialog({ words: labels, reference, lines, change, done, onClose }: ProposedTextProps) {
  const desk = useDesk()
  const terms = useTerms(labels)
  const [text, setText] = useState('')
  const given = text.trim()
  return (
    <FormDialog
      title={labels.title(reference)}
      {...terms}
      incomplete={given === ''}
      onClose={onClose}
      onSubmit={() => propose(desk, change(given), done)}
    >
      <Field label={labels.text} value={text} onChange={setText} lines={lines} serif focused />
    </FormDialog>
  )
}

/** What a form for a new block says above its fields and on its button: whether the room or a private space gets it. */
function useTerms({ lead, submit }: Pick<typeof words.newBelow, 'lead' | 'submit'>) {
  const { space } = useValue(useDesk().writing)
  const { drafted } = words
  return space === null
    ? { lead, submit }
    : { lead: `${lead} ${drafted.lead(space)}`, submit: drafted.submit }
}

const UNNUMBERED = 'none'

/** The dialog for a new heading behind a paragraph. It is proposed with the kind of number of the heading before it. */
export function NewHeadingDialog({ block, paragraph, onClose }: ParagraphDialogProps) {
  const desk = useDesk()
  const board = useValue(desk.board)
  const terms = useTerms(words.newHeading)
  const before = headingBefore(board, paragraph)
  const [text, setText] = useState('')
  const [kind, setKind] = useState<string>(() => kindOf(before) ?? UNNUMBERED)
  const [deeper, setDeeper] = useState(false)
  const reference = referenceOf(block)
  const given = text.trim()
  const division = DIVISIONS.find((known) => known === kind)
  const level = Math.min(HEADING_LEVELS, (before?.level ?? 0) + (deeper ? 1 : 0))
  const heading = { kind: 'heading', level, ...(division ? { division } : {}) } as const
  const change = { kind: 'paragraph', paragraph, block: heading, text: given } as const
  return (
    <FormDialog
      title={words.newHeading.title(reference)}
      {...terms}
      incomplete={given === ''}
      onClose={onClose}
      onSubmit={() => propose(desk, change, words.done.newHeading(reference))}
    >
      <Field label={words.newHeading.text} value={text} onChange={setText} focused />
      <label className={classes(dialogs.selectRow)}>
        {words.newHeading.kind}
        <select
          className={classes(dialogs.select)}
          value={kind}
          onChange={(event) => setKind(event.target.value)}
        >
          <option value={UNNUMBERED}>{words.newHeading.unnumbered}</option>
          {DIVISIONS.map((each) => (
            <option key={each} value={each}>
              {LABEL_WORDS.en.divisions[each]}
            </option>
          ))}
        </select>
      </label>
      <label className={classes(dialogs.toggle)}>
        <input type="checkbox" checked={deeper} onChange={(event) => setDeeper(event.target.checked)} />
        <span>{words.newHeading.level}</span>
      </label>
    </FormDialog>
  )
}

/** The heading itself, or the last one before a paragraph. */
function headingBefore({ blocks }: Board, id: ParagraphId): BoardBlock | undefined {
  const at = blocks.findIndex((block) => block.id === id)
  return blocks.slice(0, at + 1).findLast(({ kind }) => kind === 'heading')
}

/** Its kind, by the word that its number begins with. */
const kindOf = (heading: BoardBlock | undefined): DivisionKind | undefined =>
  (heading && divisionOfStep(heading.step)) ?? undefined
