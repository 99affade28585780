import type { Random } from '#test/kit/random.ts'
import type { Person } from './person.ts'
import type { Room } from './room.ts'
import { decisions } from './acts-deciding.ts'
import { network } from './acts-network.ts'
import { paragraphActs } from './acts-paragraph.ts'
import { procedure } from './acts-procedure.ts'
import { writing } from './acts-writing.ts'

export interface Moment {
  readonly room: Room
  readonly person: Person
  readonly random: Random
}

/** What somebody does with keys and clicks. False when there was nothing to do it to, or somebody else was first. */
export type Act = (moment: Moment) => Promise<boolean>

export interface NamedAct {
  readonly name: string
  readonly who: (person: Person) => boolean
  /** How often, beside the others. */
  readonly weight: number
  readonly act: Act
}

export const ACTS: readonly NamedAct[] = [
  ...writing,
  ...decisions,
  ...paragraphActs,
  ...procedure,
  ...network,
]
