import { useState } from 'react'
import type { RefObject } from 'react'
import { Input, Label, TextField, ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { formatStep } from '#shared/model/label.ts'
import type { PieceKind } from '#shared/model/understanding.ts'
import { PIECE_KINDS } from '#shared/model/understanding.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import type { Answer } from '#shared/model/understanding.ts'
import { canJoin, hasBrackets, hasLevel, type Acts } from './acts.ts'
import { hasWordBrackets } from './corrections.ts'
import type { ShownPiece } from './messages.ts'
import styles from './piece-bar.module.css'

const words = strings.import

const KEYS: Readonly<Partial<Record<PieceKind, string>>> = {
  heading: 'h',
  paragraph: 'p',
  separator: 's',
  front: 'f',
  note: 't',
  furniture: 'x',
}

interface Props {
  readonly pieces: readonly ShownPiece[]
  readonly acts: Acts
  readonly answers: readonly Answer[]
  readonly labelField: RefObject<HTMLInputElement | null>
  /** Goes back to the list, once a number is set by Enter. */
  readonly onDone: () => void
  readonly onDivide: () => void
  /** Asks where the mark of a footnote stands. */
  readonly onMark: () => void
  /** Asks who is meant by the names in the piece; null when it has none to ask about. */
  readonly onNames: (() => void) | null
}

/** What can be done with the piece in hand. */
export function PieceBar({ pieces, acts, answers, labelField, onDone, onDivide, onMark, onNames }: Props) {
  const piece = pieces[acts.current]
  if (!piece) return null
  const level = piece.block?.level ?? 0
  return (
    <div className={classes(styles.bar)}>
      <Kinds piece={piece} acts={acts} />
      <div className={classes(styles.group)}>
        <Button
          small
          isDisabled={!hasLevel(piece) || level === 0}
          shortcut="←"
          onPress={() => acts.changeLevel(-1)}
        >
          {words.higher}
        </Button>
        <Button small isDisabled={!hasLevel(piece)} shortcut="→" onPress={() => acts.changeLevel(1)}>
          {words.deeper}
        </Button>
      </div>
      {hasLevel(piece) && (
        <LabelField key={labelKey(piece)} piece={piece} acts={acts} field={labelField} onDone={onDone} />
      )}
      <div className={classes(styles.group)}>
        <Button small isDisabled={!canJoin(pieces, acts.current)} shortcut="m" onPress={acts.join}>
          {words.join}
        </Button>
        <Button small shortcut="d" onPress={onDivide}>
          {words.divide}
        </Button>
        {piece.kind === 'note' && (
          <Button small shortcut="g" onPress={onMark}>
            {words.setMark}
          </Button>
        )}
      </div>
      <Checks piece={piece} acts={acts} answers={answers} onNames={onNames} />
    </div>
  )
}

/** What settles what is doubtful about the piece in hand. */
function Checks({
  piece,
  acts,
  answers,
  onNames,
}: Pick<Props, 'acts' | 'answers' | 'onNames'> & { readonly piece: ShownPiece }) {
  return (
    <div className={classes(styles.group)}>
      {onNames && (
        <Button small shortcut="w" onPress={onNames}>
          {words.who}
        </Button>
      )}
      {hasBrackets(piece) && (
        <Button small shortcut="b" onPress={acts.toggleBrackets}>
          {hasWordBrackets(answers, piece) ? words.bracketsPropose : words.bracketsAreWords}
        </Button>
      )}
      {piece.answered && (
        <Button small look="quiet" shortcut="r" onPress={acts.reset}>
          {words.asRead}
        </Button>
      )}
      {piece.doubts.length > 0 && (
        <Button small look="primary" shortcut="c" onPress={acts.settle}>
          {words.right}
        </Button>
      )}
    </div>
  )
}

function Kinds({ piece, acts }: { readonly piece: ShownPiece; readonly acts: Acts }) {
  return (
    <ToggleButtonGroup
      aria-label={words.kind}
      className={classes(styles.kinds)}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[piece.kind]}
      onSelectionChange={(keys) => {
        const kind = PIECE_KINDS.find((one) => keys.has(one))
        if (kind && kind !== piece.kind) acts.setKind(kind)
      }}
    >
      {PIECE_KINDS.filter((kind) => kind !== 'cell' || piece.kind === 'cell').map((kind) => (
        <ToggleButton key={kind} id={kind} className={classes(styles.kind)}>
          {words.kinds[kind]}
          <kbd aria-hidden="true">{KEYS[kind]}</kbd>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

const labelOf = ({ block }: ShownPiece): string => (block?.label ? formatStep(block.label) : '')

const labelKey = (piece: ShownPiece): string =>
  `${piece.spans[0]?.at}:${piece.spans[0]?.from}:${labelOf(piece)}`

interface LabelProps {
  readonly piece: ShownPiece
  readonly acts: Acts
  readonly field: RefObject<HTMLInputElement | null>
  readonly onDone: () => void
}

/** The number of a piece. It is changed by Enter, or when the field is left. */
function LabelField({ piece, acts, field, onDone }: LabelProps) {
  const now = labelOf(piece)
  const [label, setLabel] = useState(now)
  const set = () => {
    if (label.trim() !== now) acts.setLabel(label.trim() === '' ? null : label.trim())
  }
  return (
    <TextField
      className={classes(styles.label)}
      value={label}
      onChange={setLabel}
      onBlur={set}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onDone()
        else if (event.key === 'Escape' && label !== now) setLabel(now)
        else event.continuePropagation()
      }}
    >
      <Label>{words.label}</Label>
      <Input ref={field} dir="auto" size={8} placeholder={words.noLabel} />
    </TextField>
  )
}
