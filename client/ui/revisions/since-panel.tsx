import { useMemo, useState } from 'react'
import type { Board } from '#shared/document/composition/board.ts'
import type { ChangedBlock } from '#shared/document/history/since.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { FormProblem } from '../parts/form/field.tsx'
import { nameOfBlock } from '../paragraph/status.ts'
import { hostsOfOwnEarlier } from '../positions/earlier.ts'
import { answersTo, useSpeaker } from '../state/speaking.ts'
import { notify } from '../state/notify.ts'
import { useDesk } from '../state/desk.ts'
import type { Side } from '../state/open-dialog.ts'
import { useValue } from '../hooks/use-value.ts'
import { timeInFull } from '../words/time.ts'
import { blocksById } from '../state/walk.ts'
import { strings } from '../strings.ts'
import { useCompared } from './compare-dialog.tsx'
import { ComparedView } from './compared-view.tsx'
import { hasChanged } from './changes.ts'
import type { SinceLooked } from './looked.ts'
import type { TextSource } from './revisions-panel.tsx'
import styles from './revisions.module.css'

const words = strings.revisions
const NOW: Side = { kind: 'now' }

interface Props extends TextSource {
  readonly since: SinceLooked
  readonly onClose: () => void
}

/**
 * The panel of changes since the person last marked the text as seen: first the paragraphs, then the changed words.
 */
export function SincePanel({ api, od, since, onClose }: Props) {
  const desk = useDesk()
  const board = useValue(desk.board)
  const [problem, setProblem] = useState<string | null>(null)
  const { looked, changed, seen } = since
  const when = looked ? timeInFull(looked.at, desk.port.now()) : ''
  const done = async () => {
    const refused = await seen()
    setProblem(refused)
    if (refused !== null) return
    notify(desk, words.sinceSeenDone)
    onClose()
  }
  return (
    <Dialog title={words.sinceTitle} shape="full" onClose={onClose}>
      {looked === null && <p className={classes(styles.quiet)}>{words.sinceNever}</p>}
      {looked !== null && changed.length === 0 && (
        <p className={classes(styles.quiet)}>{words.sinceNone(when)}</p>
      )}
      {looked !== null && changed.length > 0 && (
        <>
          <div className={classes(styles.actions)}>
            <p className={classes(styles.lead)}>{words.sinceLead(when)}</p>
            <Button small look="primary" onPress={() => void done()}>
              {words.sinceSeen}
            </Button>
            <Button
              small
              onPress={() => {
                desk.filter.set({ kind: 'changed' })
                onClose()
              }}
            >
              {words.sinceFilter}
            </Button>
          </div>
          {problem && <FormProblem>{problem}</FormProblem>}
          <ChangedList board={board} changed={changed} onClose={onClose} />
          <ChangedWords api={api} od={od} sequence={looked.sequence} />
        </>
      )}
    </Dialog>
  )
}

interface ListProps {
  readonly board: Board
  readonly changed: readonly ChangedBlock[]
  readonly onClose: () => void
}

function ChangedList({ board, changed, onClose }: ListProps) {
  const desk = useDesk()
  const blocks = blocksById(board)
  const actor = useValue(desk.actor)
  const who = useSpeaker(desk)
  const own = new Set(who === null ? [] : hostsOfOwnEarlier(board, answersTo(actor, who)).values())
  return (
    <ul className={classes(styles.changed)}>
      {changed.map(({ paragraph, kinds }) => {
        const block = blocks.get(paragraph)
        const what = [
          ...(own.has(paragraph) ? [words.ownEarlier] : []),
          ...kinds.map((kind) => words.news[kind]),
        ].join(', ')
        return (
          <li key={paragraph}>
            {block ? (
              <button
                type="button"
                className={classes(styles.link)}
                onClick={() => {
                  onClose()
                  desk.here.set(paragraph)
                  desk.reveal(paragraph)
                }}
              >
                {nameOfBlock(block)}
              </button>
            ) : (
              words.gone
            )}
            <span className={classes(styles.quiet)}>{what}</span>
          </li>
        )
      })}
    </ul>
  )
}

/** The changed paragraphs of the base text, compared between then and now. */
function ChangedWords({ api, od, sequence }: TextSource & { readonly sequence: number }) {
  const from = useMemo<Side>(() => ({ kind: 'sequence', sequence }), [sequence])
  const compared = useCompared(api, od, from, NOW)
  if (compared === null) return <p className={classes(styles.quiet)}>{words.loading}</p>
  if (typeof compared === 'string') return <FormProblem>{compared}</FormProblem>
  if (!compared.some(hasChanged)) return null
  return (
    <section aria-label={words.sinceWords}>
      <h3>{words.sinceWords}</h3>
      <ComparedView paragraphs={compared} />
    </section>
  )
}
