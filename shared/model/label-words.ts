import type { DivisionKind } from './division.ts'
import type { Language } from './language.ts'
import { writeNumeral } from './numeral.ts'

/** How the references of one language are put together. */
export interface LabelWords {
  /** Writes the number of a division with its word: "Article 3". */
  readonly divisions: Readonly<Record<DivisionKind, string>>
  /** Other words for the same, which are read and never written. */
  readonly otherDivisions?: Readonly<Partial<Record<DivisionKind, readonly string[]>>>
  /** Stands before the number of a main paragraph of a division: "Article 9, paragraph 2". */
  readonly paragraph: string
  /** The same in articles, where it is another word. */
  readonly paragraphOfArticle?: string
  readonly footnote: string
  /** Within a table: "Table 1, row 2, column 3". */
  readonly row: string
  readonly column: string
  /** Stands between a division and what is in it; not before 第, which divides them. */
  readonly comma: string
  /** From "bis" on. Where the list ends the Latin words are used. */
  readonly suffixes: readonly string[]
}

/** bis, ter … as they are written in Latin script, in every language that has it. */
export const LATIN_SUFFIXES: readonly string[] = [
  'bis',
  'ter',
  'quater',
  'quinquies',
  'sexies',
  'septies',
  'octies',
  'novies',
  'decies',
  'undecies',
  'duodecies',
  'terdecies',
  'quaterdecies',
  'quindecies',
  'sexdecies',
  'septdecies',
  'octodecies',
  'novodecies',
  'vicies',
]

const ARABIC_BIS = 'مكررا'
const ARABIC_TIMES = ['ثانيا', 'ثالثا', 'رابعا', 'خامسا', 'سادسا', 'سابعا', 'ثامنا', 'تاسعا']

export const LABEL_WORDS: Readonly<Record<Language, LabelWords>> = {
  en: {
    divisions: {
      article: 'Article',
      section: 'Section',
      part: 'Part',
      chapter: 'Chapter',
      annex: 'Annex',
      option: 'Option',
      action: 'Action',
      table: 'Table',
    },
    otherDivisions: { article: ['Art.'], annex: ['Appendix'], option: ['Alternative'] },
    paragraph: 'paragraph',
    footnote: 'footnote',
    row: 'row',
    column: 'column',
    comma: ', ',
    suffixes: LATIN_SUFFIXES,
  },
  fr: {
    divisions: {
      article: 'Article',
      section: 'Section',
      part: 'Partie',
      chapter: 'Chapitre',
      annex: 'Annexe',
      option: 'Option',
      action: 'Mesure',
      table: 'Tableau',
    },
    paragraph: 'paragraphe',
    footnote: 'note',
    row: 'ligne',
    column: 'colonne',
    comma: ', ',
    suffixes: LATIN_SUFFIXES,
  },
  es: {
    divisions: {
      article: 'Artículo',
      section: 'Sección',
      part: 'Parte',
      chapter: 'Capítulo',
      annex: 'Anexo',
      option: 'Opción',
      action: 'Medida',
      table: 'Cuadro',
    },
    otherDivisions: { option: ['Variante'], table: ['Tabla'] },
    paragraph: 'párrafo',
    footnote: 'nota',
    row: 'fila',
    column: 'columna',
    comma: ', ',
    suffixes: LATIN_SUFFIXES,
  },
  ru: {
    divisions: {
      article: 'Статья',
      section: 'Раздел',
      part: 'Часть',
      chapter: 'Глава',
      annex: 'Приложение',
      option: 'Вариант',
      action: 'Действие',
      table: 'Таблица',
    },
    paragraph: 'пункт',
    footnote: 'сноска',
    row: 'строка',
    column: 'столбец',
    comma: ', ',
    suffixes: ['бис', 'тер', 'кватер', 'квинквиес', 'сексиес', 'септиес', 'октиес', 'новиес', 'дециес'],
  },
  ar: {
    divisions: {
      article: 'المادة',
      section: 'القسم',
      part: 'الجزء',
      chapter: 'الفصل',
      annex: 'المرفق',
      option: 'الخيار',
      action: 'الإجراء',
      table: 'الجدول',
    },
    otherDivisions: { section: ['الفرع'], part: ['الباب'], table: ['جدول'] },
    paragraph: 'الفقرة',
    footnote: 'الحاشية',
    row: 'الصف',
    column: 'العمود',
    comma: '، ',
    suffixes: [ARABIC_BIS, ...ARABIC_TIMES.map((time) => `${ARABIC_BIS} ${time}`)],
  },
  zh: {
    // "…" stands for the number.
    divisions: {
      article: '第…条',
      section: '第…节',
      part: '第…部分',
      chapter: '第…章',
      annex: '附件…',
      option: '备选案文…',
      action: '行动…',
      table: '表…',
    },
    otherDivisions: { section: ['第…節'], part: ['第…编'], option: ['选项…'] },
    paragraph: '第…段',
    paragraphOfArticle: '第…款',
    footnote: '脚注…',
    row: '第…行',
    column: '第…列',
    comma: '，',
    suffixes: LATIN_SUFFIXES.map((_, i) => `之${writeNumeral(i + 2, 'han')}`),
  },
}

/** Returns bis, ter … for 1, 2 …, as a language writes it. */
export const suffixWord = (suffix: number, language: Language): string =>
  LABEL_WORDS[language].suffixes[suffix - 1] ?? LATIN_SUFFIXES[suffix - 1] ?? `bis ${suffix}`

/** Puts a number where a word has its place for it, or behind the word. */
export const withNumber = (word: string, number: string): string =>
  word.includes('…') ? word.replace('…', () => number) : `${word} ${number}`

/** Returns the words for a kind of division in all languages, those that are only read among them; `…` stands for the number. */
export const divisionWords = (kind: DivisionKind): readonly string[] => [
  ...new Set(
    Object.values(LABEL_WORDS).flatMap(({ divisions, otherDivisions }) => [
      divisions[kind],
      ...(otherDivisions?.[kind] ?? []),
    ]),
  ),
]

/** What division a step is of by its words, in whatever language; null when it is that of a paragraph. */
export function divisionOfStep(step: string): DivisionKind | null {
  for (const { divisions } of Object.values(LABEL_WORDS))
    for (const [kind, word] of Object.entries(divisions)) {
      const [before = '', behind = ''] = withNumber(word, '\0').split('\0')
      const at = step.indexOf(behind, before.length)
      if (step.startsWith(before) && at >= 0) return kind as DivisionKind
    }
  return null
}
