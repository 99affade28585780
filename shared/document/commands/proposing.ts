import { refuse } from '../../model/command.ts'
import type { Handlers } from './executing.ts'

export const proposing: Handlers<'paragraph-propose' | 'drafts-table'> = {
  'paragraph-propose': () => refuse('not-allowed', 'This cannot be done yet.'),
  'drafts-table': () => refuse('not-allowed', 'This cannot be done yet.'),
}
