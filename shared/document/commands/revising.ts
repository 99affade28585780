import { refuse } from '../../model/command.ts'
import type { Handlers } from './executing.ts'

export const revising: Handlers<'revision-issue'> = {
  'revision-issue': () => refuse('not-allowed', 'This cannot be done yet.'),
}
