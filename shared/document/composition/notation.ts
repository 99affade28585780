import type { ShownStanding } from '../standing.ts'
import type { OutcomeDocument } from '../schema.ts'
import type { Against } from './names.ts'
import { askingToDelete, attributed, retaining } from './names.ts'
import type { OpenProposal } from './proposals.ts'
import { bracketOf } from './requests.ts'

/** One that asks to delete words. `last`: no later part of the same words follows. */
export interface Asking {
  readonly standing: ShownStanding
  readonly last: boolean
}

/** Behind words of the text: what is said of them, and how opposing is then shown behind the wording offered instead. */
export interface BehindWords {
  readonly text: string
  readonly against: Against
}

/** How names and requests are written in brackets. */
export interface Notation {
  /** Behind a wording; empty when nobody is named. */
  attributed(standing: ShownStanding, text: string, against: Against): string
  /** `only`: the one wording that is offered instead, when nobody asks to delete the words; `offered`: how many are. */
  behindWords(asking: readonly Asking[], only: ShownStanding | null, offered: number): BehindWords
  /** The bracket of a proposal that has no wording. */
  request(od: OutcomeDocument, proposal: OpenProposal, standing: ShownStanding): string
}

/** As on the screen, where words to be deleted are struck and each name stands once. */
export const SCREEN: Notation = {
  attributed: (standing, _, against) => attributed(standing, against),
  behindWords: (asking, only) => {
    if (asking.length > 0)
      return { text: ` – ${askingToDelete(asking.map(({ standing }) => standing))}`, against: 'delete' }
    const alone = only ? retaining(only) : ''
    return alone === '' ? { text: '', against: 'delete' } : { text: ` – ${alone}`, against: null }
  },
  request: bracketOf,
}
