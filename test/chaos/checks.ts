import { expect, vi } from 'vitest'
import { lineOf, linesOf } from '#test/kit/exported.ts'
import { WITHIN } from '#test/kit/patience.ts'
import type { Person } from './person.ts'
import type { Room } from './room.ts'
import { paragraphsOn } from './seen.ts'
import { tokensIn } from './tokens.ts'

/** Everybody is back, everything is saved, and all see the same: what they see. */
export async function settle(room: Room): Promise<readonly string[]> {
  for (const person of room.people) await person.goOnline()
  return vi.waitFor(async () => {
    await Promise.all(
      room.people.map(({ screen }) => isSaved(screen.page.locator('header output').first().innerText())),
    )
    const shown = await Promise.all(room.people.map(({ screen }) => screen.texts()))
    const common = shown.at(-1) ?? []
    for (const [i, person] of room.people.entries()) {
      expect(differences(shown[i] ?? [], common), `${person.seat} beside the observer`).toEqual([])
    }
    return common
  }, WITHIN)
}

const isSaved = async (said: Promise<string>) => expect(await said).toBe('Saved')

/** Where a screen differs from that of somebody without drafts; a paragraph with a draft in it is one's own alone. */
function differences(mine: readonly string[], common: readonly string[]): string[] {
  const shared = mine.filter((line) => !line.includes('(draft)'))
  const hasDrafts = shared.length < mine.length
  const missing = common.filter((line) => !shared.includes(line))
  const added = shared.filter((line) => !common.includes(line))
  return [...added.map((line) => `+ ${line}`), ...(hasDrafts ? [] : missing.map((line) => `- ${line}`))]
}

/** What the server prints is what is on the screens. */
export async function exportAgrees(room: Room, shown: readonly string[]): Promise<void> {
  const exported = linesOf(await room.product.cli('export', room.paper.id, '--format', 'json'))
  expect(exported.map(unmarked)).toEqual(shown.map(lineOf).map(unmarked))
}

/** Marks of a paragraph that the screen draws beside its text. */
const unmarked = (line: string): string =>
  line
    .replace(/\[Agreedadref\]$/, '')
    .replace(/\[…–[^\]]*(?:reserve|tocomeback)\]$/, '')
    .replace(/\(formerpara[^)]*\)$/, '')

/** An idle person's caret stands before the character it stood before, wherever that went. */
export async function caretStays(person: Person): Promise<void> {
  const { mark, screen } = person
  if (mark === null) return
  const holders = (await paragraphsOn(screen)).filter(({ text }) => text.includes(mark.word))
  const [holder] = holders
  // Somebody wrote into the middle of it, or it is gone: there is nothing to measure against.
  if (holders.length !== 1 || !holder || holder.text.split(mark.word).length !== 2) return
  const caret = await screen.caret()
  expect(caret, `${person.seat}’s caret in “${mark.word}”`).toEqual({
    label: holder.label,
    anchor: holder.text.indexOf(mark.word) + mark.offset,
    head: holder.text.indexOf(mark.word) + mark.offset,
  })
}

/** Every token is on record, or offered back to who typed it, or was taken away by an act of somebody. */
export async function nothingLost(room: Room): Promise<void> {
  const record = await room.product.cli('export', room.paper.id, '--format', 'json')
  for (const person of room.people) {
    const screen = await person.screen.page.evaluate(() => document.body.innerText)
    const missing = person.typed.filter(
      ({ token, mayBeGone }) =>
        !mayBeGone && !isIn(record, token) && !isIn(screen, token) && !isSplit(record + screen, token),
    )
    expect(missing, `what ${person.seat} typed`).toEqual([])
  }
}

const isIn = (text: string, token: string): boolean => text.includes(token)

/**
 * It was cut on the way, and each part is somewhere: what was saved, what was on its way when the text changed under it, and
 * what was typed after that.
 */
export function isSplit(text: string, token: string): boolean {
  for (let from = 1; from < token.length; from++) {
    if (!text.includes(token.slice(0, from))) return false
    if (text.includes(token.slice(from))) return true
    for (let to = from + 1; to < token.length; to++)
      if (text.includes(token.slice(from, to)) && text.includes(token.slice(to))) return true
  }
  return false
}

/** No token stands twice in the text, unless a merger or an alternative took it along. */
export function nothingDoubled(shown: readonly string[]): void {
  const tokens = tokensIn(shown.join('\n'))
  const doubled = tokens.filter((token, i) => tokens.indexOf(token) !== i)
  expect(doubled).toEqual([])
}
