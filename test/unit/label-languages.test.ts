import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Projection } from '#shared/document/composition/projection.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { createDocument } from '#shared/document/create.ts'
import { issueLabel, Numbers } from '#shared/document/issue/numbering.ts'
import { openDocument, paragraphsInOrder } from '#shared/document/schema.ts'
import { readReference } from '#shared/formats/brackets/reference.ts'
import type { Label } from '#shared/model/label.ts'
import { formatLabel, formatStep } from '#shared/model/label.ts'
import { inLanguage, labelKey } from '#shared/model/label-path.ts'
import { divisionOfStep } from '#shared/model/label-words.ts'
import type { Language } from '#shared/model/language.ts'
import { languageAttributes, LANGUAGES } from '#shared/model/language.ts'
import { accepted } from '#test/kit/imported.ts'
import { written } from '#test/kit/labels.ts'
import { Random } from '#test/kit/random.ts'

const article: Label = { division: 'article', number: 9, suffix: 0 }
const second: Label = { number: 2, suffix: 0, within: article }
const item = (style: Label['style'] & string): Label => ({ style, number: 1, suffix: 1, within: second })

test.each<[Language, Label, string, string]>([
  ['en', item('letter'), '(a) bis', 'Article 9, paragraph 2 (a) bis'],
  ['fr', item('letter'), '(a) bis', 'Article 9, paragraphe 2 (a) bis'],
  ['es', item('letter'), '(a) bis', 'Artículo 9, párrafo 2 (a) bis'],
  ['ru', item('cyrillic'), 'а) бис', 'Статья 9, пункт 2 а) бис'],
  ['ar', item('arabic'), '(أ) مكررا', 'المادة 9، الفقرة 2 (أ) مكررا'],
  ['zh', item('han'), '（一）之二', '第9条第2款（一）之二'],
  ['ar', { number: 3, suffix: 2 }, '3 مكررا ثانيا', '3 مكررا ثانيا'],
  ['zh', { ...article, style: 'han', suffix: 1 }, '第九条之二', '第九条之二'],
  ['zh', { number: 2, suffix: 0, within: { division: 'annex', number: 1, suffix: 0 } }, '2', '附件1第2段'],
  ['ru', { series: 'PP', number: 3, suffix: 1 }, 'PP3 бис', 'PP3 бис'],
  ['fr', { series: 'note', number: 3, suffix: 0 }, '3', 'note 3'],
])('24.1 in %s, %j is %s and is referred to as %s', (language, label, step, full) => {
  const worded = inLanguage(label, language)
  expect(formatStep(worded)).toBe(step)
  expect(formatLabel(worded)).toBe(full)
})

test('24.1 a draft in two languages has the words of both', () => {
  const { draft } = accepted(
    'المادة 1\nالقصب على ضفاف الأنهار\n\n1. نزرع القصب على ضفاف جميع الأنهار في البلاد، ونحمي الأراضي الرطبة من الجفاف كل عام.\n\n' +
      'Article 2\nThe reeds of all the rivers\n\n1. We plant them by the water.\n',
  )
  expect(draft.blocks.map(({ label }) => written(label))).toEqual([
    'المادة 1',
    'المادة 1، الفقرة 1',
    'Article 2',
    'Article 2, paragraph 1',
  ])
})

test('24.2 the numbers that are issued have the words of their series, or of the document', () => {
  const od = openDocument(new Y.Doc())
  const random = new Random(1)
  const { draft } = accepted('1. Мы сажаем тростник у всех рек.\n\n2. Мы отдыхаем у озера.\n')
  createDocument(od, draft, (length) => random.bytes(length), 0)
  const [first] = paragraphsInOrder(od)
  expect(written(issueLabel(od, first!.id).label)).toBe('1 бис')
  const heading = new Numbers(od).heading(first!.id, { kind: 'heading', level: 0, division: 'chapter' })
  expect(written(heading.label)).toBe('Глава 1')
})

test('24.4 references are read in the words of each language', () => {
  const styles = {
    en: 'letter',
    fr: 'letter',
    es: 'letter',
    ru: 'cyrillic',
    ar: 'arabic',
    zh: 'han',
  } as const
  for (const language of LANGUAGES)
    for (const division of ['article', 'section', 'part', 'chapter', 'annex', 'option', 'action'] as const) {
      const within: Label = { ...second, within: { ...article, division, suffix: 1 } }
      for (const label of [within.within!, within, { ...item(styles[language]), within }]) {
        const reference = formatLabel(inLanguage(label, language))
        const read = readReference(reference)
        expect(read && labelKey(read), reference).toBe(labelKey(label))
      }
      expect(divisionOfStep(formatStep(inLanguage(within.within!, language))), language).toBe(division)
    }
})

test('24.4 the origin of a moved paragraph is read with the words of its language', () => {
  const { draft } = accepted(
    'Статья 1\nТростник\n\n1. Мы сажаем тростник у всех рек.\n\n2. (former para Статья 3, пункт 2 бис) Мы отдыхаем у озера.\n',
  )
  expect(written(draft.blocks.at(-1)!.bracketed!.former)).toBe('Статья 3, пункт 2 бис')
})

test('24.5 the board says in which language each entry is', () => {
  const od = openDocument(new Y.Doc())
  const random = new Random(1)
  const { draft } = accepted(
    '1. نزرع القصب على ضفاف جميع الأنهار في البلاد، ونحمي الأراضي الرطبة من الجفاف.\n\n2. We note the work of the commission on reeds and of all its members.\n',
  )
  createDocument(od, draft, (length) => random.bytes(length), 0)
  const projection = new Projection(od)
  const blocks = new BoardReader(projection)
    .board()
    .blocks.map(({ language }) => languageAttributes(language))
  projection.destroy()
  expect(blocks).toEqual([
    { lang: 'ar', dir: 'rtl' },
    { lang: 'en', dir: 'ltr' },
  ])
})
