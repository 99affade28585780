import { X } from 'lucide-react'
import { useMemo } from 'react'
import type { Board, BoardBlock } from '#shared/document/composition/board.ts'
import type { ParagraphId } from '#shared/model/ids.ts'
import { classes } from '../parts/classes.ts'
import { Picker } from '../parts/form/picker.tsx'
import type { PickerItem } from '../parts/form/picker.tsx'
import people from '../participants/participants.module.css'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import styles from './paragraph-picker.module.css'
import { TextOf } from '../parts/text-of.tsx'
import { isStanding, labelOf, nameOfBlock } from './status.ts'

interface PickerProps {
  readonly label: string
  readonly note?: string
  readonly onPick: (paragraph: ParagraphId | null) => void
  /** A further item before all paragraphs, with its key. */
  readonly first?: PickerItem
  readonly leftOut?: (block: BoardBlock) => boolean
  readonly several?: boolean
  readonly focused?: boolean
}

/** A picker for one paragraph, by number or words. */
export function ParagraphPicker({ label, note, onPick, first, leftOut, several, focused }: PickerProps) {
  const board = useValue(useDesk().board)
  const items = useMemo(
    () => board.blocks.filter((block) => isStanding(block) && !block.vacant && !leftOut?.(block)),
    [board, leftOut],
  )
  return (
    <Picker
      label={label}
      nothing={strings.palette.nothing}
      find={(typed) => [
        ...(first && typed.trim() === '' ? [first] : []),
        ...findParagraphs(items, typed).map(paragraphItem),
      ]}
      onPick={(id) => onPick(id as ParagraphId | null)}
      {...(note ? { note } : {})}
      {...(several ? { several } : {})}
      {...(focused ? { focused } : {})}
    />
  )
}

/**
 * The paragraphs that match what was typed: first those whose number begins with it, then those whose words contain
 * it.
 */
export function findParagraphs(blocks: readonly BoardBlock[], typed: string): readonly BoardBlock[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return blocks
  const exact = blocks.filter((block) => block.label.toLowerCase() === wanted)
  const begins = blocks.filter(
    (block) => block.label.toLowerCase().startsWith(wanted) && !exact.includes(block),
  )
  const worded = blocks.filter(
    (block) =>
      block.opening.toLowerCase().includes(wanted) && !exact.includes(block) && !begins.includes(block),
  )
  return [...exact, ...begins, ...worded]
}

export const paragraphItem = (block: BoardBlock): PickerItem => ({
  id: block.id,
  name: nameOfBlock(block),
  shown: (
    <>
      <span className={classes(styles.number)}>{block.label}</span>
      <TextOf element="span" of={block.id} words={block.opening} className={classes(styles.opening)} />
    </>
  ),
})

interface SeveralProps {
  readonly label: string
  readonly note?: string
  readonly chosen: readonly ParagraphId[]
  readonly onChange: (chosen: readonly ParagraphId[]) => void
  readonly focused?: boolean
}

/** A picker for several paragraphs. They are listed in the order of the text. */
export function ParagraphsPicker({ label, note, chosen, onChange, focused }: SeveralProps) {
  const board = useValue(useDesk().board)
  return (
    <div className={classes(people.several)}>
      <ParagraphPicker
        label={label}
        several
        {...(note ? { note } : {})}
        {...(focused ? { focused } : {})}
        leftOut={(block) => chosen.includes(block.id as ParagraphId)}
        onPick={(paragraph) => {
          if (paragraph !== null) onChange(inOrder(board, [...chosen, paragraph]))
        }}
      />
      {chosen.length > 0 && (
        <ul className={classes(people.chosen)}>
          {chosen.map((paragraph) => (
            <li key={paragraph}>
              <span className={classes(styles.chosen)}>{labelOf(board, paragraph)}</span>
              <button
                type="button"
                aria-label={strings.participants.remove(strings.paragraph.named(labelOf(board, paragraph)))}
                onClick={() => onChange(chosen.filter((other) => other !== paragraph))}
              >
                <X aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

const inOrder = (board: Board, chosen: readonly ParagraphId[]): readonly ParagraphId[] =>
  board.blocks.filter((block) => chosen.includes(block.id as ParagraphId)).map(({ id }) => id as ParagraphId)
