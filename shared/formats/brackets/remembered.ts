/**
 * Returns the function with a memory of its last results: names and what is said of brackets recur by the thousand in one draft. `read` must
 * depend on its argument alone. `most`: how many results are kept; beyond that all are forgotten.
 */
export function remembered<T>(read: (text: string) => T, most = 2_000): (text: string) => T {
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
