import type { Random } from './random.ts'

/** Words and numbers, without hyphens: a hyphen at a line end may belong to the word or not. */
export function sourceWordsOf(text: string): readonly string[] {
  const plain = text
    .replace(/<[^<>]*>/g, '')
    .replace(/\u00ad\s*\n\s*/g, '')
    .replace(/[\u00ad\u200e\u200f\ufeff]/g, '')
    .replace(/(?<=\p{L})[-‐]\s*(?=\p{L})/gu, '')
    .replace(/(?<=\p{Script=Han}[,;]?)\s+(?=\p{Script=Han})/gu, '')
    .replace(/(?<=\d)(?=\p{L})|(?<=(?:bis|ter|quater|quinquies))(?=\p{Lu})/gu, ' ')
  return plain.match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? []
}

const PARTS: readonly ((random: Random, number: number) => string)[] = [
  (_, n) => `${n}. We decide to go on with ${n} wells, and to end there.`,
  (_, n) => `${n} bis. We also decide that the wells are deep;`,
  (_, n) => `[${n}.alt We honour the wells – KEN]`,
  (_, n) => `Article ${n} (wells)`,
  (_, n) => `Article ${n} bis`,
  () => 'The General Assembly,',
  () => 'Recalling its decision on wells,',
  () => 'Requests the keeper of the wells to report;',
  () => '(a) dig deep;\n(b) dig wide, in particular:\n(i) here;\n(ii) there.',
  () => '- in lakes\n- in rivers',
  (_, n) => `PP${n} Noting the springs,`,
  (_, n) => `OP${n}. Decides to drink;`,
  () => 'Option 1: We dig.\n\nOption 2: We wait.',
  () => 'Option A:',
  () => 'MEANS OF DIGGING',
  () => 'II. Our commitments',
  () => 'B. Snow and ice',
  () => 'How will we pay?',
  () => '* * *',
  () => '__________\n1\n  Decision 12/4.\n\n2/3              31-00001',
  () => 'We drink, 1 and we¹ thirst2 where 1',
  () => 'A/99/L.5                 Wells of the world',
  () => 'Place     Wells     Year\nVelland     20     2031\nOrrin     15     2032',
  () => 'in the long-\nterm, and multi-\nlateral',
  () => '(Agreed ad ref)',
  () => 'Excellency,\n\nWe have the honour to send our draft.',
  () => 'Please accept, Excellency, the assurances of our highest consideration.',
  () => '1.1 We begin:\n\n1.1.1 here;',
  () => 'a sentence that goes on without a beginning and has no end',
  () => '2.\n\nWe stand below our number.',
  () => '18th plenary meeting\n3 May 2031',
  () => '一、水井',
  () => 'المادة 3\n\n١ - تقرر الحفر؛',
  () => '# Heading\n\n**3.** We *go* on.',
  () => '12\n\f\nPage 3',
]

/** The text of a draft with parts of all kinds, in any order. */
export function randomDraft(random: Random): string {
  const count = 3 + random.int(25)
  const parts = Array.from({ length: count }, (_, i) => random.pick(PARTS)(random, 1 + random.int(i + 2)))
  return parts.join(random.pick(['\n', '\n\n', '\n\n']))
}
