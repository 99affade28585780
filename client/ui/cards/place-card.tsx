import { memo } from 'react'
import type { Place } from '#shared/document/board.ts'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import styles from './place-card.module.css'
import { Row } from './row.tsx'

interface Props {
  readonly place: Place
  readonly label: string
  readonly slim: boolean
  readonly leaving?: boolean
}

/** One card: everything proposed on the same words. */
export const PlaceCard = memo(function PlaceCard({ place, label, slim, leaving = false }: Props) {
  return (
    <article
      className={classes(styles.card, leaving && styles.leaving)}
      aria-label={strings.cards.place(label, place.rows.length)}
      inert={leaving}
    >
      {place.rows.map((row) => (
        <Row key={row.id} row={row} label={label} slim={slim} />
      ))}
    </article>
  )
})
