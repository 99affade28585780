import { Ellipsis } from 'lucide-react'
import { useRef } from 'react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { isMember } from '#shared/directory/directory.ts'
import type { ProposalRow } from '#shared/document/composition/board.ts'
import { can } from '#shared/model/role.ts'
import { classes } from '../parts/classes.ts'
import { Key } from '../parts/button.tsx'
import buttons from '../parts/button.module.css'
import menus from '../header/menu.module.css'
import { decide } from '../state/decide.ts'
import { useDesk } from '../state/desk.ts'
import type { Desk } from '../state/desk.ts'
import { nameTo } from '../state/names.ts'
import { useNow } from '../hooks/now.ts'
import { shortcutOf } from '../state/shortcuts.ts'
import { answersTo, proponentFor, speakerOf } from '../state/speaking.ts'
import { isAmong, setCondition, setSide, tableDraft } from '../state/stand.ts'
import { useSelected, useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'

interface Props {
  readonly row: ProposalRow
  readonly label: string
  readonly what: string
}

interface Item {
  readonly name: string
  readonly shortcut?: string
  readonly run: () => void
}

const words = strings.proposals

/** The menu of a proposal's rare actions. */
export function RowMenu({ row, what }: Props) {
  const desk = useDesk()
  useValue(desk.actor)
  useValue(desk.writing)
  const open = useSelected(desk.rowMenu, (id) => id === row.id)
  const items = itemsFor(desk, row, useNow())
  // The chosen action runs after the menu has returned the focus, because it may take the focus itself.
  const chosen = useRef<(() => void) | null>(null)
  const runChosen = () => {
    const run = chosen.current
    chosen.current = null
    run?.()
  }
  return (
    <MenuTrigger isOpen={open} onOpenChange={(opens) => desk.rowMenu.set(opens ? row.id : null)}>
      <AriaButton
        data-more=""
        onFocus={runChosen}
        aria-label={words.act.moreFor(what)}
        className={classes(buttons.button, buttons.small)}
      >
        <Ellipsis aria-hidden="true" size={14} />
        {words.act.more}
      </AriaButton>
      <Popover className={classes(menus.popover)} placement="bottom end">
        <Menu className={classes(menus.menu)} aria-label={words.act.moreFor(what)}>
          {items.map(({ name, shortcut, run }) => (
            <MenuItem
              key={name}
              textValue={name}
              onAction={() => (chosen.current = run)}
              className={classes(menus.item)}
            >
              <span>{name}</span>
              {shortcut && <Key>{shortcut}</Key>}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

function itemsFor(desk: Desk, row: ProposalRow, now: number): readonly Item[] {
  return [
    ...(row.space === null
      ? [...beside(desk, row, now), ...asProponent(desk, row), ...deciding(desk, row)]
      : []),
    ...(row.space === null ? [] : [{ name: words.shortcuts.table, run: () => void tableDraft(desk, row) }]),
    { name: strings.paragraph.do.comments, run: () => desk.dialog.set({ kind: 'comments', on: row.id }) },
    { name: words.act.history, run: () => desk.panel.set('proposal-history') },
  ]
}

/** Items for adding the own name beside the proponent's, or for leaving a group's proposal. */
function beside(desk: Desk, row: ProposalRow, now: number): readonly Item[] {
  const actor = desk.actor.get()
  const who = speakerOf(actor, desk.writing.get())
  if (who === null) return []
  const names = answersTo(actor, who)
  if (names.includes(row.proponent)) return []
  const { cosponsors, dissociated } = row.sponsorship
  const { sponsor } = words
  const stance = (name: string, wanted: Parameters<typeof setSide>[2], shortcut?: string): Item => ({
    name,
    ...(shortcut ? { shortcut } : {}),
    run: () => void setSide(desk, row, wanted),
  })
  const key = shortcutOf('sponsor')
  const items = [
    isAmong(cosponsors, names)
      ? stance(sponsor.remove(who), 'neither', key)
      : stance(sponsor.add(who), 'cosponsor', key),
  ]
  if (isAmong(dissociated, names)) items.push(stance(sponsor.associate(row.proponent), 'neither'))
  else if (isMember(who, row.proponent, now))
    items.push(stance(sponsor.dissociate(who, row.proponent), 'dissociate'))
  return items
}

function asProponent(desk: Desk, row: ProposalRow): readonly Item[] {
  const actor = desk.actor.get()
  const who = proponentFor(actor, desk.writing.get(), row)
  if (who === null) return []
  const { condition, act } = words
  const write = () => desk.task.set({ kind: 'condition', proposal: row.id })
  return [
    ...(can(actor.role, 'decide')
      ? [
          {
            name: act.withdrawFor(nameTo(actor)(who)),
            run: () => void decide(desk, row.id, { kind: 'withdraw' }),
          },
        ]
      : []),
    { name: row.condition ? condition.change : condition.menu, run: write },
    ...(row.condition ? [{ name: condition.lift, run: () => void setCondition(desk, row, null) }] : []),
  ]
}

function deciding(desk: Desk, row: ProposalRow): readonly Item[] {
  if (!can(desk.actor.get().role, 'decide')) return []
  return [
    {
      name: words.act.supersede,
      run: () => desk.task.set({ kind: 'supersede', proposal: row.id }),
    },
  ]
}
