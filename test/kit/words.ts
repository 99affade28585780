/** So many words of a text, beginning with its nth, that occur in it only once: texts are not quoted, but counted. */
export function phraseAt(text: string, nth: number, count: number): string {
  const starts = [...text.matchAll(/(?<=^|\s)\p{L}/gu)].map((match) => match.index)
  for (const start of starts.slice(nth)) {
    const found = new RegExp(`^\\p{L}+(?: \\p{L}+){${count - 1}}(?=[\\s,.;])`, 'u').exec(text.slice(start))
    if (found && text.indexOf(found[0]) === text.lastIndexOf(found[0])) return found[0]
  }
  throw new Error(`no ${count} words after word ${nth}`)
}
