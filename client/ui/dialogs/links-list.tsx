import { useEffect, useRef, useState } from 'react'
import type { Api } from '#client/net/api.ts'
import type { ListedInvitation } from '#shared/protocol/http.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { FormProblem } from '../parts/form/field.tsx'
import { useDesk } from '../state/desk.ts'
import type { StillThere } from '../state/focus.ts'
import { noteFocus } from '../state/focus.ts'
import { notify } from '../state/notify.ts'
import { timeAgo, timeInFull } from '../words/time.ts'
import { linkWords as words } from '../words/links.ts'
import styles from './links-list.module.css'
import { whoFor } from './role-links.tsx'

/** Lists the valid links, with a button to revoke each. */
export function LinksList({ api }: { readonly api: Api }) {
  const desk = useDesk()
  const [listed, setListed] = useState<readonly ListedInvitation[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    let left = false
    const look = async () => {
      const answer = await api.invitations()
      if (left) return
      setProblem(answer.ok ? null : answer.message)
      if (answer.ok) setListed(answer.value.invitations)
    }
    void look()
    return () => {
      left = true
    }
  }, [api])
  const revoke = async ({ id, ...link }: ListedInvitation) => {
    const answer = await api.revoke(id)
    setProblem(answer.ok ? null : answer.message)
    if (!answer.ok) return
    setListed((before) => before && before.map((one) => (one.id === id ? answer.value : one)))
    notify(desk, words.revoked(whoFor(link)))
  }
  const now = desk.port.now()
  const live = listed?.filter((one) => isLive(one, now)).reverse()
  return (
    <section className={classes(styles.list)} aria-labelledby="links-that-work">
      <h3 id="links-that-work">{words.title}</h3>
      {problem && <FormProblem>{problem}</FormProblem>}
      {live === undefined && !problem && <p className={classes(styles.note)}>{words.waiting}</p>}
      {live?.length === 0 && <p className={classes(styles.note)}>{words.none}</p>}
      <ul>
        {live?.map((link) => (
          <LinkRow key={link.id} link={link} now={now} onRevoke={() => revoke(link)} />
        ))}
      </ul>
    </section>
  )
}

const isLive = ({ revokedAt, expiresAt }: ListedInvitation, now: number): boolean =>
  revokedAt === null && (expiresAt === null || expiresAt > now)

interface RowProps {
  readonly link: ListedInvitation
  readonly now: number
  readonly onRevoke: () => Promise<void>
}

function LinkRow({ link, now, onRevoke }: RowProps) {
  const [step, setStep] = useState<'idle' | 'asking' | 'kept'>('idle')
  const asking = step === 'asking'
  const buttons = useRef<HTMLSpanElement>(null)
  const [busy, setBusy] = useState(false)
  const still = useRef<StillThere>(() => true)
  // The pressed button is removed, so the focus moves to a harmless element in its place.
  useEffect(() => {
    if (step !== 'idle' && still.current()) buttons.current?.querySelector('button')?.focus()
  }, [step])
  const revoke = async () => {
    setBusy(true)
    still.current = noteFocus()
    await onRevoke()
    setBusy(false)
    setStep('kept')
  }
  return (
    <li className={classes(styles.row)}>
      <span className={classes(styles.who)}>{whoFor(link)}</span>
      <span className={classes(styles.note)}>{asking ? words.sure : stateOf(link, now)}</span>
      <span ref={buttons} className={classes(styles.doing)}>
        {asking && (
          <>
            <Button small look="quiet" onPress={() => setStep('kept')}>
              {words.sureNo}
            </Button>
            <Button small look="danger" isPending={busy} onPress={() => void revoke()}>
              {words.sureYes}
            </Button>
          </>
        )}
        {!asking && !link.own && (
          <Button
            small
            look="quiet"
            aria-label={words.revokeFor(whoFor(link))}
            onPress={() => setStep('asking')}
          >
            {words.revoke}
          </Button>
        )}
      </span>
    </li>
  )
}

function stateOf({ own, followedAt, expiresAt }: ListedInvitation, now: number): string {
  const said = own
    ? [words.own]
    : [followedAt === null ? words.neverFollowed : words.followed(timeAgo(followedAt, now))]
  if (expiresAt !== null) said.push(words.until(timeInFull(expiresAt, now)))
  return said.join(', ')
}
