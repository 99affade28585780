import type { DivisionKind } from './label.ts'
import type { Language } from './language.ts'

type Words = Readonly<Record<DivisionKind, string>>

/**
 * The words that stand before the number of a division, where they are not the English ones. In Chinese what a number counts may stand
 * behind it: `第$条`.
 */
const WORDS: Readonly<Partial<Record<Language, Words>>> = {
  fr: {
    article: 'Article',
    section: 'Section',
    part: 'Partie',
    chapter: 'Chapitre',
    annex: 'Annexe',
    option: 'Option',
    action: 'Mesure',
  },
  es: {
    article: 'Artículo',
    section: 'Sección',
    part: 'Parte',
    chapter: 'Capítulo',
    annex: 'Anexo',
    option: 'Opción',
    action: 'Medida',
  },
  ru: {
    article: 'Статья',
    section: 'Раздел',
    part: 'Часть',
    chapter: 'Глава',
    annex: 'Приложение',
    option: 'Вариант',
    action: 'Действие',
  },
  ar: {
    article: 'المادة',
    section: 'القسم',
    part: 'الجزء',
    chapter: 'الفصل',
    annex: 'المرفق',
    option: 'الخيار',
    action: 'الإجراء',
  },
  zh: {
    article: '第$条',
    section: '第$节',
    part: '第$部分',
    chapter: '第$章',
    annex: '附件 $',
    option: '备选案文 $',
    action: '行动 $',
  },
}

/** How bis, ter … are written; what is not listed is written in Latin. */
const SUFFIXES: Readonly<Partial<Record<Language, readonly string[]>>> = {
  ru: ['бис', 'тер', 'кватер', 'квинквиес', 'сексиес', 'септиес', 'октиес', 'новиес', 'дециес'],
  ar: ['مكررا', 'مكررا ثانيا'],
  zh: ['之二', '之三', '之四', '之五', '之六', '之七', '之八', '之九', '之十'],
}

/** Writes the number of a division with its word, as in "Статья 2", "第2条之二"; null for a language that has no words of its own. */
export function writeDivision(
  kind: DivisionKind,
  number: string,
  suffix: string,
  language: Language | null,
): string | null {
  const word = language ? WORDS[language]?.[kind] : undefined
  if (word === undefined) return null
  return (word.includes('$') ? word.replace('$', number) : `${word} ${number}`) + suffix
}

/**
 * Writes what stands behind a number for 1, 2 …: " бис", " тер"; in Chinese without a space: "之二". Null for a language that
 * writes it in Latin, or has no more words.
 */
export function writeSuffix(suffix: number, language: Language | null): string | null {
  const own = language ? SUFFIXES[language]?.[suffix - 1] : undefined
  if (own === undefined) return null
  return language === 'zh' ? own : ` ${own}`
}
