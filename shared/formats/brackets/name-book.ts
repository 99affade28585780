import { participantMistakenFor } from '../../directory/look-alike.ts'
import type { ParticipantId } from '../../model/ids.ts'
import type { ReadName } from '../../model/import-brackets.ts'
import type { WrittenName } from './name-list.ts'
import { asParticipant } from './name-list.ts'
import { memoize } from './memoize.ts'

/** Who is meant by names, by how they are written. Null: nobody, so the name is left out. */
export type NameAnswers = ReadonlyMap<string, ParticipantId | null>

interface Occurrences {
  readonly name: WrittenName
  count: number
  readonly lines: Set<number>
}

/**
 * Collects the names that stand in brackets, and gives each its participant: the answered one, else the directory's, else the
 * name itself. A name that the directory does not have and that reads like one that it has stands for nobody until it is
 * answered.
 */
export class NameBook {
  /** Returns the line of a name in the block that is being read. */
  lineOf: (written: string) => number = () => 1
  readonly #answers: NameAnswers
  readonly #names = new Map<string, Occurrences>()

  constructor(answers: NameAnswers) {
    this.#answers = answers
  }

  /** Returns each participant once, in their order. */
  participants(names: readonly WrittenName[]): ParticipantId[] {
    return [...new Set(names.flatMap((name) => this.#participant(name) ?? []))]
  }

  /** The same for names that were counted before. */
  known(names: readonly WrittenName[]): ParticipantId[] {
    return names.flatMap((name) => this.#meant(name) ?? [])
  }

  /** The names in the order in which they first occurred. */
  all(): ReadName[] {
    return [...this.#names.values()].map(({ name, count, lines }) => ({ ...name, count, lines: [...lines] }))
  }

  /** Those that neither the directory nor an answer gives a participant. */
  unknown(): ReadName[] {
    return this.all().filter(
      ({ written, participant }) => participant === null && !this.#answers.has(written),
    )
  }

  #participant(name: WrittenName): ParticipantId | null {
    const known = this.#names.get(name.written) ?? this.#first(name)
    known.count++
    known.lines.add(this.lineOf(name.written))
    return this.#meant(name)
  }

  #first({ written, participant }: WrittenName): Occurrences {
    const first = { name: { written, participant }, count: 0, lines: new Set<number>() }
    this.#names.set(written, first)
    return first
  }

  #meant(name: WrittenName): ParticipantId | null {
    const answer = this.#answers.get(name.written)
    return answer === undefined ? (name.participant ?? unlisted(name.written)) : answer
  }
}

/** Returns a name that the directory does not have as a participant's; null when it reads like another's or like none. */
const unlisted = memoize((written): ParticipantId | null => {
  const name = asParticipant(written)
  return name !== null && participantMistakenFor(name) === null ? name : null
})
