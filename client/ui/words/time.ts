/** Formats times for people. An undefined `locale` means the browser's. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE

export function timeAgo(at: number, now: number, locale?: string): string {
  const ago = now - at
  if (ago < MINUTE) return formats(locale).ago.format(0, 'second')
  if (ago < HOUR) return formats(locale).ago.format(-Math.floor(ago / MINUTE), 'minute')
  return sameDay(at, now) ? formats(locale).clock.format(at) : formats(locale).day.format(at)
}

/** A short form for lists: "12 min", "14:05", "3 Nov". */
export function timeInBrief(at: number, now: number, locale?: string): string {
  const ago = now - at
  if (ago < MINUTE || ago >= HOUR) return timeAgo(at, now, locale)
  return formats(locale).minutes.format(Math.floor(ago / MINUTE))
}

/** Day and hour. */
export function timeInFull(at: number, now: number, locale?: string): string {
  const short = timeAgo(at, now, locale)
  return now - at < HOUR || sameDay(at, now) ? short : `${short}, ${formats(locale).clock.format(at)}`
}

export const fullTime = (at: number, locale?: string): string => formats(locale).full.format(at)

const sameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString()

interface Formats {
  readonly ago: Intl.RelativeTimeFormat
  readonly minutes: Intl.NumberFormat
  readonly clock: Intl.DateTimeFormat
  readonly day: Intl.DateTimeFormat
  readonly full: Intl.DateTimeFormat
}

// Formats are kept, because making one costs far more than using it, and every card uses one.
const made = new Map<string | undefined, Formats>()

function formats(locale: string | undefined): Formats {
  const known = made.get(locale)
  if (known) return known
  const fresh: Formats = {
    ago: new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }),
    minutes: new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'short' }),
    clock: new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }),
    day: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }),
    full: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium' }),
  }
  made.set(locale, fresh)
  return fresh
}
