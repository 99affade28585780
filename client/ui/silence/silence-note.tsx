import { Hourglass } from 'lucide-react'
import { useState } from 'react'
import type { Silence } from '#shared/model/silence.ts'
import { can } from '#shared/model/role.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { useNow } from '../hooks/now.ts'
import { useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import room from '../room/room.module.css'
import { deadlineHere, deadlineIn, ownZone, timeLeft } from './deadline.ts'
import { labelsOf } from './silence-details.tsx'

const words = strings.silence
/** Milliseconds for which an outcome is shown. */
const NEWS = 3 * 86_400_000

/** The silence procedure to show: one in progress, or one that has ended recently; null for none. */
export function silenceToShow(silences: readonly Silence[], now: number): Silence | null {
  const last = silences.at(-1)
  if (!last) return null
  return last.state === 'running' || now - (last.endedAt ?? 0) < NEWS ? last : null
}

/** The deadline on both clocks and the time left; or how it ended. */
export function SilenceNote({ silence }: { readonly silence: Silence }) {
  return silence.state === 'running' ? <Running silence={silence} /> : <Outcome silence={silence} />
}

function Running({ silence }: { readonly silence: Silence }) {
  const desk = useDesk()
  const { role } = useValue(desk.actor)
  const left = timeLeft(silence.deadline, useNow())
  const here = deadlineHere(silence.deadline, silence.zone, ownZone())
  return (
    <section className={classes(room.note, room.silence)} aria-label={words.banner(silence.revision)}>
      <Hourglass aria-hidden="true" />
      <p>
        <strong>{words.banner(silence.revision)}</strong>{' '}
        {words.until(deadlineIn(silence.deadline, silence.zone))}
        {here && <> ({words.here(here)})</>}
        <span className={classes(room.left)}>{left === null ? words.elapsed : words.left(left)}</span>
      </p>
      <span className={classes(room.actions)}>
        {can(role, 'propose') && (
          <Button small onPress={() => desk.dialog.set({ kind: 'silence-break', paragraphs: [] })}>
            {words.break}
          </Button>
        )}
        {can(role, 'decide') && (
          <Button small onPress={() => desk.dialog.set({ kind: 'silence-extend' })}>
            {words.extend}
          </Button>
        )}
        <Button small look="quiet" onPress={() => desk.dialog.set({ kind: 'silence' })}>
          {words.details}
        </Button>
      </span>
    </section>
  )
}

function Outcome({ silence }: { readonly silence: Silence }) {
  const desk = useDesk()
  const board = useValue(desk.board)
  const [dismissed, setDismissed] = useState<number | null>(null)
  if (dismissed === silence.number) return null
  const { revision, agreed, left, breaks } = silence
  const by = [...new Set(breaks.map(({ participant }) => participant))].join(', ')
  const labels = labelsOf(
    board,
    breaks.flatMap(({ paragraphs }) => paragraphs),
  )
  return (
    <section className={classes(room.note)} aria-label={words.detailsTitle(revision)}>
      <Hourglass aria-hidden="true" />
      <p>
        {silence.state === 'agreed'
          ? words.outcomeAgreed(revision, agreed.length, left.length)
          : words.outcomeBroken(revision, by, labels)}
      </p>
      <span className={classes(room.actions)}>
        <Button small look="quiet" onPress={() => desk.dialog.set({ kind: 'silence' })}>
          {words.details}
        </Button>
        <Button small look="quiet" onPress={() => setDismissed(silence.number)}>
          {strings.dismiss}
        </Button>
      </span>
    </section>
  )
}
