/**
 * The number shown for a paragraph. It is issued once and does not change while a round is on: a paragraph added
 * after 3 is "3 bis", the next one "3 ter", whatever becomes of the others.
 */
export interface Label {
  readonly number: number
  /** 0: none, 1: bis, 2: ter, 3: quater … */
  readonly suffix: number
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

export function formatLabel(label: Label): string {
  if (label.suffix === 0) return String(label.number)
  return `${label.number} ${SUFFIXES[label.suffix] ?? `bis ${label.suffix}`}`
}

export function compareLabels(a: Label, b: Label): number {
  return a.number - b.number || a.suffix - b.suffix
}
