import { refuse } from '../../model/command.ts'
import type { Handlers } from './executing.ts'

export const positions: Handlers<
  'position-take' | 'proposal-sponsor' | 'proposal-take-over' | 'proposal-condition'
> = {
  'position-take': () => refuse('not-allowed', 'This cannot be done yet.'),
  'proposal-sponsor': () => refuse('not-allowed', 'This cannot be done yet.'),
  'proposal-take-over': () => refuse('not-allowed', 'This cannot be done yet.'),
  'proposal-condition': () => refuse('not-allowed', 'This cannot be done yet.'),
}
