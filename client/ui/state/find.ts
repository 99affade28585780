/** Finding a place in the text by its words, its number, or who is in it. */

export interface Findable {
  readonly id: string
  readonly label: string
  readonly text: string
  readonly participants: readonly string[]
}

export interface Found {
  readonly id: string
  readonly label: string
  /** The words around the match, or the first words. */
  readonly excerpt: string
  readonly participants: readonly string[]
}

const FOUND_LIMIT = 50
const BEFORE = 28
const AFTER = 90

/** Case and accents do not matter: "cote" finds "Côte". */
const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** A number or a participant's code first, then words; each group in reading order. */
export function find(items: readonly Findable[], query: string): Found[] {
  const wanted = fold(query.trim())
  if (wanted === '') return []
  const exact: Found[] = []
  const worded: Found[] = []
  for (const item of items) {
    if (fold(item.label) === wanted || item.participants.some((name) => fold(name) === wanted))
      exact.push(found(item, 0))
    else {
      const at = fold(item.text).indexOf(wanted)
      if (at >= 0) worded.push(found(item, at))
    }
    if (exact.length >= FOUND_LIMIT) break
  }
  return [...exact, ...worded].slice(0, FOUND_LIMIT)
}

function found(item: Findable, at: number): Found {
  const start = at <= BEFORE ? 0 : item.text.lastIndexOf(' ', at - BEFORE) + 1
  const words = item.text.slice(start, at + AFTER)
  const excerpt = `${start > 0 ? '… ' : ''}${words}${start + words.length < item.text.length ? ' …' : ''}`
  return { id: item.id, label: item.label, excerpt, participants: item.participants }
}
