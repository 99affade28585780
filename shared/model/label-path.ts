import type { Label } from './label.ts'
import type { Language } from './language.ts'

/** What the labels of one series have in common. */
export type Series = Pick<Label, 'series' | 'style' | 'division' | 'unprinted' | 'language'> & {
  readonly within?: Label | undefined
}

/** Keys of labels: two labels have the same key when they are equal, whatever object holds them. */

export const labelKey = (label: Label): string => `${numberKey(label)} ${label.suffix} ${label.alt ?? 0}`

/** The key that 3, "3 bis" and "3 alt" have in common. */
export const numberKey = (label: Label): string => `${seriesKey(label)} ${label.number}`

/** The key of the series that a label is counted in, which restarts in each division and below each paragraph. */
export const seriesKey = ({ within, division, series, style }: Series): string =>
  `${within ? `${labelKey(within)}/` : ''}${division ?? series ?? ''}:${style ?? ''}`

/** Returns the label with another number and suffix in the series of `label`, of no alternative. */
export function labelInSeries(
  { series, style, division, unprinted, within, language }: Series,
  number: number,
  suffix: number,
): Label {
  return {
    number,
    suffix,
    ...(series && { series }),
    ...(style && { style }),
    ...(unprinted && { unprinted }),
    ...(division && { division }),
    ...(within ? { within } : language && language !== 'en' && { language }),
  }
}

/** Returns a label and the ones that it is within, from the last step to the first. */
export function* stepsUp(label: Label): Generator<Label> {
  for (let step: Label | undefined = label; step; step = step.within) yield step
}

/** The key of the label that a path begins with. */
export const firstKey = (label: Label): string => labelKey([...stepsUp(label)].at(-1) ?? label)

/** Whether a label counts below another one. */
export const isWithin = (label: Label, other: Label): boolean =>
  isWithinAny(label, new Set([labelKey(other)]))

/** Whether a label counts below one of others, given by their keys. */
export function isWithinAny(label: Label, keys: ReadonlySet<string>): boolean {
  for (const step of stepsUp(label)) if (step !== label && keys.has(labelKey(step))) return true
  return false
}

/** Returns the label within the new form of the nearest of its steps that has one; null when none has. `fresh`: by key. */
export function relabelled(label: Label, fresh: ReadonlyMap<string, Label>): Label | null {
  const own = fresh.get(labelKey(label))
  if (own) return own
  const within = label.within && relabelled(label.within, fresh)
  return within ? { ...label, within } : null
}

/** Whether a label is of a main paragraph: one that counts in its division, or in the document. */
export const isMain = ({ division, within, series }: Label): boolean =>
  !division && series !== 'note' && (within === undefined || within.division !== undefined)

/** Returns a label whose words are in a language. */
export function inLanguage(label: Label, language: Language): Label {
  const { within, number, suffix, alt } = label
  const step = labelInSeries(
    { ...label, within: within && inLanguage(within, language), language },
    number,
    suffix,
  )
  return alt ? { ...step, alt } : step
}
