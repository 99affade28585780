import { CornerDownRight, History, LockKeyhole, MessageSquare } from 'lucide-react'
import { isProposalId } from '#shared/model/ids.ts'
import { AS_RECEIVED } from '#shared/model/participant.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import type { ProposalRow } from '#shared/document/composition/board.ts'
import { standingName } from '../comments/host-name.ts'
import { countByHost } from '../comments/threads.ts'
import { Button } from '../parts/button.tsx'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { isOwnName } from '../state/speaking.ts'
import { shortcutOf } from '../state/shortcuts.ts'
import { tableDraft } from '../state/stand.ts'
import { useSelected, useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import warning from '../parts/warning.module.css'
import styles from './row-notes.module.css'
import { nameOfShown, shownOf } from '../positions/stances.ts'
import { Wording } from './wording.tsx'

const words = strings.proposals

interface Props {
  readonly row: ProposalRow
}

/** Further facts about the current proposal. */
export function Notes({ row }: Props) {
  const { dissociated } = row.sponsorship
  return (
    <>
      {row.proponent === AS_RECEIVED && <p className={classes(styles.note)}>{words.asReceivedNote}</p>}
      {dissociated.length > 0 && (
        <p className={classes(styles.note)}>
          {words.except(shownOf(dissociated, row.spokenOf.wording).map(nameOfShown).join(', '))}
        </p>
      )}
      {row.condition && <ConditionNote condition={row.condition} />}
      {row.sources.length > 0 && <Sources ids={row.sources} />}
      <ReopenedHint row={row} />
      {row.affected && <AffectedNote row={row} />}
    </>
  )
}

/** The condition under which a proposal would be withdrawn, with a link to the host that it names. */
function ConditionNote({ condition }: { readonly condition: NonNullable<ProposalRow['condition']> }) {
  const desk = useDesk()
  const { on } = condition
  const name = useSelected(desk.board, (board) => (on === null ? null : standingName(board, on)))
  return (
    <>
      <p className={classes(styles.note)}>{words.condition.says(condition.text)}</p>
      {on !== null && name !== null && (
        <button
          type="button"
          className={classes(styles.hint)}
          onClick={() =>
            isProposalId(on) ? desk.select(on, { reveal: true, focus: true }) : desk.reveal(on)
          }
        >
          <CornerDownRight aria-hidden="true" />
          {words.condition.goTo(name)}
        </button>
      )}
    </>
  )
}

/** For a private draft: who sees it, and the button for tabling it. */
export function DraftNote({ row }: Props) {
  const desk = useDesk()
  const actor = useValue(desk.actor)
  if (row.space === null) return null
  const own = isOwnName(actor, row.space)
  return (
    <div className={classes(styles.draft)}>
      <LockKeyhole aria-hidden="true" />
      <p>
        {words.draft.only(row.space, own)}
        {row.orphaned && <span className={classes(styles.orphaned)}>{words.draft.orphaned}</span>}
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

/** The proposals that were merged into a bridging text, with names and words. */
function Sources({ ids }: { readonly ids: readonly ProposalId[] }) {
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

/** Says that a proposal was reopened. A decision undone at once does not count; it is only in the history. */
function ReopenedHint({ row }: Props) {
  const desk = useDesk()
  const times = row.reopened.filter(({ reason }) => reason !== '').length
  if (times === 0) return null
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
      {words.history.hint(times)}
    </button>
  )
}

/** A link with the number of comments; renders nothing when there are none. */
export function CommentsHint({ row }: Props) {
  const desk = useDesk()
  const count = useSelected(desk.board, (board) => countByHost(board.comments).get(row.id) ?? 0)
  if (count === 0) return null
  return (
    <button
      type="button"
      className={classes(styles.hint)}
      onClick={() => desk.dialog.set({ kind: 'comments', on: row.id })}
    >
      <MessageSquare aria-hidden="true" />
      {strings.paragraph.comments(count)}
    </button>
  )
}

export function AffectedNote({ row }: Props) {
  const effect = row.affected?.effect
  if (!effect) return null
  return (
    <p className={classes(warning.warning)}>
      {effect === 'words-gone' ? strings.cards.wordsGone(row.head.quote) : words.affected.became[effect]}
    </p>
  )
}
