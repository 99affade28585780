import { readAnswers } from '#shared/formats/recognise/corrections/read-answers.ts'
import type { Answers } from '#shared/model/understanding.ts'

/** What a person answered about texts, kept in this browser until the text is imported. */
export interface KeptAnswers extends Answers {
  readonly title: string
}

const PREFIX = 'informals.import.'
/** How many texts are kept; the oldest goes first. */
const MOST = 20

/** `hash`: of the text's bytes. Returns null when nothing is kept, or storage is not allowed. */
export function loadAnswers(hash: string): KeptAnswers | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(PREFIX + hash) ?? 'null')
    const read = value === null ? null : readAnswers(value)
    if (!read?.ok) return null
    const { answers, names } = read
    const title = typeof value === 'object' && value !== null && 'title' in value ? value.title : ''
    return { answers, names, title: typeof title === 'string' ? title : '' }
  } catch {
    return null
  }
}

/** `now`: milliseconds since 1970. */
export function keepAnswers(hash: string, kept: KeptAnswers, now: number): void {
  try {
    localStorage.setItem(PREFIX + hash, JSON.stringify({ ...kept, at: now }))
    for (const key of oldest()) localStorage.removeItem(key)
  } catch {
    // Storage is full or not allowed: they are kept until the page is closed.
  }
}

export function forgetAnswers(hash: string): void {
  try {
    localStorage.removeItem(PREFIX + hash)
  } catch {
    // Storage is not allowed.
  }
}

/** The keys of the texts beyond the limit, those that were changed longest ago. */
function oldest(): string[] {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
  if (keys.length <= MOST) return []
  return keys.toSorted((a, b) => changedAt(a) - changedAt(b)).slice(0, keys.length - MOST)
}

const changedAt = (key: string): number =>
  Number(/"at":(\d+)\}$/.exec(localStorage.getItem(key) ?? '')?.[1] ?? 0)
