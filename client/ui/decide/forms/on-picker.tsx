import { useMemo } from 'react'
import type { Board } from '#shared/document/composition/board.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import { standingName } from '../../comments/host-name.ts'
import { findParagraphs, paragraphItem } from '../../paragraph/paragraph-picker.tsx'
import { isStanding } from '../../paragraph/status.ts'
import { Picker } from '../../parts/form/picker.tsx'
import type { PickerItem } from '../../parts/form/picker.tsx'
import { useDesk } from '../../state/desk.ts'
import { useValue } from '../../hooks/use-value.ts'
import { stopsOf } from '../../state/walk.ts'
import type { Stop } from '../../state/walk.ts'
import { strings } from '../../strings.ts'

interface Props {
  readonly label: string
  readonly note: string
  /** The proposal for which something is picked; it is not offered itself. */
  readonly of: ProposalId
  readonly initial: HostId | null
  readonly onPick: (on: HostId | null) => void
}

/** A picker for a paragraph or open proposal, by number, name or words. */
export function OnPicker({ label, note, of, initial, onPick }: Props) {
  const board = useValue(useDesk().board)
  const blocks = useMemo(() => board.blocks.filter((block) => isStanding(block) && !block.vacant), [board])
  const stops = useMemo(
    () => stopsOf(board).filter(({ row }) => row.id !== of && row.space === null),
    [board, of],
  )
  return (
    <Picker
      label={label}
      note={note}
      nothing={strings.palette.nothing}
      initial={initial === null ? '' : strings.capital(standingName(board, initial) ?? '')}
      find={(typed) => [
        ...findParagraphs(blocks, typed).map(paragraphItem),
        ...findProposals(board, stops, typed),
      ]}
      onPick={(id) => onPick(id as HostId | null)}
    />
  )
}

function findProposals(board: Board, stops: readonly Stop[], typed: string): readonly PickerItem[] {
  const wanted = typed.trim().toLowerCase()
  return stops.flatMap(({ row, block }) => {
    const name = standingName(board, row.id) ?? ''
    const fits =
      wanted === '' ||
      block.label.toLowerCase() === wanted ||
      [name, row.text, row.struck].some((words) => words.toLowerCase().includes(wanted))
    return fits ? [{ id: row.id, name, shown: name }] : []
  })
}
