import type { ParticipantId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { HostId } from '#shared/model/ids.ts'
import { can } from '#shared/model/role.ts'
import { THEMES, theme } from '../hooks/preference.ts'
import { blocksBelow, isOfTable } from '../paragraph/below.ts'
import { performOn, targetParagraph } from '../paragraph/perform.ts'
import { isAgreedBlock, isStanding, referenceOfAll } from '../paragraph/status.ts'
import { decide, rowsBelow } from '../state/decide.ts'
import { keylessFor, shortcutsFor } from '../state/shortcuts.ts'
import type { ShortcutAct } from '../state/shortcuts.ts'
import type { Desk } from '../state/desk.ts'
import { blocksById } from '../state/walk.ts'
import { chooseOption } from '../options/choose.ts'
import { optionAt } from '../options/options.ts'
import { strings } from '../strings.ts'
import { viewsFor } from '../header/view-switch.tsx'
import { lastDecision, namedDecision } from '../state/undo-decision.ts'
import type { NamedCommand } from './named-command.ts'
import { procedureFor } from './procedure.ts'

export interface CommandPort {
  readonly act: (act: ShortcutAct) => void
  readonly toggleOutline: () => void
  readonly exportText: () => void
  /** The private spaces that this person may open. */
  readonly spaces: readonly ParticipantId[]
}

/** What may be done with the current paragraph and everything below it. */
function ofFamily(desk: Desk, { role }: Actor): readonly NamedCommand[] {
  const board = desk.board.get()
  const block = blocksById(board).get(targetParagraph(desk) as HostId)
  if (!block || !isStanding(block)) return []
  const below = blocksBelow(board, block.id)
  const count = below.length
  if (count === 0) return []
  const isAgreed = [block, ...below].every(isAgreedBlock)
  const what = strings.proposals.position.paragraph(referenceOfAll(block, count))
  const { family } = strings.palette
  const acts = [
    ...(can(role, 'decide') && !isAgreed ? (['agreeAdRefBelow'] as const) : []),
    ...(can(role, 'propose') ? (['deleteBelow'] as const) : []),
    ...(can(role, 'propose') && !isOfTable(block) ? (['move'] as const) : []),
  ]
  return acts.map((act) => ({ id: act, name: family[act](what), run: () => performOn(desk, block, act) }))
}

/** The options of the place in which the current paragraph stands, each to be chosen by facilitators. */
function ofOptions(desk: Desk, { role }: Actor): readonly NamedCommand[] {
  const id = targetParagraph(desk)
  const at = id && optionAt(desk.board.get(), id)
  if (!at) return []
  const { place } = at
  const open = () => desk.dialog.set({ kind: 'options', paragraph: place.key })
  const choices = place.options.map((option) => ({
    id: `choose-${option.head.id}`,
    name: strings.options.chooseNamed(option.reference),
    run: () => void chooseOption(desk, place, option),
  }))
  return [
    { id: 'options', name: strings.options.optionsHere, run: open },
    ...(can(role, 'decide') ? choices : []),
  ]
}

/** Accepting the current proposal for a paragraph or a heading with everything that is proposed below it. */
function acceptWithBelow(desk: Desk, { role }: Actor): readonly NamedCommand[] {
  const current = desk.current.get()
  const count = current === null || !can(role, 'decide') ? 0 : rowsBelow(desk, current).length
  if (current === null || count === 0) return []
  const run = () => void decide(desk, current, { kind: 'accept-with-below' })
  return [{ id: 'accept-with-below', name: strings.act.acceptWithBelow(count), run }]
}

/** Says which decision would be taken back. */
function undoName(desk: Desk, name: string): string {
  const last = lastDecision(desk)
  return last ? strings.shortcuts.undoWhat(namedDecision(desk, last)) : name
}

export function commandsFor(desk: Desk, actor: Actor, port: CommandPort): readonly NamedCommand[] {
  const { role } = actor
  const acts = shortcutsFor(role).map(({ act, name, shown }) => ({
    id: act,
    name: act === 'undo' ? undoName(desk, name) : name,
    shortcut: shown,
    run: () => port.act(act),
  }))
  const keyless = keylessFor(role).map(({ act, name }) => ({ id: act, name, run: () => port.act(act) }))
  const panel = (id: 'import' | 'invite' | 'history' | 'name', name: string): NamedCommand => ({
    id,
    name,
    run: () => desk.panel.set(id),
  })
  return [
    ...acts,
    ...viewsFor(actor).map((view) => ({
      id: `view-${view}`,
      name: strings.palette.view(strings.view(view, role)),
      run: () => desk.view.set(view),
    })),
    panel('history', strings.menu.history),
    ...acceptWithBelow(desk, actor),
    ...ofOptions(desk, actor),
    ...ofFamily(desk, actor),
    ...procedureFor(desk, actor, desk.board.get(), port.spaces),
    { id: 'outline', name: strings.palette.outline, run: port.toggleOutline },
    ...keyless,
    { id: 'export', name: strings.menu.export, run: port.exportText },
    ...(can(role, 'import') ? [panel('import', strings.menu.import)] : []),
    ...(can(role, 'invite') ? [panel('invite', strings.menu.invite)] : []),
    panel('name', strings.menu.name),
    ...THEMES.map((each) => ({
      id: `theme-${each}`,
      name: strings.palette.theme(strings.menu.themes[each]),
      run: () => theme.set(each),
    })),
  ]
}
