import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import type { Opened } from '../opened.ts'
import { useValue } from '../hooks/use-value.ts'
import { fullTime } from '../words/time.ts'
import { strings } from '../strings.ts'
import styles from './salvage-panel.module.css'

/** Lists commands given offline that the server has refused since. */
export function FailedCommands({ commands }: { readonly commands: Opened['commands'] }) {
  const failed = useValue(commands.failed)
  if (failed.length === 0) return null
  return (
    <div className={classes(styles.panels)}>
      {failed.map(({ key, message, at }) => (
        <section key={key} className={classes(styles.panel)} role="alert" aria-label={strings.failed.title}>
          <h2>{strings.failed.title}</h2>
          <p>{strings.failed.body(message, fullTime(at))}</p>
          <div className={classes(styles.actions)}>
            <Button small look="quiet" onPress={() => commands.dismissFailed(key)}>
              {strings.dismiss}
            </Button>
          </div>
        </section>
      ))}
    </div>
  )
}
