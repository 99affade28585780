import { describe, expect, it } from 'vitest'
import { clockAt, deadlineHere, deadlineIn, momentOf, timeLeft } from '#client/ui/silence/deadline.ts'

const HOUR = 3_600_000
const NEW_YORK = 'America/New_York'

describe('9.1 a deadline is an hour on the clock of a place', () => {
  it('in winter and in summer', () => {
    expect(momentOf({ date: '2026-11-28', time: '18:00', zone: NEW_YORK })).toBe(
      Date.parse('2026-11-28T23:00:00Z'),
    )
    expect(momentOf({ date: '2026-07-01', time: '18:00', zone: NEW_YORK })).toBe(
      Date.parse('2026-07-01T22:00:00Z'),
    )
    expect(momentOf({ date: '2026-07-01', time: '18:00', zone: 'Africa/Nairobi' })).toBe(
      Date.parse('2026-07-01T15:00:00Z'),
    )
  })

  it('in the hours around a change of the clocks', () => {
    for (const time of ['00:30', '03:30', '12:00'])
      for (const date of ['2026-03-08', '2026-11-01'])
        expect(clockAt(momentOf({ date, time, zone: NEW_YORK })!, NEW_YORK)).toEqual({
          date,
          time,
          zone: NEW_YORK,
        })
  })

  it('in a zone that this browser does not know yet is told in UTC', () => {
    const moment = Date.parse('2026-11-28T23:00:00Z')
    expect(deadlineIn(moment, 'Europe/Newly_Founded', 'en')).toMatch(/28.*11:00.*UTC/)
    expect(deadlineHere(moment, 'Europe/Newly_Founded', 'UTC')).toBe('')
  })

  it('is none where no clock shows it', () => {
    expect(momentOf({ date: '2026-03-08', time: '02:30', zone: NEW_YORK })).toBeNull()
    expect(momentOf({ date: '2026-02-30', time: '12:00', zone: 'UTC' })).toBeNull()
    expect(momentOf({ date: '', time: '12:00', zone: 'UTC' })).toBeNull()
  })

  it('is said in the reader’s own time only where that is another', () => {
    const moment = Date.parse('2026-11-28T23:00:00Z')
    expect(deadlineHere(moment, NEW_YORK, 'America/Toronto', 'en-GB')).toBe('')
    expect(deadlineHere(moment, NEW_YORK, 'UTC', 'en-GB')).toBe('23:00')
    expect(deadlineHere(moment, NEW_YORK, 'Africa/Nairobi', 'en-GB')).toContain('29')
  })
})

describe('the time left', () => {
  it('is said in the two largest units, and counts to the very end', () => {
    expect(timeLeft(51 * HOUR, 0, 'en')).toBe('2 days 3 hours')
    expect(timeLeft(48 * HOUR, 0, 'en')).toBe('2 days')
    expect(timeLeft(1.5 * HOUR, 0, 'en')).toBe('1 hour 30 minutes')
    expect(timeLeft(1, 0, 'en')).toBe('1 minute')
    expect(timeLeft(0, 0, 'en')).toBeNull()
  })
})
