/** Deadlines as day and hour in a time zone. */

export interface WallClock {
  /** `2026-11-28` */
  readonly date: string
  /** `18:00` */
  readonly time: string
  /** IANA name. */
  readonly zone: string
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const TIME = /^(\d{2}):(\d{2})$/
const MINUTE = 60_000

/** The moment, milliseconds since 1970; null for a day that does not exist or an hour skipped by daylight saving. */
export function momentOf({ date, time, zone }: WallClock): number | null {
  const [, year, month, day] = DATE.exec(date) ?? []
  const [, hour, minute] = TIME.exec(time) ?? []
  if (day === undefined || minute === undefined) return null
  const asUtc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute))
  if (Number.isNaN(asUtc)) return null
  // The offset before a change of the clocks, then the one after it.
  for (const guess of [asUtc - offsetAt(asUtc, zone), asUtc - offsetAt(asUtc + 24 * 60 * MINUTE, zone)]) {
    const moment = asUtc - offsetAt(guess, zone)
    const shown = clockAt(moment, zone)
    if (shown.date === date && shown.time === time) return moment
  }
  return null
}

/** How far a zone's clock is ahead of UTC, in milliseconds. */
function offsetAt(moment: number, zone: string): number {
  const { date, time } = clockAt(moment, zone)
  return Date.parse(`${date}T${time}:00Z`) - Math.floor(moment / MINUTE) * MINUTE
}

/** The day and hour that a clock in a zone shows at a moment (milliseconds since 1970). */
export function clockAt(moment: number, zone: string): WallClock {
  const parts = new Map(
    partsOf(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  )
  const get = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
  return {
    date: `${get('year')}-${get('month')}-${get('day')}`,
    time: `${get('hour')}:${get('minute')}`,
    zone,
  }
}

/** The zone if this browser knows it, else UTC. The server may know newer zones. */
function knownHere(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

const partsByZone = new Map<string, Intl.DateTimeFormat>()

function partsOf(zone: string): Intl.DateTimeFormat {
  const known = partsByZone.get(zone)
  if (known) return known
  const fresh = new Intl.DateTimeFormat('en-GB', {
    timeZone: knownHere(zone),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  partsByZone.set(zone, fresh)
  return fresh
}

/** "Sat 28 Nov 2026, 18:00 GMT-5". */
export function deadlineIn(moment: number, zone: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: knownHere(zone),
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(moment)
}

/** The deadline in the reader's zone; empty when both clocks show the same. */
export function deadlineHere(moment: number, zone: string, here: string, locale?: string): string {
  const announced = clockAt(moment, zone)
  const own = clockAt(moment, here)
  if (announced.date === own.date && announced.time === own.time) return ''
  const sameDay = announced.date === own.date
  return new Intl.DateTimeFormat(locale, {
    timeZone: here,
    ...(sameDay ? {} : { weekday: 'short', day: 'numeric', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(moment)
}

/**
 * "2 days 3 hours", "3 hours 5 minutes", "5 minutes"; null once it has passed. Rounded up: a minute is left till it
 * is over.
 */
export function timeLeft(moment: number, now: number, locale?: string): string | null {
  const minutes = Math.ceil((moment - now) / MINUTE)
  if (minutes <= 0) return null
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  const unit = (count: number, name: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(count)
  if (days > 0) return [unit(days, 'day'), hours > 0 ? unit(hours, 'hour') : ''].join(' ').trim()
  const rest = minutes % 60
  if (hours > 0) return [unit(hours, 'hour'), rest > 0 ? unit(rest, 'minute') : ''].join(' ').trim()
  return unit(rest, 'minute')
}

export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone
