import { useRef, useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import { Group } from 'react-aria-components'
import type { Api } from '#client/net/api.ts'
import { singleKeys } from '../hooks/preference.ts'
import { useValue } from '../hooks/use-value.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Field, FormProblem } from '../parts/form/field.tsx'
import { strings } from '../strings.ts'
import type { ReadName } from '#shared/model/import-brackets.ts'
import { actsOn, type Acts } from './acts.ts'
import { placeOf } from './corrections.ts'
import { DivideBar } from './divide-bar.tsx'
import { LookHead } from './look-head.tsx'
import { MarkBar } from './mark-bar.tsx'
import { NameBar } from './name-bar.tsx'
import { handles, type Opens } from './look-keys.ts'
import type { Reading, ShownPiece } from './messages.ts'
import { Names } from './names.tsx'
import { PieceBar } from './piece-bar.tsx'
import { PieceList } from './piece-list.tsx'
import type { ImportSession, ImportState, Source } from './session.ts'
import styles from './importer.module.css'

const words = strings.import

interface Props {
  readonly api: Api
  readonly session: ImportSession
  readonly state: ImportState
  readonly source: Source
  readonly reading: Reading
}

/** The second step: the source and what it was read as, side by side, to look at and to correct. */
export function Look({ api, session, state, source, reading }: Props) {
  const { pieces } = reading
  const [place, setPlace] = useState(() => firstPlace(reading))
  const [asking, setAsking] = useState<Asking>(null)
  const keys = useValue(singleKeys)
  const list = useRef<HTMLDivElement>(null)
  const label = useRef<HTMLInputElement>(null)
  const acts = actsOn(session, pieces, place, setPlace)
  const piece = pieces[acts.current]
  const unknown = reading.names.filter(({ participant }) => participant === null)
  const own = unknown.filter(({ written }) => piece?.doubts.some(({ name }) => name === written))
  const stopAsking = () => {
    setAsking(null)
    list.current?.focus()
  }
  const opens = {
    cut: () => setAsking('cut'),
    names: () => setAsking(own.length > 0 ? 'names' : null),
    label: () => label.current?.select(),
    mark: () => setAsking(piece?.kind === 'note' ? 'mark' : null),
  }
  const press = (event: KeyboardEvent) => {
    if (asking || !handles(event, acts, session, keys === 'on', opens)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const confirm = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || state.isMaking || state.isReading)
      return
    event.preventDefault()
    void session.make(api)
  }
  return (
    <Group className={classes(styles.look)} onKeyDown={confirm}>
      <LookHead session={session} state={state} source={source} reading={reading} acts={acts} />
      <PieceList pieces={pieces} source={source} acts={acts} place={list} onKeyDown={press} />
      {piece && (
        <Bar
          piece={piece}
          asking={asking}
          names={own}
          session={session}
          state={state}
          source={source}
          pieces={pieces}
          acts={acts}
          opens={opens}
          labelField={label}
          onClose={stopAsking}
        />
      )}
      {state.problem && <FormProblem>{state.problem}</FormProblem>}
      <Foot api={api} session={session} state={state} reading={reading} unknown={unknown} />
    </Group>
  )
}

/** The names that are asked about, the title, and the button that makes the document. */
function Foot({
  api,
  session,
  state,
  reading,
  unknown,
}: Omit<Props, 'source'> & { readonly unknown: readonly ReadName[] }) {
  return (
    <footer className={classes(styles.foot)}>
      <Names session={session} names={unknown} answered={state.answers.names} />
      <div className={classes(styles.make)}>
        <Field
          label={words.documentTitle}
          placeholder={reading.title}
          value={state.title}
          onChange={(title) => session.changeTitle(title)}
          maxLength={300}
        />
        <Button
          look="primary"
          isPending={state.isMaking || state.isReading}
          onPress={() => void session.make(api)}
        >
          {state.isMaking ? words.making : words.make}
        </Button>
      </div>
    </footer>
  )
}

/** What is asked about the piece in hand, in place of what can be done with it. */
type Asking = 'cut' | 'mark' | 'names' | null

interface BarProps extends Pick<Props, 'session' | 'state' | 'source'> {
  readonly piece: ShownPiece
  readonly pieces: readonly ShownPiece[]
  readonly asking: Asking
  /** Those in the piece that are asked about. */
  readonly names: readonly ReadName[]
  readonly acts: Acts
  readonly opens: Opens
  readonly labelField: RefObject<HTMLInputElement | null>
  readonly onClose: () => void
}

function Bar({
  piece,
  pieces,
  asking,
  names,
  session,
  state,
  source,
  acts,
  opens,
  labelField,
  onClose,
}: BarProps) {
  const { answers, names: answered } = state.answers
  if (asking === 'cut') return <DivideBar piece={piece} source={source} acts={acts} onClose={onClose} />
  if (asking === 'mark')
    return <MarkBar piece={piece} pieces={pieces} source={source} acts={acts} onClose={onClose} />
  if (asking === 'names' && names.length > 0)
    return <NameBar session={session} names={names} answered={answered} onClose={onClose} />
  return (
    <PieceBar
      pieces={pieces}
      acts={acts}
      answers={answers}
      labelField={labelField}
      onDone={onClose}
      onDivide={opens.cut}
      onMark={opens.mark}
      onNames={names.length > 0 ? opens.names : null}
    />
  )
}

/** The first piece that is to check, else the first one. */
function firstPlace({ pieces }: Reading) {
  const piece = pieces.find(({ doubts }) => doubts.length > 0) ?? pieces[0]
  return piece ? placeOf(piece) : { at: 0, column: 0 }
}
