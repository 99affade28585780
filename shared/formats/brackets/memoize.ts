/**
 * Returns a function that keeps the results of `read`, which must depend on its argument alone: names and statements in brackets
 * recur by the thousand in one draft. `most`: how many results are kept; when there are more, all are dropped.
 */
export function memoize<T>(read: (text: string) => T, most = 2_000): (text: string) => T {
  const known = new Map<string, { readonly value: T }>()
  return (text) => {
    const before = known.get(text)
    if (before) return before.value
    const value = read(text)
    if (known.size >= most) known.clear()
    known.set(text, { value })
    return value
  }
}
