import { refuse } from '../../model/command.ts'
import type { Handlers } from './executing.ts'

export const meeting: Handlers<'policy-set' | 'meeting-open' | 'meeting-close'> = {
  'policy-set': () => refuse('not-allowed', 'This cannot be done yet.'),
  'meeting-open': () => refuse('not-allowed', 'This cannot be done yet.'),
  'meeting-close': () => refuse('not-allowed', 'This cannot be done yet.'),
}
