/**
 * Cookies go with requests that other sites cause, so those must be told apart. Requests by programs carry no Origin;
 * browsers send one with every upgrade and every request that is not a plain GET.
 */
export function isOwnOrigin(
  origin: string | undefined,
  host: string | undefined,
  publicUrl: string | null,
): boolean {
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  const from = new URL(origin)
  return from.host === host || (publicUrl !== null && from.origin === new URL(publicUrl).origin)
}
