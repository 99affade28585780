import { CircleHelp } from 'lucide-react'
import { Fragment } from 'react'
import { formatLabel, formatStep } from '#shared/model/label.ts'
import type { SourceSpan } from '#shared/model/understanding.ts'
import { Chip } from '../parts/chip.tsx'
import { classes } from '../parts/classes.ts'
import { strings } from '../strings.ts'
import { Bracketed } from './bracketed.tsx'
import type { ShownPiece } from './messages.ts'
import type { Source } from './session.ts'
import { languageOf, wordsAttributes } from '#shared/model/language.ts'
import styles from './pieces.module.css'

const words = strings.import

/** How many doubts of one piece are shown. */
const MOST_DOUBTS = 8

/** A piece: at the left the lines that it stands on, at the right what they were read as. */
export function PieceRow({ piece, source }: { readonly piece: ShownPiece; readonly source: Source }) {
  return (
    <>
      <div className={classes(styles.source)}>
        {piece.spans.map((span) => (
          <SourceLine key={`${span.at}:${span.from}`} span={span} source={source} />
        ))}
      </div>
      <div className={classes(styles.reading)} data-kind={piece.kind}>
        <Reading piece={piece} />
        {piece.doubts.slice(0, MOST_DOUBTS).map(({ code, line, message }) => (
          <p key={message} className={classes(styles.doubt)} data-code={code} data-line={line}>
            <CircleHelp aria-hidden="true" />
            {message}
          </p>
        ))}
        {piece.doubts.length > MOST_DOUBTS && (
          <p className={classes(styles.doubt)}>{words.moreDoubts(piece.doubts.length - MOST_DOUBTS)}</p>
        )}
      </div>
    </>
  )
}

function SourceLine({ span, source }: { readonly span: SourceSpan; readonly source: Source }) {
  const printed = source.lines[span.at]?.slice(span.from, span.to) ?? ''
  return (
    <p className={classes(styles.line)}>
      <span className={classes(styles.number)}>{span.at}</span>
      <span {...wordsAttributes(printed, languageOf(printed))}>{printed}</span>
    </p>
  )
}

/** Longer texts are cut at the right; at the left they stand whole. In UTF-16 units. */
const LONGEST = 700

function Reading({ piece }: { readonly piece: ShownPiece }) {
  const { kind, block, text, answered, proponents, status, cells, markedAt } = piece
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
  const label = block?.label ?? null
  const tagged = kind !== 'paragraph' && kind !== 'heading'
  return (
    <div
      className={classes(styles.block)}
      style={{ paddingInlineStart: `${Math.min(block?.level ?? 0, 6) * 1.4}rem` }}
    >
      {(tagged || answered || status) && (
        <p className={classes(styles.tags)}>
          {tagged && (
            <span className={classes(styles.tag)}>{cells ? rowName(piece) : words.kinds[kind]}</span>
          )}
          {status && (
            <span className={classes(styles.tag)}>
              {status.status === 'agreed' ? words.agreed : words.adRef}
            </span>
          )}
          {markedAt !== undefined && (
            <span className={classes(styles.tag)}>
              {markedAt ? words.markedOn(markedAt.at) : words.unmarked}
            </span>
          )}
          {answered && <span className={classes(styles.tag, styles.answered)}>{words.answered}</span>}
        </p>
      )}
      {cells ? (
        <Cells cells={cells} />
      ) : (
        <p className={classes(styles.words)} {...wordsAttributes(shown, languageOf(shown))}>
          {label && (
            <span className={classes(styles.label)} title={formatLabel(label)}>
              <bdi>{formatStep(label)}</bdi>
            </span>
          )}
          <Words piece={piece} />
        </p>
      )}
      {proponents.length > 0 && (
        <p className={classes(styles.proponents)}>
          {proponents.map((by) =>
            by === null ? (
              <span key="" className={classes(styles.nobody)}>
                {words.asReceived}
              </span>
            ) : (
              <Chip key={by} participant={by} quiet />
            ),
          )}
        </p>
      )}
    </div>
  )
}

/** The text of a piece, in which the figures of footnotes are raised. */
function Words({ piece: { kind, text, marks = [] } }: { readonly piece: ShownPiece }) {
  const shown = text.slice(0, LONGEST)
  const within = marks.filter(({ to }) => to <= shown.length)
  const parts = [...within, null].map((mark, i) => {
    const before = shown.slice(i === 0 ? 0 : within[i - 1]!.to, mark?.from)
    return { before, mark }
  })
  return (
    <>
      {parts.map(({ before, mark }, i) => (
        <Fragment key={i}>
          {kind === 'paragraph' ? <Bracketed text={before} /> : before}
          {mark && <sup>{mark.label ? formatStep(mark.label) : ''}</sup>}
        </Fragment>
      ))}
      {text.length > LONGEST && '…'}
    </>
  )
}

/** A row of a table, its cells beside each other. */
function Cells({ cells }: { readonly cells: readonly string[] }) {
  const columns = { gridTemplateColumns: `repeat(${cells.length}, minmax(0, 1fr))` }
  return (
    <ul className={classes(styles.cells)} style={columns} dir="auto">
      {[...cells.entries()].map(([column, cell]) => (
        <li key={column} dir="auto">
          <Bracketed text={cell} />
        </li>
      ))}
    </ul>
  )
}

/** "Table 1, row 2". */
const rowName = ({ block }: ShownPiece): string =>
  block?.label?.within ? formatLabel(block.label.within) : words.kinds.cell

/** How many characters of a piece screen readers read out with it. */
const SPOKEN = 200

/** Says a piece in one sentence, for screen readers. */
export function describe(piece: ShownPiece): string {
  const { kind, block, spans, text, doubts, answered, cells, markedAt } = piece
  const own = block?.label ? formatLabel(block.label) : null
  const label = cells ? rowName(piece) : own
  const level = block && block.level > 0 ? words.level(block.level) : null
  const parts = [
    words.kinds[kind],
    label,
    level,
    words.line(spans[0]?.at ?? 0, spans.at(-1)?.at ?? 0),
    markedAt === undefined ? null : markedAt ? words.markedOn(markedAt.at) : words.unmarked,
    answered ? words.answered : null,
    ...doubts.slice(0, MOST_DOUBTS).map(({ message }) => words.doubt(message)),
    text.slice(0, SPOKEN),
  ]
  return parts.filter((part) => part !== null).join(', ')
}
