import type { Label } from '#shared/model/label.ts'

/** 3 < 3 alt < 3 bis < 3 bis alt < 3 ter < 4; preambular before operative. */
export function compareLabels(a: Label, b: Label): number {
  return (
    seriesOf(a) - seriesOf(b) || a.number - b.number || a.suffix - b.suffix || (a.alt ?? 0) - (b.alt ?? 0)
  )
}

const seriesOf = ({ series }: Label): number => (series === 'OP' ? 1 : 0)
