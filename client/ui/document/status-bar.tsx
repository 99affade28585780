import { can } from '#shared/model/role.ts'
import type { CaretContext } from '#client/editor/contract.ts'
import { toneOf } from '#client/tone.ts'
import { Key } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { nameTo } from '../state/names.ts'
import { useDesk } from '../state/desk.ts'
import { singleKeys } from '../hooks/preference.ts'
import { shortcutOf } from '../state/shortcuts.ts'
import { writesUnder } from '../state/speaking.ts'
import { useValue } from '../hooks/use-value.ts'
import { stopsOf } from '../state/walk.ts'
import { strings } from '../strings.ts'
import styles from './status-bar.module.css'

/** Shows at the foot of the page what typing would do, or what the keys do outside the text. */
export function StatusBar({ narrow }: { readonly narrow: boolean }) {
  const desk = useDesk()
  const caret = useValue(desk.caret)
  // A phone has no keys to hint at, and its sheet already says where one is.
  if (narrow && caret.kind === 'none') return null
  return (
    <footer className={classes(styles.bar)}>
      {caret.kind === 'none' ? <DecidingHint /> : <CaretHint context={caret} />}
      {!narrow && <BracketCount />}
    </footer>
  )
}

function CaretHint({ context }: { readonly context: CaretContext }) {
  const actor = useValue(useDesk().actor)
  const as = writesUnder(actor)
  const tone = as && context.kind !== 'read-only' ? toneOf(as) : undefined
  return (
    <p className={classes(styles.hint)} data-kind={context.kind}>
      <span className={classes(styles.mark)} data-tone={tone} aria-hidden="true" />
      <span>{strings.caretHint(context, can(actor.role, 'propose'), nameTo(actor))}</span>
      {context.kind !== 'read-only' && (
        <span className={classes(styles.keys)}>
          <Key>{strings.shortcuts.keys.leave}</Key> {strings.status.leaveHint(can(actor.role, 'decide'))}
        </span>
      )}
    </p>
  )
}

function DecidingHint() {
  const desk = useDesk()
  const actor = useValue(desk.actor)
  const board = useValue(desk.board)
  if (useValue(singleKeys) === 'off' || board.open === 0) return <p className={classes(styles.hint)} />
  return (
    <p className={classes(styles.hint, styles.keys)}>
      <span>
        <Key>j</Key> <Key>k</Key> {strings.status.decideHint}
      </span>
      {can(actor.role, 'decide') && (
        <>
          <span>
            <Key>a</Key> {strings.act.accept}
          </span>
          <span>
            <Key>e</Key> {strings.act.acceptWithChanges}
          </span>
          <span>
            <Key>r</Key> {strings.act.notRetained}
          </span>
        </>
      )}
      {actor.role === 'delegation' && (
        <>
          {(['support', 'oppose', 'reserve'] as const).map((position) => (
            <span key={position}>
              <Key>{shortcutOf(position)}</Key> {strings.proposals.positions[position]}
            </span>
          ))}
        </>
      )}
      <span>
        <Key>?</Key> {strings.status.shortcutsHint}
      </span>
    </p>
  )
}

function BracketCount() {
  const desk = useDesk()
  const board = useValue(desk.board)
  const current = useValue(desk.current)
  if (board.blocks.length === 0) return null
  const at = current === null ? -1 : stopsOf(board).findIndex((stop) => stop.row.id === current)
  return (
    <p className={classes(styles.where)}>
      {at < 0 ? strings.status.openBrackets(board.open) : strings.status.at(at + 1, board.open)}
    </p>
  )
}
