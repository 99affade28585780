import { Layers } from 'lucide-react'
import { memo } from 'react'
import type { ConflictGroup } from '#shared/document/composition/board.ts'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import styles from './place-card.module.css'
import { Row } from './row.tsx'

interface Props {
  readonly place: ConflictGroup
  readonly label: string
  readonly slim: boolean
  readonly leaving?: boolean
}

/** The card of one place: all proposals on the same words. */
export const PlaceCard = memo(function PlaceCard({ place, label, slim, leaving = false }: Props) {
  const rivals = place.conflict ? place.rows.filter((row) => row.depth === place.rows[0]?.depth).length : 0
  const isPrivate = place.rows.every((row) => row.space !== null)
  return (
    <article
      className={classes(
        styles.card,
        rivals > 1 && styles.conflict,
        isPrivate && styles.private,
        leaving && styles.leaving,
      )}
      aria-label={strings.cards.place(label, place.rows.length)}
      inert={leaving}
    >
      {rivals > 1 && (
        <p className={classes(styles.set)}>
          <Layers aria-hidden="true" />
          {strings.proposals.conflict(rivals)}
        </p>
      )}
      {place.rows.map((row) => (
        <Row key={row.id} row={row} place={place} label={label} slim={slim} />
      ))}
    </article>
  )
})
