import { classes } from '../../parts/classes.ts'
import { strings } from '../../strings.ts'
import styles from './skeleton.module.css'

/** Grey lines in place of the text while it is loaded. */
export function Skeleton() {
  return (
    <output className={classes(styles.skeleton)}>
      <span className="visually-hidden">{strings.opening.loading}</span>
      <span aria-hidden="true" />
      <span aria-hidden="true" />
      <span aria-hidden="true" />
    </output>
  )
}
