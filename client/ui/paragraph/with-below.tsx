import { useMemo, useState } from 'react'
import type { BoardBlock } from '#shared/document/composition/board.ts'
import type { ParagraphId } from '#shared/model/ids.ts'
import dialogs from '../dialogs/dialogs.module.css'
import { useValue } from '../hooks/use-value.ts'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { strings } from '../strings.ts'
import { blocksBelow } from './below.ts'
import { referenceOf, referenceOfAll } from './status.ts'

const words = strings.paragraph

/** A paragraph that a dialog is about, alone or with everything below it. */
export interface Family {
  /** How many paragraphs are below it. */
  readonly count: number
  /** Whether the dialog is about these too. */
  readonly all: boolean
  readonly setAll: (all: boolean) => void
  /** What the dialog is about, the paragraph first. */
  readonly blocks: readonly BoardBlock[]
  /** The field of a command about a status. */
  readonly ids: { readonly below?: readonly ParagraphId[] }
  /** "2", "2 with everything below (5)". */
  readonly reference: string
}

/** `chosen`: whether everything below is included until the person decides otherwise. */
export function useWithBelow(block: BoardBlock, chosen: boolean): Family {
  const board = useValue(useDesk().board)
  const [wanted, setAll] = useState(chosen)
  return useMemo(() => {
    const below = blocksBelow(board, block.id)
    const all = wanted && below.length > 0
    return {
      count: below.length,
      all,
      setAll,
      blocks: all ? [block, ...below] : [block],
      ids: all ? { below: below.map(({ id }) => id) } : {},
      reference: all ? referenceOfAll(block, below.length) : referenceOf(block),
    }
  }, [board, block, wanted])
}

/** Whether a dialog is about everything below a paragraph too; nothing where nothing is below it. */
export function WithBelow({ count, all, setAll }: Family) {
  if (count === 0) return null
  return (
    <label className={classes(dialogs.toggle)}>
      <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
      <span>{words.withBelow(count)}</span>
    </label>
  )
}
