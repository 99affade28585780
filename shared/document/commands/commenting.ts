import { refuse } from '../../model/command.ts'
import type { Handlers } from './executing.ts'

export const commenting: Handlers<'comment-add' | 'comment-remove' | 'comment-resolve'> = {
  'comment-add': () => refuse('not-allowed', 'This cannot be done yet.'),
  'comment-remove': () => refuse('not-allowed', 'This cannot be done yet.'),
  'comment-resolve': () => refuse('not-allowed', 'This cannot be done yet.'),
}
