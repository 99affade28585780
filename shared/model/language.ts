/** The languages in which drafts are recognised, as BCP 47 tags. */
export const LANGUAGES = ['en', 'fr', 'es', 'ru', 'ar', 'zh'] as const
export type Language = (typeof LANGUAGES)[number]

/** Returns the language of this tag; null when it is none of them. */
export const asLanguage = (tag: string): Language | null =>
  LANGUAGES.find((language) => language === tag) ?? null

export type Direction = 'ltr' | 'rtl'

export const directionOf = (language: Language): Direction => (language === 'ar' ? 'rtl' : 'ltr')

/** The attributes of an element whose text is in a language; none when it is not known. */
export const languageAttributes = (
  language: Language | null,
): { readonly lang?: Language; readonly dir?: Direction } =>
  language === null ? {} : { lang: language, dir: directionOf(language) }

const SCRIPTS: Readonly<Record<Language, RegExp>> = {
  en: /\p{Script=Latin}/gu,
  fr: /\p{Script=Latin}/gu,
  es: /\p{Script=Latin}/gu,
  ru: /\p{Script=Cyrillic}/gu,
  ar: /\p{Script=Arabic}/gu,
  zh: /\p{Script=Han}/gu,
}

/**
 * The attributes of an element whose words stand in a text of this language. Of words in another script the browser finds the
 * direction, and nothing is said of their language; so of words without letters.
 */
export function wordsAttributes(
  words: string,
  language: Language | null,
): { readonly lang?: Language; readonly dir: Direction | 'auto' } {
  const start = words.slice(0, LOOKED_AT)
  const isInScript =
    language !== null && count(start, SCRIPTS[language]) * 2 >= Math.max(1, count(start, /\p{L}/gu))
  return isInScript ? { lang: language, dir: directionOf(language) } : { dir: 'auto' }
}

/** Frequent short words of each language in Latin script that the others do not have. */
const WORDS: Readonly<Record<'en' | 'fr' | 'es', RegExp>> = {
  en: /(?<!\p{L})(?:the|of|and|to|that|which|with|for|by|all|we|is|are|its|from|or|be|shall)(?!\p{L})/giu,
  fr: /(?<!\p{L})(?:le|les|des|du|et|une|dans|pour|sur|aux|qui|par|avec|nous|est|sont|ses)(?!\p{L})/giu,
  es: /(?<!\p{L})(?:el|los|las|del|y|una|para|con|por|al|lo|nos|sus|su|es|son|en)(?!\p{L})/giu,
}

/** How many letters must be looked at to tell a language, and how many words of it there must be. */
const FEWEST_LETTERS = 12
const FEWEST_WORDS = 3
/** Longer texts are judged by their beginning, in UTF-16 units. */
const LOOKED_AT = 20_000

/**
 * Returns the language of a text by its script and its short words; null when it cannot be told: too few words, or as many of
 * one language as of another.
 */
export function languageOf(text: string): Language | null {
  const start = text.slice(0, LOOKED_AT)
  const letters = count(start, /\p{L}/gu)
  // A sign of Chinese is about as much as two letters.
  const han = count(start, /\p{Script=Han}/gu) * 2
  if (letters + han / 2 < FEWEST_LETTERS) return null
  const half = (letters + han / 2) / 2
  if (han > half) return 'zh'
  if (count(start, /\p{Script=Arabic}/gu) > half) return 'ar'
  if (count(start, /\p{Script=Cyrillic}/gu) > half) return 'ru'
  const [first, second] = (['en', 'fr', 'es'] as const)
    .map((language) => ({ language, words: count(start, WORDS[language]) }))
    .sort((a, b) => b.words - a.words)
  if (!first || !second || first.words < FEWEST_WORDS || first.words < second.words * 1.5) return null
  return first.language
}

const count = (text: string, of: RegExp): number => text.match(of)?.length ?? 0
