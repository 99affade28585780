import { useState } from 'react'
import type { FormEvent } from 'react'
import type { DecidedRow } from '#shared/document/composition/board.ts'
import { REMARK_LIMIT } from '#shared/model/proposals/position.ts'
import { can } from '#shared/model/role.ts'
import { undoDecision } from '../state/undo-decision.ts'
import { useDesk } from '../state/desk.ts'
import { answersTo, useSpeaker } from '../state/speaking.ts'
import { mayTakeOver, takeOver } from '../state/stand.ts'
import { useSelected, useValue } from '../hooks/use-value.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Field } from '../parts/form/field.tsx'
import { strings } from '../strings.ts'
import styles from './history.module.css'

const words = strings.proposals

interface Props {
  readonly row: DecidedRow
}

/** Actions on a decided proposal: reopening it with a reason, or taking over one that was withdrawn. */
export function HistoryActions({ row }: Props) {
  const desk = useDesk()
  const actor = useValue(desk.actor)
  const who = useSpeaker(desk)
  const busy = useSelected(desk.busy, (ids) => ids.has(row.id))
  const [asking, setAsking] = useState(false)
  const takes = who !== null && mayTakeOver(row, answersTo(actor, who))
  const reopens = can(actor.role, 'decide')
  if (asking) return <Reason row={row} onCancel={() => setAsking(false)} />
  if (!takes && !reopens) return null
  return (
    <div className={classes(styles.foot)}>
      {takes && (
        <Button
          small
          isPending={busy}
          onPress={() => {
            desk.panel.set(null)
            void takeOver(desk, row, who)
          }}
        >
          {who === actor.participant ? words.act.takeOver : words.act.takeOverFor(who)}
        </Button>
      )}
      {reopens && (
        <Button small isPending={busy} onPress={() => setAsking(true)}>
          {words.history.reopen}
        </Button>
      )}
    </div>
  )
}

function Reason({ row, onCancel }: Props & { readonly onCancel: () => void }) {
  const desk = useDesk()
  const [reason, setReason] = useState('')
  const said = reason.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (said === '') return
    desk.panel.set(null)
    void undoDecision(desk, row.id, { reason: said })
  }
  return (
    <form className={classes(styles.reason)} onSubmit={submit}>
      <Field
        label={words.history.reasonLabel}
        note={words.history.reasonNeeded}
        value={reason}
        onChange={setReason}
        maxLength={REMARK_LIMIT}
        focused
      />
      <div className={classes(styles.buttons)}>
        <Button small look="primary" type="submit" isDisabled={said === ''}>
          {words.history.confirmReopen}
        </Button>
        <Button small look="quiet" onPress={onCancel}>
          {strings.cancel}
        </Button>
      </div>
    </form>
  )
}
