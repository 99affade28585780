import type { ReactNode } from 'react'
import type { ProposalId } from '#shared/model/ids.ts'
import type { Consequence } from '#shared/model/proposals/proposal.ts'
import { decide, settleAffected } from '../state/decide.ts'
import type { Choice } from '../state/decide.ts'
import { useDesk } from '../state/desk.ts'
import { useSelected, useValue } from '../hooks/use-value.ts'
import { stopAt } from '../state/walk.ts'
import { natureOf } from '../cards/nature.ts'
import { Wording } from '../cards/wording.tsx'
import { Button } from '../parts/button.tsx'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import styles from './affected-panel.module.css'

const words = strings.proposals

/** Lists the proposals that a decision has affected, with the choices for each. Nothing is chosen silently. */
export function AffectedPanel() {
  const desk = useDesk()
  const choice = useValue(desk.affected)
  // Somebody else may have chosen meanwhile, or taken the decision back.
  const left = useSelected(desk.board, (board) =>
    (choice?.items ?? [])
      .filter(({ proposal }) => stopAt(board, proposal))
      .map(({ proposal }) => proposal)
      .join(),
  )
  if (!choice || left === '') return null
  const items = choice.items.filter(({ proposal }) => left.includes(proposal))
  return (
    <section className={classes(styles.panel)} aria-labelledby="affected-title">
      <header className={classes(styles.head)}>
        <div>
          <h2 id="affected-title">{words.affected.title(items.length)}</h2>
          <p>{choice.cause}</p>
        </div>
        <Button small look="quiet" onPress={() => desk.affected.set(null)}>
          {strings.affected.later}
        </Button>
      </header>
      <ul className={classes(styles.list)}>
        {items.map((item) => (
          <AffectedItem key={item.proposal} item={item} by={choice.by} />
        ))}
      </ul>
    </section>
  )
}

interface ItemProps {
  readonly item: Consequence
  readonly by: ProposalId
}

function AffectedItem({ item, by }: ItemProps) {
  const desk = useDesk()
  const id = item.proposal
  const stop = useSelected(desk.board, (board) => stopAt(board, id))
  if (!stop) return null
  const { row, block } = stop
  return (
    <li className={classes(styles.item)}>
      <div className={classes(styles.facts)}>
        <Chip participant={row.proponent} />
        <button
          type="button"
          className={classes(styles.where)}
          onClick={() => desk.select(id, { reveal: true })}
        >
          {strings.capital(natureOf(row))}
          {block.label && ` · ${block.label}`}
        </button>
      </div>
      <Wording row={row} lines={3} />
      <p className={classes(styles.why)} data-becomes={item.becomes}>
        {item.becomes === 'words-gone'
          ? strings.cards.wordsGone(row.head.quote)
          : words.affected.became[item.becomes]}
      </p>
      <div className={classes(styles.actions)}>
        <KeepButton item={item} />
        <ChoiceButton id={id} choice={{ kind: 'not-retain' }}>
          {strings.act.notRetained}
        </ChoiceButton>
        <ChoiceButton id={id} choice={{ kind: 'supersede', by }}>
          {strings.dispositions.superseded}
        </ChoiceButton>
      </div>
    </li>
  )
}

/** The button that keeps a proposal, if it can stay. It removes a flag; without a flag it only closes the entry. */
function KeepButton({ item: { proposal, becomes } }: { readonly item: Consequence }) {
  const desk = useDesk()
  switch (becomes) {
    case 're-anchored':
      return (
        <Button small onPress={() => settleAffected(desk, proposal)}>
          {words.act.leave}
        </Button>
      )
    case 'words-gone':
    case 'contradicts':
      return (
        <ChoiceButton id={proposal} choice={{ kind: 'keep' }}>
          {becomes === 'contradicts' ? strings.act.keepAgainst : strings.act.keep}
        </ChoiceButton>
      )
    case 'host-closed':
      return null
  }
}

interface DoProps {
  readonly id: ProposalId
  readonly choice: Choice
  readonly children: ReactNode
}

function ChoiceButton({ id, choice, children }: DoProps) {
  const desk = useDesk()
  const busy = useSelected(desk.busy, (ids) => ids.has(id))
  return (
    <Button small isPending={busy} onPress={() => void decide(desk, id, choice)}>
      {children}
    </Button>
  )
}
