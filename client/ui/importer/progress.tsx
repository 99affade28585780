import { Label, ProgressBar } from 'react-aria-components'
import { classes } from '../parts/classes.ts'
import styles from './progress.module.css'

/** `done`: from 0 to 1. */
export function Progress({ done, label }: { readonly done: number; readonly label: string }) {
  return (
    <ProgressBar value={done * 100} className={classes(styles.progress)}>
      <Label>{label}</Label>
      <div className={classes(styles.track)}>
        <div className={classes(styles.bar)} style={{ inlineSize: `${Math.max(4, done * 100)}%` }} />
      </div>
    </ProgressBar>
  )
}
