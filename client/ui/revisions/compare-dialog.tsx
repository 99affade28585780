import { useEffect, useState } from 'react'
import type { Api } from '#client/net/api.ts'
import { causesOf } from '#shared/document/history/causes.ts'
import { compareTexts } from '#shared/document/history/compare.ts'
import type { ComparedParagraph } from '#shared/document/history/compared.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { Looked } from '#shared/protocol/http.ts'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { FormProblem } from '../parts/form/field.tsx'
import dialogs from '../dialogs/dialogs.module.css'
import { useDesk } from '../state/desk.ts'
import type { Side } from '../state/open-dialog.ts'
import { useSelected } from '../hooks/use-value.ts'
import { timeInFull } from '../words/time.ts'
import { strings } from '../strings.ts'
import { ComparedView } from './compared-view.tsx'
import styles from './compared.module.css'
import type { TextSource } from './revisions-panel.tsx'
import { textOf } from './texts.ts'

const words = strings.revisions

interface Props extends TextSource {
  readonly from: Side
  readonly to: Side
  readonly looked: Looked
  readonly onClose: () => void
}

/** Compares any two of: revisions, the imported text, the text as last seen, and the text now. */
export function CompareDialog({ api, od, looked, onClose, ...asked }: Props) {
  const desk = useDesk()
  const revisions = useSelected(desk.board, (board) => board.revisions)
  const [from, setFrom] = useState(asked.from)
  const [to, setTo] = useState(asked.to)
  const compared = useCompared(api, od, from, to)
  const sides: readonly Side[] = [
    { kind: 'sequence', sequence: 1 },
    ...revisions.map(({ number }) => ({ kind: 'revision', number }) as const),
    ...(looked ? [{ kind: 'sequence', sequence: looked.sequence } as const] : []),
    { kind: 'now' },
  ]
  const name = (side: Side) => nameOfSide(side, looked, desk.port.now())
  return (
    <Dialog title={words.compareTitle} shape="full" onClose={onClose}>
      <div className={classes(styles.sides)}>
        <SideChoice label={words.from} sides={sides} chosen={from} name={name} onChoose={setFrom} />
        <SideChoice label={words.to} sides={sides} chosen={to} name={name} onChoose={setTo} />
      </div>
      {compared === null && <p className={classes(styles.none)}>{words.loading}</p>}
      {typeof compared === 'string' && <FormProblem>{compared}</FormProblem>}
      {compared !== null && typeof compared !== 'string' && <ComparedView paragraphs={compared} />}
    </Dialog>
  )
}

const keyOf = (side: Side): string =>
  side.kind === 'now' ? 'now' : side.kind === 'revision' ? `r${side.number}` : `s${side.sequence}`

function nameOfSide(side: Side, looked: Looked, now: number): string {
  switch (side.kind) {
    case 'now':
      return words.current
    case 'revision':
      return words.rev(side.number)
    case 'sequence':
      return looked && side.sequence === looked.sequence
        ? words.looked(timeInFull(looked.at, now))
        : words.imported
  }
}

interface ChoiceProps {
  readonly label: string
  readonly sides: readonly Side[]
  readonly chosen: Side
  readonly name: (side: Side) => string
  readonly onChoose: (side: Side) => void
}

const SideChoice = ({ label, sides, chosen, name, onChoose }: ChoiceProps) => (
  <label className={classes(dialogs.selectRow)}>
    {label}
    <select
      className={classes(dialogs.select)}
      value={keyOf(chosen)}
      onChange={(event) => {
        const side = sides.find((each) => keyOf(each) === event.target.value)
        if (side) onChoose(side)
      }}
    >
      {sides.map((side) => (
        <option key={keyOf(side)} value={keyOf(side)}>
          {name(side)}
        </option>
      ))}
    </select>
  </label>
)

/** The comparison; null while it is fetched, a sentence for the person when it could not be fetched. */
export function useCompared(
  api: Api,
  od: OutcomeDocument,
  from: Side,
  to: Side,
): readonly ComparedParagraph[] | string | null {
  const [got, setGot] = useState<Got | null>(null)
  useEffect(() => {
    let left = false
    const load = async () => {
      const [before, after] = await Promise.all([textOf(api, od, from), textOf(api, od, to)])
      if (left) return
      if (!before.ok) setGot({ from, to, compared: before.message })
      else if (!after.ok) setGot({ from, to, compared: after.message })
      else setGot({ from, to, compared: compareTexts(before.value, after.value, causesOf(od)) })
    }
    void load()
    return () => {
      left = true
    }
  }, [api, od, from, to])
  return got?.from === from && got.to === to ? got.compared : null
}

interface Got {
  readonly from: Side
  readonly to: Side
  readonly compared: readonly ComparedParagraph[] | string
}
