/** The path of an invitation or a document on this site; null for anything else. */
export function consultationPath(link: string, origin: string): string | null {
  try {
    const url = new URL(link.trim(), origin)
    if (url.origin !== origin || !/^\/(i|d)\/[^/]+\/?$/.test(url.pathname)) return null
    return url.pathname
  } catch {
    return null
  }
}
