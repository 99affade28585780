import type { ProposalRow } from '#shared/document/board.ts'
import { toneOf } from '#client/tone.ts'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import styles from './wording.module.css'

type Worded = Pick<ProposalRow, 'struck' | 'text' | 'head'>

/** What a proposal takes out and puts in, as `del` and `ins`. */
export function Wording({ row, lines }: { readonly row: Worded; readonly lines?: 1 | 3 }) {
  const clamp = lines === 1 ? styles.one : lines === 3 ? styles.three : null
  return (
    <p className={classes(styles.wording, clamp)} data-tone={toneOf(row.head.by)} dir="auto">
      {row.struck && <del>{row.struck}</del>}
      {row.struck && row.text && ' '}
      {row.text && <ins>{row.text}</ins>}
      {!row.struck && !row.text && <span className={classes(styles.empty)}>{strings.cards.empty}</span>}
    </p>
  )
}
