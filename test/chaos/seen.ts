import type { Random } from '#test/kit/random.ts'
import type { Screen } from '#test/kit/screen.ts'

/** What a person sees of one paragraph. */
export interface SeenParagraph {
  readonly label: string
  readonly text: string
}

/** Those with a number, as they are on the screen now. */
export async function paragraphsOn(screen: Screen): Promise<SeenParagraph[]> {
  const lines = await screen.texts()
  return lines.flatMap((line) => {
    const at = line.indexOf('| ')
    return at > 0 ? [{ label: line.slice(0, at), text: line.slice(at + 2) }] : []
  })
}

export interface Words {
  readonly label: string
  readonly start: number
  readonly end: number
  readonly words: string
}

/** One to three words of a paragraph that has any; null where there are none. */
export async function someWords(screen: Screen, random: Random): Promise<Words | null> {
  const paragraphs = (await paragraphsOn(screen)).filter(({ text }) => /\p{L}{3}/u.test(text))
  if (paragraphs.length === 0) return null
  const { label, text } = random.pick(paragraphs)
  const found = [...text.matchAll(/\p{L}{3,}(?: \p{L}{3,}){0,2}/gu)]
  const { index, 0: words } = random.pick(found)
  return { label, start: index, end: index + words.length, words }
}

/** A word that occurs once on the screen, of those with at least four letters; not in a sign, where no caret stands. */
export async function aWordOfItsOwn(
  screen: Screen,
  random: Random,
): Promise<(Words & { readonly all: string }) | null> {
  const paragraphs = await paragraphsOn(screen)
  const all = paragraphs.map(({ text }) => text).join('\n')
  const words = paragraphs.flatMap(({ label, text }) =>
    [...text.matchAll(/\p{L}{4,}/gu)].map((match) => ({
      label,
      start: match.index,
      end: match.index + match[0].length,
      words: match[0],
    })),
  )
  const own = words.filter(({ words: word }) => all.split(word).length === 2)
  if (own.length === 0) return null
  const chosen = random.pick(own)
  return (await isInSign(screen, chosen)) ? null : { ...chosen, all }
}

async function isInSign(screen: Screen, { label, start, end }: Words): Promise<boolean> {
  let offset = 0
  for (const { text, side } of await screen.runs(label)) {
    if (side !== null && offset < end && offset + text.length > start) return true
    offset += text.length
  }
  return false
}
