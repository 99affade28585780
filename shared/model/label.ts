/**
 * The number shown for a paragraph. It is issued once and does not change during a round, whatever becomes of
 * others: a paragraph added after 3 is "3 bis", the next one "3 ter".
 */
export interface Label {
  readonly number: number
  /** 0: none, 1: bis, 2: ter, 3: quater … */
  readonly suffix: number
  /** An alternative to the paragraph of this number: 1 is "alt", 2 "alt 2". */
  readonly alt?: number
  /** Preambular or operative, in resolutions: "PP3 bis", "OP7". */
  readonly series?: 'PP' | 'OP'
}

const SUFFIXES = [
  '',
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
] as const

export function formatLabel({ number, suffix, alt, series }: Label): string {
  const parts = [`${series ?? ''}${number}`]
  if (suffix > 0) parts.push(SUFFIXES[suffix] ?? `bis ${suffix}`)
  if (alt) parts.push(alt === 1 ? 'alt' : `alt ${alt}`)
  return parts.join(' ')
}
