import { Check, CheckCheck, CircleDashed, Mic, RotateCcw } from 'lucide-react'
import type { StatusName } from '#shared/model/status.ts'
import { classes } from '../parts/classes.ts'
import styles from './status-sign.module.css'

const SIGNS = {
  open: CircleDashed,
  'under-discussion': Mic,
  'agreed-ad-ref': Check,
  agreed: CheckCheck,
  reopened: RotateCcw,
} as const satisfies Record<StatusName, unknown>

/** The sign of a status, of a distinct shape. Its word must be shown beside it or be its accessible name. */
export function StatusSign({ status, pending }: { readonly status: StatusName; readonly pending?: boolean }) {
  const Sign = SIGNS[status]
  return (
    <Sign
      aria-hidden="true"
      className={classes(styles.sign)}
      data-status={status}
      data-pending={pending || undefined}
    />
  )
}
