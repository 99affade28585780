import { Header, Menu, MenuItem, MenuSection, Popover, Text } from 'react-aria-components'
import type { RefObject } from 'react'
import type { BoardBlock } from '#shared/document/composition/board.ts'
import menuStyles from '../header/menu.module.css'
import { classes } from '../parts/classes.ts'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import { menuOf } from './menu-items.ts'
import type { MenuEntry, MenuSection as Section } from './menu-items.ts'
import styles from './paragraph-menu.module.css'
import { performOn } from './perform.ts'
import { nameOfBlock, statusWords } from './status.ts'

const words = strings.paragraph
/** For a menu that was opened by a key: its first item takes the focus. */
const OPENED = { autoFocus: 'first' } as const
const SECTIONS = Object.keys(words.section) as Section[]

interface Props {
  readonly block: BoardBlock
  readonly trigger: RefObject<HTMLButtonElement | null>
}

/** The menu of a paragraph. An item that cannot be used now says why. */
export function ParagraphMenu({ block, trigger }: Props) {
  const desk = useDesk()
  const board = useValue(desk.board)
  const { role } = useValue(desk.actor)
  const selected = desk.editor()?.selected() ?? null
  const entries = menuOf(board, block, {
    role,
    caretIn: selected !== null && selected.before !== null ? selected.host : null,
    silence: board.silences.at(-1)?.state === 'running',
    drafting: desk.writing.get().space !== null,
  })
  const disabled = entries.filter(({ not }) => not !== null).map(({ act }) => act)
  return (
    <Popover
      aria-label={nameOfBlock(block)}
      triggerRef={trigger}
      isOpen
      onOpenChange={(open) => {
        if (!open) desk.menu.set(null)
      }}
      placement="right top"
      className={classes(menuStyles.popover)}
    >
      <Menu
        aria-label={nameOfBlock(block)}
        {...OPENED}
        className={classes(menuStyles.menu)}
        disabledKeys={disabled}
        onAction={(key) => {
          desk.menu.set(null)
          const chosen = entries.find(({ act }) => act === key)
          if (chosen) performOn(desk, block, chosen.act)
        }}
        onClose={() => desk.menu.set(null)}
      >
        {SECTIONS.map((section) => (
          <Part
            key={section}
            title={section === 'say' ? titleOf(block) : words.section[section]}
            entries={entries.filter((entry) => entry.section === section)}
          />
        ))}
      </Menu>
    </Popover>
  )
}

const titleOf = (block: BoardBlock): string =>
  [nameOfBlock(block), statusWords(block)].filter(Boolean).join(': ')

function Part({ title, entries }: { readonly title: string; readonly entries: readonly MenuEntry[] }) {
  if (entries.length === 0) return null
  return (
    <MenuSection className={classes(styles.section)}>
      <Header className={classes(menuStyles.heading)}>{title}</Header>
      {entries.map(({ act, name, not }) => (
        <MenuItem key={act} id={act} textValue={name} className={classes(menuStyles.item, styles.item)}>
          <Text slot="label">{name}</Text>
          {not && (
            <Text slot="description" className={classes(styles.not)}>
              {not}
            </Text>
          )}
        </MenuItem>
      ))}
    </MenuSection>
  )
}
