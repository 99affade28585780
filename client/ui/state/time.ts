/** Times as a person says them; `locale` undefined means the browser's own. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE

export function timeAgo(at: number, now: number, locale?: string): string {
  const ago = now - at
  if (ago < MINUTE) return relative(0, 'second', locale)
  if (ago < HOUR) return relative(-Math.floor(ago / MINUTE), 'minute', locale)
  return sameDay(at, now)
    ? clock(at, locale)
    : new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(at)
}

/** With the hour, whatever the day. */
export function timeInFull(at: number, now: number, locale?: string): string {
  if (now - at < HOUR) return timeAgo(at, now, locale)
  return sameDay(at, now) ? clock(at, locale) : `${timeAgo(at, now, locale)}, ${clock(at, locale)}`
}

const sameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString()

const clock = (at: number, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(at)

export const fullTime = (at: number, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium' }).format(at)

const relative = (value: number, unit: Intl.RelativeTimeFormatUnit, locale?: string): string =>
  new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }).format(value, unit)
