import { useEffect, useMemo, useState } from 'react'
import {
  Autocomplete,
  Dialog,
  Input,
  ListBox,
  ListBoxItem,
  Modal,
  ModalOverlay,
  TextField,
  useFilter,
} from 'react-aria-components'
import { Projection } from '#shared/document/composition/projection.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { HostId, ParticipantId } from '#shared/model/ids.ts'
import { Chip } from '../parts/chip.tsx'
import { Key } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { focusNow } from '../hooks/focus-now.ts'
import { stayAt } from '../state/decide.ts'
import { useDesk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import type { NamedCommand } from './named-command.ts'
import { findableBlocks } from '../search/findable.ts'
import { useFound } from '../search/use-found.ts'
import { TextOf } from '../parts/text-of.tsx'
import styles from './palette.module.css'

const words = strings.palette

/** The command palette: finds commands by name. */
export function CommandPalette({ commands }: { readonly commands: readonly NamedCommand[] }) {
  const desk = useDesk()
  const { contains } = useFilter({ sensitivity: 'base' })
  return (
    <Frame label={words.commands}>
      <Autocomplete filter={contains}>
        <Query label={words.commands} placeholder={words.commandsPlaceholder} />
        <ListBox
          aria-label={words.commands}
          items={commands}
          className={classes(styles.list)}
          renderEmptyState={() => <p className={classes(styles.nothing)}>{words.nothing}</p>}
          onAction={(key) => {
            desk.panel.set(null)
            commands.find((command) => command.id === key)?.run()
          }}
        >
          {(command) => (
            <ListBoxItem id={command.id} textValue={command.name} className={classes(styles.item)}>
              <span>{command.name}</span>
              {command.shortcut && <Key>{command.shortcut}</Key>}
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
    </Frame>
  )
}

/** The search panel: finds paragraphs by words, by number, or by the participants who propose in them. */
export function Search({ od }: { readonly od: OutcomeDocument }) {
  const desk = useDesk()
  const board = useValue(desk.board)
  const [query, setQuery] = useState('')
  const projection = useMemo(() => new Projection(od), [od])
  useEffect(() => () => projection.destroy(), [projection])
  const findables = useMemo(() => findableBlocks(board, projection), [board, projection])
  const { found, query: searched } = useFound(findables, query)
  return (
    <Frame label={words.search}>
      <Autocomplete inputValue={query} onInputChange={setQuery}>
        <Query label={words.search} placeholder={words.searchPlaceholder} />
        <ListBox
          aria-label={words.search}
          items={found}
          className={classes(styles.list)}
          // Screen readers present an empty list as an option, which must have a name.
          renderEmptyState={() =>
            query.trim() === '' || searched !== query ? (
              <p className="visually-hidden">{words.searchPlaceholder}</p>
            ) : (
              <p className={classes(styles.nothing)}>{words.nothing}</p>
            )
          }
          onAction={(key) => {
            desk.panel.set(null)
            const at = (found.find(({ id }) => id === key)?.at ?? key) as HostId
            if (isProposalId(at)) desk.select(at)
            else stayAt(desk, at)
            desk.reveal(at)
          }}
        >
          {(item) => (
            <ListBoxItem id={item.id} textValue={item.excerpt} className={classes(styles.item, styles.found)}>
              <span className={classes(styles.number)}>{item.label}</span>
              <TextOf
                element="span"
                of={item.id as HostId}
                words={item.excerpt}
                className={classes(styles.excerpt)}
              />
              <span className={classes(styles.chips)}>
                {item.participants.slice(0, 4).map((participant) => (
                  <Chip key={participant} participant={participant as ParticipantId} />
                ))}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
    </Frame>
  )
}

function Frame({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  const desk = useDesk()
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) desk.panel.set(null)
      }}
      className={classes(styles.scrim)}
    >
      <Modal className={classes(styles.modal)}>
        <Dialog aria-label={label} className={classes(styles.dialog)}>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

const Query = ({ label, placeholder }: { readonly label: string; readonly placeholder: string }) => (
  <TextField aria-label={label}>
    <Input ref={focusNow} className={classes(styles.query)} placeholder={placeholder} dir="auto" />
  </TextField>
)
