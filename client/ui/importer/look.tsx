import { useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { Api } from '#client/net/api.ts'
import { singleKeys } from '../hooks/preference.ts'
import { useValue } from '../hooks/use-value.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Field, FormProblem } from '../parts/form/field.tsx'
import { strings } from '../strings.ts'
import { actsOn, type Acts } from './acts.ts'
import { placeOf } from './corrections.ts'
import { DivideBar } from './divide-bar.tsx'
import { LookHead } from './look-head.tsx'
import type { Reading } from './messages.ts'
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
  const [dividing, setDividing] = useState(false)
  const keys = useValue(singleKeys)
  const list = useRef<HTMLDivElement>(null)
  const label = useRef<HTMLInputElement>(null)
  const acts = actsOn(session, pieces, place, setPlace)
  const piece = pieces[acts.current]
  const stopDividing = () => {
    setDividing(false)
    list.current?.focus()
  }
  const press = (event: KeyboardEvent) => {
    if (dividing || !handles(event, acts, session, keys === 'on', label.current, () => setDividing(true)))
      return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={classes(styles.look)}>
      <LookHead session={session} state={state} source={source} reading={reading} acts={acts} />
      <PieceList pieces={pieces} source={source} acts={acts} place={list} onKeyDown={press} />
      {piece && dividing ? (
        <DivideBar piece={piece} source={source} acts={acts} onClose={stopDividing} />
      ) : (
        piece && (
          <PieceBar
            pieces={pieces}
            acts={acts}
            labelField={label}
            onDone={() => list.current?.focus()}
            onDivide={() => setDividing(true)}
          />
        )
      )}
      {state.problem && <FormProblem>{state.problem}</FormProblem>}
      <footer className={classes(styles.foot)}>
        <Names session={session} names={reading.names} answered={state.answers.names} />
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
    </div>
  )
}

/** The first piece that is to check, else the first one. */
function firstPlace({ pieces }: Reading) {
  const piece = pieces.find(({ doubts }) => doubts.length > 0) ?? pieces[0]
  return piece ? placeOf(piece) : { at: 0, column: 0 }
}

/** Does what a key stands for. Returns whether it stands for something. */
function handles(
  { key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent,
  acts: Acts,
  session: ImportSession,
  letters: boolean,
  label: HTMLInputElement | null,
  divide: () => void,
): boolean {
  if (altKey) return false
  if (ctrlKey || metaKey) {
    if (key.toLowerCase() !== 'z') return false
    if (shiftKey) session.redo()
    else session.undo()
    return true
  }
  const rtl = document.documentElement.dir === 'rtl'
  const deeper = rtl ? 'ArrowLeft' : 'ArrowRight'
  const named: Readonly<Record<string, () => void>> = {
    ArrowDown: () => acts.go(acts.current + 1),
    ArrowUp: () => acts.go(acts.current - 1),
    PageDown: () => acts.go(acts.current + 10),
    PageUp: () => acts.go(acts.current - 10),
    Home: () => acts.go(0),
    End: () => acts.go(Infinity),
    ArrowRight: () => acts.changeLevel(deeper === 'ArrowRight' ? 1 : -1),
    ArrowLeft: () => acts.changeLevel(deeper === 'ArrowLeft' ? 1 : -1),
    Enter: () => label?.select(),
    Delete: acts.toggleFurniture,
  }
  const single: Readonly<Record<string, () => void>> = {
    j: () => acts.goToDoubt(1),
    k: () => acts.goToDoubt(-1),
    h: () => acts.setKind('heading'),
    p: () => acts.setKind('paragraph'),
    s: () => acts.setKind('separator'),
    f: () => acts.setKind('front'),
    x: acts.toggleFurniture,
    n: () => label?.select(),
    m: acts.join,
    d: divide,
    c: () => {
      acts.settle()
      acts.goToDoubt(1)
    },
    r: acts.reset,
    u: () => session.undo(),
    U: () => session.redo(),
  }
  const act = named[key] ?? (letters ? single[key] : undefined)
  act?.()
  return act !== undefined
}
