import { ChevronDown, Lock, PenLine } from 'lucide-react'
import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Text,
} from 'react-aria-components'
import type { Writing } from '#client/editor/contract.ts'
import { nameOf } from '#shared/directory/directory.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { can } from '#shared/model/role.ts'
import menu from '../header/menu.module.css'
import { participantsIn } from '../participants/present.ts'
import { classes } from '../parts/classes.ts'
import { notify } from '../state/notify.ts'
import { useDesk } from '../state/desk.ts'
import type { Desk } from '../state/desk.ts'
import { useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import styles from './writing.module.css'

const words = strings.writing
/** Most delegations listed; others are found by name. */
const OFFERED = 8

interface Props {
  /** The private spaces that this person may open. */
  readonly spaces: readonly ParticipantId[]
}

/** The switch for in whose name, or into which space, the person writes. Renders nothing for who may not write. */
export function WritingSwitch({ spaces }: Props) {
  const actor = useValue(useDesk().actor)
  if (can(actor.role, 'write-for-others')) return <DelegationChoice />
  return actor.role === 'delegation' && spaces.length > 0 ? <SpaceChoice spaces={spaces} /> : null
}

const OURSELVES = 'ourselves'
const OTHER = 'other'

/** Facilitators and the secretariat write down what a delegation says. */
function DelegationChoice() {
  const desk = useDesk()
  const { onBehalfOf } = useValue(desk.writing)
  const board = useValue(desk.board)
  const present = participantsIn(board).slice(0, OFFERED)
  const offered = onBehalfOf === null || present.includes(onBehalfOf) ? present : [onBehalfOf, ...present]
  return (
    <Trigger
      icon={<PenLine aria-hidden="true" />}
      said={`${words.label}: ${onBehalfOf === null ? words.ourselves : nameOf(onBehalfOf)}`}
      shown={words.for(onBehalfOf ?? words.ourselves)}
      marked={onBehalfOf !== null}
      title={words.label}
      chosen={onBehalfOf ?? OURSELVES}
      options={[
        { id: OURSELVES, name: words.ourselves },
        ...offered.map((participant) => ({ id: participant, name: nameOf(participant) })),
        { id: OTHER, name: words.choose },
      ]}
      onChoose={(id) => {
        if (id === OTHER) desk.dialog.set({ kind: 'writing-for' })
        else write(desk, { onBehalfOf: id === OURSELVES ? null : (id as ParticipantId), space: null })
      }}
    />
  )
}

const TABLE = 'table'

/** Delegations draft before everybody's eyes, or before their own only. */
function SpaceChoice({ spaces }: Props) {
  const desk = useDesk()
  const { space } = useValue(desk.writing)
  const { participant } = useValue(desk.actor)
  const name = (each: ParticipantId) => (each === participant ? words.own : words.group(nameOf(each)))
  const note = (each: ParticipantId) => (each === participant ? words.ownNote(nameOf(each)) : words.groupNote)
  return (
    <Trigger
      icon={space === null ? <PenLine aria-hidden="true" /> : <Lock aria-hidden="true" />}
      said={`${words.where}: ${space === null ? words.table : name(space)}`}
      shown={space === null ? words.tableShort : words.privateShort(space)}
      marked={space !== null}
      title={words.where}
      chosen={space ?? TABLE}
      options={[
        { id: TABLE, name: words.table, note: words.tableNote },
        ...spaces.map((each) => ({ id: each, name: name(each), note: note(each) })),
      ]}
      onChoose={(id) => write(desk, { onBehalfOf: null, space: spaces.find((each) => each === id) ?? null })}
    />
  )
}

function write(desk: Desk, writing: Writing): void {
  const before = desk.writing.get()
  desk.writing.set(writing)
  const { onBehalfOf, space } = writing
  if (onBehalfOf !== null) notify(desk, words.now(nameOf(onBehalfOf)))
  else if (space !== null) notify(desk, words.nowPrivate(nameOf(space)))
  else notify(desk, before.space !== null ? words.nowTable : words.nowOurselves)
}

interface TriggerProps {
  readonly icon: React.ReactNode
  readonly said: string
  readonly shown: string
  /** Whether the choice is unusual and must be highlighted. */
  readonly marked: boolean
  readonly title: string
  readonly chosen: string
  readonly options: readonly { readonly id: string; readonly name: string; readonly note?: string }[]
  readonly onChoose: (id: string) => void
}

const Trigger = ({ icon, said, shown, marked, title, chosen, options, onChoose }: TriggerProps) => (
  <MenuTrigger>
    <Button aria-label={said} className={classes(styles.trigger, marked && styles.marked)}>
      {icon}
      <span className={classes(styles.shown)}>{shown}</span>
      <ChevronDown aria-hidden="true" />
    </Button>
    <Popover className={classes(menu.popover)} placement="bottom start">
      <Menu className={classes(menu.menu)} onAction={(key) => onChoose(String(key))}>
        <MenuSection selectionMode="single" disallowEmptySelection selectedKeys={[chosen]}>
          <Header className={classes(menu.heading)}>{title}</Header>
          {options.map(({ id, name, note }) => (
            <MenuItem key={id} id={id} textValue={name} className={classes(menu.item, menu.choice)}>
              <Text slot="label">{name}</Text>
              {note && (
                <Text slot="description" className={classes(styles.note)}>
                  {note}
                </Text>
              )}
            </MenuItem>
          ))}
        </MenuSection>
      </Menu>
    </Popover>
  </MenuTrigger>
)
