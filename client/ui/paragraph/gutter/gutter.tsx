import { EllipsisVertical, MessageSquare } from 'lucide-react'
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import type { BoardBlock } from '#shared/document/composition/board.ts'
import type { HostId } from '#shared/model/ids.ts'
import { countByBlock } from '../../comments/threads.ts'
import { classes } from '../../parts/classes.ts'
import { useDesk } from '../../state/desk.ts'
import type { StillThere } from '../../state/focus.ts'
import { noteFocus } from '../../state/focus.ts'
import { useSelected, useValue } from '../../hooks/use-value.ts'
import { blocksById } from '../../state/walk.ts'
import { strings } from '../../strings.ts'
import { GutterKeeper } from './gutter-keeper.ts'
import styles from './gutter.module.css'
import { ParagraphMenu } from '../paragraph-menu.tsx'
import { useStatusSheet } from './status-sheet.ts'
import { nameOfBlock, spokenOf, statusOf, statusWords } from '../status.ts'
import { StatusSign } from '../status-sign.tsx'

const words = strings.paragraph
const NONE: readonly HostId[] = []

/** The status and the menu button of each paragraph near the window, beside the text. */
export function Gutter() {
  const desk = useDesk()
  const board = useValue(desk.board)
  const changed = useValue(desk.changed)
  const gutter = useRef<HTMLDivElement>(null)
  const keeper = useRef<GutterKeeper>(null)
  const [ids, setIds] = useState(NONE)
  useStatusSheet(board, changed)
  const comments = useMemo(() => countByBlock(board), [board])
  const near = useMemo(() => {
    const blocks = blocksById(board)
    return ids.flatMap((id) => blocks.get(id) ?? []).filter(isListed)
  }, [board, ids])
  useLayoutEffect(() => {
    if (!gutter.current) return
    const made = new GutterKeeper(desk, gutter.current, setIds)
    keeper.current = made
    return () => made.dispose()
  }, [desk])
  useLayoutEffect(() => keeper.current?.drawn())
  const focus = useFocusOn(gutter)
  const here = useValue(desk.here)
  const stop = near.find((block) => block.id === here)?.id ?? near[0]?.id
  const onKeyDown = (event: KeyboardEvent) => {
    const from = (event.target as HTMLElement).closest<HTMLElement>('[data-gutter]')?.dataset.gutter
    const next = from ? neighbour(board.blocks, from, event.key) : null
    if (next === null) return
    event.preventDefault()
    desk.here.set(next)
    desk.editor()?.blockElement(next)?.scrollIntoView({ block: 'nearest' })
    focus(next)
  }
  return (
    <div
      ref={gutter}
      role="toolbar"
      tabIndex={-1}
      aria-orientation="vertical"
      aria-label={words.gutter}
      className={classes(styles.gutter)}
      onKeyDown={onKeyDown}
    >
      {near.map((block) => (
        <GutterItem
          key={block.id}
          block={block}
          comments={comments.get(block.id) ?? 0}
          changed={changed.has(block.id)}
          stop={block.id === stop}
        />
      ))}
    </div>
  )
}

/** Moves the focus to a paragraph's button as soon as the button is drawn. */
function useFocusOn(gutter: RefObject<HTMLElement | null>): (id: HostId) => void {
  const wanted = useRef<{ readonly id: HostId; readonly still: StillThere } | null>(null)
  const settle = () => {
    if (wanted.current === null) return
    const { id, still } = wanted.current
    const button = gutter.current?.querySelector<HTMLElement>(`[data-gutter="${CSS.escape(id)}"] button`)
    if (!button) return
    wanted.current = null
    if (still()) button.focus({ preventScroll: true })
  }
  useEffect(settle)
  return (id) => {
    wanted.current = { id, still: noteFocus() }
    settle()
  }
}

const isListed = (block: BoardBlock): boolean => block.kind !== 'separator'

/** Whether the number beside the text has several words ("11 bis"): on a narrow screen the button's sign has no room. */
const hasLongNumber = ({ kind, level, caption, step }: BoardBlock): boolean =>
  kind === 'paragraph' && level === 0 && !caption && /^(?!\p{L}{3}).* /u.test(step)

/** The paragraph to which an arrow key, Home or End moves the focus; null for none. */
function neighbour(blocks: readonly BoardBlock[], from: string, key: string): HostId | null {
  const listed = blocks.filter(isListed)
  const at = listed.findIndex((block) => block.id === from)
  switch (key) {
    case 'ArrowDown':
      return listed[at + 1]?.id ?? null
    case 'ArrowUp':
      return listed[at - 1]?.id ?? null
    case 'Home':
      return listed[0]?.id ?? null
    case 'End':
      return listed.at(-1)?.id ?? null
    default:
      return null
  }
}

interface ItemProps {
  readonly block: BoardBlock
  readonly comments: number
  readonly changed: boolean
  /** Whether Tab stops at this button. It does at one of them; the arrow keys reach the others. */
  readonly stop: boolean
}

const GutterItem = memo(function GutterItem({ block, comments, changed, stop }: ItemProps) {
  const desk = useDesk()
  const button = useRef<HTMLButtonElement>(null)
  const open = useSelected(desk.menu, (id) => id === block.id)
  const first = block.places[0]?.rows[0]
  return (
    <div data-gutter={block.id} className={classes(styles.item)}>
      <button
        ref={button}
        type="button"
        tabIndex={stop ? 0 : -1}
        className={classes(styles.menu, hasLongNumber(block) && styles.long)}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={spokenOf(block, comments, changed)}
        title={words.menu}
        onClick={() => {
          desk.here.set(block.id)
          desk.menu.set(open ? null : block.id)
        }}
      >
        <EllipsisVertical aria-hidden="true" />
      </button>
      <span className={classes(styles.counts)}>
        {comments > 0 && (
          <button
            type="button"
            tabIndex={-1}
            className={classes(styles.comments)}
            aria-label={words.commentsOf(comments, block.label)}
            title={words.comments(comments)}
            onClick={() => desk.dialog.set({ kind: 'comments', on: block.id })}
          >
            <MessageSquare aria-hidden="true" />
            {comments}
          </button>
        )}
        {block.open > 0 && (
          <button
            type="button"
            tabIndex={-1}
            className={classes(styles.count)}
            aria-label={`${nameOfBlock(block)}: ${words.brackets(block.open)}`}
            title={words.brackets(block.open)}
            onClick={() => first && desk.select(first.id, { focus: true })}
          >
            {block.open}
          </button>
        )}
      </span>
      <Status block={block} />
      {open && <ParagraphMenu block={block} trigger={button} />}
    </div>
  )
})

/** The sign and the word of a status. Hidden from screen readers, because the button's name says the same. */
function Status({ block }: { readonly block: BoardBlock }) {
  const status = statusOf(block)
  if (status === 'open') return null
  const pending = block.status?.pending ?? []
  return (
    <span
      className={classes(styles.status)}
      data-status={status}
      title={statusWords(block)}
      aria-hidden="true"
    >
      <StatusSign status={status} pending={pending.length > 0} />
      <span className={classes(styles.word)}>{words.statusesShort[status]}</span>
    </span>
  )
}
