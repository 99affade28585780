/** Times as a person says them; `locale` undefined means the browser's own. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE

export function timeAgo(at: number, now: number, locale?: string): string {
  const ago = now - at
  if (ago < MINUTE) return relative(0, 'second', locale)
  if (ago < HOUR) return relative(-Math.floor(ago / MINUTE), 'minute', locale)
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString()
  return new Intl.DateTimeFormat(
    locale,
    sameDay
      ? { hour: '2-digit', minute: '2-digit' }
      : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  ).format(at)
}

export const fullTime = (at: number, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium' }).format(at)

const relative = (value: number, unit: Intl.RelativeTimeFormatUnit, locale?: string): string =>
  new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }).format(value, unit)
