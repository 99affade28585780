/**
 * The codes of refusals that an honest client cannot cause, or after which nothing that it wrote may be sent
 * again. They close the socket. Every other code is an ordinary race: the client takes out what the refusal
 * concerns and continues.
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

/** Whether a refusal is an ordinary race, after which the client may send {@link FRAME.resume}. */
export const isRace = (code: string): boolean => !CLOSING.has(code)
