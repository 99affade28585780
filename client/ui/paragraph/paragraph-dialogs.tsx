import { useCallback, useMemo, useState } from 'react'
import type { BoardBlock } from '#shared/document/composition/board.ts'
import type { ParagraphId, ParticipantId } from '#shared/model/ids.ts'
import type { StatusName } from '#shared/model/status.ts'
import { ParticipantsPicker } from '../participants/participant-picker.tsx'
import { participantsIn } from '../participants/present.ts'
import { Choice } from '../parts/form/choice.tsx'
import { classes } from '../parts/classes.ts'
import { Field } from '../parts/form/field.tsx'
import { FormDialog } from '../parts/form/form-dialog.tsx'
import { submit } from '../state/send.ts'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import dialogs from '../dialogs/dialogs.module.css'
import { ParagraphPicker } from './paragraph-picker.tsx'
import { idsBelow, takesBehind } from './below.ts'
import { natureOfMove, propose } from './perform.ts'
import { useWithBelow, WithBelow } from './with-below.tsx'
import type { Family } from './with-below.tsx'

const words = strings.paragraph
const REMARK_LENGTH = 4_000

export interface ParagraphDialogProps {
  readonly block: BoardBlock
  readonly paragraph: ParagraphId
  readonly onClose: () => void
}

type Agreed = Extract<StatusName, 'agreed' | 'agreed-ad-ref'>

/**
 * The dialog for a paragraph's status: how far it is agreed, whose agreement is awaited, whether its place is
 * settled.
 */
export function AgreeDialog({ block, paragraph, onClose }: ParagraphDialogProps) {
  const desk = useDesk()
  const board = useValue(desk.board)
  const family = useWithBelow(block, false)
  const reference = family.reference
  const before = block.status
  const [status, setStatus] = useState<Agreed>(
    before?.status === 'agreed-ad-ref' ? 'agreed' : 'agreed-ad-ref',
  )
  const [pending, setPending] = useState<readonly ParticipantId[]>(before?.pending ?? [])
  const [placement, setPlacement] = useState(before?.placement ?? false)
  const open = family.blocks.reduce((sum, one) => sum + one.open, 0)
  return (
    <FormDialog
      title={words.agree.title(reference)}
      submit={words.agree.submit}
      incomplete={open > 0}
      onClose={onClose}
      onSubmit={() =>
        submit(
          desk,
          { kind: 'paragraph-status', paragraph, status, pending, placement, ...family.ids },
          words.done.agreed(reference, status),
        )
      }
    >
      {open > 0 && <p className={classes(dialogs.warnings)}>{words.agree.open(open)}</p>}
      <WithBelow {...family} />
      <Choice<Agreed>
        label={words.agree.how}
        value={status}
        onChange={setStatus}
        options={[
          { value: 'agreed-ad-ref', name: words.agree.adRef, note: words.agree.adRefNote },
          { value: 'agreed', name: words.agree.agreed, note: words.agree.agreedNote },
        ]}
      />
      <ParticipantsPicker
        label={words.agree.pending}
        note={words.agree.pendingNote}
        present={participantsIn(board)}
        chosen={pending}
        onChange={setPending}
      />
      <label className={classes(dialogs.toggle)}>
        <input type="checkbox" checked={placement} onChange={(event) => setPlacement(event.target.checked)} />
        <span>{words.agree.placement}</span>
      </label>
    </FormDialog>
  )
}

/** The dialog for reopening an agreed paragraph. The reason is recorded in its history. */
export function ReopenDialog({ block, paragraph, onClose }: ParagraphDialogProps) {
  const desk = useDesk()
  const [reason, setReason] = useState('')
  const given = reason.trim()
  const family = useWithBelow(block, false)
  const reference = family.reference
  return (
    <FormDialog
      title={words.reopen.title(reference)}
      lead={words.reopen.lead}
      submit={words.reopen.submit}
      incomplete={given === ''}
      onClose={onClose}
      onSubmit={() =>
        submit(
          desk,
          { kind: 'paragraph-status', paragraph, status: 'open', reason: given, ...family.ids },
          words.done.reopened(reference),
        )
      }
    >
      <Field
        label={words.reopen.reason}
        value={reason}
        onChange={setReason}
        lines={3}
        maxLength={REMARK_LENGTH}
        focused
      />
      <WithBelow {...family} />
    </FormDialog>
  )
}

const FIRST = 'first'

/** A heading without its division may be moved down in it. */
const isHeadingAlone = ({ kind }: BoardBlock, { all }: Family): boolean => kind === 'heading' && !all

export function MoveDialog({ block, paragraph, onClose }: ParagraphDialogProps) {
  const desk = useDesk()
  const [after, setAfter] = useState<string | null>(null)
  const family = useWithBelow(block, true)
  const reference = family.reference
  const board = useValue(desk.board)
  const own = useMemo(
    () => new Set<string>([paragraph, ...(isHeadingAlone(block, family) ? [] : idsBelow(board, paragraph))]),
    [board, block, paragraph, family],
  )
  const leftOut = useCallback(
    (other: BoardBlock) => own.has(other.id) || !takesBehind(board, other),
    [board, own],
  )
  const change = {
    kind: 'move',
    paragraph,
    after: after === FIRST ? null : (after as ParagraphId),
    ...(family.all ? { below: true as const } : {}),
  } as const
  return (
    <FormDialog
      title={words.move.title(reference)}
      lead={words.move.lead}
      submit={words.move.submit}
      incomplete={after === null}
      onClose={onClose}
      onSubmit={() => propose(desk, change, words.done[natureOfMove(desk, change)](reference))}
    >
      <ParagraphPicker
        label={words.move.after}
        note={words.move.afterNote}
        first={{ id: FIRST, name: words.move.first, shown: words.move.first }}
        leftOut={leftOut}
        onPick={setAfter}
        focused
      />
      <WithBelow {...family} />
    </FormDialog>
  )
}
