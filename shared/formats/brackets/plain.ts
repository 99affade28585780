import { alternativesOf } from './alternatives.ts'
import { isWordInBrackets } from './words.ts'

/** Whether a bracket with these words and nothing else is read as one proposed wording that names nobody. */
export function readsAsPlain(text: string): boolean {
  const words = text.trim()
  if (isWordInBrackets(words, ' ', false, false) || /^(?:…|\.\.\.)/u.test(words) || /: /u.test(words))
    return false
  if (/^(?:move|merge|split|delete)\b/iu.test(words)) return false
  const [only, ...others] = alternativesOf(
    {
      kind: 'bracket',
      key: 0,
      nodes: [{ kind: 'words', text: words }],
      opens: true,
      closes: true,
    },
    false,
  )
  return only?.said === null && others.length === 0
}
