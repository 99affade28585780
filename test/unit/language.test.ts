import { describe, expect, test } from 'vitest'
import { Projection } from '#shared/document/composition/projection.ts'
import { createDocument } from '#shared/document/create.ts'
import { exportJson } from '#shared/document/export-json.ts'
import { openDocument } from '#shared/document/schema.ts'
import { Drawer } from '#client/editor/draw/draw.ts'
import { schema } from '#client/editor/schema.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import type { ImportedBlock, ImportedDraft } from '#shared/model/import.ts'
import type { Label } from '#shared/model/label.ts'
import { formatStep } from '#shared/model/label.ts'
import { inLanguage } from '#shared/model/label-path.ts'
import type { Language } from '#shared/model/language.ts'
import { LANGUAGES, languageOf, wordsAttributes } from '#shared/model/language.ts'
import { accepted } from '#test/kit/imported.ts'
import { Random } from '#test/kit/random.ts'
import * as Y from 'yjs'

test.each([
  ['en', 'We decide to plant the reeds of all rivers.'],
  ['fr', 'Nous décidons de planter des roseaux dans les rivières pour les enfants.'],
  ['es', 'Decidimos plantar los juncos en las riberas para los niños.'],
  ['ru', 'Мы решаем посадить тростник у всех рек.'],
  ['ar', 'نقرر زراعة القصب على ضفاف جميع الأنهار.'],
  ['zh', '我们决定在所有河流沿岸种植芦苇以保护湿地。'],
  [null, 'Velland 200 2031'],
  [null, 'Reeds'],
])('22.8 the language of a text is told, or not: %s', (language, text) => {
  expect(languageOf(text)).toBe(language)
})

/** The `lang` and `dir` of each drawn block. */
function drawn(draft: ImportedDraft): string[][] {
  const random = new Random(1)
  const od = openDocument(new Y.Doc())
  createDocument(od, draft, (length) => random.bytes(length), 0)
  const projection = new Projection(od)
  const drawer = new Drawer(projection, null)
  const found = projection.blocks().map((block) => {
    const node = drawer.block(block)
    const [, attributes] = schema.nodes[node.type.name]!.spec.toDOM!(node) as [string, Record<string, string>]
    return [attributes['lang'] ?? '', attributes['dir'] ?? '']
  })
  projection.destroy()
  expect(exportJson(od).language).toBe(draft.language ?? null)
  return found
}

test('22.8 paragraphs are marked with the language of the draft, and with their own where it is another', () => {
  const { draft } = accepted(
    '1. نقرر زراعة القصب على ضفاف جميع الأنهار، وحمايتها.\n\n2. We note the work of the commission on reeds and of all its members.\n\n3. نستريح بعد ذلك في كل مكان.\n',
  )
  expect(draft.language).toBe('ar')
  expect(drawn(draft)).toEqual([
    ['ar', 'rtl'],
    ['en', 'ltr'],
    ['ar', 'rtl'],
  ])
})

test('22.8 without a language, paragraphs take the direction of their first letters', () => {
  const { draft } = accepted('1. Velland 20;\n2. Orrin 30.\n')
  expect(drawn(draft)).toEqual([
    ['', 'auto'],
    ['', 'auto'],
  ])
})

const WORDS: Record<string, string> = {
  en: 'We decide to plant the reeds of all rivers',
  fr: 'Nous décidons de planter des roseaux dans les rivières pour les enfants',
  es: 'Decidimos plantar los juncos en las riberas para los niños y las niñas',
  ru: 'Мы решаем посадить тростник у всех рек',
  ar: 'نقرر زراعة القصب على ضفاف جميع الأنهار',
  zh: '我们决定在所有河流沿岸种植芦苇以保护湿地',
}
const KINDS = ['part', 'chapter', 'article', 'section', 'annex'] as const

test.each(LANGUAGES)(
  '22.9 numbers are printed in the words of the language, and read again: %s',
  (language) => {
    const random = new Random(1)
    const words = WORDS[language]!
    const first: ImportedBlock = {
      kind: 'paragraph',
      label: inLanguage({ number: 1, suffix: 0 }, language),
      level: 0,
      text: `${words}.`,
    }
    const divisions = KINDS.flatMap((division): ImportedBlock[] => {
      const label = inLanguage({ division, number: 1, suffix: 0 }, language)
      const below = [0, 1, 2].map((suffix) => ({ number: 1, suffix, within: label }))
      return [
        { kind: 'heading', label, level: 0, text: words.slice(0, 12) },
        ...below.map((one): ImportedBlock => ({
          kind: 'paragraph',
          label: one,
          level: 0,
          text: `${words}.`,
        })),
      ]
    })
    const blocks = [first, ...divisions]
    const od = openDocument(new Y.Doc())
    createDocument(od, { title: '', front: [], blocks, language }, (length) => random.bytes(length), 0)
    const written = writeText(od, 'base')
    const again = accepted(written).draft
    expect(again.language, written).toBe(language)
    expect(
      again.blocks.flatMap(({ label }) => (label ? formatStep(label) : [])),
      written,
    ).toEqual(blocks.flatMap(({ label }) => (label ? formatStep(label) : [])))
  },
)

test('22.9 in Russian, Arabic and Chinese', () => {
  const article: Label = { division: 'article', number: 2, suffix: 1 }
  const plain: Label = { number: 3, suffix: 2 }
  const printed = (language: Language) =>
    [article, plain].map((label) => formatStep(inLanguage(label, language)))
  expect(printed('ru')).toEqual(['Статья 2 бис', '3 тер'])
  expect(printed('ar')).toEqual(['المادة 2 مكررا', '3 مكررا ثانيا'])
  expect(printed('zh')).toEqual(['第2条之二', '3之三'])
  expect(printed('es')).toEqual(['Artículo 2 bis', '3 ter'])
})

describe('24.5 words that stand in a text of a language are marked with it', () => {
  test.each<[string, Language | null, object]>([
    ['وعلنية', 'ar', { lang: 'ar', dir: 'rtl' }],
    ['KEN, as written', 'ar', { dir: 'auto' }],
    ['и открытые (open)', 'ru', { lang: 'ru', dir: 'ltr' }],
    ['和公开', 'zh', { lang: 'zh', dir: 'ltr' }],
    ['2030', 'ar', { dir: 'auto' }],
    ['reeds', null, { dir: 'auto' }],
  ])('%s in %s', (words, language, attributes) => {
    expect(wordsAttributes(words, language)).toEqual(attributes)
  })
})
