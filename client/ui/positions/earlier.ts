import type { Board, BoardBlock, ProposalRow, SpokenOf } from '#shared/document/composition/board.ts'
import { isOnEarlier } from '#shared/model/proposals/position.ts'
import { readAlike } from '#shared/document/text/fingerprint.ts'
import type { HostId, ParticipantId } from '#shared/model/ids.ts'
import type { Position, PositionEntry, Sponsorship, Stated } from '#shared/model/proposals/position.ts'
import type { ProposedWords } from '#shared/model/proposals/wording.ts'
import { strings } from '../strings.ts'
import type { Desk } from '../state/desk.ts'
import { notify } from '../state/notify.ts'
import { answersTo, speakerAt } from '../state/speaking.ts'
import { named } from '../state/stand.ts'
import { stopsOf } from '../state/walk.ts'

/** A position that this person took on a wording which has changed since. */
export interface OwnEarlier {
  readonly said: Position | 'cosponsors' | 'dissociated'
  /** The wording then; null when it is not known. */
  readonly words: ProposedWords | null
  /** Whether only its place has changed. */
  readonly moved: boolean
}

interface Spoken {
  readonly positions: readonly PositionEntry[]
  readonly sponsorship?: Sponsorship
  readonly spokenOf: SpokenOf
  /** For a proposal: its wording now. */
  readonly proposes?: ProposedWords
}

export function ownEarlier(
  { positions, sponsorship, spokenOf, proposes }: Spoken,
  names: readonly ParticipantId[],
): OwnEarlier[] {
  const found = (said: OwnEarlier['said'], stated: Stated | undefined): OwnEarlier[] => {
    if (!stated || !isOnEarlier(stated, spokenOf.wording)) return []
    const words = (stated.wording && spokenOf.earlier.get(stated.wording)) ?? null
    const isAlike =
      words && proposes && readAlike(words.text, proposes.text) && readAlike(words.struck, proposes.struck)
    return [{ said, words, moved: isAlike === true }]
  }
  const mine = (stated: Stated) => names.includes(stated.participant)
  const position = positions.find(mine)
  return [
    ...(position?.position ? found(position.position, position) : []),
    ...found('cosponsors', sponsorship?.cosponsors.find(mine)),
    ...found('dissociated', sponsorship?.dissociated.find(mine)),
  ]
}

/** The paragraphs and proposals on which own positions refer to an earlier wording, with the block that shows each. */
export function hostsOfOwnEarlier(
  board: Board,
  names: readonly ParticipantId[],
): ReadonlyMap<HostId, HostId> {
  const hosts = new Map<HostId, HostId>()
  const look = (spoken: (BoardBlock | ProposalRow) & Spoken, block: HostId) => {
    if (ownEarlier(spoken, names).length > 0) hosts.set(spoken.id, block)
  }
  for (const block of board.blocks) look(block, block.id)
  for (const { row, block } of stopsOf(board)) look(row, block.id)
  return hosts
}

/** Notifies the person once for each change of a wording on which they took a position. Returns a function to stop. */
export function followEarlier(desk: Desk): () => void {
  let known: ReadonlyMap<HostId, HostId> | null = null
  return desk.board.subscribe(() => {
    const who = speakerAt(desk)
    const board = desk.board.get()
    const now =
      who === null ? new Map<HostId, HostId>() : hostsOfOwnEarlier(board, answersTo(desk.actor.get(), who))
    // Changes from before the document was opened are shown on the cards, so they are not notified.
    const anew = known === null ? [] : [...now.keys()].filter((host) => !known?.has(host))
    known = now
    if (anew[0] !== undefined) notify(desk, strings.proposals.earlier.told(named(desk, anew[0])))
  })
}
