import type { ImportedBlock, ImportedDraft } from '#shared/model/import.ts'
import type { DivisionKind } from '#shared/model/division.ts'
import type { Label, LabelStyle } from '#shared/model/label.ts'
import type { Language } from '#shared/model/language.ts'
import type { Random } from './random.ts'
import { tableBlocks } from './tables.ts'

/** Random drafts with every shape of outline: resolutions, treaties, declarations, plans, compilations. */

const SHAPES = [
  'resolution',
  'treaty',
  'parts',
  'declaration',
  'sections',
  'unnumbered-sections',
  'actions',
  'dotted',
] as const
type Shape = (typeof SHAPES)[number]

export const shapeOf = (seed: number): Shape => SHAPES[seed % SHAPES.length]!

export function outlineDraft(random: Random, shape: Shape): ImportedDraft {
  const writer = new OutlineWriter(random)
  writer.heading(null, 0, 'On reeds and rivers')
  writers[shape](writer)
  return { title: 'On reeds and rivers', front: [], blocks: writer.blocks }
}

/** A treaty or a plan in a language, its items lettered as lists in that language are, some of its numbers with suffixes. */
export function draftIn(language: Language, random: Random): ImportedDraft {
  const writer = new LanguageWriter(language, random)
  writer.write()
  return { title: writer.words, front: [], blocks: writer.blocks, language }
}

const writers: Readonly<Record<Shape, (writer: OutlineWriter) => void>> = {
  resolution(writer) {
    const numbered = writer.random.chance(0.5)
    const unprinted = writer.random.chance(0.5) ? ({ unprinted: true } as const) : {}
    for (let i = 1; i <= writer.some(); i++)
      writer.paragraph({ series: 'PP', number: i, suffix: 0, ...unprinted }, 0, 'Recalling that', ',')
    for (let i = 1; i <= writer.some(); i++)
      writer.withBelow({ number: i, suffix: 0, ...(numbered ? {} : { series: 'OP' }) }, 0)
  },
  treaty: (writer) => writer.articles(undefined),
  parts(writer) {
    const running = writer.random.chance(0.5)
    let articles = 0
    for (let i = 1; i <= 3; i++) {
      const part: Label = { division: 'part', style: 'upper-roman', number: i, suffix: 0 }
      writer.heading(part, 0)
      articles = writer.articles(running ? undefined : part, running ? articles : 0, 1)
    }
  },
  declaration(writer) {
    writer.paragraph(null, 0, 'We, who live by the water, have met.')
    let reached = 0
    for (let section = 0; section < 3; section++) {
      if (section > 0 && writer.random.chance(0.3)) writer.separator()
      writer.heading(null, 1)
      for (let i = writer.some(); i > 0; i--) writer.withBelow({ number: ++reached, suffix: 0 }, 0)
    }
  },
  sections: (writer) => writer.sections(true),
  'unnumbered-sections': (writer) => writer.sections(false),
  actions(writer) {
    let reached = 20
    for (let action = 1; action <= 3; action++) {
      writer.heading({ division: 'action', number: action, suffix: 0 }, 1)
      for (let i = writer.some(); i > 0; i--) writer.withBelow({ number: ++reached, suffix: 0 }, 0)
    }
  },
  dotted(writer) {
    for (let i = 1; i <= writer.some(); i++) {
      const first: Label = { number: i, suffix: 0 }
      writer.paragraph(first, 0)
      for (let j = 1; j <= writer.some(); j++) {
        const second: Label = { number: j, suffix: 0, style: 'dotted', within: first }
        writer.paragraph(second, 1)
        if (writer.random.chance(0.3))
          for (let k = 1; k <= 2; k++)
            writer.paragraph({ number: k, suffix: 0, style: 'dotted', within: second }, 2)
      }
    }
  },
}

const CELLS = ['Velland', '200', 'reeds | willows', 'of the lakes', 'a\\b', '2. Marr', '–']

const STYLES: readonly (readonly [LabelStyle, LabelStyle])[] = [
  ['letter', 'roman'],
  ['upper-letter', 'letter'],
  ['cyrillic', 'letter'],
]

class OutlineWriter {
  readonly blocks: ImportedBlock[] = []
  readonly random: Random
  readonly #styles: readonly [LabelStyle, LabelStyle]
  #words = 0
  #tables = 0

  constructor(random: Random) {
    this.random = random
    this.#styles = random.chance(0.7) ? STYLES[0]! : random.pick(STYLES)
  }

  some(): number {
    return 1 + this.random.int(4)
  }

  heading(label: Label | null, level: number, text = `Reeds and rivers ${++this.#words}`): void {
    this.blocks.push({ kind: 'heading', label, level, text })
  }

  separator(): void {
    this.blocks.push({ kind: 'separator', label: null, level: 0, text: '* * *' })
  }

  paragraph(label: Label | null, level: number, begins = 'We plant reeds', ends = '.'): void {
    const colon = begins.endsWith(':')
    const text = begins.endsWith('.') || colon ? begins : `${begins} in lake ${++this.#words}${ends}`
    this.blocks.push({ kind: 'paragraph', label, level, text })
  }

  /** `numbered`: whether the headings bear the labels of their sections. */
  sections(numbered: boolean): void {
    for (let section = 1; section <= 3; section++) {
      const within: Label = {
        division: 'section',
        number: section,
        suffix: 0,
        ...(numbered ? {} : { unprinted: true }),
      }
      this.heading(within, 0)
      for (let i = 1; i <= this.some(); i++) this.withBelow({ number: i, suffix: 0, within }, 0)
    }
  }

  articles(within: Label | undefined, from = 0, level = 0): number {
    const count = this.some()
    const kind: DivisionKind = 'article'
    for (let i = from + 1; i <= from + count; i++) {
      const article: Label = { division: kind, number: i, suffix: 0, ...(within && { within }) }
      this.heading(article, level)
      if (this.random.chance(0.2)) this.paragraph(null, 0)
      else for (let j = 1; j <= this.some(); j++) this.withBelow({ number: j, suffix: 0, within: article }, 0)
    }
    return from + count
  }

  /** A paragraph, and now and then items below it: with letters, and numerals below these, or dashes. */
  withBelow(label: Label, level: number): void {
    if (!this.random.chance(0.35)) {
      this.paragraph(label, level)
      if (this.random.chance(0.1)) this.#table(level + 1)
      return
    }
    this.paragraph(label, level, `In year ${++this.#words} we will:`)
    this.#below(label, level + 1, this.#styles)
  }

  /** Some have a caption, some a head; some cells have no words. */
  #table(level: number): void {
    const [columns, rows] = [2 + this.random.int(2), 1 + this.random.int(3)]
    const cells = Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (__, column) =>
        row + column > 0 && this.random.chance(0.2) ? '' : this.random.pick(CELLS),
      ),
    )
    const caption = this.random.chance(0.5) ? { caption: `Reeds by lake ${++this.#words}` } : {}
    const heads = rows > 1 && this.random.chance(0.5) ? 1 : 0
    const number = ++this.#tables
    // Cells stand below the caption, or in its place.
    const of = 'caption' in caption ? level : level - 1
    this.blocks.push(...tableBlocks({ number, level: of, ...caption, heads, rows: cells }))
  }

  #below(within: Label, level: number, styles: readonly LabelStyle[]): void {
    const [style, ...deeper] = styles
    const count = 1 + this.some()
    for (let i = 1; i <= count; i++) {
      if (!style) {
        this.paragraph(null, level)
        continue
      }
      const label: Label = { style, number: i, suffix: 0, within }
      if (!this.random.chance(0.25)) this.paragraph(label, level)
      else {
        this.paragraph(label, level, `In month ${++this.#words} we will:`)
        this.#below(label, level + 1, this.random.chance(0.7) ? deeper : [])
      }
    }
  }
}

/** Words of a heading, of a paragraph, and of one that items follow. */
const SENTENCES: Readonly<Record<Language, readonly [string, string, string]>> = {
  en: ['Reeds of the rivers', 'We plant the reeds of all the rivers.', 'We plant for all the rivers:'],
  fr: [
    'Roseaux et rivières',
    'Nous plantons les roseaux dans les rivières.',
    'Nous plantons pour les rivières:',
  ],
  es: ['Juncos y ríos', 'Plantamos los juncos en las riberas.', 'Plantamos para las riberas y los ríos:'],
  ru: ['Тростник и реки', 'Мы сажаем тростник у всех рек.', 'Мы сажаем у рек:'],
  ar: ['القصب والأنهار', 'نزرع القصب على ضفاف الأنهار.', 'نزرع على ضفاف الأنهار ما يلي:'],
  zh: ['芦苇与河流', '我们在所有河流沿岸种植芦苇。', '我们在河流沿岸种植:'],
}
const ITEMS: Readonly<Record<Language, LabelStyle>> = {
  en: 'letter',
  fr: 'letter',
  es: 'letter',
  ru: 'cyrillic',
  ar: 'arabic',
  zh: 'han',
}

class LanguageWriter {
  readonly blocks: ImportedBlock[] = []
  readonly words: string
  readonly #language: Language
  #tables = 0
  readonly #random: Random

  constructor(language: Language, random: Random) {
    this.#language = language
    this.#random = random
    this.words = SENTENCES[language][0]
  }

  write(): void {
    const kind = this.#random.pick(['article', 'section', 'chapter', 'annex'] as const)
    const language = this.#language
    const style = language === 'zh' && this.#random.chance(0.5) ? 'han' : undefined
    this.#push('heading', null, 0, this.words)
    for (const [number, suffix] of this.#numbers()) {
      const label: Label = {
        number,
        suffix,
        division: kind,
        ...(style && { style }),
        ...(language !== 'en' && { language }),
      }
      this.#push('heading', label, 0, this.words)
      for (const [own, ownSuffix] of this.#numbers())
        this.#paragraph({ number: own, suffix: ownSuffix, within: label })
    }
  }

  #paragraph(label: Label): void {
    const [, plain, chapeau] = SENTENCES[this.#language]
    const items = this.#random.chance(0.4)
    this.#push('paragraph', label, 0, items ? chapeau : plain)
    if (!items && this.#random.chance(0.2)) this.#table()
    if (!items) return
    const style = ITEMS[this.#language]
    for (const [number, suffix] of this.#numbers())
      this.#push('paragraph', { number, suffix, style, within: label }, 1, plain)
  }

  #table(): void {
    const [caption, ...words] = SENTENCES[this.#language]
    const table = { number: ++this.#tables, level: 1, caption, language: this.#language }
    this.blocks.push(...tableBlocks({ ...table, rows: [words, ['', caption]] }))
  }

  /** 1, 2, 2 bis, 2 ter … */
  #numbers(): (readonly [number, number])[] {
    const numbers: (readonly [number, number])[] = [[1, 0]]
    for (let i = 1 + this.#random.int(4); i > 0; i--) {
      const [number, suffix] = numbers.at(-1)!
      numbers.push(this.#random.chance(0.4) ? [number, suffix + 1] : [number + 1, 0])
    }
    return numbers
  }

  #push(kind: 'heading' | 'paragraph', label: Label | null, level: number, text: string): void {
    this.blocks.push({ kind, label, level, text })
  }
}
