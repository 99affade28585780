import { memo } from 'react'
import type { BoardBlock } from '#shared/document/composition/board.ts'
import { classes } from '../parts/classes.ts'
import { isAgreedBlock, statusOf, statusWords } from '../paragraph/status.ts'
import { heatOf } from './filter.ts'
import styles from './heat-strip.module.css'

/** Most cells between which lines are drawn; with more, the lines would hide the cells. */
const SEPARATE = 80

interface Props {
  readonly blocks: readonly BoardBlock[]
  readonly onChoose: (block: BoardBlock) => void
}

/**
 * The whole text in one line, one cell for each paragraph. Its colour shows the number of open brackets; it is hatched
 * when the paragraph is agreed, and marked when it has the floor. It is for users of a pointer only; the list below
 * offers the same to everybody.
 */
export const HeatStrip = memo(
  function HeatStrip({ blocks, onChoose }: Props) {
    return (
      <div className={classes(styles.strip, blocks.length <= SEPARATE && styles.fine)} aria-hidden="true">
        {blocks.map((block) =>
          block.kind === 'paragraph' ? (
            <button
              key={block.id}
              type="button"
              tabIndex={-1}
              className={classes(styles.cell)}
              data-heat={heatOf(block.open)}
              data-agreed={isAgreedBlock(block) || undefined}
              data-floor={statusOf(block) === 'under-discussion' || undefined}
              title={[block.label, statusWords(block)].filter(Boolean).join(', ')}
              aria-label={block.label}
              onClick={() => onChoose(block)}
            />
          ) : (
            <span key={block.id} className={classes(styles.gap)} />
          ),
        )}
      </div>
    )
  },
  (before, after) => before.blocks === after.blocks,
)
