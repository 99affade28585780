import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS, type Limits } from '#server/room/limits/limits.ts'
import { Quotas, accountOf } from '#server/room/limits/quota.ts'
import { FakeTime } from '#test/kit/fake-time.ts'

const limits: Limits = {
  ...DEFAULT_LIMITS,
  expenses: { ...DEFAULT_LIMITS.expenses, frames: { burst: 10, perSecond: 1 } },
  addressFactor: 2,
  bytesBurst: 1_000,
  bytesPerSecond: 10,
}
const open = () => {
  const time = new FakeTime()
  return { time, quotas: new Quotas(limits, time) }
}
const payer = (invitation: string, address = 'here') => ({ invitation, address })
const nothingNew = { claimed: [], created: [] }

describe('what an invitation may spend', () => {
  it('is spent by all who hold it, and comes back with time', () => {
    const { quotas, time } = open()
    expect(quotas.spend(payer('a'), 'frames', 10)).toBe(true)
    expect(quotas.spend(payer('a', 'elsewhere'), 'frames', 1)).toBe(false)
    expect(quotas.spend(payer('b'), 'frames', 1)).toBe(true)
    time.advance(3_000)
    expect(quotas.spend(payer('a'), 'frames', 4)).toBe(false)
    expect(quotas.spend(payer('a'), 'frames', 3)).toBe(true)
  })

  it('is not taken where it is refused', () => {
    const { quotas } = open()
    expect(quotas.spend(payer('a'), 'frames', 11)).toBe(false)
    expect(quotas.spend(payer('a'), 'frames', 10)).toBe(true)
  })

  it('is bounded for an address too, whichever invitations come from there', () => {
    const { quotas } = open()
    for (const invitation of ['a', 'b']) expect(quotas.spend(payer(invitation), 'frames', 10)).toBe(true)
    expect(quotas.spend(payer('c'), 'frames', 1)).toBe(false)
    expect(quotas.spend(payer('c', 'elsewhere'), 'frames', 1)).toBe(true)
    expect(quotas.spend({ invitation: 'd', address: null }, 'frames', 1)).toBe(true)
  })

  it('may be owed, when a cost is known only afterwards', () => {
    const { quotas, time } = open()
    expect(quotas.take('a', nothingNew, 900)).toBe(true)
    quotas.store('a', 600)
    expect(quotas.take('a', nothingNew, 1)).toBe(false)
    time.advance(49_000)
    expect(quotas.take('a', nothingNew, 1)).toBe(false)
    time.advance(2_000)
    expect(quotas.take('a', nothingNew, 1)).toBe(true)
  })

  it('neither grows nor shrinks when the clock of the machine is put right', () => {
    for (const leap of [-86_400_000, 86_400_000]) {
      const { quotas, time } = open()
      expect(quotas.spend(payer('a'), 'frames', 10)).toBe(true)
      time.leap(leap)
      expect(quotas.spend(payer('a'), 'frames', 1)).toBe(false)
      time.advance(1_000)
      expect(quotas.spend(payer('a'), 'frames', 1)).toBe(true)
    }
  })
})

it('remembers only so many accounts, and those longest that owe something', () => {
  const { quotas } = open()
  quotas.take('debtor', nothingNew, 1_000)
  for (let i = 0; i < 25_000; i++) quotas.spend({ invitation: `guest ${i}`, address: null }, 'frames', 0)
  expect(quotas.size).toBeLessThanOrEqual(20_000)
  expect(quotas.take('debtor', nothingNew, 1)).toBe(false)
})

it('takes an IPv6 network for one address, and a mapped IPv4 address for itself', () => {
  expect(accountOf('2001:db8:1:2:aaaa::1')).toBe(accountOf('2001:db8:1:2:bbbb::2'))
  expect(accountOf('2001:db8::1')).toBe(accountOf('2001:db8::2:0:0:7'))
  expect(accountOf('2001:db8::1')).toBe(accountOf('2001:db8:0:0:5:6:7:8'))
  expect(accountOf('2001:db8::5:6:7:8:9')).not.toBe(accountOf('2001:db8::1'))
  expect(accountOf('2001:db8:1:2::1')).not.toBe(accountOf('2001:db8:1:3::1'))
  expect(accountOf('::ffff:192.0.2.7')).toBe('192.0.2.7')
})
