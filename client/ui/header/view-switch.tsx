import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import type { ViewMode } from '#shared/document/composition/board.ts'
import type { Actor } from '#shared/model/participant.ts'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import styles from './view-switch.module.css'

/** Observers have no brackets of their own. */
export const viewsFor = (actor: Actor): readonly ViewMode[] =>
  actor.participant === null ? ['all', 'clean', 'base'] : ['all', 'mine', 'clean', 'base']

export function ViewSwitch() {
  const desk = useDesk()
  const view = useValue(desk.view)
  const actor = useValue(desk.actor)
  const views = viewsFor(actor)
  return (
    <ToggleButtonGroup
      aria-label={strings.header.view}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[view]}
      onSelectionChange={(keys) => {
        const chosen = views.find((candidate) => keys.has(candidate))
        if (chosen) desk.view.set(chosen)
      }}
      className={classes(styles.switch)}
    >
      {views.map((candidate) => (
        <ToggleButton key={candidate} id={candidate} className={classes(styles.option)}>
          {strings.view(candidate, actor.role)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
