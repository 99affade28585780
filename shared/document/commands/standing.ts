import { refuse } from '../../model/command.ts'
import type { Handlers } from './executing.ts'

export const standing: Handlers<'paragraph-status'> = {
  'paragraph-status': () => refuse('not-allowed', 'This cannot be done yet.'),
}
