import { ChevronRight } from 'lucide-react'
import { classes } from '../../parts/classes.ts'
import { strings } from '../../strings.ts'
import { TextOf } from '../../parts/text-of.tsx'
import styles from './front-matter.module.css'

/** The note and the letter that came with the draft, folded above the text. */
export function FrontMatter({ front }: { readonly front: readonly string[] }) {
  if (front.length === 0) return null
  return (
    <details className={classes(styles.front)}>
      <summary className={classes(styles.summary)}>
        <ChevronRight aria-hidden="true" />
        {strings.front.title}
      </summary>
      <div className={classes(styles.letter)}>
        {front.map((block, i) => (
          // Front matter is imported once and never changes, so the index identifies a block.
          <TextOf key={i} words={block} />
        ))}
      </div>
    </details>
  )
}
