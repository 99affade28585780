import type { EditorState } from 'prosemirror-state'
import { itemAt } from '#shared/document/text/anchor.ts'
import type { Projection } from '#shared/document/composition/projection.ts'
import { wordEndIn } from '#shared/document/text/word-end.ts'
import { hostText } from '#shared/document/schema.ts'
import type { HostId } from '#shared/model/ids.ts'
import type { ItemId } from '#shared/model/proposals/proposal.ts'
import { covered, idOf, placeAt } from '../places.ts'

/** The words selected in the text, or the place of the caret. */
export interface Selected {
  /** The block in which the selection begins. */
  readonly block: HostId
  /** The text whose words they are: a paragraph's base text, or a proposal's wording. */
  readonly host: HostId
  readonly words: string
  /** Offsets in the host, UTF-16 units; the same for a caret. */
  readonly from: number
  readonly to: number
  /** The character of the host before the selection or the caret; null at the very start. */
  readonly before: ItemId | null
  /** The last selected character; of a caret, the one before it. */
  readonly last: ItemId | null
  /** The words up to there, as far as they name the place. */
  readonly lastWords: string
}

/** The selection; of one over several texts, the part in the text in which it begins. Null outside of text. */
export function selectedIn({ selection }: EditorState, { od }: Projection): Selected | null {
  const { $from, to, empty } = selection
  const { parent } = $from
  if (!parent.isTextblock) return null
  const block = idOf(parent)
  const from = $from.parentOffset
  const end = Math.min(to - $from.start(), parent.content.size)
  const { host, index } = firstPlace(placeAt(parent, from), empty ? null : covered(parent, from, end))
  const text = hostText(od, host)
  if (!text) return null
  const stop = empty ? index : (covered(parent, from, end).ranges.get(host)?.end ?? index)
  return {
    block,
    host,
    words: text.toJSON().slice(index, stop),
    from: index,
    to: stop,
    before: index === 0 ? null : itemAt(text, index - 1),
    lastWords: lastWords(text.toJSON(), stop),
    last: stop === 0 ? null : itemAt(text, stop - 1),
  }
}

/** The last few words before an offset, with the rest of the word that it is in. */
function lastWords(text: string, offset: number): string {
  const before = text.slice(0, wordEndIn(text, offset)).trimEnd()
  return /(?:\S+\s+){0,3}\S+$/u.exec(before)?.[0].slice(-60) ?? ''
}

/** The place of the first selected words; a selection may begin on a sign, which is no part of a text. */
function firstPlace(
  at: { readonly host: HostId; readonly index: number },
  over: ReturnType<typeof covered> | null,
): { readonly host: HostId; readonly index: number } {
  const [first] = over?.ranges ?? []
  return first ? { host: first[0], index: first[1].start } : at
}
