import { expect, test, vi } from 'vitest'
import { browserSignals } from '#client/net/signals.ts'

test('the network and the tab are told of, until nobody listens: a tab that is hidden tells nothing', () => {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const tab = new EventTarget()
  vi.stubGlobal('document', page)
  vi.stubGlobal('window', tab)
  const told: string[] = []
  const stop = browserSignals.subscribe((signal) => void told.push(signal))
  const happens = () => {
    tab.dispatchEvent(new Event('offline'))
    tab.dispatchEvent(new Event('online'))
    page.dispatchEvent(new Event('visibilitychange'))
  }
  happens()
  expect(told).toEqual(['offline', 'online', 'visible'])
  page.visibilityState = 'hidden'
  page.dispatchEvent(new Event('visibilitychange'))
  expect(told).toHaveLength(3)
  page.visibilityState = 'visible'
  stop()
  happens()
  expect(told).toHaveLength(3)
  vi.unstubAllGlobals()
})
