import type { RoleLink } from '#shared/protocol/http.ts'
import { classes } from '../parts/classes.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { strings } from '../strings.ts'
import styles from './dialogs.module.css'

export const whoFor = (link: Pick<RoleLink, 'role' | 'participant'>): string =>
  link.role === 'delegation' && link.participant
    ? `${strings.roles[link.role]}, ${link.participant}`
    : strings.roles[link.role]

export function RoleLinks({ links }: { readonly links: readonly RoleLink[] }) {
  return (
    <ul className={classes(styles.links)}>
      {links.map((link) => (
        <li key={link.url} className={classes(styles.link)}>
          <span className={classes(styles.who)}>{whoFor(link)}</span>
          <input
            className={classes(styles.url)}
            readOnly
            value={link.url}
            aria-label={strings.invite.created(whoFor(link))}
            onFocus={(event) => event.target.select()}
          />
          <CopyButton text={link.url} />
        </li>
      ))}
    </ul>
  )
}
