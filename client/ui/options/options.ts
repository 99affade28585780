import type { Board, BoardBlock } from '#shared/document/composition/board.ts'
import { withWords } from '#shared/model/family.ts'
import type { HostId, ParagraphId } from '#shared/model/ids.ts'
import type { PositionEntry } from '#shared/model/proposals/position.ts'
import { isAgreedBlock, isStanding, nameOfBlock, referenceInSentence } from '../paragraph/status.ts'
import { blocksById } from '../state/walk.ts'
import { strings } from '../strings.ts'

/** The options of one place, as the screen shows them. */

type TextBlock = BoardBlock & { readonly id: ParagraphId }

export interface ShownOption {
  readonly head: TextBlock
  /** "Option 1", "2 alt"; of a heading without a number its words. */
  readonly name: string
  /** Within a sentence: "Article 2, Option 1", "paragraph 26, Option 1". */
  readonly reference: string
  /** Everything that belongs to it and has words. */
  readonly blocks: readonly TextBlock[]
  /** All that belongs to it, lines of asterisks included, in the order of the text. */
  readonly ids: readonly ParagraphId[]
  /** How many paragraphs it has; headings are not counted, unless it is nothing else. */
  readonly size: number
  /** The number of open brackets in it. */
  readonly open: number
}

export interface OptionPlace {
  /** The first option's head. */
  readonly key: ParagraphId
  readonly options: readonly ShownOption[]
  /** How many other places it stands within an option of. */
  readonly depth: number
}

const known = new WeakMap<Board, readonly OptionPlace[]>()

/** The places for which there are options, in the order of the text. */
export function optionPlaces(board: Board): readonly OptionPlace[] {
  const places = known.get(board) ?? readPlaces(board)
  known.set(board, places)
  return places
}

function readPlaces(board: Board): readonly OptionPlace[] {
  const blocks = blocksById(board)
  const places: OptionPlace[] = []
  for (const set of board.options) {
    const options = set.flatMap(({ head, blocks: ids }) => {
      const own = blocks.get(head)
      return own && isStanding(own) ? [shownOption(own, ids, blocks)] : []
    })
    const first = options[0]
    if (!first || options.length < 2) continue
    const depth = board.options.filter(
      (other) => other !== set && other.some((one) => one.blocks.includes(first.head.id)),
    ).length
    places.push({ key: first.head.id, options, depth })
  }
  return places
}

function shownOption(
  head: TextBlock,
  ids: readonly ParagraphId[],
  blocks: ReadonlyMap<HostId, BoardBlock>,
): ShownOption {
  const all = ids.flatMap((id) => {
    const block = blocks.get(id)
    return block && isStanding(block) ? [block] : []
  })
  return {
    head,
    name: head.step === '' ? head.opening.trim().replace(/\s*[:.]$/u, '') : head.step,
    reference: referenceInSentence(head).replace(/\s*[:.]”$/u, '”'),
    blocks: withWords(all),
    size: sizeOf(withWords(all)),
    ids,
    open: all.reduce((sum, { open }) => sum + open, 0),
  }
}

function sizeOf(blocks: readonly BoardBlock[]): number {
  const paragraphs = blocks.filter(({ kind }) => kind === 'paragraph').length
  return paragraphs || blocks.length
}

/** The innermost option that a block belongs to, with its place; null when it belongs to none. */
export function optionAt(
  board: Board,
  id: HostId,
): { readonly place: OptionPlace; readonly option: ShownOption } | null {
  for (const place of optionPlaces(board).toSorted((a, b) => b.depth - a.depth)) {
    const option = place.options.find(({ ids }) => (ids as readonly HostId[]).includes(id))
    if (option) return { place, option }
  }
  return null
}

export interface ChoiceEffect {
  readonly blocks: readonly TextBlock[]
  readonly size: number
  readonly open: number
  /** Why the option cannot be chosen; null when it can. */
  readonly not: string | null
}

/** What would be taken off if an option were chosen. */
export function effectOfChoosing({ options }: OptionPlace, chosen: ShownOption): ChoiceEffect {
  const others = options.filter((option) => option !== chosen)
  const blocks = others.flatMap((option) => option.blocks)
  const agreed = blocks.find(isAgreedBlock)
  return {
    blocks,
    size: others.reduce((sum, { size }) => sum + size, 0),
    open: others.reduce((sum, { open }) => sum + open, 0),
    not: agreed ? strings.options.agreed(nameOfBlock(agreed)) : null,
  }
}

export const preferring = ({ head }: ShownOption): readonly PositionEntry[] =>
  head.positions.filter(({ position }) => position === 'support')
