import type { ProposalRow } from '#shared/document/composition/board.ts'
import type { ProposalNature } from '#shared/model/proposals/proposal.ts'
import { toneOf } from '#client/tone.ts'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import { isWordless } from './nature.ts'
import styles from './wording.module.css'

interface Worded extends Pick<ProposalRow, 'struck' | 'text' | 'proponent'> {
  readonly nature?: ProposalNature
}

interface Props {
  readonly row: Worded
  readonly lines?: 1 | 3
  /** Whether it is part of a sentence. */
  readonly inline?: boolean
}

/** What a proposal deletes and inserts, as `del` and `ins`. Renders nothing for a proposal without wording. */
export function Wording({ row, lines, inline = false }: Props) {
  const { struck, text, nature } = row
  if (struck === '' && text === '' && nature !== undefined && isWordless(nature)) return null
  const clamp = lines === 1 ? styles.one : lines === 3 ? styles.three : null
  const Element = inline ? 'span' : 'p'
  return (
    <Element
      className={classes(styles.wording, clamp)}
      data-tone={toneOf(row.proponent)}
      dir={inline ? undefined : 'auto'}
    >
      {struck && <del>{struck}</del>}
      {struck && text && ' '}
      {text && <ins>{text}</ins>}
      {!struck && !text && <span className={classes(styles.empty)}>{strings.cards.empty}</span>}
    </Element>
  )
}
