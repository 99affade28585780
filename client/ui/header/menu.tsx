import { Ellipsis } from 'lucide-react'
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { can } from '#shared/model/role.ts'
import { IconButton, Key } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import type { Panel } from '../state/desk.ts'
import { THEMES, theme } from '../hooks/preference.ts'
import { modKey } from '../state/shortcuts.ts'
import type { OpenDialog } from '../state/open-dialog.ts'
import { useSelected, useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import styles from './menu.module.css'
import { viewsFor } from './view-switch.tsx'

const words = strings.menu

export function MainMenu({ onExport }: { readonly onExport: () => void }) {
  const desk = useDesk()
  const actor = useValue(desk.actor)
  const open = (panel: Panel) => () => desk.panel.set(panel)
  return (
    <MenuTrigger>
      <IconButton label={strings.header.menu}>
        <Ellipsis aria-hidden="true" />
      </IconButton>
      <Popover className={classes(styles.popover)} placement="bottom end">
        <Menu className={classes(styles.menu)}>
          <MenuSection className={classes(styles.section)}>
            {can(actor.role, 'import') && <Item onAction={open('import')}>{words.import}</Item>}
            {can(actor.role, 'invite') && <Item onAction={open('invite')}>{words.invite}</Item>}
            <Item onAction={onExport}>{words.export}</Item>
          </MenuSection>
          <Separator className={classes(styles.line)} />
          <Procedure />
          <Separator className={classes(styles.line)} />
          <MenuSection className={classes(styles.section)}>
            <Item onAction={open('history')}>{words.history}</Item>
            <Item onAction={open('search')} shortcut="/">
              {words.search}
            </Item>
            <Item onAction={open('commands')} shortcut={`${modKey(navigator.userAgent)} K`}>
              {words.palette}
            </Item>
            <Item onAction={open('shortcuts')} shortcut="?">
              {words.shortcuts}
            </Item>
            <Item onAction={open('name')}>{words.name}</Item>
          </MenuSection>
          <Separator className={classes(styles.line, styles.narrow)} />
          <ViewSection />
          <Separator className={classes(styles.line)} />
          <ThemeSection />
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

/** The items about the room's work: changes, revisions, comments, silence procedure, meetings and attribution. */
function Procedure() {
  const desk = useDesk()
  const { role } = useValue(desk.actor)
  const meetings = useSelected(desk.board, (board) => board.meetings.length > 0)
  const silent = useSelected(desk.board, (board) => board.silences.at(-1)?.state === 'running')
  const open = (dialog: OpenDialog) => () => desk.dialog.set(dialog)
  const { revisions, silence, room, comments } = strings
  const decides = can(role, 'decide')
  return (
    <MenuSection className={classes(styles.section)}>
      <Item onAction={open({ kind: 'since' })}>{revisions.since}</Item>
      <Item onAction={open({ kind: 'revisions', open: null })}>{revisions.title}</Item>
      <Item onAction={open({ kind: 'comments', on: null })}>{comments.all}</Item>
      {decides && !silent && <Item onAction={open({ kind: 'silence-place' })}>{silence.place}</Item>}
      {(decides || meetings) && <Item onAction={open({ kind: 'meeting' })}>{room.meeting}</Item>}
      {decides && <Item onAction={open({ kind: 'attribution' })}>{room.attribution}</Item>}
      {decides && <Item onAction={open({ kind: 'language', paragraph: null })}>{room.language.menu}</Item>}
    </MenuSection>
  )
}

interface ItemProps {
  readonly onAction: () => void
  readonly shortcut?: string
  readonly children: string
}

function Item({ onAction, shortcut, children }: ItemProps) {
  return (
    <MenuItem onAction={onAction} textValue={children} className={classes(styles.item)}>
      <span>{children}</span>
      {shortcut && <Key>{shortcut}</Key>}
    </MenuItem>
  )
}

/** The views as menu items, on windows where the header has no space for the switch. */
function ViewSection() {
  const desk = useDesk()
  const view = useValue(desk.view)
  const actor = useValue(desk.actor)
  const views = viewsFor(actor)
  return (
    <MenuSection
      className={classes(styles.section, styles.narrow)}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[view]}
      onSelectionChange={(keys) => {
        const chosen = views.find((candidate) => keys !== 'all' && keys.has(candidate))
        if (chosen) desk.view.set(chosen)
      }}
    >
      <Header className={classes(styles.heading)}>{strings.header.view}</Header>
      {views.map((candidate) => (
        <MenuItem key={candidate} id={candidate} className={classes(styles.item, styles.choice)}>
          {strings.view(candidate, actor.role)}
        </MenuItem>
      ))}
    </MenuSection>
  )
}

function ThemeSection() {
  const chosen = useValue(theme)
  return (
    <MenuSection
      className={classes(styles.section)}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[chosen]}
      onSelectionChange={(keys) => {
        const next = THEMES.find((candidate) => keys !== 'all' && keys.has(candidate))
        if (next) theme.set(next)
      }}
    >
      <Header className={classes(styles.heading)}>{words.theme}</Header>
      {THEMES.map((candidate) => (
        <MenuItem key={candidate} id={candidate} className={classes(styles.item, styles.choice)}>
          {words.themes[candidate]}
        </MenuItem>
      ))}
    </MenuSection>
  )
}
