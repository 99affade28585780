import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { Group } from 'react-aria-components'
import type { ProposalRow } from '#shared/document/board.ts'
import { decide } from '../state/decide.ts'
import { useDesk } from '../state/desk.ts'
import { modKey } from '../state/shortcuts.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Field } from '../parts/field.tsx'
import { strings } from '../strings.ts'
import styles from './row.module.css'

/** Accept with changes: the wording at hand, to be altered before it goes in. */
export function Reword({ row, label }: { readonly row: ProposalRow; readonly label: string }) {
  const desk = useDesk()
  const [text, setText] = useState(row.text || row.struck)
  const confirm = () => void decide(desk, row.id, { kind: 'accept-with-changes', text })
  const leave = () => {
    desk.rewording.set(null)
    desk.focusWanted.set(row.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') leave()
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) confirm()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const what = strings.proposalIn(row.head.by, row.nature, label)
  return (
    <Group className={classes(styles.reword)} onKeyDown={onKeyDown} aria-label={strings.act.wordingFor(what)}>
      <Field
        label={strings.act.wording}
        value={text}
        onChange={setText}
        lines={Math.min(8, Math.max(2, Math.ceil(text.length / 38)))}
        serif
        focused
      />
      <div className={classes(styles.actions)}>
        <Button small look="primary" shortcut={`${modKey(navigator.userAgent)} ↵`} onPress={confirm}>
          {strings.act.confirm}
        </Button>
        <Button small look="quiet" shortcut={strings.shortcuts.keys.leave} onPress={leave}>
          {strings.cancel}
        </Button>
      </div>
    </Group>
  )
}
