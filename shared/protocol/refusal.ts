/**
 * Codes of refusals that an honest client cannot cause, or after which nothing that it wrote may be sent again: the socket
 * is closed. Every other code is an ordinary race: the client leaves out what it concerns and goes on.
 */
const CLOSING: ReadonlySet<string> = new Set([
  'malformed',
  'foreign-client',
  'clock-gap',
  'unknown-root',
  'mixed-origins',
  'wrong-shape',
  'new-round',
])

/** Whether the text changed under an honest client's hands, so that it may go on after `resume`. */
export const isRace = (code: string): boolean => !CLOSING.has(code)
