import { useState } from 'react'
import type { Board } from '#shared/document/composition/board.ts'
import { isProposalId, newCommentId } from '#shared/model/ids.ts'
import type { HostId, ParticipantId } from '#shared/model/ids.ts'
import { can } from '#shared/model/role.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { submit, randomBytes } from '../state/send.ts'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { blocksById, stopAt } from '../state/walk.ts'
import { strings } from '../strings.ts'
import styles from './comments.module.css'
import { Composer } from './composer.tsx'
import { nameOfHost } from './host-name.ts'
import { ThreadItem } from './thread-item.tsx'
import { threadsOn } from './threads.ts'
import { TextOf } from '../parts/text-of.tsx'
import type { Thread } from './threads.ts'

const words = strings.comments
/** UTF-16 units that the board keeps of a paragraph's beginning. */
const OPENING = 80

interface Props {
  /** The paragraph or proposal; null for all comments, in the order of the text. */
  readonly on: HostId | null
  /** The private spaces that this person may open. */
  readonly spaces: readonly ParticipantId[]
  readonly onClose: () => void
}

/** The panel of comment threads, those for everybody and those within a delegation. */
export function CommentsPanel({ on, spaces, onClose }: Props) {
  const desk = useDesk()
  const board = useValue(desk.board)
  const actor = useValue(desk.actor)
  const [resolved, setResolved] = useState(false)
  const threads = on === null ? inTextOrder(board) : threadsOn(board.comments, on)
  const closed = threads.filter(({ first }) => first.resolved)
  const shown = resolved ? threads : threads.filter(({ first }) => !first.resolved)
  const add = (text: string, space: ParticipantId | null) =>
    on === null
      ? Promise.resolve(null)
      : submit(
          desk,
          {
            kind: 'comment-add',
            comment: newCommentId(randomBytes),
            on,
            thread: null,
            text,
            ...(space === null ? {} : { space }),
          },
          words.added,
        )
  return (
    <Dialog
      title={on === null ? words.allTitle : words.title(nameOfHost(board, on))}
      shape="side"
      onClose={onClose}
    >
      {on !== null && <Quote board={board} on={on} />}
      {threads.length === 0 && (
        <p className={classes(styles.none)}>{on === null ? words.noneAnywhere : words.none}</p>
      )}
      <ol className={classes(styles.threads)}>
        {shown.map((thread) => (
          <ThreadItem key={thread.first.id} thread={thread} where={on === null} />
        ))}
      </ol>
      {closed.length > 0 && (
        <Button small look="quiet" onPress={() => setResolved(!resolved)}>
          {resolved ? words.hideResolved : words.showResolved(closed.length)}
        </Button>
      )}
      {on !== null && can(actor.role, 'propose') && (
        <Composer label={words.add} spaces={spaces} onSend={add} focused={threads.length === 0} />
      )}
    </Dialog>
  )
}

/** The words that the comments are about. */
function Quote({ board, on }: { readonly board: Board; readonly on: HostId }) {
  const row = isProposalId(on) ? stopAt(board, on)?.row : undefined
  const block = blocksById(board).get(on)
  const text = row ? row.text || row.struck : block && excerpt(block.opening)
  if (!text) return null
  return (
    <TextOf
      element="blockquote"
      of={row ? row.head.paragraph : on}
      words={text}
      className={classes(styles.quote)}
    />
  )
}

/** The words with an ellipsis if the board has cut them. */
const excerpt = (opening: string): string =>
  opening.length < OPENING ? opening : `${opening.slice(0, opening.lastIndexOf(' '))} …`

function inTextOrder(board: Board): readonly Thread[] {
  const at = new Map<HostId, number>()
  board.blocks.forEach((block, i) => {
    at.set(block.id, i)
    for (const place of block.places) for (const row of place.rows) at.set(row.id, i + 0.5)
  })
  const order = ({ first }: Thread): number => at.get(first.on) ?? Infinity
  return threadsOn(board.comments, null).sort((a, b) => order(a) - order(b))
}
