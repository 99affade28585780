import type { ReactNode } from 'react'
import { classes } from '../parts/classes.ts'
import styles from './pieces.module.css'

/** A text in which what stands in square brackets is set off, the deeper the darker. */
export function Bracketed({ text }: { readonly text: string }) {
  if (!text.includes('[')) return text
  const parts: ReactNode[] = []
  let depth = 0
  let from = 0
  const push = (to: number) => {
    const part = text.slice(from, to)
    from = to
    if (part === '') return
    parts.push(
      depth === 0 ? (
        part
      ) : (
        <span key={to} className={classes(styles.bracket)} data-depth={Math.min(depth, 3)}>
          {part}
        </span>
      ),
    )
  }
  for (const { index, 0: sign } of text.matchAll(/[[\]]/g)) {
    if (sign === '[') {
      push(index)
      depth++
    } else {
      push(index + 1)
      depth = Math.max(0, depth - 1)
    }
  }
  push(text.length)
  return parts
}
