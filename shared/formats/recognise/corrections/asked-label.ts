import type { DivisionHead } from '../markers/division.ts'
import { readDivision } from '../markers/division.ts'
import type { Marker } from '../markers/marker.ts'
import { readMarker } from '../markers/marker.ts'
import { numeralsOf } from '../markers/numerals.ts'

/** A label that a person gave, as if the source had printed it. */
export interface AskedLabel {
  readonly marker: Marker | null
  readonly division: DivisionHead | null
}

/** Reads a label as a person writes it: `2 bis`, `(a)`, `PP3`, `1.2`; of a heading `Article 3`, `II`. Null when it is none. */
export function readLabel(label: string, kind: 'heading' | 'paragraph'): AskedLabel | null {
  const written = label.trim().replace(/[.:、]+$/u, '')
  if (written === '') return null
  if (kind === 'heading') {
    const division = divisionOf(written)
    return division && { marker: null, division }
  }
  for (const printed of [`${written}. x`, `${written} x`]) {
    const marker = readMarker(printed, true)
    if (marker && marker.rest === 'x' && marker.lead === '' && marker.style !== 'bullet')
      return { marker: { ...marker, printed: written, rest: '' }, division: null }
  }
  return null
}

/** `Article 3` is the head of a division; a number alone is that of a section. */
function divisionOf(written: string): DivisionHead | null {
  const division = readDivision(written)
  if (division) return division.rest === '' ? division : null
  const numerals = /^(?:\p{Nd}{1,3}|[IVXLC]{1,7}|[A-Z]|[一二三四五六七八九十]{1,3})$/u.test(written)
    ? numeralsOf(written)
    : []
  if (numerals.length === 0) return null
  return {
    kind: 'section',
    numerals,
    suffix: 0,
    opened: '',
    closed: '',
    printed: written,
    rest: '',
    parted: true,
  }
}
