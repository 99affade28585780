import { useState } from 'react'
import type { ConcordanceRow, Revision } from '#shared/model/revision.ts'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import styles from './revisions.module.css'

const words = strings.revisions

const isChangedRow = (row: ConcordanceRow): boolean =>
  row.now !== row.was || row.contributors.length > 0 || row.why.length > 0

/**
 * The concordance of a revision: for each paragraph its new and old number, who contributed to it, and why it
 * changed.
 */
export function Concordance({ revision }: { readonly revision: Revision }) {
  const [all, setAll] = useState(false)
  const rows = all ? revision.concordance : revision.concordance.filter(isChangedRow)
  return (
    <section aria-label={words.concordanceOf(revision.number)}>
      <div className={classes(styles.tableHead)}>
        <h3>{words.concordance}</h3>
        <label>
          <input type="checkbox" checked={!all} onChange={(event) => setAll(!event.target.checked)} />
          {words.changedOnly}
        </label>
      </div>
      {rows.length === 0 ? (
        <p className={classes(styles.quiet)}>{words.noRows}</p>
      ) : (
        <div className={classes(styles.scroll)}>
          <table className={classes(styles.table)}>
            <thead>
              <tr>
                <th scope="col">{words.now}</th>
                <th scope="col">{words.was}</th>
                <th scope="col">{words.contributors}</th>
                <th scope="col">{words.why}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.paragraph}>
                  <th scope="row">{row.now ?? words.noNumber}</th>
                  <td>{row.was ?? words.noNumber}</td>
                  <td>
                    <span className={classes(styles.chips)}>
                      {row.contributors.map((participant) => (
                        <Chip key={participant} participant={participant} quiet />
                      ))}
                    </span>
                  </td>
                  <td>{row.why.map((reason) => words.reasons[reason]).join(', ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
