import { BASES } from '#shared/model/proposals/decision.ts'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import styles from './basis.module.css'

const words = strings.proposals.basis

/** The choice of the basis of decisions. It is kept for the next decisions. */
export function Basis() {
  const desk = useDesk()
  const basis = useValue(desk.basis)
  return (
    <label className={classes(styles.basis)}>
      {words.label}
      <select
        value={basis ?? ''}
        onChange={(event) => desk.basis.set(BASES.find((known) => known === event.target.value) ?? null)}
      >
        <option value="">{words.none}</option>
        {BASES.map((known) => (
          <option key={known} value={known}>
            {words.names[known]}
          </option>
        ))}
      </select>
    </label>
  )
}
