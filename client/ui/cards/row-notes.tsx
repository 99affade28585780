import { History, LockKeyhole } from 'lucide-react'
import type { ProposalId } from '#shared/model/ids.ts'
import type { ProposalRow } from '#shared/document/board.ts'
import { Button } from '../parts/button.tsx'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { nameOf } from '../state/names.ts'
import { isOwnName } from '../state/speaking.ts'
import { shortcutOf } from '../state/shortcuts.ts'
import { tableDraft } from '../state/stand.ts'
import { useSelected, useStore } from '../state/store.ts'
import { strings } from '../strings.ts'
import styles from './row-notes.module.css'
import { Wording } from './wording.tsx'

const words = strings.negotiating

interface Props {
  readonly row: ProposalRow
}

/** What else is to be known of the current proposal. */
export function Notes({ row }: Props) {
  const { dissociated } = row.sponsorship
  return (
    <>
      {dissociated.length > 0 && (
        <p className={classes(styles.note)}>
          {words.except(dissociated.map(({ participant }) => nameOf(participant)).join(', '))}
        </p>
      )}
      {row.condition && <p className={classes(styles.note)}>{words.condition.says(row.condition.text)}</p>}
      {row.sources.length > 0 && <Sources ids={row.sources} />}
      {row.reopened.length > 0 && <ReopenedHint row={row} />}
      {row.affected && <AffectedNote row={row} />}
    </>
  )
}

/** Not yet on the table: who sees it, and the way there. */
export function DraftNote({ row }: Props) {
  const desk = useDesk()
  const actor = useStore(desk.actor)
  if (row.space === null) return null
  const own = isOwnName(actor, row.space)
  return (
    <div className={classes(styles.draft)}>
      <LockKeyhole aria-hidden="true" />
      <p>
        {words.draft.only(row.space, own)}
        {row.adrift && <span className={classes(styles.adrift)}>{words.draft.adrift}</span>}
      </p>
      {own && (
        <Button
          small
          look="primary"
          shortcut={shortcutOf('table')}
          onPress={() => void tableDraft(desk, row)}
        >
          {words.draft.table}
        </Button>
      )}
    </div>
  )
}

/** The proposals that a bridging text was made of, with their names and words. */
export function Sources({ ids }: { readonly ids: readonly ProposalId[] }) {
  const desk = useDesk()
  const decided = useSelected(desk.board, (board) => board.decided)
  const sources = decided.filter(({ id }) => ids.includes(id))
  return (
    <div className={classes(styles.sources)}>
      <h3>{words.merge.from}</h3>
      <ul>
        {sources.map((source) => (
          <li key={source.id}>
            <Chip participant={source.proponent} quiet />
            <Wording row={{ ...source, struck: source.head.quote }} lines={1} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function ReopenedHint({ row }: Props) {
  const desk = useDesk()
  return (
    <button
      type="button"
      className={classes(styles.hint)}
      onClick={() => {
        desk.select(row.id)
        desk.panel.set('proposal-history')
      }}
    >
      <History aria-hidden="true" />
      {words.history.hint(row.reopened.length)}
    </button>
  )
}

export function AffectedNote({ row }: Props) {
  const effect = row.affected?.effect
  if (!effect) return null
  return (
    <p className={classes(styles.affected)}>
      {effect === 'words-gone' ? strings.cards.wordsGone(row.head.quote) : words.affected.became[effect]}
    </p>
  )
}
