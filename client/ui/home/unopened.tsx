import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import styles from './home.module.css'

const words = strings.opening

/** The page for a document that could not be opened: says why, and what to do. */
export function Unopened({ message, onRetry }: { readonly message: string; readonly onRetry: () => void }) {
  return (
    <main className={classes(styles.home)}>
      <div className={classes(styles.page)}>
        <h1 className={classes(styles.lead)}>{words.failedTitle}</h1>
        <p role="alert" className={classes(styles.body)}>
          {message}
        </p>
        <p>{strings.home.noLink}</p>
        <div className={classes(styles.choices)}>
          <Button look="primary" onPress={onRetry}>
            {words.retry}
          </Button>
          <a href="/">{words.home}</a>
        </div>
      </div>
    </main>
  )
}
