import type { DocumentSession } from '#client/net/session.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import styles from './banner.module.css'

/** Says across the top of the page what is wrong with the connection and what to do. Renders nothing otherwise. */
export function ConnectionBanner({ session }: { readonly session: DocumentSession }) {
  const { connection, reason, unwritable } = useValue(session.status)
  const store = useValue(session.store)
  const words = strings.connection
  if (unwritable)
    return (
      <output className={classes(styles.banner, styles.warn)}>
        {store === 'unavailable' ? words.unwritableUnkept : words.unwritableLong}
      </output>
    )
  if (connection === 'offline')
    return (
      <output className={classes(styles.banner, styles.warn)}>
        {store === 'unavailable' ? words.offlineUnkept : words.offlineLong}
      </output>
    )
  if (connection !== 'stopped') return null
  return (
    <div className={classes(styles.banner, styles.bad)} role="alert">
      <p>
        <strong>{words.stoppedTitle}.</strong> {words.stoppedReasons[reason ?? ''] ?? words.stoppedOther}
      </p>
      <Button small onPress={() => location.reload()}>
        {words.reload}
      </Button>
    </div>
  )
}
