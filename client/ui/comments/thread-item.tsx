import { Lock } from 'lucide-react'
import { useState } from 'react'
import { nameOf } from '#shared/directory/directory.ts'
import type { CommentRow } from '#shared/document/composition/board.ts'
import type { Command } from '#shared/model/command.ts'
import { newCommentId } from '#shared/model/ids.ts'
import { can } from '#shared/model/role.ts'
import { Button } from '../parts/button.tsx'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { submit, send, randomBytes } from '../state/send.ts'
import { useDesk } from '../state/desk.ts'
import { nameOf as nameOnScreen } from '../state/names.ts'
import { useNow } from '../hooks/now.ts'
import { useValue } from '../hooks/use-value.ts'
import { fullTime, timeInFull } from '../words/time.ts'
import { strings } from '../strings.ts'
import byline from '../parts/byline.module.css'
import styles from './comments.module.css'
import { Composer } from './composer.tsx'
import { nameOfHost } from './host-name.ts'
import { isOwnComment, type Thread } from './threads.ts'

const words = strings.comments

interface Props {
  readonly thread: Thread
  /** Whether to say what it is on. */
  readonly where: boolean
}

export function ThreadItem({ thread, where }: Props) {
  const desk = useDesk()
  const board = useValue(desk.board)
  const actor = useValue(desk.actor)
  const [answering, setAnswering] = useState(false)
  const { first, replies } = thread
  const within = first.space === null ? {} : { space: first.space }
  const reply = async (text: string) => {
    const command: Command = {
      kind: 'comment-add',
      comment: newCommentId(randomBytes),
      on: first.on,
      thread: first.id,
      text,
      ...within,
    }
    const refused = await submit(desk, command, words.added)
    if (refused === null) setAnswering(false)
    return refused
  }
  return (
    <li className={classes(styles.thread, first.space !== null && styles.private)}>
      {where && <p className={classes(styles.where)}>{strings.capital(nameOfHost(board, first.on))}</p>}
      {first.space !== null && (
        <p className={classes(styles.space)}>
          <Lock aria-hidden="true" />
          {words.within(nameOf(first.space))}
        </p>
      )}
      <Remark comment={first} />
      {replies.map((answer) => (
        <Remark key={answer.id} comment={answer} />
      ))}
      {first.resolved && (
        <p className={classes(styles.quiet)}>
          {words.resolvedBy(first.resolved.person || nameOnScreen(first.resolved.participant))}
        </p>
      )}
      {answering ? (
        <Composer
          label={words.replyTo(first.person || nameOnScreen(first.participant))}
          spaces={[]}
          onSend={reply}
          onCancel={() => setAnswering(false)}
          focused
        />
      ) : (
        can(actor.role, 'propose') && <Actions first={first} onReply={() => setAnswering(true)} />
      )}
    </li>
  )
}

function Actions({ first, onReply }: { readonly first: CommentRow; readonly onReply: () => void }) {
  const desk = useDesk()
  const resolved = first.resolved === undefined
  const resolve = () =>
    void send(
      desk,
      {
        kind: 'comment-resolve',
        comment: first.id,
        resolved,
        ...(first.space === null ? {} : { space: first.space }),
      },
      { done: resolved ? words.resolved : words.takenUp },
    )
  return (
    <div className={classes(styles.actions)}>
      {resolved && (
        <Button small onPress={onReply}>
          {words.reply}
        </Button>
      )}
      <Button small look="quiet" onPress={resolve}>
        {resolved ? words.resolve : words.takeUp}
      </Button>
    </div>
  )
}

function Remark({ comment }: { readonly comment: CommentRow }) {
  const desk = useDesk()
  const actor = useValue(desk.actor)
  const now = useNow()
  const own = isOwnComment(actor, comment)
  const takeBack = () =>
    void send(
      desk,
      {
        kind: 'comment-remove',
        comment: comment.id,
        ...(comment.space === null ? {} : { space: comment.space }),
      },
      { done: words.takenBack },
    )
  return (
    <div className={classes(styles.remark)}>
      <p className={classes(byline.byline)}>
        <Chip participant={comment.participant} />
        <span>{comment.person}</span>
        <time dateTime={new Date(comment.at).toISOString()} title={fullTime(comment.at)}>
          {timeInFull(comment.at, now)}
        </time>
      </p>
      {comment.removed ? (
        <p className={classes(styles.quiet)}>{words.removed}</p>
      ) : (
        <p className={classes(styles.text)} dir="auto">
          {comment.text}
        </p>
      )}
      {own && !comment.removed && (
        <button type="button" className={classes(styles.takeBack)} onClick={takeBack}>
          {words.takeBack}
        </button>
      )}
    </div>
  )
}
