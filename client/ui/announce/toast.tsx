import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { undoDecision } from '../state/undo-decision.ts'
import { useDesk } from '../state/desk.ts'
import type { Notice } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import styles from './toast.module.css'

/** Milliseconds for which Undo is offered. The time does not run while the pointer or focus is on the message. */
const OFFERED_FOR = 8_000

/** The message about the last action, with Undo if it was a decision. */
export function Toast() {
  const notice = useValue(useDesk().notice)
  return notice && <NoticeToast key={notice.key} notice={notice} />
}

function NoticeToast({ notice }: { readonly notice: Notice }) {
  const desk = useDesk()
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => desk.notice.set(null), OFFERED_FOR)
    return () => clearTimeout(timer)
  }, [held, desk])
  const undo = notice.undo
  return (
    <div
      className={classes(styles.toast, styles[notice.tone])}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p>{notice.text}</p>
      {undo && (
        <Button small look="quiet" shortcut="u" onPress={() => void undoDecision(desk, undo)}>
          {strings.undo}
        </Button>
      )}
      <IconButton label={strings.dismiss} onPress={() => desk.notice.set(null)}>
        <X aria-hidden="true" />
      </IconButton>
    </div>
  )
}
