import { expect, test } from 'vitest'
import { compareLabels, formatLabel } from '#shared/model/label.ts'

test('labels are written as in documents', () => {
  const written = [0, 1, 2, 3, 4].map((suffix) => formatLabel({ number: 3, suffix }))
  expect(written).toEqual(['3', '3 bis', '3 ter', '3 quater', '3 quinquies'])
})

test('3 comes before 3 bis, before 3 ter, before 4', () => {
  const labels = [
    { number: 4, suffix: 0 },
    { number: 3, suffix: 2 },
    { number: 3, suffix: 0 },
    { number: 3, suffix: 1 },
  ]
  expect(labels.sort(compareLabels).map(formatLabel)).toEqual(['3', '3 bis', '3 ter', '4'])
})
