import { Check, Minus, Plus } from 'lucide-react'
import { wordsKept } from '#shared/document/text/streamline.ts'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import styles from './merge-dialog.module.css'

const words = strings.proposals.merge

interface Props {
  readonly sources: readonly string[]
  readonly text: string
}

/** Lists the words that a bridging text adds or leaves out compared with its sources, while it is written. */
export function WordCheck({ sources, text }: Props) {
  const { added, dropped } = wordsKept(sources, text)
  const kept = added.length === 0 && dropped.length === 0
  return (
    <section className={classes(styles.check)} aria-label={words.check} data-kept={kept}>
      {kept ? (
        <output>
          <Check aria-hidden="true" />
          {words.kept}
        </output>
      ) : (
        <>
          {added.length > 0 && (
            <p>
              <Plus aria-hidden="true" />
              <span>
                <b>{words.added}:</b> <i dir="auto">{added.join(', ')}</i>
              </span>
            </p>
          )}
          {dropped.length > 0 && (
            <p>
              <Minus aria-hidden="true" />
              <span>
                <b>{words.dropped}:</b> <i dir="auto">{dropped.join(', ')}</i>
              </span>
            </p>
          )}
        </>
      )}
    </section>
  )
}
