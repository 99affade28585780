import type { Reopened } from '../../model/proposals/decision.ts'
import { isTakeOver } from '../../model/proposals/decision.ts'
import type { HostId, ParticipantId, ProposalId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import { belowIn } from '../../model/family.ts'
import type { LevelChange } from '../../model/level-change.ts'
import { compareLevels, levelChange } from '../../model/level-change.ts'
import type { PositionEntry, Stated } from '../../model/proposals/position.ts'
import type { ProposalHead } from '../../model/proposals/proposal.ts'
import type { Fingerprint, ProposedWords } from '../../model/proposals/wording.ts'
import { isEmptied } from '../issue/emptied.ts'
import { idsBelow } from '../issue/families.ts'
import { nameOf } from '../composition/requests.ts'
import { notedWords, wordsOf } from '../proposed-words.ts'
import type { OutcomeDocument } from '../schema.ts'
import { compareStrings, decisionOf, headOf, paragraphsInOrder } from '../schema.ts'
import { recordGet } from '../records.ts'
import { plain } from '../text/wording.ts'
import type { HistoryEvent } from './compared.ts'

/**
 * Returns the events in the life of one proposal, each with the wording that it was about at that time. The
 * present wording would be misleading: it may have been changed, emptied or decided since.
 */
export function eventsOfProposal(od: OutcomeDocument, id: ProposalId): HistoryEvent[] {
  const head = headOf(od, id)
  // A proposal that has not reached the server has no time.
  if (!head || head.createdAt === null) return []
  if (head.kind === 'choice') return eventsOfChoice(od, id)
  const read = new Reader(od, id, head)
  const first = read.first()
  const events: HistoryEvent[] = [
    {
      proposal: id,
      words: shown(first),
      ...doneBy(head),
      at: head.createdAt,
      what: 'proposed',
      detail: head.kind === 'text' ? kindOf(first) : (levelChangeOf(od, id) ?? head.kind),
      ...belowOf(od, id),
    },
    ...decisionsOn(od, id, read),
    ...sidesOf(od, id, read),
    ...positionsOn(od, id, read),
  ]
  const reworded = recordGet(od, `reworded/${id}`)
  if (reworded)
    events.push({
      proposal: id,
      ...statedBy(reworded),
      what: 'reworded',
      detail: 'reworded',
      words: shown(read.now()),
    })
  const emptied = takenBack(od, id, head)
  if (emptied)
    events.push({ proposal: id, ...emptied, what: 'emptied', detail: 'took-back', words: shown(read.now()) })
  return events
}

/** A choice of an option and its being taken back are one event each. The words are the name of the chosen option. */
function eventsOfChoice(od: OutcomeDocument, id: ProposalId): HistoryEvent[] {
  const anchor = od.anchors.get(id)
  const words = anchor?.kind === 'whole' && anchor.other !== null ? nameOf(od, anchor.other) : ''
  const chosen = ({ disposition, at, ...done }: Reopened['decision']): HistoryEvent[] =>
    disposition === 'withdrawn'
      ? []
      : [{ proposal: id, words, ...doneBy(done), at, what: 'decided', detail: 'choice' }]
  const decision = recordGet(od, `decision/${id}`)
  return [
    ...(recordGet(od, `reopened/${id}`) ?? []).flatMap(({ at, reason, decision: was, ...done }) => {
      const chosenThen = chosen(was)
      const back = { proposal: id, words, ...doneBy(done), at, what: 'reopened' as const, detail: reason }
      return chosenThen.length > 0 ? [...chosenThen, back] : []
    }),
    ...(decision ? chosen(decision) : []),
  ]
}

/** Whether a move changes a paragraph's level alone: the one that was decided on, else the one that is open. */
function levelChangeOf(od: OutcomeDocument, id: ProposalId): LevelChange | null {
  const effect = decisionOf(od, id)?.effect
  const [moved] = effect?.kind === 'family-changed' ? effect.parts : [effect]
  const text = paragraphsInOrder(od)
  if (moved?.kind === 'paragraph-moved') {
    const { from, to, paragraph } = moved
    const [first, last] = [from.order, to.order].toSorted(compareStrings) as [string, string]
    const along = new Set([paragraph, ...belowIn(text, paragraph).map((below) => below.id)])
    const isElsewhere = text.some(
      ({ id: other, order }) => !along.has(other) && order > first && order < last,
    )
    return isElsewhere ? null : compareLevels(from.level ?? 0, to.level ?? 0)
  }
  const anchor = od.anchors.get(id)
  if (headOf(od, id)?.kind !== 'move' || anchor?.kind !== 'whole') return null
  const { other, under = false, below = false } = anchor
  return levelChange(text, anchor.paragraph, { other, under, below })
}

/** What was decided on, else what stands below now. */
function belowOf(od: OutcomeDocument, id: ProposalId): Pick<HistoryEvent, 'below'> {
  const anchor = od.anchors.get(id)
  if (anchor?.kind !== 'whole' || !anchor.below) return {}
  const effect = decisionOf(od, id)?.effect
  const decided = effect?.kind === 'family-changed' ? effect.parts.length - 1 : null
  return { below: decided ?? idsBelow(od, anchor.paragraph).length }
}

const shown = ({ struck, text }: ProposedWords): string => (text === '' ? struck : text)

const kindOf = ({ struck, text }: ProposedWords): string =>
  struck === '' ? 'insertion' : text === '' ? 'deletion' : 'replacement'

/** Finds how a proposal read at different times. */
class Reader {
  readonly #od: OutcomeDocument
  readonly #id: ProposalId
  readonly #head: ProposalHead

  constructor(od: OutcomeDocument, id: ProposalId, head: ProposalHead) {
    this.#od = od
    this.#id = id
    this.#head = head
  }

  /** Its present wording; for an emptied proposal the last one before that. */
  now(): ProposedWords {
    const emptied = recordGet(this.#od, `emptied/${this.#id}`)
    if (emptied) return { struck: emptied.struck, text: plain(emptied.text) }
    const { struck, text } = wordsOf(this.#od, this.#id)
    // The words that it asks to delete may be deleted by now. Then the words that it quoted are used.
    return { struck: struck === '' ? this.#head.quote : struck, text }
  }

  /**
   * The wording that a statement was made about. Statements made before wordings were recorded get the present
   * one.
   */
  at(wording: Fingerprint | undefined): ProposedWords {
    return notedWords(this.#od, this.#id, wording) ?? this.now()
  }

  /** The wording that others first spoke of. */
  first(): ProposedWords {
    const [first] = spokenOf(this.#od, this.#id).sort((a, b) => a.at - b.at)
    return this.at(first?.wording)
  }
}

/** Returns all statements and decisions about it, with the wording of each. */
function spokenOf(od: OutcomeDocument, id: ProposalId): Pick<Stated, 'at' | 'wording'>[] {
  const positions = recordGet(od, `positions/${id}`) ?? []
  const { cosponsors = [], dissociated = [], left = [] } = recordGet(od, `sponsors/${id}`) ?? {}
  const decision = recordGet(od, `decision/${id}`)
  const reopened = (recordGet(od, `reopened/${id}`) ?? []).map((one) => one.decision)
  const all = [
    ...positions.flatMap((entry) => [...entry.earlier, entry]),
    ...cosponsors,
    ...dissociated,
    ...left,
    ...(decision ? [decision] : []),
    ...reopened,
  ]
  return all.filter(({ wording }) => wording !== undefined)
}

function decisionsOn(od: OutcomeDocument, id: ProposalId, read: Reader): HistoryEvent[] {
  const decided = (was: Reopened['decision']): HistoryEvent => ({
    proposal: id,
    words: shown(read.at(was.wording)),
    ...doneBy(was),
    at: was.at,
    what: 'decided',
    detail: was.disposition,
  })
  const events: HistoryEvent[] = []
  for (const reopened of recordGet(od, `reopened/${id}`) ?? []) {
    const { at, reason, decision } = reopened
    const words = shown(read.at(decision.wording))
    events.push(decided(decision))
    const said = isTakeOver(reopened)
      ? ({ what: 'position', detail: 'take-over' } as const)
      : ({ what: 'reopened', detail: reason } as const)
    events.push({ proposal: id, words, ...doneBy(reopened), at, ...said })
  }
  const decision = recordGet(od, `decision/${id}`)
  return decision ? [...events, decided(decision)] : events
}

function sidesOf(od: OutcomeDocument, id: ProposalId, read: Reader): HistoryEvent[] {
  const sponsors = recordGet(od, `sponsors/${id}`)
  const takeOvers = takeOversOf(od, id)
  const events: HistoryEvent[] = []
  const stand = (stated: Stated, detail: string) =>
    events.push({
      proposal: id,
      words: shown(read.at(stated.wording)),
      ...statedBy(stated),
      what: 'position',
      detail,
    })
  for (const stated of sponsors?.cosponsors ?? []) stand(stated, 'co-sponsor')
  for (const stated of sponsors?.dissociated ?? []) stand(stated, 'dissociate')
  for (const { side, until, renewed, ...stated } of sponsors?.left ?? []) {
    const cosponsored = side === 'cosponsors'
    stand(stated, cosponsored ? 'co-sponsor' : 'dissociate')
    // When the participant said something else instead, that is an event of its own.
    const { wording, participant } = stated
    const gone = { participant, person: '', at: until, ...(wording === undefined ? {} : { wording }) }
    if (!renewed && !takeOvers.has(until)) stand(gone, cosponsored ? 'no-co-sponsor' : 'associate')
  }
  return events
}

/**
 * When the proposal was taken over. What the new proponent and others had said of it ended then without their saying so,
 * so these ends are no events.
 */
const takeOversOf = (od: OutcomeDocument, id: ProposalId): ReadonlySet<number> =>
  new Set((recordGet(od, `reopened/${id}`) ?? []).filter(isTakeOver).map(({ at }) => at))

/** Returns the positions on a proposal, or, with `read` null, on a paragraph; the latter without words. */
export function positionsOn(od: OutcomeDocument, on: HostId, read: Reader | null): HistoryEvent[] {
  const entries: readonly PositionEntry[] = recordGet(od, `positions/${on}`) ?? []
  const takeOvers: ReadonlySet<number> = isProposalId(on) ? takeOversOf(od, on) : new Set()
  return entries.flatMap((entry) =>
    [...entry.earlier, entry]
      .filter(({ position, at }) => position !== null || !takeOvers.has(at))
      .map(({ position, person, via, at, wording }) => ({
        at,
        ...doneBy({ by: entry.participant, person, via }),
        what: 'position' as const,
        proposal: isProposalId(on) ? on : null,
        detail: position ?? 'taken-back',
        words: read ? shown(read.at(wording)) : '',
      })),
  )
}

/**
 * Returns by whom and when it was taken back. The time is unknown for proposals emptied before that was
 * recorded.
 */
function takenBack(od: OutcomeDocument, id: ProposalId, head: ProposalHead) {
  const emptied = recordGet(od, `emptied/${id}`)
  if (emptied) return statedBy(emptied)
  const anchor = od.anchors.get(id)
  if (recordGet(od, `decision/${id}`) || anchor?.kind === 'after' || !isEmptied(od, id)) return null
  return head.createdAt === null ? null : { ...doneBy(head), at: head.createdAt }
}

export const statedBy = ({ participant, person, via, at }: Stated) => ({
  ...doneBy({ by: participant, person, via }),
  at,
})

interface Done {
  readonly by: ParticipantId
  readonly person: string
  readonly via?: ParticipantId | undefined
}

/** Who did it, and who wrote it down on their behalf. */
const doneBy = ({ by, person, via }: Done) => ({ by, person, ...(via === undefined ? {} : { via }) })
