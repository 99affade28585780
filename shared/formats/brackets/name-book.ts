import type { ParticipantId } from '../../model/ids.ts'
import type { ReadName } from '../../model/import-brackets.ts'
import type { WrittenName } from './name-list.ts'
import { asParticipant } from './name-list.ts'

/** Who is meant by names, by how they are written. Null: nobody, so the name is left out. */
export type NameAnswers = ReadonlyMap<string, ParticipantId | null>

/** Collects the names that stand in brackets, and gives each its participant: the answered one, else the directory's, else the name itself. */
export class NameBook {
  /** The line of the block that is being read. */
  line = 1
  readonly #answers: NameAnswers
  readonly #names = new Map<string, { name: WrittenName; count: number; line: number }>()

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
    return [...this.#names.values()].map(({ name, count, line }) => ({ ...name, count, line }))
  }

  #participant(name: WrittenName): ParticipantId | null {
    const known = this.#names.get(name.written)
    if (known) known.count++
    else {
      const { written, participant } = name
      this.#names.set(written, { name: { written, participant }, count: 1, line: this.line })
    }
    return this.#meant(name)
  }

  #meant(name: WrittenName): ParticipantId | null {
    const answer = this.#answers.get(name.written)
    return answer === undefined ? (name.participant ?? asParticipant(name.written)) : answer
  }
}
