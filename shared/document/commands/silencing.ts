import { refuse } from '../../model/command.ts'
import type { Handlers } from './executing.ts'

export const silencing: Handlers<'silence-place' | 'silence-extend' | 'silence-break'> = {
  'silence-place': () => refuse('not-allowed', 'This cannot be done yet.'),
  'silence-extend': () => refuse('not-allowed', 'This cannot be done yet.'),
  'silence-break': () => refuse('not-allowed', 'This cannot be done yet.'),
}
