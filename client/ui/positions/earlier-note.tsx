import type { ProposalRow, SpokenOf } from '#shared/document/composition/board.ts'
import type { HostId } from '#shared/model/ids.ts'
import type { PositionEntry } from '#shared/model/proposals/position.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import type { Desk } from '../state/desk.ts'
import { ownEarlier } from './earlier.ts'
import type { OwnEarlier } from './earlier.ts'
import { answersTo, useSpeaker } from '../state/speaking.ts'
import { setPosition, setSide } from '../state/stand.ts'
import { useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import warning from '../parts/warning.module.css'
import styles from './earlier-note.module.css'

const words = strings.proposals.earlier

interface Props {
  readonly on: HostId
  readonly positions: readonly PositionEntry[]
  readonly spokenOf: SpokenOf
  /** The proposal, if it is one. */
  readonly row?: ProposalRow
}

/** Shows a position that the person took on an earlier wording, with buttons to take it on this one or take it back. */
export function EarlierNote({ on, positions, spokenOf, row }: Props) {
  const desk = useDesk()
  const who = useSpeaker(desk)
  const actor = useValue(desk.actor)
  if (who === null) return null
  const spoken = {
    positions,
    spokenOf,
    ...(row ? { sponsorship: row.sponsorship, proposes: row.proposes } : {}),
  }
  const all = ownEarlier(spoken, answersTo(actor, who))
  return all.map((one) => (
    <div key={one.said} className={classes(warning.warning, styles.onEarlier)} data-earlier={one.said}>
      <p>
        {sentence(one)}{' '}
        {one.words && !one.moved && (
          <span dir="auto">{words.was(one.words.text === '' ? one.words.struck : one.words.text)}</span>
        )}
      </p>
      <div>
        <Button small look="primary" onPress={() => void say(desk, on, row, one, true)}>
          {renewal(one)}
        </Button>
        <Button small look="quiet" onPress={() => void say(desk, on, row, one, false)}>
          {words.withdraw}
        </Button>
      </div>
    </div>
  ))
}

function sentence({ said, moved }: OwnEarlier): string {
  const told = moved ? words.moved : words
  return said === 'cosponsors' || said === 'dissociated' ? told[said] : told.said(said)
}

function renewal({ said }: OwnEarlier): string {
  if (said === 'cosponsors') return words.keepName
  return said === 'dissociated' ? words.keepApart : words.renew(said)
}

async function say(
  desk: Desk,
  on: HostId,
  row: ProposalRow | undefined,
  { said }: OwnEarlier,
  again: boolean,
): Promise<void> {
  if (said !== 'cosponsors' && said !== 'dissociated') return setPosition(desk, on, again ? said : null)
  if (row) return setSide(desk, row, again ? (said === 'cosponsors' ? 'cosponsor' : 'dissociate') : 'neither')
}
