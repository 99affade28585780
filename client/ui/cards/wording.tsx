import type { ProposalRow } from '#shared/document/composition/board.ts'
import type { ProposalNature } from '#shared/model/proposals/proposal.ts'
import { toneOf } from '#client/tone.ts'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import { isWordless } from './nature.ts'
import { TextOf } from '../parts/text-of.tsx'
import styles from './wording.module.css'

interface Worded extends Pick<ProposalRow, 'struck' | 'text' | 'proponent'> {
  /** Of a proposal that is made already. */
  readonly head?: Pick<ProposalRow['head'], 'paragraph'>
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
  return (
    <TextOf
      element={inline ? 'span' : 'p'}
      of={row.head?.paragraph ?? null}
      words={text || struck}
      className={classes(styles.wording, clamp)}
      tone={toneOf(row.proponent)}
    >
      {struck && <del>{struck}</del>}
      {struck && text && ' '}
      {text && <ins>{text}</ins>}
      {!struck && !text && <span className={classes(styles.empty)}>{strings.cards.empty}</span>}
    </TextOf>
  )
}
