import type { Label } from '#shared/model/label.ts'
import { formatLabel } from '#shared/model/label.ts'
import { seriesKey } from '#shared/model/label-path.ts'

/**
 * 3 < 3 (a) < 3 alt < 3 bis < 3 bis alt < 3 ter < 4; preambular before operative. 0 for labels of which neither
 * comes first, such as "2 (a)" and "2 (i)".
 */
export function compareLabels(a: Label, b: Label): number {
  const [as, bs] = [pathOf(a), pathOf(b)]
  for (let i = 0; i < Math.max(as.length, bs.length); i++) {
    const [x, y] = [as[i], bs[i]]
    if (!x || !y) return x ? 1 : -1
    const order = compareSteps(x, y)
    if (order !== 0) return order
    if (seriesKey(x) !== seriesKey(y)) return 0
  }
  return 0
}

const compareSteps = (a: Label, b: Label): number =>
  seriesOf(a) - seriesOf(b) ||
  (seriesKey(a) === seriesKey(b)
    ? a.number - b.number || a.suffix - b.suffix || (a.alt ?? 0) - (b.alt ?? 0)
    : 0)

const pathOf = (label: Label): Label[] => [...(label.within ? pathOf(label.within) : []), label]

const seriesOf = ({ series }: Label): number => (series === 'OP' ? 1 : 0)

/** The full reference; null for null. */
export const written = (label: Label | null): string | null => label && formatLabel(label)

/** The first two labels, in the order of the text, of which the second should come before the first in their series. */
export function misplaced(labels: readonly Label[]): string | null {
  const last = new Map<string, Label>()
  for (const label of labels) {
    const before = last.get(seriesKey(label))
    if (before && compareLabels(before, label) >= 0)
      return `${formatLabel(before)} before ${formatLabel(label)}`
    last.set(seriesKey(label), label)
  }
  return null
}
