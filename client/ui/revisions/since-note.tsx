import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { strings } from '../strings.ts'
import type { SinceLooked } from './looked.ts'
import styles from './since-note.module.css'

const words = strings.revisions

/** A note over the text that says how much has changed since the person last marked it as seen. */
export function SinceNote({ since }: { readonly since: SinceLooked }) {
  const desk = useDesk()
  const count = since.changed.length
  if (count === 0) return null
  return (
    <div className={classes(styles.note)}>
      <p>{words.sinceBanner(count)}</p>
      <Button small onPress={() => desk.dialog.set({ kind: 'since' })}>
        {words.sinceShow}
      </Button>
      <Button small look="quiet" onPress={() => void since.seen()}>
        {words.sinceSeen}
      </Button>
    </div>
  )
}
