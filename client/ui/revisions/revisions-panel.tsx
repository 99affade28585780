import { useMemo, useState } from 'react'
import type { Api } from '#client/net/api.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { Revision } from '#shared/model/revision.ts'
import { can } from '#shared/model/role.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { FormProblem } from '../parts/form/field.tsx'
import { useDesk } from '../state/desk.ts'
import type { Side } from '../state/open-dialog.ts'
import { useValue } from '../hooks/use-value.ts'
import { fullTime } from '../words/time.ts'
import { strings } from '../strings.ts'
import { Concordance } from './concordance.tsx'
import styles from './revisions.module.css'
import { TextOf } from '../parts/text-of.tsx'
import { useText } from './texts.ts'

const words = strings.revisions

export interface TextSource {
  readonly api: Api
  readonly od: OutcomeDocument
}

interface Props extends TextSource {
  readonly open: number | null
  readonly onClose: () => void
}

/** The panel of all revisions, latest first. The chosen one is shown with its concordance and its text. */
export function RevisionsPanel({ api, od, open, onClose }: Props) {
  const desk = useDesk()
  const board = useValue(desk.board)
  const { role } = useValue(desk.actor)
  const [chosen, setChosen] = useState(open)
  const revision = board.revisions.find(({ number }) => number === chosen)
  if (revision)
    return (
      <Dialog title={words.rev(revision.number)} shape="full" onClose={onClose}>
        <RevisionDetails revision={revision} api={api} od={od} onBack={() => setChosen(null)} />
      </Dialog>
    )
  return (
    <Dialog title={words.title} shape="side" onClose={onClose}>
      <div className={classes(styles.actions)}>
        {can(role, 'decide') && (
          <Button look="primary" small onPress={() => desk.dialog.set({ kind: 'revision-issue' })}>
            {words.issue}
          </Button>
        )}
        <Button small onPress={() => desk.dialog.set(compareLatest(board.revisions))}>
          {words.compare}
        </Button>
      </div>
      {board.revisions.length === 0 && <p className={classes(styles.quiet)}>{words.none}</p>}
      <ol className={classes(styles.list)}>
        {board.revisions.toReversed().map((each) => (
          <li key={each.number}>
            <button type="button" className={classes(styles.entry)} onClick={() => setChosen(each.number)}>
              <strong>{words.rev(each.number)}</strong>
              <span className={classes(styles.quiet)}>
                {words.by(each.person || each.by, fullTime(each.at))}
              </span>
              <span className={classes(styles.quiet)}>{words.carried(each.open)}</span>
              {each.note && <span className={classes(styles.first)}>{each.note}</span>}
            </button>
          </li>
        ))}
      </ol>
    </Dialog>
  )
}

/** The dialog that compares the latest revision (without one: the imported text) with the text now. */
export function compareLatest(revisions: readonly Revision[]) {
  const latest = revisions.at(-1)
  const from: Side = latest ? { kind: 'revision', number: latest.number } : { kind: 'sequence', sequence: 1 }
  return { kind: 'compare', from, to: { kind: 'now' } } as const
}

interface OneProps extends TextSource {
  readonly revision: Revision
  readonly onBack: () => void
}

function RevisionDetails({ revision, api, od, onBack }: OneProps) {
  const desk = useDesk()
  const { number, note, person, by, at } = revision
  const before: Side =
    number > 1 ? { kind: 'revision', number: number - 1 } : { kind: 'sequence', sequence: 1 }
  return (
    <>
      <div className={classes(styles.actions)}>
        <Button small look="quiet" onPress={onBack}>
          {words.back}
        </Button>
        <Button
          small
          onPress={() => desk.dialog.set({ kind: 'compare', from: before, to: { kind: 'revision', number } })}
        >
          {words.compareWith(number)}
        </Button>
        <Button
          small
          onPress={() =>
            desk.dialog.set({ kind: 'compare', from: { kind: 'revision', number }, to: { kind: 'now' } })
          }
        >
          {words.compareNow}
        </Button>
      </div>
      <p className={classes(styles.quiet)}>
        {words.by(person || by, fullTime(at))} · {words.carried(revision.open)}
      </p>
      {note && (
        <p className={classes(styles.note)} dir="auto">
          {note}
        </p>
      )}
      <Concordance revision={revision} />
      <RevisionText api={api} od={od} number={number} />
    </>
  )
}

/** The text of a revision as it was issued, with its brackets. */
function RevisionText({ api, od, number }: TextSource & { readonly number: number }) {
  const side = useMemo<Side>(() => ({ kind: 'revision', number }), [number])
  const text = useText(api, od, side)
  return (
    <section aria-label={words.readTitle(number)}>
      <h3>{words.readTitle(number)}</h3>
      {text === null && <p className={classes(styles.quiet)}>{words.loading}</p>}
      {text?.ok === false && <FormProblem>{text.message}</FormProblem>}
      {text?.ok && (
        <div className={classes(styles.frozen)}>
          {text.value.paragraphs.map((paragraph) => (
            <TextOf key={paragraph.id} of={paragraph.id} words={paragraph.text} kind={paragraph.kind}>
              {paragraph.label && <span className={classes(styles.number)}>{paragraph.label}.</span>}
              {paragraph.kind === 'separator' ? '* * *' : paragraph.text}
            </TextOf>
          ))}
        </div>
      )}
    </section>
  )
}
