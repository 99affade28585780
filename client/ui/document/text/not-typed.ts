import type { OnNotTyped } from '#client/editor/contract.ts'
import type { DocumentSession } from '#client/net/session.ts'
import type { Desk } from '../../state/desk.ts'
import { notify } from '../../state/notify.ts'
import { strings } from '../../strings.ts'

// `randomUUID` is missing where a page was not fetched over TLS.
const freshId = (): string => `typed-${crypto.getRandomValues(new Uint32Array(3)).join('-')}`

/** UTF-16 units from which typed text counts as words to offer back; less may be a key pressed by mistake. */
const WORDS = 2
const NO_BURST = { id: '', words: '' }

/**
 * Reports why typed words are not in the text. The words are offered back until they are dismissed, those of one
 * burst of keys as one offer, because a message that disappears by itself would lose them.
 */
export function reportNotTyped(desk: Desk, session: Pick<DocumentSession, 'offerWords'>): OnNotTyped {
  let burst = NO_BURST
  return (why, words = '') => {
    const message = strings.notTyped[why]
    if (!words.startsWith(burst.words)) burst = NO_BURST
    if (words.length < WORDS)
      return notify(desk, words === '' ? message : strings.notTyped.withWords(message, words), 'refused')
    burst = { id: burst.id || freshId(), words }
    desk.notice.set(null)
    session.offerWords(burst.id, { code: why, message }, words)
  }
}
